//! Reading a page as somebody would who listens to it: by labels, links and text.

/// A page that was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: u16,
    /// Where it leads.
    pub(crate) location: Option<String>,
    /// What the browser is asked to keep.
    pub(crate) cookie: Option<String>,
    /// The page.
    pub(crate) html: String,
}

impl Answer {
    /// The text of the page, without markup, every run of space one space.
    pub(crate) fn text(&self) -> String {
        text(&self.html)
    }

    /// The address of the first link of a text.
    pub(crate) fn link(&self, words: &str) -> Option<&str> {
        let mut links = self.html.split("<a ").skip(1);
        links.find_map(|link| {
            let (attributes, rest) = link.split_once('>')?;
            let inner = rest.split("</a>").next()?;
            (text(inner) == words).then(|| attribute(attributes, "href"))?
        })
    }

    /// It refuses an act: the summary leads to the field, which is there, and what was typed in another one is kept.
    pub(crate) fn refuses_at(&self, act: &str, wrong: &str, (label, kept): (&str, &str)) {
        assert_eq!(self.status, 422, "{act}: {}", self.text());
        let errors = self.errors();
        let first = errors.first().map(|(leads, _)| leads.as_str());
        assert_eq!(first, Some(wrong), "{act}: {errors:?}");
        let field = format!("id=\"{}\"", wrong.trim_start_matches('#'));
        // What is wrong with no field in particular leads nowhere.
        assert!(wrong.is_empty() || self.html.contains(&field), "{act}");
        let stands = self.field(label);
        assert_eq!(stands.as_deref(), Some(kept), "{act}: {}", self.text());
    }

    /// Each line of the error summary: where it leads, and what it says.
    pub(crate) fn errors(&self) -> Vec<(String, String)> {
        let summary = self.html.split("class=\"errors\"").nth(1).unwrap_or("");
        let summary = summary.split("</div>").next().unwrap_or("");
        let lines = summary.split("<li>").skip(1);
        lines
            .map(|line| {
                let href = attribute(line, "href").unwrap_or_default();
                (
                    href.to_owned(),
                    text(line.split("</li>").next().unwrap_or("")),
                )
            })
            .collect()
    }

    /// What stands in the field of a label: what was typed, or the words of what is chosen.
    pub(crate) fn field(&self, label: &str) -> Option<String> {
        self.controls(label).into_iter().next()
    }

    /// A value that is sent unseen.
    pub(crate) fn hidden(&self, name: &str) -> Option<&str> {
        let sign = format!("type=\"hidden\" name=\"{name}\" ");
        attribute(self.html.split(&sign).nth(1)?.split('>').next()?, "value")
    }

    /// The form as a browser would send it: every control with what stands in it, nothing for what is not chosen.
    pub(crate) fn form(&self) -> Form {
        let form = self.html.split("<form class=\"form\"").nth(1).unwrap_or("");
        let form = form.split("</form>").next().unwrap_or("");
        let controls = form.split('<').filter_map(|tag| {
            let kind = tag.split([' ', '>']).next()?;
            matches!(kind, "input" | "select" | "textarea").then_some((kind, tag))
        });
        let fields = controls.filter_map(|(kind, tag)| {
            let attributes = tag.split('>').next()?;
            let name = attribute(attributes, "name")?.to_owned();
            let chooses = ["\"radio\"", "\"checkbox\""].map(|t| attributes.contains(t));
            if chooses.contains(&true) && !attributes.contains(" checked") {
                return None;
            }
            let value = match kind {
                "input" => unescaped(attribute(attributes, "value").unwrap_or("on")),
                "select" => chosen(form, &name),
                _ => value(form.get(form.find(tag)?..)?),
            };
            Some((name, value))
        });
        Form(fields.collect())
    }

    /// How many questions the form asks of a reader: a date is one, a group of choices is one.
    pub(crate) fn questions(&self) -> usize {
        let form = self.html.split("<form class=\"form\"").nth(1).unwrap_or("");
        form.split("</form>")
            .next()
            .unwrap_or("")
            .matches("class=\"field")
            .count()
    }

    fn id(&self, label: &str) -> Option<&str> {
        let mut labels = self.html.split("<label for=\"").skip(1);
        labels.find_map(|one| {
            let (id, rest) = one.split_once('"')?;
            let words = text(rest.split_once('>')?.1.split("</label>").next()?);
            words.starts_with(label).then_some(id)
        })
    }

    /// The values of the controls of a label or legend.
    fn controls(&self, label: &str) -> Vec<String> {
        if let Some(id) = self.id(label) {
            let sign = format!(" id=\"{id}\"");
            let control = self.html.split(&sign).nth(1).unwrap_or("");
            return vec![value(control)];
        }
        let groups = self.html.split("<fieldset").skip(1);
        let group = groups
            .map(|g| g.split("</fieldset>").next().unwrap_or(""))
            .find(|group| {
                let legend = group
                    .split("<legend")
                    .nth(1)
                    .and_then(|l| l.split_once('>'));
                legend.is_some_and(|(_, rest)| text(rest).starts_with(label))
            });
        let inputs = group.unwrap_or("").split("<input").skip(1);
        inputs
            .filter(|input| {
                let tag = input.split('>').next().unwrap_or("");
                !tag.contains("type=\"radio\"") && !tag.contains("type=\"checkbox\"")
                    || tag.contains(" checked")
            })
            .map(value)
            .collect()
    }
}

/// A form that is being filled in.
#[derive(Debug, Clone)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Types into a field, or chooses; what stood there is replaced.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.retain(|(n, _)| n != name);
        self.also(name, value)
    }

    /// Chooses one more of several, or presses a button.
    pub(crate) fn also(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What stands under a name.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// What can be sent: a form that was filled in, or fields as they are.
pub(crate) trait Sent {
    /// Names and values, in their order.
    fn pairs(&self) -> Vec<(&str, &str)>;
}

impl Sent for Form {
    fn pairs(&self) -> Vec<(&str, &str)> {
        let fields = self.0.iter();
        fields.map(|(n, v)| (n.as_str(), v.as_str())).collect()
    }
}

impl Sent for [(&str, &str)] {
    fn pairs(&self) -> Vec<(&str, &str)> {
        self.to_vec()
    }
}

impl<const N: usize> Sent for [(&str, &str); N] {
    fn pairs(&self) -> Vec<(&str, &str)> {
        self.to_vec()
    }
}

impl Sent for Vec<(&str, &str)> {
    fn pairs(&self) -> Vec<(&str, &str)> {
        self.clone()
    }
}

/// The value that is chosen in a select, the first where none is marked.
fn chosen(form: &str, name: &str) -> String {
    let select = form.split(&format!("name=\"{name}\"")).nth(1).unwrap_or("");
    let options = select.split("</select>").next().unwrap_or("");
    let mut all = options.split("<option").skip(1);
    let marked = all.clone().find(|option| option.contains(" selected"));
    let option = marked.or_else(|| all.next()).unwrap_or("");
    unescaped(attribute(option, "value").unwrap_or(""))
}

fn unescaped(text: &str) -> String {
    text.replace("&#39;", "'")
        .replace("&#34;", "\"")
        .replace("&#38;", "&")
}

/// What stands in a control, from its id on.
fn value(control: &str) -> String {
    let (tag, rest) = control.split_once('>').unwrap_or((control, ""));
    if let Some(value) = attribute(tag, "value") {
        return text(value);
    }
    if !rest.trim_start().starts_with("<option") {
        return text(rest.split("</textarea>").next().unwrap_or(""));
    }
    let options = rest.split("</select>").next().unwrap_or("");
    let chosen = options
        .split("<option")
        .find(|option| option.contains(" selected"));
    chosen
        .map(|option| text(&format!("<option{option}")))
        .unwrap_or_default()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let sign = format!("{name}=\"");
    let start = tag.find(&sign)?.checked_add(sign.len())?;
    tag.get(start..)?.split('"').next()
}

/// Markup as text.
fn text(html: &str) -> String {
    let mut said = String::new();
    for piece in html.split('<').enumerate().map(|(nth, piece)| {
        let inner = piece.split_once('>').map(|(_, inner)| inner);
        if nth == 0 && !html.starts_with('<') {
            piece
        } else {
            inner.unwrap_or("")
        }
    }) {
        said.push_str(piece);
        said.push(' ');
    }
    let said = said
        .replace("&#39;", "'")
        .replace("&#34;", "\"")
        .replace("&#38;", "&");
    let words: Vec<&str> = said.split_whitespace().collect();
    words.join(" ").replace(" ,", ",").replace(" .", ".")
}
