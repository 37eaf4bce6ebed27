//! The skeletons of specs: every required key and the usual ones. What only the provider's page knows is a placeholder, which the
//! reader of specs refuses until it is replaced.

use crate::model::Provider;
use crate::names;
use crate::spec::{SchemaOf, Word};

/// How the name of an operation begins that changes nothing.
const READS: &[&str] = &[
    "Check", "Count", "Describe", "Get", "Inquire", "Inquiry", "List", "Query", "Search", "Show",
];

/// The longest keyword that crates.io takes.
const MAX_KEYWORD: usize = 20;

/// The skeleton of a `service.yaml`.
pub fn service(name: &str, provider: Provider, title: Option<&str>) -> String {
    let word = word_of(provider);
    let product = name
        .strip_prefix(word)
        .and_then(|rest| rest.strip_prefix('-'))
        .unwrap_or(name);
    let marker = names::type_name(product)
        .unwrap_or_else(|| quoted("TODO: the Rust type that stands for it, such as `Redis`"));
    let version = match provider {
        Provider::Ucloud => String::new(),
        Provider::Tencent | Provider::Aliyun => {
            "version: \"TODO: the version of its API, such as 2018-04-12\"\n".to_owned()
        }
    };
    let title = quoted(title.unwrap_or("TODO: what people call it"));
    let keywords: Vec<String> = [word, product, "cloud"]
        .into_iter()
        .filter(|keyword| keyword.len() <= MAX_KEYWORD)
        .map(scalar)
        .collect();
    let host = match provider {
        Provider::Ucloud => "api.ucloud.cn".to_owned(),
        Provider::Tencent => format!("{product}.tencentcloudapi.com"),
        Provider::Aliyun => format!("{product}.{{region}}.aliyuncs.com"),
    };
    format!(
        r#"{schema}
# Crate `{name}`.

provider: {word}
marker: {marker}
product: {wire}
{version}title: {title}
description: "TODO: one or two sentences about it"
documentation: "TODO: the address of the provider's page about all of it"
keywords: [{keywords}]

endpoints:
  - host: "{host}"
    doc: "TODO: which regions this host serves, and where that is said"

# Codes that its operations may answer: errors. Where things are from that pages do not have: sources. What its operations have in
# common: rate_limit, permission, pages. What is odd about the whole service: quirks, and for maintainers: notes. Types that
# operations share stand in types.yaml.
"#,
        schema = SchemaOf::Service.line(),
        wire = scalar(product),
        keywords = keywords.join(", "),
    )
}

/// The skeleton of an `<Action>.yaml`.
pub fn operation(name: &str, action: &str, provider: Provider) -> String {
    let effect = if READS.iter().any(|word| action.starts_with(word)) {
        "read"
    } else {
        "write"
    };
    let scope = match provider {
        Provider::Ucloud => "scope: { Region: required, Zone: required, ProjectId: optional }\n",
        Provider::Tencent | Provider::Aliyun => "",
    };
    format!(
        r#"{schema}
# {action}: crate `{name}`.

summary: "TODO: what it does, in one sentence"
description: "TODO: more about it, in paragraphs; remove this if there is no more"
reference: "TODO: the address of the provider's page"
effect: {effect}
{scope}
request: {{}}
  # The parameters of the page, each as
  # Limit: {{ type: i64, default: 20, maximum: 100, doc: "How many a page of the answer holds at most." }}

response: {{}}
  # The members of the answer, without those that every answer of the provider has.

examples:
  - title: "TODO: what the page's example shows; if it has none, say that this one is invented"
    request: {{}}
    response: {answer}

# Records and enums of this operation: types. How its pages are turned: pages. Ends to wait for: waiters. Codes that its page names:
# errors. What is odd about it: quirks. What a maintainer has to know: notes.
"#,
        schema = SchemaOf::Operation.line(),
        answer = answer(provider),
    )
}

/// The answer of an example with nothing but what every answer has.
fn answer(provider: Provider) -> &'static str {
    match provider {
        Provider::Ucloud => "{ RetCode: 0 }",
        Provider::Tencent => "{ Response: { RequestId: 00000000-0000-0000-0000-000000000000 } }",
        Provider::Aliyun => "{ RequestId: 00000000-0000-0000-0000-000000000000 }",
    }
}

fn word_of(provider: Provider) -> &'static str {
    let mut words = Provider::WORDS.iter();
    let word = words.find(|(_, known)| *known == provider);
    word.map_or("", |(word, _)| word)
}

/// A word of letters, digits and `-`: in quotes where YAML would take it for something else.
fn scalar(word: &str) -> String {
    let is_text = word.starts_with(|c: char| c.is_ascii_alphabetic());
    if is_text && !["true", "false", "null"].contains(&word) {
        word.to_owned()
    } else {
        quoted(word)
    }
}

/// Text in double quotes: YAML reads them as JSON does.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline;

    /// What is left once every placeholder was replaced by something that its key takes.
    fn filled(skeleton: &str) -> String {
        let fill = |line: &str| match line.split_once("\"TODO") {
            None => line.to_owned(),
            Some((key, _)) => {
                let text = match key.trim() {
                    "reference:" | "documentation:" => "https://acme.example/page",
                    "version:" => "2024-02-29",
                    "marker:" => "Acme",
                    _ => "Something about it.",
                };
                format!("{key}\"{text}\"")
            }
        };
        skeleton.lines().map(|line| fill(line) + "\n").collect()
    }

    fn findings(service: &str, action: &str, operation: &str) -> String {
        let own = [("service", service), (action, operation)];
        let files: Vec<(&str, &str)> = pipeline::PROVIDERS.into_iter().chain(own).collect();
        let outcome = pipeline::run_on(&files);
        outcome.diagnostics.render(&outcome.sources, false)
    }

    #[test]
    fn a_skeleton_is_right_once_it_is_filled_in_and_not_before() {
        for (name, provider, action) in [
            ("tencent-cvm", Provider::Tencent, "DescribeInstances"),
            ("ucloud-uhost", Provider::Ucloud, "StopUHostInstance"),
            ("aliyun-9", Provider::Aliyun, "ListThings"),
            ("aliyun-true", Provider::Aliyun, "CreateX"),
            ("a-service-with-a-very-long-name", Provider::Aliyun, "GetX"),
        ] {
            let service = service(name, provider, None);
            let operation = operation(name, action, provider);
            let found = findings(&service, action, &operation);
            let placeholders =
                service.matches("\"TODO").count() + operation.matches("\"TODO").count();
            assert_eq!(
                found.matches("error[S027]").count(),
                placeholders,
                "{found}"
            );
            assert_eq!(found.matches("error[").count(), placeholders, "{found}");
            assert_eq!(findings(&filled(&service), action, &filled(&operation)), "");
        }
    }

    #[test]
    fn a_title_is_quoted_and_an_effect_guessed() {
        let text = service("ucloud-x", Provider::Ucloud, Some("A \"cloud\": X"));
        assert!(text.contains("title: \"A \\\"cloud\\\": X\"\n"), "{text}");
        for (action, effect) in [
            ("DescribeX", "read"),
            ("CreateX", "write"),
            ("CheckX", "read"),
        ] {
            let text = operation("ucloud-x", action, Provider::Ucloud);
            assert!(text.contains(&format!("\neffect: {effect}\n")), "{action}");
        }
    }
}
