//! Numbered parameters as a tree: `Tag.1.Key=a` is a member of a member of a member.

use serde_json::{Map, Value};

use crate::call::Refusal;

/// How deep names may lead. No operation comes near it, and what is walked must not be endless.
const MAX_PARTS: usize = 24;

/// How many lists and records there may be.
const MAX_INNER_NODES: usize = 20_000;

/// The tree of these parameters: objects, and text at their ends.
pub(super) fn tree(pairs: &[(String, String)]) -> Result<Map<String, Value>, Refusal> {
    let mut root = Map::new();
    let mut inner_nodes = 0;
    for (name, text) in pairs {
        let refuse = |problem: &str| Refusal::Invalid {
            parameter: name.clone(),
            problem: problem.to_owned(),
        };
        if name.split('.').nth(MAX_PARTS).is_some() {
            return Err(refuse("leads too deep"));
        }
        let mut parts = name.split('.').peekable();
        let mut members = &mut root;
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                if members.contains_key(part) {
                    return Err(refuse("is given twice"));
                }
                members.insert(part.to_owned(), Value::String(text.clone()));
                break;
            }
            let inner = members.entry(part).or_insert_with(|| {
                inner_nodes += 1;
                Value::Object(Map::new())
            });
            let Value::Object(inner) = inner else {
                return Err(refuse(
                    "is a part of a parameter that is given as a whole, too",
                ));
            };
            members = inner;
        }
        if inner_nodes > MAX_INNER_NODES {
            return Err(refuse("is one part too many"));
        }
    }
    Ok(root)
}
