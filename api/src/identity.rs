//! From a request to an actor.
//!
//! Until sign-in exists there are sample identities, on loopback only: a browser carries its choice in a cookie, a
//! program in the header `Assize-Identity`. The purpose comes with each request in `Assize-Purpose`; without it, the
//! identity's usual purpose holds.

use aide::OperationInput;
use aide::generate::GenContext;
use aide::openapi::Operation;
use aide::operation::{ParamLocation, add_parameters, parameters_from_schema};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use domain::actor::{Actor, Purpose, Role};
use domain::values::{OfficeCode, SubjectId};
use infra::access::{Asked, Call};
use schemars::json_schema;

use crate::problem::Problem;
use crate::state::AppState;

/// The cookie that carries a browser's choice.
pub const COOKIE_NAME: &str = "assize_identity";

/// The header that says who asks.
const IDENTITY: &str = "Assize-Identity";

/// The header that says why something is asked.
const PURPOSE: &str = "Assize-Purpose";

/// The header that asks at the gate to children's cases.
const GATE: &str = "Assize-Gate";

/// The header that says under whose rules something begins.
pub const JURISDICTION: &str = "Assize-Jurisdiction";

/// Every header of the register's own.
const HEADERS: [&str; 4] = [IDENTITY, PURPOSE, GATE, JURISDICTION];

/// Refuses a header of the register's own that it does not have: who misspells the purpose would act for the usual one,
/// and that is what would be written down.
fn none_unknown(headers: &HeaderMap) -> Result<(), Problem> {
    let own = |name: &&str| name.starts_with("assize-");
    let known = |name: &str| HEADERS.iter().any(|known| known.eq_ignore_ascii_case(name));
    let mut names = headers
        .keys()
        .map(axum::http::HeaderName::as_str)
        .filter(own);
    match names.find(|name| !known(name)) {
        Some(name) => {
            let known = HEADERS.join(", ");
            let said = format!("there is no such header: leave it out, or send one of {known}");
            Err(Problem::usage("unknown-header", name, &said))
        }
        None => Ok(()),
    }
}

/// The cookie by which a browser keeps the gate open that it was let through.
const GATE_COOKIE: &str = "assize_gate";

/// How long it keeps it open, in seconds.
const GATE_OPEN: u32 = 900;

/// The cookie that keeps the gate open for what was asked; without it, the one that closes it.
pub fn gate_cookie(asked: Option<&Asked>) -> String {
    let (said, seconds) = match asked {
        // A cookie holds no space.
        Some(asked) => (asked.to_string().replace(' ', "~"), GATE_OPEN),
        None => (String::new(), 0),
    };
    format!("{GATE_COOKIE}={said}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}")
}

/// What a request asks at the gate, in its header or by the cookie of a browser that was let through.
fn asked(headers: &HeaderMap) -> Result<Option<Asked>, Problem> {
    let kept = cookie_named(headers, GATE_COOKIE).map(|kept| kept.replace('~', " "));
    match said(headers, GATE)? {
        Some(header) => {
            let asked = header.parse();
            asked
                .map(Some)
                .map_err(|said: String| Problem::usage("gate", GATE, &said))
        }
        // A cookie that nobody can read opens nothing.
        None => Ok(kept.and_then(|kept| kept.parse().ok())),
    }
}

/// A sample identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// What it is called in headers and cookies.
    pub name: &'static str,
    /// What people read.
    pub title: &'static str,
    /// Its subject.
    pub subject: &'static str,
    /// Its role.
    pub role: Role,
    /// Its office.
    pub office: &'static str,
    /// The purpose it has when it names none.
    pub purpose: Purpose,
}

/// The sample identities.
pub const SAMPLES: [Sample; 10] = [
    Sample {
        name: "judge",
        title: "Judge, Ashby District Court",
        subject: "sample-judge",
        role: Role::Judge,
        office: "ashby",
        purpose: Purpose::Hearing,
    },
    Sample {
        name: "clerk",
        title: "Clerk, Ashby District Court",
        subject: "sample-clerk",
        role: Role::Clerk,
        office: "ashby",
        purpose: Purpose::Hearing,
    },
    Sample {
        name: "youth-judge",
        title: "Judge, Fenwick Juvenile Court",
        subject: "sample-youth-judge",
        role: Role::Judge,
        office: "fenwick",
        purpose: Purpose::Hearing,
    },
    Sample {
        name: "probation",
        title: "Probation officer, Ashby",
        subject: "sample-probation",
        role: Role::Probation,
        office: "ashby-probation",
        purpose: Purpose::Supervision,
    },
    Sample {
        name: "prosecutor",
        title: "Prosecutor, Ashby",
        subject: "sample-prosecutor",
        role: Role::Prosecutor,
        office: "ashby-prosecution",
        purpose: Purpose::Hearing,
    },
    Sample {
        name: "prison",
        title: "Prison service, Ashby Remand Prison",
        subject: "sample-prison",
        role: Role::Prison,
        office: "ashby-remand",
        purpose: Purpose::Supervision,
    },
    Sample {
        name: "release",
        title: "Release authority",
        subject: "sample-release",
        role: Role::ReleaseAuthority,
        office: "release-board",
        purpose: Purpose::Release,
    },
    Sample {
        name: "oversight",
        title: "Oversight body",
        subject: "sample-oversight",
        role: Role::Oversight,
        office: "oversight",
        purpose: Purpose::Inspection,
    },
    Sample {
        name: "statistician",
        title: "Statistician",
        subject: "sample-statistician",
        role: Role::Statistician,
        office: "statistics",
        purpose: Purpose::Research,
    },
    Sample {
        name: "administrator",
        title: "Administrator",
        subject: "sample-administrator",
        role: Role::Administrator,
        office: "registry",
        purpose: Purpose::Administration,
    },
];

impl Sample {
    /// The sample of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        SAMPLES.iter().find(|sample| sample.name == name)
    }

    /// A call on behalf of it.
    pub fn call(&self, purpose: Option<Purpose>) -> Call {
        // Codes of this file are codes; a test reads every one of them.
        let subject = SubjectId::parse(self.subject);
        let office = OfficeCode::parse(self.office);
        match (subject, office) {
            (Ok(subject), Ok(office)) => Call::new(
                Actor {
                    subject,
                    role: self.role,
                    office,
                },
                purpose.unwrap_or(self.purpose),
            ),
            (Err(error), _) | (_, Err(error)) => unreachable!("a sample identity: {error}"),
        }
    }
}

/// Whoever makes a request.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The identity.
    pub sample: &'static Sample,
    /// On whose behalf and why.
    pub call: Call,
}

impl OperationInput for Caller {
    fn operation_input(ctx: &mut GenContext, operation: &mut Operation) {
        let purposes: Vec<String> = Purpose::ALL.iter().map(ToString::to_string).collect();
        let header = json_schema!({"type": "object", "properties": {
            PURPOSE: {
                "type": "string", "enum": purposes,
                "description": "Why it is asked; without it, the identity's usual purpose."
            }
        }});
        let header = parameters_from_schema(ctx, header, ParamLocation::Header);
        add_parameters(ctx, operation, header);
        let header = json_schema!({"type": "object", "properties": {
            GATE: {
                "type": "string",
                "description": "Asks at the gate to children's cases, for a reason of the rules: `appeal sentence/ID` \
                                opens the cases that the person had as a child, `inspection all` every one. It is \
                                written down with whatever is shown."
            }
        }});
        let header = parameters_from_schema(ctx, header, ParamLocation::Header);
        add_parameters(ctx, operation, header);
    }
}

/// The name of the identity that a request says it has, in its header or in a browser's cookie.
pub fn named(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let header = said(headers, IDENTITY)?.map(str::to_owned);
    Ok(header.or_else(|| cookie(headers)))
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        if !state.samples {
            return Err(Problem::unauthenticated());
        }
        none_unknown(&parts.headers)?;
        let name = named(&parts.headers)?.ok_or_else(Problem::unauthenticated)?;
        let sample = Sample::named(&name).ok_or_else(|| Problem::unknown_identity(&name))?;
        let purpose = said(&parts.headers, PURPOSE)?
            .map(str::parse::<Purpose>)
            .transpose()
            .map_err(|said| Problem::usage("purpose", PURPOSE, &said))?;
        Ok(Self {
            sample,
            call: sample.call(purpose).asking(asked(&parts.headers)?),
        })
    }
}

/// A header that may be said once, in plain characters: of two nobody can tell which was meant.
pub fn said<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, Problem> {
    let mut all = headers.get_all(name).iter();
    let (first, second) = (all.next(), all.next());
    if second.is_some() {
        let said = "the header is said twice: say it once";
        return Err(Problem::usage("repeated", name, said));
    }
    first
        .map(|value| {
            let said = "the header holds other characters than plain ASCII: leave them out";
            value
                .to_str()
                .map_err(|_| Problem::usage("header", name, said))
        })
        .transpose()
}

/// The choice that a browser carries.
pub fn cookie(headers: &HeaderMap) -> Option<String> {
    cookie_named(headers, COOKIE_NAME)
}

fn cookie_named(headers: &HeaderMap, wanted: &str) -> Option<String> {
    let cookies = headers.get(COOKIE)?.to_str().ok()?;
    cookies.split(';').find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == wanted).then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_header_is_said_once_and_in_plain_characters() {
        let mut headers = HeaderMap::new();
        assert_eq!(said(&headers, PURPOSE), Ok(None));
        headers.append(PURPOSE, HeaderValue::from_static("hearing"));
        assert_eq!(said(&headers, PURPOSE), Ok(Some("hearing")));
        headers.append(PURPOSE, HeaderValue::from_static("research"));
        let problem = said(&headers, PURPOSE).unwrap_err();
        assert_eq!(problem.code, "request.repeated");
        headers.insert(IDENTITY, HeaderValue::from_bytes(b"\xff").unwrap());
        assert_eq!(named(&headers).unwrap_err().code, "request.header");
    }

    #[test]
    fn a_header_of_the_registers_own_that_it_does_not_have_is_refused() {
        let mut headers = HeaderMap::new();
        for known in HEADERS {
            let known = known.to_ascii_lowercase();
            let name = axum::http::HeaderName::from_bytes(known.as_bytes()).unwrap();
            headers.insert(name, HeaderValue::from_static("hearing"));
        }
        headers.insert("x-purpose", HeaderValue::from_static("hearing"));
        assert_eq!(none_unknown(&headers), Ok(()));
        headers.insert("assize-porpose", HeaderValue::from_static("hearing"));
        let problem = none_unknown(&headers).unwrap_err();
        assert_eq!(problem.status, 400);
        assert_eq!(problem.field.as_deref(), Some("assize-porpose"));
        assert_eq!(
            problem.detail,
            "there is no such header: leave it out, or send one of Assize-Identity, Assize-Purpose, Assize-Gate, \
             Assize-Jurisdiction"
        );
    }

    #[test]
    fn the_gate_is_asked_by_a_header_or_kept_open_by_a_cookie() {
        let mut headers = HeaderMap::new();
        assert_eq!(asked(&headers), Ok(None));
        let appeal: Asked = "appeal sentence/1".parse().unwrap();
        let cookie = gate_cookie(Some(&appeal));
        headers.insert(COOKIE, HeaderValue::from_str(&cookie).unwrap());
        assert_eq!(asked(&headers), Ok(Some(appeal)));
        headers.insert(GATE, HeaderValue::from_static("inspection all"));
        assert_eq!(asked(&headers), Ok("inspection all".parse().ok()));
        headers.insert(GATE, HeaderValue::from_static("let me in"));
        assert_eq!(asked(&headers).unwrap_err().code, "request.gate");
        let closing = gate_cookie(None);
        headers.remove(GATE);
        headers.insert(COOKIE, HeaderValue::from_str(&closing).unwrap());
        assert_eq!(asked(&headers), Ok(None));
    }

    #[test]
    fn every_sample_identity_can_call_for_its_usual_purpose() {
        for sample in SAMPLES {
            assert_eq!(sample.call(None).purpose, sample.purpose);
            let allowed =
                infra::access::allow(&sample.call(None), infra::access::Action::ReadRules);
            assert_eq!(allowed, Ok(()));
        }
    }
}
