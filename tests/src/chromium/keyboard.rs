//! Hands on the keyboard: what is done is found as somebody finds it who hears the page, by role and name.

use serde_json::{Value, json};

use super::Page;
use crate::Failure;

/// More steps than any page has; whoever takes them is lost.
const STEPS: usize = 600;

/// What has the focus, as a screen reader would say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Focused {
    /// Its role: `link`, `textbox`, `radio`.
    pub role: String,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub value: String,
    /// Which element of the page it is: two may have the same name.
    pub element: i64,
}

impl Page<'_> {
    /// Presses a key and lets it go.
    pub fn press(&mut self, key: &str) -> Result<(), Failure> {
        let (code, number, text) = match key {
            "Tab" => ("Tab", 9, None),
            "Enter" => ("Enter", 13, Some("\r")),
            "Space" => ("Space", 32, Some(" ")),
            "Down" => ("ArrowDown", 40, None),
            _ => return Err(format!("no key {key}").into()),
        };
        let name = text.filter(|text| *text == " ").unwrap_or(code);
        let mut stroke = json!({"type": "rawKeyDown", "key": name, "code": code, "windowsVirtualKeyCode": number});
        if let Some(text) = text {
            stroke["type"] = "keyDown".into();
            stroke["text"] = text.into();
        }
        self.call("Input.dispatchKeyEvent", &stroke)?;
        stroke["type"] = "keyUp".into();
        self.call("Input.dispatchKeyEvent", &stroke)?;
        Ok(())
    }

    /// What has the focus; nothing when it is on no element.
    pub fn focused(&mut self) -> Result<Option<Focused>, Failure> {
        let element = json!({"expression": "document.activeElement"});
        let element = self.call("Runtime.evaluate", &element)?;
        let of = json!({"objectId": element["result"]["objectId"], "fetchRelatives": false});
        let tree = self.call("Accessibility.getPartialAXTree", &of)?;
        let node = &tree["nodes"][0];
        let text = |part: &Value| part["value"].as_str().unwrap_or_default().to_owned();
        let role = text(&node["role"]);
        // The page itself has the focus before the first element and after the last.
        let nowhere = ["", "none", "generic", "RootWebArea"].contains(&role.as_str());
        Ok((!nowhere).then(|| Focused {
            role,
            name: text(&node["name"]),
            value: text(&node["value"]),
            element: node["backendDOMNodeId"].as_i64().unwrap_or_default(),
        }))
    }

    /// Goes on by Tab until something fits, once around the page.
    fn tab_until(
        &mut self,
        what: &str,
        fits: impl Fn(&Focused) -> bool,
    ) -> Result<Focused, Failure> {
        let mut passed = Vec::new();
        for _ in 0..STEPS {
            match self.focused()? {
                Some(focused) if fits(&focused) => return Ok(focused),
                Some(focused) if passed.first() == Some(&focused) => break,
                Some(focused) => passed.push(focused),
                None => {}
            }
            self.press("Tab")?;
        }
        Err(format!("{what} is not reached by Tab, only {passed:?}").into())
    }

    /// Goes on by Tab to what has a role and a name that begins so.
    fn tab_to(&mut self, role: &str, name: &str) -> Result<Focused, Failure> {
        let what = format!("a {role} {name:?}");
        self.tab_until(&what, |focused| {
            focused.role == role && focused.name.starts_with(name)
        })
    }

    /// Types into a field of text.
    pub fn fill(&mut self, name: &str, text: &str) -> Result<(), Failure> {
        self.tab_to("textbox", name)?;
        self.call("Input.insertText", &json!({"text": text}))?;
        Ok(())
    }

    /// Picks from a list that opens.
    pub fn pick(&mut self, name: &str, option: &str) -> Result<(), Failure> {
        let mut focused = self.tab_to("combobox", name)?;
        while !focused.value.starts_with(option) {
            self.press("Down")?;
            let next = self.focused()?.ok_or("the list lost the focus")?;
            if next.value == focused.value {
                return Err(format!("{name} offers no {option:?}").into());
            }
            focused = next;
        }
        Ok(())
    }

    /// Takes one of several answers: Tab reaches the group, arrows move in it.
    pub fn choose(&mut self, option: &str) -> Result<(), Failure> {
        let first = self.tab_to("radio", "")?;
        self.press("Space")?;
        let mut focused = first.clone();
        while !focused.name.starts_with(option) {
            self.press("Down")?;
            focused = self.focused()?.ok_or("the choice lost the focus")?;
            if focused == first {
                return Err(format!("no choice says {option:?}").into());
            }
        }
        Ok(())
    }

    /// Presses a button and waits for the page that comes.
    pub fn send(&mut self, name: &str) -> Result<(), Failure> {
        self.tab_to("button", name)?;
        self.enter()
    }

    /// Follows the first link whose name begins so and waits for the page that comes.
    pub fn follow(&mut self, name: &str) -> Result<(), Failure> {
        self.tab_to("link", name)?;
        self.enter()
    }

    /// Opens what can be opened and closed.
    pub fn unfold(&mut self, name: &str) -> Result<(), Failure> {
        self.tab_to("DisclosureTriangle", name)?;
        self.press("Enter")
    }

    fn enter(&mut self) -> Result<(), Failure> {
        self.browser.events.clear();
        self.press("Enter")?;
        self.loaded()
    }
}
