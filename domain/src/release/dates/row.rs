//! Terms that follow each other: where their row ends, and how much of it is served.

use super::Step;
use crate::jurisdiction::Share;
use crate::values::{Day, Length, Term};

/// A term in a row.
#[derive(Clone, Copy)]
pub(super) struct Member {
    pub(super) length: Length,
    pub(super) calendar: Term,
    pub(super) share: Option<Share>,
}

/// Terms that follow each other.
#[derive(Clone)]
pub(super) struct Row {
    /// The first day of the first.
    first: Day,
    /// The day after the last of them ends, as they were pronounced.
    pub(super) next: Day,
    pub(super) members: Vec<Member>,
    /// The days that are served of them.
    served: u32,
    /// The days of detention credited to them.
    pub(super) remand: u32,
}

impl Row {
    /// A row that begins on a day.
    pub(super) fn begin(first: Day) -> Self {
        Self {
            first,
            next: first,
            members: Vec::new(),
            served: 0,
            remand: 0,
        }
    }

    /// Adds a term of which the part is taken by itself.
    pub(super) fn add(&mut self, member: Member, steps: &mut Vec<Step>) {
        let from = self.next;
        let to = member.calendar.last_day(from);
        let days = counted(from, to);
        let length = member.length;
        steps.push(Step::Term { length, from, to });
        steps.push(Step::Days { days });
        let own = part(member.share, days, steps);
        self.served = with_those_before(self.served, own, steps);
        self.members.push(member);
        self.next = to.plus_days(1);
    }

    /// Adds a term whose part is taken together with that of the others under the same rule.
    ///
    /// Those under one rule are added up and their part is taken of the whole; those under the next count from the day
    /// after that part is served.
    pub(super) fn join(&mut self, member: Member, steps: &mut Vec<Step>) {
        self.members.push(member);
        let (from, to) = (self.first, last_of(self.first, &self.members));
        let length = member.length;
        steps.push(Step::Joined { length, from, to });
        let mut rules: Vec<Option<Share>> = Vec::new();
        for member in &self.members {
            if !rules.contains(&member.share) {
                rules.push(member.share);
            }
        }
        self.served = 0;
        for rule in rules {
            let members = self.members.iter().filter(|member| member.share == rule);
            let members: Vec<Member> = members.copied().collect();
            let from = self.first.plus_days(self.served);
            let to = last_of(from, &members);
            let days = counted(from, to);
            let terms = members.len();
            steps.push(Step::Together { terms, from, days });
            let own = part(rule, days, steps);
            self.served = with_those_before(self.served, own, steps);
        }
        self.next = to.plus_days(1);
    }

    /// The day of release and the end of the row, less the detention that is credited to it, and never before its first
    /// day.
    pub(super) fn credited(&self, steps: &mut Vec<Step>) -> (Day, Day) {
        let Self {
            first,
            served,
            remand,
            ..
        } = *self;
        let last = self.next.minus_days(1);
        let to = first.plus_days(served).minus_days(1).max(first);
        steps.push(Step::Served {
            days: served,
            from: first,
            to,
        });
        if remand == 0 {
            return (to, last);
        }
        let release = to.minus_days(remand);
        steps.push(Step::ReleaseLessRemand {
            remand,
            to: release,
        });
        if release < first {
            steps.push(Step::NotBefore { first });
        }
        let end = last.minus_days(remand);
        steps.push(Step::EndLessRemand {
            remand,
            from: last,
            to: end,
        });
        if end < first {
            steps.push(Step::NotBefore { first });
        }
        (release.max(first), end.max(first))
    }
}

/// The last day of terms that were added up: months with months and days with days, as far as they stand side by side.
fn last_of(first: Day, members: &[Member]) -> Day {
    let (mut from, mut sum) = (first, Term::default());
    for Member { calendar, .. } in members {
        let months_after_days = sum.days > 0 && calendar.whole_months() > 0;
        match sum.plus(*calendar) {
            Some(added) if !months_after_days => sum = added,
            Some(_) | None => {
                from = sum.day_after(from);
                sum = *calendar;
            }
        }
    }
    sum.last_day(from)
}

/// Days from the first to the last, both included.
fn counted(first: Day, last: Day) -> u32 {
    let days = first.days_until(last).saturating_add(1);
    u32::try_from(days).unwrap_or_default()
}

/// The days of terms that are served before release.
fn part(share: Option<Share>, of: u32, steps: &mut Vec<Step>) -> u32 {
    let Some(share) = share else {
        return of;
    };
    let fraction = share.fraction;
    let days = fraction.of_days(of, share.rounding);
    let rounded = (!fraction.divides(of)).then_some(share.rounding);
    steps.push(Step::Part {
        fraction,
        of,
        rounded,
        days,
    });
    // No term is served for longer than it lasts.
    let least = share.least_days.min(of);
    if days >= least {
        return days;
    }
    steps.push(Step::AtLeast { days: least });
    least
}

/// Days that are served, with those that are served of what went before.
fn with_those_before(before: u32, own: u32, steps: &mut Vec<Step>) -> u32 {
    let days = before.saturating_add(own);
    if before > 0 {
        steps.push(Step::WithThoseBefore { before, days });
    }
    days
}
