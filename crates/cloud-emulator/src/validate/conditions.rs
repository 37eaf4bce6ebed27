//! Rules that a field has because of the fields beside it.

use serde_json::{Map, Value};

use crate::call::Refusal;
use crate::parameters::scalar;
use crate::tables::{Conditions, Field, Step};

/// Holds the members of a request or a record against each other, in the order of the table. `path` leads to a member.
pub(crate) fn relations(
    fields: &[Field],
    values: &Map<String, Value>,
    path: impl Fn(&str) -> String,
) -> Result<(), Refusal> {
    let siblings = Siblings { fields, values };
    for field in fields {
        let parameter = path(&field.name);
        match values.get(&field.name) {
            Some(value) => {
                let problem = siblings.problem(field, value);
                if let Some(problem) = problem {
                    return Err(Refusal::Invalid { parameter, problem });
                }
            }
            None if siblings.require(field) => return Err(Refusal::Missing { parameter }),
            None => {}
        }
    }
    Ok(())
}

/// The fields of one request or record, and their values.
struct Siblings<'s> {
    fields: &'s [Field],
    values: &'s Map<String, Value>,
}

impl Siblings<'_> {
    fn problem(&self, field: &Field, value: &Value) -> Option<String> {
        if !self.fulfil(&field.only_when) {
            return Some(format!("is only allowed {}", phrase(&field.only_when)));
        }
        if let Some(other) = field.only_with.iter().find(|other| !self.has(other)) {
            return Some(format!("is only allowed together with `{other}`"));
        }
        let Some(Step::Field(other)) = &field.multiple_of else {
            return None;
        };
        let (step, number) = (
            self.text(other)?.parse::<i128>().ok()?,
            scalar::text(value)?.parse::<i128>().ok()?,
        );
        let is_multiple = number.checked_rem(step).is_none_or(|rest| rest == 0);
        (!is_multiple).then(|| format!("must be a multiple of `{other}`, which is {step}"))
    }

    /// Whether a field that is absent has to be there.
    fn require(&self, field: &Field) -> bool {
        let is_alone = !field.required_unless.iter().any(|other| self.has(other));
        (!field.required_when.is_empty() && self.fulfil(&field.required_when))
            || (!field.required_unless.is_empty() && is_alone)
    }

    /// Whether a field has a value.
    fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// Whether all conditions hold.
    fn fulfil(&self, conditions: &Conditions) -> bool {
        conditions.iter().all(|(name, allowed)| {
            let text = self.text(name);
            text.is_some_and(|text| alternatives(allowed).any(|allowed| allowed == text))
        })
    }

    /// The value of a field as text, or what the provider takes instead.
    fn text(&self, name: &str) -> Option<String> {
        let given = self.values.get(name).and_then(scalar::text);
        let field = || self.fields.iter().find(|field| field.name == name);
        given
            .map(|text| text.into_owned())
            .or_else(|| field()?.default.clone())
    }
}

/// The values of a condition.
fn alternatives(allowed: &Value) -> impl Iterator<Item = &str> {
    allowed
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

/// Conditions in words.
fn phrase(conditions: &Conditions) -> String {
    let phrases: Vec<String> = conditions
        .iter()
        .map(|(name, allowed)| {
            format!(
                "when `{name}` is `{}`",
                alternatives(allowed).collect::<Vec<_>>().join("` or `")
            )
        })
        .collect();
    phrases.join(" and ")
}
