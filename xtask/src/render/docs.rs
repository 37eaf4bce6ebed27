//! The rustdoc text of everything that is generated from a spec.

use crate::model::{
    Completion, Effect, EnumValue, ErrorCode, ErrorKind, Field, Operation, RateLimit, ScopeField,
    TypeDef, TypeKind,
};

use super::markdown::{Markdown, code, escape, link};
use super::types::Types;
use super::{RenderError, formats, literal, paging, rules, waiting};

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

/// What the module of an operation is about.
pub fn module(operation: &Operation) -> Markdown {
    let mut doc = of_file();
    doc.paragraph(&format!(
        "{}: {}",
        code(&operation.action),
        escape(&operation.summary)
    ));
    doc
}

/// What the module of the shared types is about.
pub fn types() -> Markdown {
    let mut doc = of_file();
    doc.paragraph(
        "Types that several operations share. The module of each operation exports those that it uses.",
    );
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
    doc.code("no_run", example);
    if let Some(description) = &operation.description {
        doc.prose(description);
    }
    doc.paragraph(&facts(operation));
    not_on_the_page(None, members_from(&operation.request), &mut doc);
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
    Ok(doc)
}

/// The documentation of an answer.
pub fn response(operation: &Operation) -> Markdown {
    let mut doc = of_item();
    doc.paragraph(&format!("The answer to [`{}`].", operation.request_name));
    not_on_the_page(None, members_from(&operation.response), &mut doc);
    doc
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
    let mut facts = vec![
        format!("Answer: [`{}`].", operation.response_name),
        format!("{}.", link("The provider's page", &operation.reference)),
    ];
    facts.push(match operation.effect {
        Effect::Read => "Changes nothing.".to_owned(),
        Effect::Write => "Changes something.".to_owned(),
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
    format!(
        "{} ([`{kind}`](crate::ErrorKind::{kind})): {}",
        code(&error.code),
        escape(&error.doc)
    )
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
        facts.push(format!("Starts as {}.", code(&literal::shown(preset)?)));
    }
    if !field.aliases.is_empty() {
        let aliases: Vec<_> = field.aliases.iter().map(|alias| code(alias)).collect();
        facts.push(format!("Also read as {}.", aliases.join(" or ")));
    }
    facts.extend(formats::sentence(&field.ty, field.example.is_some()));
    if let Some(example) = &field.example {
        facts.push(format!("Example: {}.", code(example)));
    }
    doc.paragraph(&facts.join(" "));
    Ok(doc)
}

/// The documentation of a parameter that the client knows as well.
pub fn scope(field: &ScopeField) -> Markdown {
    let mut doc = of_member();
    doc.prose(&field.doc);
    let mut facts = if field.required {
        "Required, here or in the client.".to_owned()
    } else {
        "Taken from the client if it is not set here.".to_owned()
    };
    if let Some(example) = &field.example {
        facts.push_str(&format!(" Example: {}.", code(example)));
    }
    doc.paragraph(&facts);
    doc
}

/// The documentation of a record.
pub fn definition(definition: &TypeDef) -> Markdown {
    let mut doc = of_item();
    doc.prose(&definition.doc);
    if let TypeKind::Record { fields, .. } = &definition.kind {
        not_on_the_page(definition.from.as_deref(), members_from(fields), &mut doc);
    }
    doc
}

/// The documentation of an enum, which stands inside a macro.
pub fn enumeration(definition: &TypeDef, values: &[EnumValue]) -> Markdown {
    let mut doc = of_member();
    doc.prose(&definition.doc);
    let values = values
        .iter()
        .filter_map(|value| Some((&*value.wire, value.from.as_deref()?)));
    not_on_the_page(definition.from.as_deref(), values, &mut doc);
    doc
}

/// The documentation of a value of an enum, which stands inside a macro.
pub fn value(value: &EnumValue) -> Markdown {
    let mut doc = Markdown::new("        /// ", WIDTH);
    let mut spellings = code(&value.wire);
    for spelling in &value.aliases {
        spellings.push_str(&format!(", also written {}", code(spelling)));
    }
    doc.paragraph(&format!(
        "{} ({spellings}).",
        escape(value.doc.trim_end_matches('.'))
    ));
    doc
}

/// Says in one line what of a type is not on the provider's page, by where it is from: the type itself, or members of it.
fn not_on_the_page<'m>(
    own: Option<&str>,
    members: impl Iterator<Item = (&'m str, &'m str)>,
    doc: &mut Markdown,
) {
    let mut by_source: Vec<(&str, Vec<String>)> = Vec::new();
    for (member, source) in members.filter(|(_, source)| own != Some(source)) {
        match by_source.iter_mut().find(|(known, _)| *known == source) {
            Some((_, members)) => members.push(code(member)),
            None => by_source.push((source, vec![code(member)])),
        }
    }
    let all = own.map(|source| format!("all of it ({})", escape(source)));
    let some = by_source
        .iter()
        .map(|(source, members)| format!("{} ({})", members.join(", "), escape(source)));
    let said: Vec<String> = all.into_iter().chain(some).collect();
    if !said.is_empty() {
        doc.paragraph(&format!("Not on the page: {}.", said.join("; ")));
    }
}

/// The members that are from somewhere else than the page, and where from.
fn members_from(fields: &[Field]) -> impl Iterator<Item = (&str, &str)> {
    fields
        .iter()
        .filter_map(|field| Some((&*field.wire, field.from.as_deref()?)))
}
