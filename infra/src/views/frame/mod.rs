//! What every view stands on: the facts as of an index, the conditions, the rules.

mod conditions;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use domain::jurisdiction::{GravityPolicy, Pack, SeverityScale};
use domain::statistics::exact::Exact;
use domain::values::SentenceId;

pub(super) use self::conditions::refused;
use super::header::Stamp;
use super::request::{ViewError, ViewRequest};
use super::severity::{Severities, Weighed};
use super::words::{self, Lexicon, Term};
use crate::facts::{Counted, Courses, FactTable, Filter, Group, NOT_RECORDED, Selection};

/// The column of conditions that is read off the penalty under the scale, and not off the facts.
pub(super) const SEVERITY: &str = "severity";

/// The column that is read off the circumstances of the rules, in the view `alternatives`.
pub(super) const VULNERABILITY: &str = "vulnerability";

/// The words of a group, and how many of its decisions have each penalty.
pub(super) type Grouped = (Vec<String>, Vec<(usize, u64)>);

/// Counts by group and penalty code.
type ByPenalty = BTreeMap<Group, BTreeMap<u32, u64>>;

/// Columns, and whether penalties are told apart.
type Asked = (Vec<String>, bool);

/// A scale with the severity of each penalty code.
type Scaled<'a> = (&'a SeverityScale, Arc<Vec<Weighed>>);

#[derive(Clone)]
pub(super) struct Frame<'a> {
    pub(super) request: &'a ViewRequest,
    pub(super) packs: &'a [Arc<Pack>],
    pub(super) stamp: Stamp,
    facts: &'a FactTable,
    severities: &'a Severities,
    filters: Vec<Filter>,
    /// A condition asks for a word that no decision can have.
    nobody: bool,
    scale: Option<Scaled<'a>>,
    /// By penalty code, whether a condition on the severity keeps it; absent where there is none.
    penalties: Option<Vec<bool>>,
    /// The offences that are too rare to stand alone, each with the words that stand for its chapter.
    rare: BTreeMap<String, String>,
    /// What was counted for this request; it is the same under every scale.
    counted: Rc<RefCell<BTreeMap<Asked, Rc<ByPenalty>>>>,
}

/// The jurisdictions whose decisions a request counts as of an index.
pub fn jurisdictions(
    facts: &FactTable,
    request: &ViewRequest,
    index: u64,
) -> Result<Vec<String>, ViewError> {
    if let Some(named) = &request.jurisdiction {
        return Ok(vec![named.clone()]);
    }
    // Conditions on columns that only the rules know are judged later, when the rules are at hand.
    let known = |filter: &&Filter| facts.dimensions().contains_key(&filter.dimension);
    let selection = Selection {
        by: vec!["jurisdiction".to_owned()],
        filters: request.filters.iter().filter(known).cloned().collect(),
        decided_until: request.decided_until,
    };
    let counts = facts.counts(&selection, index)?;
    Ok(counts.into_keys().flatten().collect())
}

impl<'a> Frame<'a> {
    pub(super) fn new(
        facts: &'a FactTable,
        request: &'a ViewRequest,
        packs: &'a [Arc<Pack>],
        stamp: Stamp,
        severities: &'a Severities,
    ) -> Result<Self, ViewError> {
        let mut frame = Self {
            request,
            packs,
            stamp,
            facts,
            severities,
            filters: Vec::new(),
            nobody: false,
            scale: None,
            penalties: None,
            rare: BTreeMap::new(),
            counted: Rc::default(),
        };
        let own = request.jurisdiction.iter().map(|code| Filter {
            dimension: "jurisdiction".to_owned(),
            words: vec![code.clone()],
            keep: true,
        });
        let (of_severity, others): (Vec<Filter>, Vec<Filter>) = request
            .filters
            .iter()
            .cloned()
            .chain(own)
            .partition(|filter| filter.dimension == SEVERITY);
        let by_severity = request.by.iter().any(|column| column == SEVERITY);
        for filter in others {
            frame.take_filter(filter)?;
        }
        frame.scale = frame.find_scale(by_severity || !of_severity.is_empty())?;
        for filter in of_severity {
            frame.take_severity(&filter)?;
        }
        frame.check_wishes()?;
        frame.rare = frame.rare_offences()?;
        Ok(frame)
    }

    /// The same question under each of the other scales of the rules.
    pub(super) fn under_other_scales(&self) -> Result<Vec<(&'a SeverityScale, Self)>, ViewError> {
        let (Some(pack), Some(own)) = (self.pack(), self.scale()) else {
            return Ok(Vec::new());
        };
        let others = pack.sentencing.severity.iter();
        let others = others.filter(|other| other.scale.version != own.scale.version);
        let framed = others.map(|other| {
            let mut frame = self.clone();
            frame.scale = Some(frame.weighed_under(pack, other)?);
            Ok((other, frame))
        });
        framed.collect()
    }

    fn weighed_under(
        &self,
        pack: &Pack,
        scale: &'a SeverityScale,
    ) -> Result<Scaled<'a>, ViewError> {
        let rules = pack.version.as_str();
        let weighed = self.severities.of(rules, scale, self.facts.penalties())?;
        let weighed = match self.most(scale) {
            Some(most) => Arc::new(weighed.iter().map(|w| w.at_most(most)).collect()),
            None => weighed,
        };
        Ok((scale, weighed))
    }

    /// The number above which severities count as that number. It is asked for in the unit of one scale, and says nothing
    /// of a scale in another.
    fn most(&self, scale: &SeverityScale) -> Option<Exact> {
        let own = self.scale().unwrap_or(scale);
        let of_this_unit = own.scale.unit == scale.scale.unit;
        self.request.at_most.filter(|_| of_this_unit)
    }

    /// A page of the decisions that are counted, the newest version first.
    pub(super) fn decisions(&self, page: (usize, usize)) -> Result<Vec<SentenceId>, ViewError> {
        match self.stamp.index.filter(|_| !self.nobody) {
            Some(index) => {
                let penalties = self.penalties.as_deref();
                let selection = self.selection(&[]);
                Ok(self.facts.decisions(&selection, penalties, index, page)?)
            }
            None => Ok(Vec::new()),
        }
    }

    /// The columns asked for, by their names; those of the view where none is asked for.
    pub(super) fn columns(&self, own: &'static str) -> Result<Vec<String>, ViewError> {
        let mut columns: Vec<String> = Vec::new();
        for name in &self.request.by {
            let name = match name.as_str() {
                VULNERABILITY => name.clone(),
                _ => self.named("by", name)?,
            };
            if let Some(why) = refused(self.request.view, &name) {
                return Err(ViewError::Column {
                    view: self.request.view,
                    column: name,
                    why,
                });
            }
            if !columns.contains(&name) {
                columns.push(name);
            }
        }
        if columns.is_empty() {
            columns.push(own.to_owned());
        }
        Ok(columns)
    }

    fn find_scale(&self, is_asked: bool) -> Result<Option<Scaled<'a>>, ViewError> {
        if !self.request.view.weighs() && !is_asked {
            return Ok(None);
        }
        let Some(pack) = self.pack() else {
            if self.packs.len() > 1 {
                let codes = self.packs.iter().map(|pack| pack.jurisdiction.as_str());
                let codes: Vec<&str> = codes.collect();
                return Err(ViewError::SeveralJurisdictions(codes.join(", ")));
            }
            return Ok(None);
        };
        let wanted = self.request.scale.as_deref();
        match (pack.sentencing.scale(wanted), wanted) {
            (Some(scale), _) => self.weighed_under(pack, scale).map(Some),
            (None, None) => Ok(None),
            (None, Some(wanted)) => {
                let known = pack.sentencing.severity.iter();
                let known: Vec<&str> = known.map(|s| s.scale.version.as_str()).collect();
                Err(ViewError::Scale {
                    wanted: wanted.to_owned(),
                    known: known.join(", "),
                })
            }
        }
    }

    /// The rules of the one jurisdiction that is counted.
    pub(super) fn pack(&self) -> Option<&'a Pack> {
        match self.packs {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The ranking by gravity, where the rules have one that cites its source.
    pub(super) fn gravity(&self) -> Option<&'a GravityPolicy> {
        self.pack()?.catalogue.gravity.first()
    }

    /// The scale, with the severity of each penalty code.
    pub(super) fn scale(&self) -> Option<&'a SeverityScale> {
        self.scale.as_ref().map(|(scale, _)| *scale)
    }

    /// The severity of a penalty; none without a scale.
    pub(super) fn weighed(&self, penalty: usize) -> Option<&Weighed> {
        self.scale.as_ref()?.1.get(penalty)
    }

    /// What is counted, by those of the columns that decisions have used.
    fn selection(&self, by: &[&str]) -> Selection {
        let used = by.iter().filter(|name| self.is_used(name));
        Selection {
            by: used.map(|name| (*name).to_owned()).collect(),
            filters: self.filters.clone(),
            decided_until: self.request.decided_until,
        }
    }

    /// Which facts are counted at the moment.
    pub(super) fn counted(&self) -> Counted<'_> {
        Counted {
            selection: self.selection(&[]),
            penalties: self.penalties.as_deref(),
            as_of: self.stamp.index.filter(|_| !self.nobody),
        }
    }

    /// How many decisions are left out because it is not known to the day whether they were taken by the day asked for.
    pub(super) fn undated(&self) -> Result<u64, ViewError> {
        match self.stamp.index.filter(|_| !self.nobody) {
            Some(index) => Ok(self.facts.undated(&self.selection(&[]), index)?),
            None => Ok(0),
        }
    }

    /// Counts by columns and penalty. A column that no decision has used is silent everywhere. Two groups may have the same
    /// words.
    pub(super) fn groups(&self, by: &[&str]) -> Result<Vec<Grouped>, ViewError> {
        let Some(index) = self.stamp.index.filter(|_| !self.nobody) else {
            return Ok(Vec::new());
        };
        let mut groups = Vec::new();
        for (group, penalties) in self.by_penalty(self.selection(by), index)?.iter() {
            let penalties = penalties
                .iter()
                .map(|(penalty, n)| (usize::try_from(*penalty).unwrap_or(usize::MAX), *n))
                .filter(|(penalty, _)| self.keeps(*penalty));
            let group = (self.worded(by, group.clone()), penalties.collect());
            match by.iter().position(|name| *name == SEVERITY) {
                Some(at) => groups.extend(self.by_severity(at, group)),
                None => groups.push(group),
            }
        }
        Ok(groups)
    }

    /// Counts by columns, whatever was imposed.
    pub(super) fn counts(&self, by: &[&str]) -> Result<Vec<(Vec<String>, u64)>, ViewError> {
        let looks_at_severity = self.penalties.is_some() || by.contains(&SEVERITY);
        if let Some(index) = self
            .stamp
            .index
            .filter(|_| !self.nobody && !looks_at_severity)
        {
            let counts = self.facts.counts(&self.selection(by), index)?.into_iter();
            let counts = counts.map(|(group, n)| (self.worded(by, group), n));
            return Ok(counts.collect());
        }
        let counts = self.groups(by)?.into_iter().map(|(words, penalties)| {
            let n = penalties.into_iter().map(|(_, n)| n).sum();
            (words, n)
        });
        Ok(counts.filter(|(_, n)| *n > 0).collect())
    }

    /// Counts by group and penalty code, counted once for all scales. Where no severity is looked at, what was imposed is
    /// not told apart, and counts as nothing.
    fn by_penalty(&self, selection: Selection, index: u64) -> Result<Rc<ByPenalty>, ViewError> {
        let weighs = self.scale.is_some() || self.penalties.is_some();
        let key = (selection.by.clone(), weighs);
        if let Some(counted) = self.counted.borrow().get(&key) {
            return Ok(Rc::clone(counted));
        }
        let counted = Rc::new(if weighs {
            self.facts.cells(&selection, index)?.groups
        } else {
            let counts = self.facts.counts(&selection, index)?.into_iter();
            counts
                .map(|(group, n)| (group, BTreeMap::from([(0, n)])))
                .collect()
        });
        let mut kept = self.counted.borrow_mut();
        kept.insert(key, Rc::clone(&counted));
        Ok(counted)
    }

    /// Persons followed from their first decision, by columns; what no decision has used is silent everywhere.
    pub(super) fn courses(&self, by: &[&str]) -> Result<Courses, ViewError> {
        let Some(index) = self.stamp.index.filter(|_| !self.nobody) else {
            return Ok(Courses::default());
        };
        let selection = self.selection(by);
        let mut courses = self
            .facts
            .courses(&selection, self.penalties.as_deref(), index)?;
        let groups = std::mem::take(&mut courses.groups).into_iter();
        let told = groups.map(|(words, followed)| (self.told(by, words), followed));
        courses.groups = told.collect();
        Ok(courses)
    }

    /// Whether some decision has used a column.
    fn is_used(&self, column: &str) -> bool {
        self.facts.dimensions().contains_key(column)
    }

    /// The words of a group, with its chapter in the place of an offence that is too rare.
    fn worded(&self, by: &[&str], group: Vec<String>) -> Vec<String> {
        let told = self.told(by, group).into_iter().zip(by);
        let words =
            told.map(
                |(told, name)| match self.rare.get(&told).filter(|_| *name == "offence") {
                    Some(chapter) => chapter.clone(),
                    None => told,
                },
            );
        words.collect()
    }

    /// The words of a group for all columns, where it has them for those that decisions have used.
    fn told(&self, by: &[&str], group: Vec<String>) -> Vec<String> {
        let mut told = group.into_iter();
        let word = |name: &&str| self.is_used(name).then(|| told.next()).flatten();
        by.iter()
            .map(word)
            .map(|word| word.unwrap_or_else(|| NOT_RECORDED.to_owned()))
            .collect()
    }

    /// A group by the exact numbers of its severities, told at a place among its words.
    fn by_severity(&self, at: usize, (words, penalties): Grouped) -> Vec<Grouped> {
        let of = penalties.into_iter().map(|(penalty, n)| {
            let exact = self.weighed(penalty).and_then(|w| w.severity.exact);
            let mut words = words.clone();
            if let Some(word) = words.get_mut(at) {
                *word =
                    exact.map_or_else(|| words::NOT_KNOWN.to_owned(), |exact| exact.to_string());
            }
            (words, vec![(penalty, n)])
        });
        of.collect()
    }

    /// Whether the condition on the severity keeps decisions with a penalty.
    fn keeps(&self, penalty: usize) -> bool {
        let kept = self.penalties.as_ref();
        kept.is_none_or(|kept| kept.get(penalty).copied().unwrap_or_default())
    }

    /// The words of columns, for titles and order.
    pub(super) fn lexicons(&self, columns: &[&str]) -> Vec<Lexicon> {
        let lexicon = |name: &&str| Lexicon::of(self.packs, name);
        columns.iter().map(lexicon).collect()
    }

    /// The names of columns.
    pub(super) fn titles(&self, columns: &[&str]) -> Vec<Term> {
        let term = |name: &&str| words::column(self.packs, name);
        columns.iter().map(term).collect()
    }
}
