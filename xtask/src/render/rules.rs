//! The rules of a field, as sentences for the docs.

use crate::model::{Condition, Field, Rules, Step, Type};

use super::markdown::code;
use super::waiting::alternatives;

/// The rules of a field, each a sentence.
pub fn sentences(field: &Field) -> Vec<String> {
    let rules = &field.rules;
    let is_list = matches!(field.ty, Type::List(_) | Type::Map(_));
    let each = |one: &str, of_list: &str| {
        if is_list {
            of_list.to_owned()
        } else {
            one.to_owned()
        }
    };
    let mut sentences = Vec::new();
    let default = rules.default.as_ref().filter(|_| field.preset.is_none());
    sentences.extend(default.map(|default| format!("Default: {}.", code(default))));
    sentences.extend(range(rules).map(|range| {
        if is_list {
            format!("Each item is {range}.")
        } else {
            capitalised(&range) + "."
        }
    }));
    if let Some(step) = &rules.multiple_of {
        let step = match step {
            Step::Number(number) => number.to_string(),
            Step::Field(other) => code(other),
        };
        sentences.push(each("A", "Each item is a") + &format!(" multiple of {step}."));
    }
    sentences.extend(count(rules.min_items, rules.max_items, "item").map(|count| count + "."));
    sentences.extend(
        count(rules.min_length, rules.max_length, "character").map(|count| {
            if is_list {
                format!("Each item has {}.", uncapitalised(&count))
            } else {
                count + "."
            }
        }),
    );
    if let Some(pattern) = &rules.pattern {
        sentences.push(each("Matches", "Each item matches") + &format!(" {}.", code(pattern)));
    }
    if rules.not_empty {
        sentences.push(each("Not empty.", "No item is empty."));
    }
    if !rules.not_prefix.is_empty() {
        let prefixes = one_of(&rules.not_prefix);
        sentences.push(each("Does not begin", "No item begins") + &format!(" with {prefixes}."));
    }
    if !rules.not_containing.is_empty() {
        let parts = one_of(&rules.not_containing);
        sentences.push(each("Does not contain", "No item contains") + &format!(" {parts}."));
    }
    sentences.extend(phrase(&rules.only_when).map(|when| format!("Only when {when}.")));
    if !rules.only_with.is_empty() {
        let others = rules.only_with.iter().map(|other| code(other));
        let others: Vec<_> = others.collect();
        sentences.push(format!("Only together with {}.", others.join(" and ")));
    }
    sentences.extend(phrase(&rules.required_when).map(|when| format!("Required when {when}.")));
    if !rules.required_unless.is_empty() {
        let others = one_of(&rules.required_unless);
        sentences.push(format!("Required unless {others} is set."));
    }
    sentences
}

/// Conditions as part of a sentence: `` `Kind` is `1` or `2`, and `State` is `OPEN` ``.
fn phrase(conditions: &[Condition]) -> Option<String> {
    let phrases: Vec<String> = conditions
        .iter()
        .map(|condition| {
            format!(
                "{} is {}",
                code(&condition.field),
                one_of(&condition.values)
            )
        })
        .collect();
    (!phrases.is_empty()).then(|| phrases.join(", and "))
}

/// Values as part of a sentence: `` `a`, `b` or `c` ``.
fn one_of(values: &[String]) -> String {
    let values: Vec<_> = values.iter().map(|value| code(value)).collect();
    alternatives(&values)
}

fn range(rules: &Rules) -> Option<String> {
    match (&rules.minimum, &rules.maximum) {
        (Some(minimum), Some(maximum)) => Some(format!("from {minimum} to {maximum}")),
        (Some(minimum), None) => Some(format!("at least {minimum}")),
        (None, Some(maximum)) => Some(format!("at most {maximum}")),
        (None, None) => None,
    }
}

/// How many of something there may be: `From 1 to 20 items`.
fn count(least: Option<u32>, most: Option<u32>, what: &str) -> Option<String> {
    let plural = |count: u32| if count == 1 { "" } else { "s" };
    match (least, most) {
        (Some(least), Some(most)) if least == most => {
            Some(format!("Exactly {most} {what}{}", plural(most)))
        }
        (Some(least), Some(most)) => Some(format!("From {least} to {most} {what}s")),
        (Some(least), None) => Some(format!("At least {least} {what}{}", plural(least))),
        (None, Some(most)) => Some(format!("At most {most} {what}{}", plural(most))),
        (None, None) => None,
    }
}

fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_ascii_lowercase().to_string() + letters.as_str()
    })
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + letters.as_str()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Location;

    fn field(ty: Type, rules: Rules) -> Field {
        Field {
            wire: "Names".to_owned(),
            name: "names".to_owned(),
            ty,
            required: false,
            preset: None,
            aliases: Vec::new(),
            location: Location::Default,
            wrapper: None,
            rules,
            example: None,
            from: None,
            deprecated: None,
            doc: String::new(),
        }
    }

    fn rules() -> Rules {
        Rules {
            default: Some("a".to_owned()),
            minimum: Some(1.into()),
            min_items: Some(2),
            max_items: Some(2),
            max_length: Some(1),
            multiple_of: Some(Step::Number(8.into())),
            required_unless: vec!["Id".to_owned(), "Name".to_owned()],
            only_with: vec!["Start".to_owned(), "End".to_owned()],
            pattern: Some("[a-z]+".to_owned()),
            not_empty: true,
            not_prefix: vec!["x".to_owned(), "y".to_owned()],
            only_when: vec![
                Condition {
                    field: "Kind".to_owned(),
                    values: vec!["BOX".to_owned(), "BAG".to_owned()],
                },
                Condition {
                    field: "Level".to_owned(),
                    values: vec!["2".to_owned()],
                },
            ],
            ..Rules::default()
        }
    }

    #[test]
    fn rules_of_a_value() {
        assert_eq!(
            sentences(&field(Type::String, rules())),
            [
                "Default: `a`.",
                "At least 1.",
                "A multiple of 8.",
                "Exactly 2 items.",
                "At most 1 character.",
                "Matches `[a-z]+`.",
                "Not empty.",
                "Does not begin with `x` or `y`.",
                "Only when `Kind` is `BOX` or `BAG`, and `Level` is `2`.",
                "Only together with `Start` and `End`.",
                "Required unless `Id` or `Name` is set.",
            ]
        );
    }

    #[test]
    fn backticks_in_values_end_no_code() {
        let rules = Rules {
            default: Some("a`b".to_owned()),
            pattern: Some("`+".to_owned()),
            not_containing: vec!["``".to_owned(), "c".to_owned()],
            ..Rules::default()
        };
        assert_eq!(
            sentences(&field(Type::String, rules)),
            [
                "Default: ``a`b``.",
                "Matches `` `+ ``.",
                "Does not contain ``` `` ``` or `c`.",
            ]
        );
    }

    #[test]
    fn rules_of_a_list_are_about_its_items() {
        let list = Type::List(Box::new(Type::String));
        assert_eq!(
            sentences(&field(list, rules()))[1..],
            [
                "Each item is at least 1.",
                "Each item is a multiple of 8.",
                "Exactly 2 items.",
                "Each item has at most 1 character.",
                "Each item matches `[a-z]+`.",
                "No item is empty.",
                "No item begins with `x` or `y`.",
                "Only when `Kind` is `BOX` or `BAG`, and `Level` is `2`.",
                "Only together with `Start` and `End`.",
                "Required unless `Id` or `Name` is set.",
            ]
        );
    }
}
