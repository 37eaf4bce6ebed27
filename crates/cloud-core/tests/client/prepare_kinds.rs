//! Maps, JSON, texts and times as parameters, in the styles of all three providers.

use std::collections::BTreeMap;

use cloud_core::{
    AsValue, DownloadUrl, Effect, Field, Json, LocalDate, Metadata, Need, Operation, Params,
    Record, Scope, Service, Text, UnixMillis, UnixSeconds, Value,
};
use serde_json::json;

use crate::common::kinds::Outer;
use crate::common::memory::{client, now};
use crate::common::services::{Hbr, Redis, Tag, Udb};
use crate::prepare::form;
use crate::success;

/// A request with a parameter of every kind.
#[derive(Debug, Clone, Default)]
struct Request {
    labels: BTreeMap<String, String>,
    tags: BTreeMap<String, Vec<Tag>>,
    shards: Vec<BTreeMap<String, i64>>,
    grid: Vec<Vec<i64>>,
    config: Option<Json>,
    events: Vec<Json>,
    port: Option<Text<i64>>,
    outer: Option<Text<Outer>>,
    days: Vec<Text<LocalDate>>,
    created: Option<UnixSeconds>,
    updated: Option<UnixMillis>,
    url: Option<DownloadUrl>,
    labels_text: Option<Text<BTreeMap<String, String>>>,
    config_text: Option<Text<Json>>,
    grid_text: Option<Text<Vec<Vec<i64>>>>,
}

impl Record for Request {
    fn fields(&self) -> &'static [Field] {
        &const {
            [
                Field::new("Labels"),
                Field::new("Tags"),
                Field::new("Shards"),
                Field::new("Grid"),
                Field::new("Config"),
                Field::new("Events"),
                Field::new("Port"),
                Field::new("Outer"),
                Field::new("Days"),
                Field::new("Created"),
                Field::new("Updated"),
                Field::new("Url"),
                Field::new("LabelsText"),
                Field::new("ConfigText"),
                Field::new("GridText"),
            ]
        }
    }

    fn value(&self, index: usize) -> Value<'_> {
        let fields: [&dyn AsValue; 15] = [
            &self.labels,
            &self.tags,
            &self.shards,
            &self.grid,
            &self.config,
            &self.events,
            &self.port,
            &self.outer,
            &self.days,
            &self.created,
            &self.updated,
            &self.url,
            &self.labels_text,
            &self.config_text,
            &self.grid_text,
        ];
        fields
            .get(index)
            .map_or(Value::Absent, |field| field.value())
    }
}

impl<S: Service> Operation<S> for Request {
    type Response = Json;

    fn metadata(&self) -> Metadata<'_> {
        Metadata::new("Everything", Effect::Write).region(Need::Required)
    }

    fn scope(&self) -> Scope<'_> {
        Scope::default()
    }

    fn encode(&self, params: &mut Params) {
        params.record(self);
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

fn full() -> Request {
    let map = |entries: &[(&str, &str)]| {
        let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        entries.iter().map(owned).collect::<BTreeMap<_, _>>()
    };
    let tag = Tag {
        key: Some("k".into()),
        value: None,
    };
    Request {
        labels: map(&[("b", "2"), ("a", "1 &=备")]),
        tags: BTreeMap::from([("env".into(), vec![tag])]),
        shards: vec![BTreeMap::from([("s".into(), -1)]), BTreeMap::new()],
        grid: vec![vec![1, 2], vec![], vec![3]],
        config: Some(json!({"on": true, "list": [1.5, null, "x"], "none": null})),
        events: vec![json!(u64::MAX), json!({"a": []})],
        port: Some(80.into()),
        outer: Some(
            Outer {
                name: Some("n".into()),
                inner: Some(json!([1]).into()),
                backup: None,
            }
            .into(),
        ),
        days: vec!["2024-03-01".into(), "never".into()],
        created: Some(UnixSeconds(5)),
        updated: Some(UnixMillis(-5)),
        url: Some("https://host/path?sign=0".into()),
        labels_text: Some([("a", "1")].into()),
        config_text: Some(json!("x").into()),
        grid_text: Some([vec![1], vec![]].into()),
    }
}

/// The parameters of [`full`] in a style that counts from `first`.
fn flat(first: usize) -> Vec<(String, &'static str)> {
    let (one, two, three) = (first, first + 1, first + 2);
    vec![
        ("Config.list.".to_owned() + &one.to_string(), "1.5"),
        ("Config.list.".to_owned() + &three.to_string(), "x"),
        ("Config.on".into(), "true"),
        ("ConfigText".into(), r#""x""#),
        ("Created".into(), "5"),
        (format!("Days.{one}"), "2024-03-01"),
        (format!("Days.{two}"), "never"),
        (format!("Events.{one}"), "18446744073709551615"),
        (format!("Grid.{one}.{one}"), "1"),
        (format!("Grid.{one}.{two}"), "2"),
        (format!("Grid.{three}.{one}"), "3"),
        ("GridText".into(), "[[1],[]]"),
        ("Labels.a".into(), "1 &=备"),
        ("Labels.b".into(), "2"),
        ("LabelsText".into(), r#"{"a":"1"}"#),
        ("Outer".into(), r#"{"Name":"n","Inner":"[1]"}"#),
        ("Port".into(), "80"),
        (format!("Shards.{one}.s"), "-1"),
        (format!("Tags.env.{one}.Key"), "k"),
        ("Updated".into(), "-5"),
        ("Url".into(), "https://host/path?sign=0"),
    ]
}

fn is_own(name: &str) -> bool {
    Request::default()
        .fields()
        .iter()
        .any(|field| name.split('.').next() == Some(field.name()))
}

#[test]
fn as_a_form() {
    let client = client::<Udb>(success()).build().unwrap();
    let mut parameters = form(now(client.prepare(&full())).unwrap().body());
    parameters.retain(|name, _| is_own(name));
    let expected: BTreeMap<_, _> = flat(0)
        .into_iter()
        .map(|(name, value)| (name, value.to_owned()))
        .collect();
    assert_eq!(parameters, expected);
}

#[test]
fn as_a_query() {
    let client = client::<Hbr>(success()).build().unwrap();
    let sent = now(client.prepare(&full())).unwrap();
    let mut parameters = form(sent.uri().query().unwrap());
    parameters.retain(|name, _| is_own(name));
    let expected: BTreeMap<_, _> = flat(1)
        .into_iter()
        .map(|(name, value)| (name, value.to_owned()))
        .collect();
    assert_eq!(parameters, expected);
}

#[test]
fn as_json() {
    let client = client::<Redis>(success()).build().unwrap();
    let sent = now(client.prepare(&full())).unwrap();
    assert_eq!(
        serde_json::from_slice::<Json>(sent.body()).unwrap(),
        json!({
            "Labels": {"a": "1 &=备", "b": "2"},
            "Tags": {"env": [{"Key": "k"}]},
            "Shards": [{"s": -1}, {}],
            "Grid": [[1, 2], [], [3]],
            "Config": {"on": true, "list": [1.5, null, "x"], "none": null},
            "Events": [u64::MAX, {"a": []}],
            "Port": "80",
            "Outer": r#"{"Name":"n","Inner":"[1]"}"#,
            "Days": ["2024-03-01", "never"],
            "Created": 5,
            "Updated": -5,
            "Url": "https://host/path?sign=0",
            "LabelsText": r#"{"a":"1"}"#,
            "ConfigText": "\"x\"",
            "GridText": "[[1],[]]",
        })
    );
}

#[test]
fn null_is_left_out() {
    let client = client::<Redis>(success()).build().unwrap();
    let request = Request {
        config: Some(Json::Null),
        ..Request::default()
    };
    let body = now(client.prepare(&request)).unwrap().into_body();
    let sent: Json = serde_json::from_slice(&body).unwrap();
    assert_eq!(sent.get("Config"), None);
}

#[test]
fn how_often_an_operation_may_be_called_is_known() {
    use cloud_core::RateLimit;
    use std::time::Duration;

    const METADATA: Metadata<'_> =
        Metadata::new("Everything", Effect::Read).rate_limit(RateLimit::new(20, 60));
    let limit = METADATA.rate().unwrap();
    assert_eq!(
        (limit.calls(), limit.period()),
        (20, Duration::from_secs(60))
    );
    assert_eq!(Metadata::new("Other", Effect::Read).rate(), None);
}
