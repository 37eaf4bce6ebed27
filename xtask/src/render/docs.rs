//! The rustdoc text of everything that is generated from a spec.

use crate::model::{
    Completion, Effect, EnumValue, ErrorCode, ErrorKind, Field, Operation, RateLimit, ScopeField,
    TypeDef,
};

use super::markdown::{Markdown, code, escape, link};
use super::types::Types;
use super::{RenderError, deprecation, formats, literal, paging, rules, waiting};

/// How wide a line of documentation gets, comment sign and indentation included.
const WIDTH: usize = 110;

/// An empty text for the file itself.
pub fn of_file() -> Markdown {
    Markdown::new("//! ", WIDTH)
}

/// An empty text for an item.
pub fn of_item() -> Markdown {
    Markdown::new("/// ", WIDTH)
}

/// An empty text for a member of an item.
pub fn of_member() -> Markdown {
    Markdown::new("    /// ", WIDTH)
}

/// An empty text for a comment on an entry of a table.
pub fn of_comment() -> Markdown {
    Markdown::new("            // ", WIDTH)
}

/// One paragraph of Markdown for an item.
pub fn item_line(text: &str) -> Markdown {
    let mut doc = of_item();
    doc.paragraph(text);
    doc
}

/// One paragraph of Markdown for a member.
pub fn member_line(text: &str) -> Markdown {
    let mut doc = of_member();
    doc.paragraph(text);
    doc
}

/// The documentation of a request.
pub fn operation(
    operation: &Operation,
    types: Types<'_>,
    example: &str,
) -> Result<Markdown, RenderError> {
    let mut doc = of_item();
    doc.prose(&operation.summary);
    if let Some(description) = &operation.description {
        doc.prose(description);
    }
    deprecation::document(operation.deprecated.as_deref(), &mut doc);
    doc.paragraph(&facts(operation));
    paging::document(operation, &mut doc);
    waiting::document(operation, types, &mut doc)?;
    if let Some(completion) = &operation.completion {
        doc.heading(1, "Completion");
        doc.paragraph(&format!(
            "The work goes on after the answer. [`completion`](Self::completion) makes the request to wait on: a \
             [`{request}`](crate::{request}).",
            request = completion.request_name
        ));
    }
    if !operation.errors.is_empty() {
        doc.heading(1, "Errors");
        doc.list(operation.errors.iter().map(error));
    }
    if !operation.quirks.is_empty() {
        doc.heading(1, "Quirks");
        doc.list(operation.quirks.iter().map(|quirk| escape(quirk)));
    }
    if !operation.history.is_empty() {
        doc.heading(1, "History");
        let change = |change: &crate::model::Change| {
            format!("{}: {}", escape(&change.date), escape(&change.change))
        };
        doc.list(operation.history.iter().map(change));
    }
    doc.heading(1, "Example");
    doc.code("no_run", example);
    Ok(doc)
}

/// The documentation of the method that makes the request to wait on.
pub fn completion(completion: &Completion) -> Markdown {
    let mut doc = of_member();
    let waiter = if completion.is_default_waiter {
        String::new()
    } else {
        format!(", named {}", code(&completion.waiter))
    };
    doc.paragraph(&format!(
        "The request to [wait](cloud_core::Client::wait) on for the end of the work{waiter}. `None` if the answer does \
         not have what it needs."
    ));
    doc
}

/// Where an operation is described, what it does to the account, and who may call it how often.
fn facts(operation: &Operation) -> String {
    let mut facts = vec![format!(
        "{}.",
        link("The provider's page", &operation.reference)
    )];
    facts.push(match operation.effect {
        Effect::Read => "It only reads: sending it twice does no harm.".to_owned(),
        Effect::Write => "It changes something: sending it twice may do so twice.".to_owned(),
    });
    facts.extend(operation.rate_limit.map(rate_limit));
    if let Some(permission) = &operation.permission {
        facts.push(format!("Permission: {}.", code(permission)));
    }
    facts.join(" ")
}

fn rate_limit(RateLimit { calls, seconds }: RateLimit) -> String {
    let calls = match calls {
        1 => "1 call".to_owned(),
        calls => format!("{calls} calls"),
    };
    let period = match seconds {
        1 => "a second".to_owned(),
        60 => "a minute".to_owned(),
        3_600 => "an hour".to_owned(),
        86_400 => "a day".to_owned(),
        seconds => format!("in {seconds} seconds"),
    };
    format!("At most {calls} {period}.")
}

/// An error code as an item of a list.
pub fn error(error: &ErrorCode) -> String {
    let kind = error_kind(error.kind);
    let text = format!(
        "{} ([`{kind}`](crate::ErrorKind::{kind})): {}",
        code(&error.code),
        escape(&error.doc)
    );
    with_newer(text, error.newer.as_deref())
}

/// The runtime's name of a kind of errors.
pub fn error_kind(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Throttled => "Throttled",
        ErrorKind::Authentication => "Authentication",
        ErrorKind::PermissionDenied => "PermissionDenied",
        ErrorKind::NotFound => "NotFound",
        ErrorKind::InvalidParameter => "InvalidParameter",
        ErrorKind::QuotaExceeded => "QuotaExceeded",
        ErrorKind::Unavailable => "Unavailable",
        ErrorKind::Internal => "Internal",
        ErrorKind::Conflict => "Conflict",
        ErrorKind::Other => "Other",
    }
}

/// The documentation of a parameter of a request, or of a member of an answer or a record.
pub fn field(field: &Field) -> Result<Markdown, RenderError> {
    let mut doc = of_member();
    doc.prose(&field.doc);
    let mut facts = Vec::new();
    if field.required {
        facts.push("Required.".to_owned());
    }
    facts.extend(rules::sentences(field).iter().map(|rule| escape(rule)));
    if let Some(preset) = &field.preset {
        facts.push(format!(
            "`new` sets it to {}.",
            code(&literal::shown(preset)?)
        ));
    }
    if !field.aliases.is_empty() {
        let aliases: Vec<_> = field.aliases.iter().map(|alias| code(alias)).collect();
        facts.push(format!(
            "Answers may also call it {}.",
            aliases.join(" or ")
        ));
    }
    if let Some(example) = &field.example {
        facts.push(format!("Example: {}.", code(example)));
    }
    facts.extend(formats::sentence(&field.ty, field.example.is_some()));
    doc.paragraph(&facts.join(" "));
    if let Some(newer) = &field.newer {
        doc.paragraph(&newer_note(newer));
    }
    deprecation::document(field.deprecated.as_deref(), &mut doc);
    Ok(doc)
}

/// The documentation of a parameter that the client knows as well.
pub fn scope(field: &ScopeField) -> Markdown {
    let mut doc = of_member();
    doc.prose(&field.doc);
    doc.paragraph(if field.required {
        "Taken from the client when not set here; one of the two has to name it."
    } else {
        "Taken from the client when not set here."
    });
    doc
}

/// The documentation of a record or an enum.
pub fn definition(definition: &TypeDef) -> Markdown {
    let mut doc = of_item();
    doc.prose(&definition.doc);
    doc
}

/// The documentation of a value of an enum.
pub fn value(value: &EnumValue) -> Markdown {
    let mut doc = of_member();
    let mut spellings = code(&value.wire);
    for spelling in &value.aliases {
        spellings.push_str(&format!(", also written {}", code(spelling)));
    }
    doc.paragraph(&format!(
        "{} ({spellings}).",
        escape(value.doc.trim_end_matches('.'))
    ));
    if let Some(newer) = &value.newer {
        doc.paragraph(&newer_note(newer));
    }
    deprecation::document(value.deprecated.as_deref(), &mut doc);
    doc
}

fn with_newer(text: String, newer: Option<&str>) -> String {
    match newer {
        Some(newer) => format!("{text} {}", newer_note(newer)),
        None => text,
    }
}

fn newer_note(newer: &str) -> String {
    format!("Newer than the page: {}", escape(newer))
}
