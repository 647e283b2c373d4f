//! Every page that a sample identity reaches by links, from the first one on.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Mutex, MutexGuard};

use tests::{Failure, Page};

use super::examiner::{Examiner, ask};
use super::routes::Routes;

/// Pages of one kind that are visited; every role sees at least one.
const OF_A_KIND: usize = 2;

/// The page that programmers read; the pages for others do not lead there.
const REFERENCE: &str = "/v1";
/// What an address of the past holds. Its parts are looked at closely in the gallery.
const PAST: &str = "as_of=";
/// What is saved, not shown.
const DOWNLOAD: &str = "/csv";
/// Pages that are of no moment: who one is, and what programs may ask.
const TIMELESS: [&str; 2] = ["/identity", REFERENCE];

/// What a walk is made with.
pub(super) struct Walk<'a> {
    pub(super) host: &'a str,
    pub(super) role: &'static str,
    pub(super) routes: &'a Routes,
    pub(super) examiner: &'a Examiner,
    /// An entry of the past, as of which each kind of page is looked at too.
    pub(super) before: u64,
    /// What all walks found; a page is looked at closely once, whoever walks.
    pub(super) found: &'a Mutex<Found>,
}

/// What a walk found.
#[derive(Default)]
pub(super) struct Found {
    /// How many pages of each kind were looked at.
    looked: BTreeMap<String, usize>,
    /// The routes that were visited, or that a form is sent to.
    pub(super) routes: BTreeSet<String>,
    /// What is wrong, and where it was seen first.
    pub(super) faults: BTreeMap<String, String>,
}

impl Found {
    /// How many pages of the kind of an address there are with it.
    fn another(&mut self, address: &str) -> usize {
        let times = self.looked.entry(kind(address)).or_default();
        *times = times.saturating_add(1);
        *times
    }
}

impl Walk<'_> {
    /// Walks until no page of a new kind is left.
    pub(super) fn walk(&self, page: &mut Page<'_>) -> Result<(), Failure> {
        page.carry(self.host, "assize_identity", self.role)?;
        if self.role == "oversight" {
            // An inspection that was let through the gate to children's cases sees how it is closed again.
            page.carry(self.host, "assize_gate", "inspection~all")?;
        }
        let mut waiting = VecDeque::from(["/".to_owned(), REFERENCE.to_owned()]);
        let mut met: BTreeSet<String> = waiting.iter().cloned().collect();
        let mut known = BTreeSet::new();
        while let Some(address) = waiting.pop_front() {
            let is_new = known.insert(kind(&address));
            let times = self.found()?.another(&address);
            if !is_new && times > OF_A_KIND {
                continue;
            }
            let closely = times == 1 && !address.contains(PAST);
            let Some(links) = self.look(page, &address, closely)? else {
                continue;
            };
            let past = is_new.then(|| as_of(&address, self.before)).flatten();
            for link in first_and_last_of_each_kind(links).into_iter().chain(past) {
                if met.insert(link.clone()) {
                    waiting.push_back(link);
                }
            }
        }
        Ok(())
    }

    fn found(&self) -> Result<MutexGuard<'_, Found>, Failure> {
        self.found
            .lock()
            .map_err(|_| "another walk broke off".into())
    }

    /// Looks at one page; gives its links, or nothing where the address is for programs.
    fn look(
        &self,
        page: &mut Page<'_>,
        address: &str,
        closely: bool,
    ) -> Result<Option<Vec<String>>, Failure> {
        let path = address.split('?').next().unwrap_or_default();
        let route = self.routes.of(path);
        if route.is_none() && path.starts_with("/v1/") {
            return Ok(None);
        }
        if path.ends_with(DOWNLOAD) {
            self.found()?.routes.extend(route.map(str::to_owned));
            return Ok(None);
        }
        page.go(&format!("{}{address}", self.host))?;
        let mut faults = Vec::new();
        match (route, page.status()?) {
            (Some(route), 200) => self.found()?.routes.extend([route.to_owned()]),
            (None, 200) if path == REFERENCE => {}
            (None, _) => faults.push("no route leads here".to_owned()),
            (Some(_), status) => faults.push(format!("a link leads to status {status}")),
        }
        faults.extend(if closely {
            self.examiner.faults(page)?
        } else {
            page.complaints()
        });
        // As of the last entry a page is as it is now.
        if address.contains(&format!("{PAST}{}", self.before)) {
            faults.extend(ask(page, "past")?);
        }
        for act in ask(page, "acts")? {
            match self.routes.of(&act) {
                Some(route) => self.found()?.routes.extend([route.to_owned()]),
                None if act == REFERENCE => {}
                None => faults.push(format!("a form is sent to {act}, which no route takes")),
            }
        }
        for fault in faults {
            let place = format!("{}, {address}", self.role);
            self.found()?.faults.entry(fault).or_insert(place);
        }
        super::pictures::take(page, self.role, &kind(address))?;
        ask(page, "links").map(Some)
    }
}

/// An address without what differs from case to case: ids, numbers and the values of a query.
fn kind(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let is_id = |part: &str| part.len() == 36 || part.bytes().all(|byte| byte.is_ascii_digit());
    let path = path.split('/').map(|part| {
        if !part.is_empty() && is_id(part) {
            "{id}"
        } else {
            part
        }
    });
    let names: BTreeSet<_> = query
        .split('&')
        .filter_map(|pair| pair.split('=').next())
        .collect();
    let names: Vec<_> = names.into_iter().collect();
    format!("{}?{}", path.collect::<Vec<_>>().join("/"), names.join("&"))
}

/// The page as of an entry, unless it has its moment already or has none.
fn as_of(address: &str, entry: u64) -> Option<String> {
    let joint = if address.contains('?') { '&' } else { '?' };
    let is_timeless = TIMELESS.iter().any(|page| address.starts_with(page));
    let has_a_moment = !address.contains(PAST) && !is_timeless;
    has_a_moment.then(|| format!("{address}{joint}{PAST}{entry}"))
}

/// Lists begin and end with different things: what is proposed and what is long over.
fn first_and_last_of_each_kind(links: Vec<String>) -> Vec<String> {
    let mut ends: Vec<(String, String, String)> = Vec::new();
    for link in links {
        let kind = kind(&link);
        match ends.iter_mut().find(|(known, ..)| *known == kind) {
            Some((.., last)) => *last = link,
            None => ends.push((kind, link.clone(), link)),
        }
    }
    ends.into_iter()
        .flat_map(|(_, first, last)| [first, last])
        .collect()
}
