//! The order as a stream, and as a cqrs-es aggregate.

use super::command::OrderCommand;
use super::decide;
use super::event::OrderEvent;
use super::refusal::OrderRefusal;
use super::state::{Order, Standing};
use crate::act::{Facts, Reference};
use crate::actor::Role;
use crate::childhood::{Childhood, Hand};
use crate::jurisdiction::Pack;
use crate::safeguards::clocks;
use crate::stream::{Clock, Stream};

impl Stream for Order {
    const TYPE: &'static str = "order";
    type Command = OrderCommand;
    type Event = OrderEvent;
    type Refusal = OrderRefusal;

    fn refers(&self, command: &OrderCommand) -> Vec<Reference> {
        if let OrderCommand::Make(make) = command {
            vec![
                Reference::Person(make.person),
                Reference::Sentence(make.sentence),
            ]
        } else {
            Vec::new()
        }
    }

    fn decide(
        &self,
        command: OrderCommand,
        facts: &Facts,
    ) -> Result<Vec<OrderEvent>, OrderRefusal> {
        decide::decide(self, command, facts)
    }

    fn childhood(&self, _law: &Pack) -> Childhood {
        self.made().map_or(Childhood::Untold, |made| {
            Childhood::of("sentence", made.sentence)
        })
    }

    fn in_hand(&self) -> Hand {
        match self.made() {
            Some(made) if made.standing == Standing::InForce => Hand::At(made.office.to_string()),
            Some(_) | None => Hand::Nobody,
        }
    }

    /// What a person has to see to: none of it ends an order.
    fn clocks(&self, law: &Pack) -> Vec<Clock> {
        let made = self.made();
        made.and_then(|made| clocks::order(made, law))
            .into_iter()
            .collect()
    }

    /// A probation office acts on the orders that it has in hand, and a court on those that it made. A transfer may be
    /// recorded by the office that takes over, and another court may be asked about a breach.
    fn offices<'a>(&'a self, command: &'a OrderCommand, facts: &Facts) -> Vec<&'a str> {
        let Some(made) = self.made() else {
            return Vec::new();
        };
        if matches!(facts.actor.role, Role::Judge | Role::Clerk) {
            let elsewhere = matches!(
                command,
                OrderCommand::AllegeBreach(_)
                    | OrderCommand::ProveBreach(_)
                    | OrderCommand::FindBreachNotProven(_)
                    | OrderCommand::Transfer(_)
                    | OrderCommand::EndBySentence(_)
            );
            let court = (!elsewhere).then_some(made.court.as_str());
            return court.into_iter().collect();
        }
        if facts.actor.role != Role::Probation {
            return Vec::new();
        }
        let to = if let OrderCommand::Transfer(wish) = command {
            Some(wish.to.as_str())
        } else {
            None
        };
        [made.office.as_str()].into_iter().chain(to).collect()
    }

    fn evolve(self, event: &OrderEvent) -> Self {
        self.after(event)
    }
}

crate::adapt_to_cqrs_es!(Order, OrderEvent, OrderRefusal, OrderCommand);
