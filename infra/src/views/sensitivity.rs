//! The headline under the other scales of the rules: no two sources agree what one penalty weighs beside another, so
//! it is shown under how many of them a finding keeps its sign.

use domain::jurisdiction::SeverityScale;
use domain::statistics::severity::{SignStability, sign_stability};
use domain::statistics::{Figure, Undefined};
use schemars::JsonSchema;
use serde::Serialize;

use super::figure::Shown;
use super::words::Term;

/// A headline under each scale of the rules.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Sensitivity {
    /// The headline under each scale, that of the view first.
    pub scales: Vec<UnderScale>,
    /// Under how many of them it has the same sign.
    pub sign: Shown<SignStability>,
    /// The same in one sentence, or null.
    pub sentence: Option<String>,
}

/// A headline under one scale.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct UnderScale {
    /// The scale, by its version.
    pub scale: Term,
    /// The headline, in the unit of the scale where it has one.
    pub headline: Shown<f64>,
}

/// A headline and the same under other scales.
pub(super) fn sensitivity(
    what: &str,
    own: (&SeverityScale, Shown<f64>),
    others: Vec<(&SeverityScale, Shown<f64>)>,
) -> Sensitivity {
    let figure = |shown: &Shown<f64>| match shown.value {
        Some(value) => Figure::Value(value),
        None => Figure::Undefined(Undefined::NoDecisions),
    };
    let beside: Vec<Figure> = others.iter().map(|(_, shown)| figure(shown)).collect();
    let sign: Shown<SignStability> = match own.1.undefined {
        Some(why) => Shown::none(why),
        None => sign_stability(figure(&own.1), &beside).into(),
    };
    let sentence = sign.value.map(|sign| {
        let (stable, scales) = (sign.stable, sign.scales);
        format!("{what} points the same way under {stable} of {scales} severity scales.")
    });
    let under = |(scale, headline): (&SeverityScale, Shown<f64>)| UnderScale {
        scale: Term {
            code: scale.scale.version.clone(),
            title: scale.title.clone(),
        },
        headline,
    };
    Sensitivity {
        scales: std::iter::once(own).chain(others).map(under).collect(),
        sign,
        sentence,
    }
}
