//! One request of each kind that cannot be carried out.
#![expect(
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "a list of cases, and places of JSON that stand there"
)]

use serde_json::{Value, json};
use tests::theft;

use super::super::fine;

pub(super) const PERSON: &str = "5b0f1c9e-5a3c-4f0e-9a51-000000000001";
pub(super) const ERASED: &str = "5b0f1c9e-5a3c-4f0e-9a51-000000000002";
pub(super) const EXPUNGED: &str = "5b0f1c9e-5a3c-4f0e-9a51-000000000003";
pub(super) const SENTENCE: &str = "01900000-0000-7000-8000-000000000004";
pub(super) const ORDER: &str = "01900000-0000-7000-8000-000000000005";
const NOWHERE: &str = "01900000-0000-7000-8000-00000000000f";
/// The register's own time, so that an act is taken through it.
const NOW: &str = "2026-03-02T10:00:00Z";

/// A request and what it is an example of.
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) line: String,
    by: Option<&'static str>,
    said: String,
    pub(super) body: Vec<u8>,
}

impl Case {
    /// A request without a body.
    fn get(name: &'static str, by: &'static str, path: &str) -> Self {
        Self {
            name,
            line: format!("GET {path}"),
            by: Some(by),
            said: String::new(),
            body: Vec::new(),
        }
    }

    /// A command in JSON.
    fn post(name: &'static str, by: &'static str, path: &str, body: &Value) -> Self {
        Self::bytes(name, by, path, body.to_string().into_bytes())
    }

    /// What is sent as if it were a command.
    fn bytes(name: &'static str, by: &'static str, path: &str, body: Vec<u8>) -> Self {
        Self {
            line: format!("POST {path}"),
            said: "Content-Type: application/json\r\n".to_owned(),
            body,
            ..Self::get(name, by, path)
        }
    }

    /// With further headers.
    fn with(mut self, headers: &str) -> Self {
        self.said.push_str(headers);
        self
    }

    /// By nobody.
    fn by_nobody(mut self) -> Self {
        self.by = None;
        self
    }

    /// With no headers but those given.
    fn only(mut self, headers: &str) -> Self {
        headers.clone_into(&mut self.said);
        self
    }

    pub(super) fn headers(&self) -> String {
        let by = self.by.map(|by| format!("Assize-Identity: {by}\r\n"));
        let length = format!("Content-Length: {}\r\n", self.body.len());
        format!("{}{length}{}", by.unwrap_or_default(), self.said)
    }

    /// The request for a reader: long bodies are cut.
    pub(super) fn in_words(&self) -> String {
        let by = self.by.map(|by| format!("Assize-Identity: {by}\n"));
        let body = String::from_utf8_lossy(&self.body);
        let body = match body.char_indices().nth(600) {
            Some((end, _)) => format!("{}…", body.get(..end).unwrap_or_default()),
            None => body.into_owned(),
        };
        let said = self.said.replace("\r\n", "\n");
        format!("{}\n{}{said}\n{body}", self.line, by.unwrap_or_default())
            .trim_end()
            .to_owned()
    }
}

pub(super) fn cases() -> Vec<Case> {
    let mut all = not_read();
    all.extend(headers());
    all.extend(addresses());
    all.extend(fields());
    all.extend(rules());
    all
}

fn impose(person: &str, pronounced: &str, sanction: Value) -> Value {
    json!({"impose": {"person": person, "pronounced": pronounced, "decision": theft(sanction)}})
}

/// What is no JSON, or no JSON that is read.
fn not_read() -> Vec<Case> {
    let to = "/v1/sentences";
    let twice = br#"{"quash": {"pronounced": "2026-03-02", "pronounced": "2026-03-01"}}"#;
    let huge = impose(PERSON, NOW, fine(1)).to_string();
    let huge = huge.replace("\"minor\":1", "\"minor\":1e400");
    let deep = format!("{}{}", "[".repeat(40), "]".repeat(40));
    vec![
        Case::bytes(
            "malformed_json",
            "judge",
            to,
            b"{\"impose\": {\"person\": }}".to_vec(),
        ),
        Case::bytes(
            "cut_off_json",
            "judge",
            to,
            b"{\"impose\": {\"person\": \"5b0f".to_vec(),
        ),
        Case::bytes("empty_body", "judge", to, Vec::new()),
        Case::bytes(
            "not_utf8",
            "judge",
            to,
            b"{\"impose\": \"\xff\xfe\"}".to_vec(),
        ),
        Case::bytes(
            "field_twice",
            "judge",
            &format!("{to}/{SENTENCE}"),
            twice.to_vec(),
        ),
        Case::bytes("too_deep", "judge", to, deep.into_bytes()),
        Case::bytes("number_beyond_reading", "judge", to, huge.into_bytes()),
        Case::bytes("too_large", "judge", to, vec![b' '; 257 * 1024]),
        Case::bytes("wrong_content_type", "judge", to, b"person=1".to_vec())
            .only("Content-Type: application/x-www-form-urlencoded\r\n"),
        Case::bytes("no_content_type", "judge", to, b"{}".to_vec()).only(""),
    ]
}

/// Headers that cannot be meant, and callers who may not.
fn headers() -> Vec<Case> {
    let quash = json!({"quash": {"pronounced": "2026-03-02"}});
    let sentence = format!("/v1/sentences/{SENTENCE}");
    let register = json!({"register": {"sex": {"value": "female"}}});
    vec![
        Case::get("no_identity", "judge", "/v1/sentences").by_nobody(),
        Case::get("unknown_identity", "chancellor", "/v1/sentences"),
        Case::post("wrong_role", "probation", &sentence, &quash),
        Case::get("unknown_purpose", "judge", &sentence).with("Assize-Purpose: curiosity\r\n"),
        Case::get("purpose_of_another_role", "judge", &sentence)
            .with("Assize-Purpose: research\r\n"),
        Case::post("stale_version", "judge", &sentence, &quash).with("If-Match: \"9\"\r\n"),
        Case::post("version_without_quotes", "judge", &sentence, &quash).with("If-Match: 1\r\n"),
        Case::post("key_of_another_request", "judge", "/v1/persons", &register)
            .with("Idempotency-Key: used\r\n"),
        Case::post("header_twice", "judge", &sentence, &quash)
            .with("Idempotency-Key: a\r\nIdempotency-Key: b\r\n"),
        Case::post("unknown_jurisdiction", "judge", "/v1/persons", &register)
            .with("Assize-Jurisdiction: atlantis\r\n"),
        Case::get("header_misspelt", "judge", &sentence).with("Assize-Porpose: correction\r\n"),
        Case::get("last_event_that_is_no_entry", "oversight", "/v1/feed")
            .with("Last-Event-ID: yesterday\r\n"),
    ]
}

/// Addresses and queries that lead nowhere.
fn addresses() -> Vec<Case> {
    let quash = json!({"quash": {"pronounced": "2026-03-02"}});
    let judge = |name, path: &str| Case::get(name, "judge", path);
    vec![
        judge("no_such_address", "/v1/verdicts"),
        judge("no_id", "/v1/sentences/seventeen"),
        judge("unknown_sentence", &format!("/v1/sentences/{NOWHERE}")),
        Case::post(
            "step_in_an_unknown_sentence",
            "judge",
            &format!("/v1/sentences/{NOWHERE}"),
            &quash,
        ),
        Case::post(
            "words_about_an_unknown_order",
            "probation",
            &format!("/v1/orders/{NOWHERE}"),
            &json!({"issue_warning": {"appointments": [1], "kind": "first", "done": "2026-03-01", "note": "x"}}),
        ),
        judge("unknown_query", "/v1/sentences?judge=smith"),
        judge("query_lost", "/v1/orders?sentence="),
        judge("query_of_a_control_character", "/v1/sentences?text=%00"),
        judge("state_that_never_is", "/v1/sentences?state=pending"),
        judge("disposal_that_never_is", "/v1/sentences?disposal=flogging"),
        judge("court_that_nobody_names", "/v1/sentences?court=atlantis"),
        judge("office_that_nobody_names", "/v1/orders?office=atlantis"),
        judge("query_twice", "/v1/sentences?court=ashby&court=brook"),
        judge("bad_cursor", "/v1/sentences?before=last"),
        judge("too_many_rows", "/v1/sentences?limit=5000"),
        judge("as_of_nothing", "/v1/sentences?as_of=last%20week"),
        judge("as_of_a_later_entry", "/v1/sentences?as_of=900"),
        judge("as_of_a_later_day", "/v1/sentences?as_of=2030-01-01"),
        judge("as_of_no_day", "/v1/sentences?as_of=2026-02-31"),
        judge("unknown_view", "/v1/views/leniency"),
        judge("unknown_column", "/v1/views/gender?by=judge"),
        judge("unreadable_condition", "/v1/views/gender?where=sex"),
        Case::post(
            "query_with_a_command",
            "judge",
            &format!("/v1/sentences/{SENTENCE}?as_of=1"),
            &quash,
        ),
        Case {
            line: "DELETE /v1/sentences".to_owned(),
            ..judge("method", "/v1/sentences")
        },
    ]
}

/// Fields that do not say what they should.
fn fields() -> Vec<Case> {
    let to = "/v1/sentences";
    let order = format!("/v1/orders/{ORDER}");
    let credit = |quantity: Value| {
        json!({"credit_hours": {
            "requirement": 1, "quantity": quantity, "reason": "work-done", "done": "2026-03-01"
        }})
    };
    let mut coloured = impose(PERSON, NOW, fine(20_000));
    coloured["impose"]["colour"] = json!("blue");
    let mut numbered = impose(PERSON, NOW, fine(20_000));
    numbered["impose"]["decision"]["court"] = json!(7);
    let mut missing = impose(PERSON, NOW, fine(20_000));
    missing["impose"]["decision"] = json!({"court": "ashby"});
    let mut sealed = impose(PERSON, NOW, fine(20_000));
    sealed["impose"]["decision"]["reasons"] = json!({"id": NOWHERE, "person": PERSON, "class": "judgment", "key": NOWHERE, "sealed": "AAAA"});
    let mut long = impose(PERSON, NOW, fine(20_000));
    long["impose"]["decision"]["reasons"] = json!("a".repeat(70_000));
    let pounds = json!({"fine": {"amount": {"minor": 20_000.5, "currency": "EUR"}}});
    vec![
        Case::post("unknown_command", "judge", to, &json!({"abolish": {}})),
        Case::post(
            "code_that_no_list_knows",
            "judge",
            "/v1/reports",
            &json!({"request": {
                "person": PERSON, "done": NOW, "court": "ashby", "kind": "weather", "due": "2026-04-01"
            }}),
        ),
        Case::post(
            "two_commands",
            "judge",
            to,
            &json!({"impose": {}, "quash": {}}),
        ),
        Case::post("unknown_field", "judge", to, &coloured),
        Case::post("missing_field", "judge", to, &missing),
        Case::post("number_for_text", "judge", to, &numbered),
        Case::post(
            "fraction_of_a_cent",
            "judge",
            to,
            &impose(PERSON, NOW, pounds),
        ),
        Case::post(
            "person_that_is_no_id",
            "judge",
            to,
            &impose("Ann Example", NOW, fine(20_000)),
        ),
        Case::post(
            "thirty_first_of_february",
            "judge",
            to,
            &impose(PERSON, "2026-02-31", fine(20_000)),
        ),
        Case::post(
            "unreadable_length",
            "judge",
            to,
            &impose(PERSON, NOW, json!({"custody": {"term": "3 months"}})),
        ),
        Case::post("sealed_value", "judge", to, &sealed),
        Case::post("words_too_long", "judge", to, &long),
        Case::post(
            "negative_hours",
            "probation",
            &order,
            &credit(json!({"minutes": -60})),
        ),
        Case::post(
            "unknown_unit",
            "probation",
            &order,
            &credit(json!({"hours": 3})),
        ),
        Case::post(
            "more_than_a_number_holds",
            "probation",
            &order,
            &credit(json!({"minutes": 4_294_967_296_u64})),
        ),
        Case::post(
            "unit_of_another_requirement",
            "probation",
            &order,
            &credit(json!({"days": 3})),
        ),
    ]
}

/// What a rule refuses of an act that is taken through the register.
fn rules() -> Vec<Case> {
    let to = "/v1/sentences";
    let sentence = format!("/v1/sentences/{SENTENCE}");
    let mut circular = impose(PERSON, NOW, json!({"custody": {"term": "P3M"}}));
    circular["impose"]["decision"]["counts"][0]["components"] = json!([
        {"no": 1, "sanction": {"custody": {"term": "P3M"}}, "runs": {"consecutive_to": 2}},
        {"no": 2, "sanction": {"custody": {"term": "P2M"}}, "runs": {"consecutive_to": 1}}
    ]);
    let dollars = json!({"fine": {"amount": {"minor": 20_000, "currency": "USD"}}});
    let life = json!({"custody": {"term": "P9Y"}});
    let correct = json!({"correct_slip": {
        "corrects": 7, "pronounced": "2026-03-02", "reason": "typing", "decision": theft(fine(1))
    }});
    let register = json!({"register": {}});
    let erase = json!({"erase_data": {"classes": [], "basis": "data-act-17"}});
    vec![
        Case::post(
            "unknown_person",
            "judge",
            to,
            &impose(NOWHERE, NOW, fine(20_000)),
        ),
        Case::post(
            "expunged_person",
            "judge",
            to,
            &impose(EXPUNGED, NOW, fine(20_000)),
        ),
        Case::post(
            "step_on_an_expunged_record",
            "judge",
            &format!("/v1/persons/{EXPUNGED}"),
            &json!({"give_consent": {"to": "treatment"}}),
        ),
        Case::post(
            "erased_person_registered_again",
            "judge",
            &format!("/v1/persons/{ERASED}"),
            &register,
        ),
        Case::post(
            "erasure_of_nothing",
            "judge",
            &format!("/v1/persons/{PERSON}"),
            &erase,
        ),
        Case::post(
            "born_in_the_future",
            "judge",
            &format!("/v1/persons/{NOWHERE}"),
            &json!({"register": {"identity": {"born": "2050-01-01"}}}),
        ),
        Case::post(
            "born_two_hundred_years_ago",
            "judge",
            &format!("/v1/persons/{NOWHERE}"),
            &json!({"register": {"identity": {"born": "1824-01-01"}}}),
        ),
        Case::post(
            "fine_of_ten_trillion",
            "judge",
            to,
            &impose(PERSON, NOW, fine(10_000_000_000_000)),
        ),
        Case::post("circular_terms", "judge", to, &circular),
        Case::post(
            "in_the_future",
            "judge",
            to,
            &impose(PERSON, "2030-01-01", fine(20_000)),
        ),
        Case::post(
            "another_currency",
            "judge",
            to,
            &impose(PERSON, NOW, dollars),
        ),
        Case::post(
            "fine_of_nothing",
            "judge",
            to,
            &impose(PERSON, NOW, fine(0)),
        ),
        Case::post("above_the_maximum", "judge", to, &impose(PERSON, NOW, life)),
        Case::post(
            "imposed_twice",
            "judge",
            &sentence,
            &impose(PERSON, NOW, fine(20_000)),
        ),
        Case::post("correction_of_no_event", "judge", &sentence, &correct),
    ]
}
