//! Fields: their Rust names, their types, and which keys mean something where.

use std::collections::HashMap;

use super::names::Names;
use super::rules;
use super::types::{Owner, Types};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{self, Location, Provider, Type};
use crate::names;
use crate::source::Span;
use crate::spec::{Encoding, Field, owned};

/// What the fields belong to.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// A request.
    Request,
    /// An answer.
    Response,
    /// A record, and whether requests hold it, and whether answers do.
    Record { in_request: bool, in_response: bool },
}

/// What fields are resolved against.
pub struct Context<'c, 'a, 't> {
    /// Whose service it is, if that is known.
    pub provider: Option<Provider>,
    /// The types of the service.
    pub types: &'c Types<'a, 't>,
    /// Whose fields these are.
    pub owner: Owner,
}

impl<'t> Context<'_, '_, 't> {
    /// Resolves the fields of one struct. There is one in the result for each in the spec, in the same order, even for those that
    /// are wrong.
    pub fn fields(
        &self,
        fields: &[&Field<'t>],
        place: Place,
        names: &mut Names,
        diagnostics: &mut Diagnostics,
    ) -> Vec<model::Field> {
        report_same_wire_names(fields, diagnostics);
        fields
            .iter()
            .map(|field| self.field(field, place, names, diagnostics))
            .collect()
    }

    fn field(
        &self,
        field: &Field<'t>,
        place: Place,
        names: &mut Names,
        diagnostics: &mut Diagnostics,
    ) -> model::Field {
        let ty = field
            .ty
            .and_then(|ty| self.types.resolve(&ty, self.owner, diagnostics));
        if let Some(ty) = &ty {
            report_what_does_not_fit_the_type(field, ty, diagnostics);
        }
        self.report_what_does_not_fit_the_place(field, place, diagnostics);
        let ty = match ty {
            Some(Type::String) if field.sensitive.is_some() => Type::Secret,
            Some(Type::List(item)) if field.sensitive.is_some() && *item == Type::String => {
                Type::List(Box::new(Type::Secret))
            }
            Some(ty) => ty,
            // Nothing is called so: where the type is looked up, nothing is found and nothing more is reported.
            None => Type::Named(String::new()),
        };
        model::Field {
            wire: field.name.value.to_owned(),
            name: rust_name(field, names, diagnostics),
            required: field.required.is_some(),
            aliases: field
                .aliases
                .iter()
                .map(|alias| alias.value.to_owned())
                .collect(),
            location: field
                .location
                .map_or(Location::Default, |location| location.value),
            json_text: field
                .encoding
                .is_some_and(|encoding| encoding.value == Encoding::JsonText),
            rules: rules::sentences(field, &ty),
            example: field.example.and_then(rules::literal_text),
            newer: field.newer.map(|newer| newer.value.to_owned()),
            doc: owned(field.doc),
            ty,
        }
    }

    fn report_what_does_not_fit_the_place(
        &self,
        field: &Field<'t>,
        place: Place,
        diagnostics: &mut Diagnostics,
    ) {
        let other_provider = self
            .provider
            .is_some_and(|provider| provider != Provider::Aliyun);
        if let Place::Request = place
            && other_provider
        {
            refuse(
                field,
                &["in", "encoding"],
                "Alibaba Cloud alone tells parameters apart by it",
                diagnostics,
            );
        }
        if let Place::Record {
            in_request: false, ..
        } = place
        {
            refuse(
                field,
                &["required"],
                "no request holds this record, and answers promise nothing",
                diagnostics,
            );
        }
        if let Place::Record {
            in_response: false, ..
        } = place
        {
            refuse(
                field,
                &["aliases"],
                "no answer holds this record, and requests use the one name",
                diagnostics,
            );
        }
    }
}

/// The name of a field and its setter.
fn rust_name(field: &Field<'_>, names: &mut Names, diagnostics: &mut Diagnostics) -> String {
    let (original, span) = (field.name.value, field.name.span);
    let Some(name) = names::field(original) else {
        let message = format!("no name of a field in Rust can be made from `{original}`");
        diagnostics.push(
            Diagnostic::error(codes::NO_NAME, span, message)
                .help("names on the wire begin with a letter of ASCII"),
        );
        return String::new();
    };
    names.take(
        &name,
        format!("the field `{original}`"),
        span,
        "check the page: a spec has no way to rename a field",
        diagnostics,
    );
    name
}

/// Reports keys that mean nothing for the field's type.
fn report_what_does_not_fit_the_type(field: &Field<'_>, ty: &Type, diagnostics: &mut Diagnostics) {
    let (item, is_list) = match ty {
        Type::List(item) => (&**item, true),
        other => (other, false),
    };
    if !matches!(item, Type::I32 | Type::I64 | Type::U64 | Type::F64) {
        refuse(
            field,
            &["minimum", "maximum", "multiple_of"],
            "only numbers have it",
            diagnostics,
        );
    }
    if *item != Type::String {
        refuse(
            field,
            &["not_empty", "not_prefix", "not_containing", "sensitive"],
            "only text has it",
            diagnostics,
        );
    }
    if !is_list {
        refuse(
            field,
            &["min_items", "max_items", "encoding"],
            "only lists have it",
            diagnostics,
        );
    }
}

/// Reports keys that the field has although they mean nothing there.
pub fn refuse(field: &Field<'_>, keys: &[&str], why: &str, diagnostics: &mut Diagnostics) {
    for entry in keys.iter().filter_map(|key| field.keys.entry(key)) {
        diagnostics.push(
            Diagnostic::error(
                codes::DOES_NOT_APPLY,
                entry.key_span,
                format!("`{}` means nothing for `{}`", entry.key, field.name.value),
            )
            .label(why)
            .help(format!("remove `{}`", entry.key)),
        );
    }
}

/// Reports names on the wire, aliases included, that two fields share.
fn report_same_wire_names(fields: &[&Field<'_>], diagnostics: &mut Diagnostics) {
    let mut wires: HashMap<&str, Span> = fields
        .iter()
        .map(|field| (field.name.value, field.name.span))
        .collect();
    for alias in fields.iter().flat_map(|field| &field.aliases) {
        if let Some(place) = wires.insert(alias.value, alias.span) {
            diagnostics.push(
                Diagnostic::error(
                    codes::COLLISION,
                    alias.span,
                    format!("the alias `{}` is the name of two fields", alias.value),
                )
                .also(place, "here too")
                .help("an answer's member can only go to one field: remove the alias from one"),
            );
        }
    }
}
