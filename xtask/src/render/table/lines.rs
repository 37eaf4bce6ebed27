//! JSON as people read it in a diff: one line for each field, value, code or example, however deep it stands.

use serde_json::Value;

/// A value that fits into a line of this width is not broken.
const WIDTH: usize = 140;

/// The text of a table.
pub fn write(table: &Value) -> String {
    let mut text = String::new();
    value(table, 0, &mut text);
    text.push('\n');
    text
}

/// Objects and lists that hold further objects are broken into lines; a rule of a field, or a list of words, is not.
fn value(node: &Value, depth: usize, text: &mut String) {
    let whole = node.to_string();
    if depth > 0 && (!holds_objects(node) || whole.len() + 2 * depth <= WIDTH) {
        text.push_str(&whole);
        return;
    }
    match node {
        Value::Object(members) if !members.is_empty() => {
            let entries = members.iter().map(|(name, member)| (Some(name), member));
            broken(('{', '}'), entries, depth, text);
        }
        Value::Array(items) if !items.is_empty() => {
            broken(
                ('[', ']'),
                items.iter().map(|item| (None, item)),
                depth,
                text,
            );
        }
        _ => text.push_str(&whole),
    }
}

fn broken<'v>(
    (open, close): (char, char),
    entries: impl Iterator<Item = (Option<&'v String>, &'v Value)>,
    depth: usize,
    text: &mut String,
) {
    text.push(open);
    for (index, (name, entry)) in entries.enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        indent(depth + 1, text);
        if let Some(name) = name {
            text.push_str(&Value::from(name.as_str()).to_string());
            text.push_str(": ");
        }
        value(entry, depth + 1, text);
    }
    text.push('\n');
    indent(depth, text);
    text.push(close);
}

fn indent(depth: usize, text: &mut String) {
    text.extend(std::iter::repeat_n("  ", depth));
}

fn holds_objects(node: &Value) -> bool {
    match node {
        Value::Object(members) => members
            .values()
            .any(|member| member.is_object() || holds_objects(member)),
        Value::Array(items) => items
            .iter()
            .any(|item| item.is_object() || holds_objects(item)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::write;

    #[test]
    fn a_field_is_a_line() {
        let table = json!({
            "action": "DescribeTask",
            "request": [
                { "name": "TaskId", "type": "u64", "required": true },
                { "name": "Kind", "type": "Kind", "only_when": { "Mode": ["Careful", "Slow"] }, "doc": "x".repeat(140) },
            ],
            "errors": ["A", "B"],
        });
        let long = "x".repeat(140);
        let expected = format!(
            r#"{{
  "action": "DescribeTask",
  "request": [
    {{"name":"TaskId","type":"u64","required":true}},
    {{
      "name": "Kind",
      "type": "Kind",
      "only_when": {{"Mode":["Careful","Slow"]}},
      "doc": "{long}"
    }}
  ],
  "errors": ["A","B"]
}}
"#
        );
        assert_eq!(write(&table), expected);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&write(&table)).unwrap(),
            table
        );
    }
}
