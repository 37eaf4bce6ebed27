//! Scope parameters: the region, the zone, the project. They come from the client and can be set on a request.

use super::fits::refuse;
use super::names::Names;
use super::rules::literal_text;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{Field, Location, Rules, ScopeField, ScopeKey, Type};
use crate::spec::{self, TypeRef, owned};

/// What a scope parameter cannot have: its value is the client's business.
const MEANINGLESS: &[&str] = &[
    "format",
    "name",
    "in",
    "encoding",
    "default",
    "minimum",
    "maximum",
    "multiple_of",
    "min_items",
    "max_items",
    "pattern",
    "min_length",
    "max_length",
    "not_empty",
    "not_prefix",
    "not_containing",
    "only_when",
    "required_when",
    "deprecated",
    "sensitive",
];

/// The name of the setter.
pub fn setter(key: ScopeKey) -> &'static str {
    match key {
        ScopeKey::Region => "region",
        ScopeKey::Zone => "zone",
        ScopeKey::Project => "project_id",
    }
}

/// What the parameter says, in a sentence.
fn noun(key: ScopeKey) -> &'static str {
    match key {
        ScopeKey::Region => "region",
        ScopeKey::Zone => "zone",
        ScopeKey::Project => "project",
    }
}

/// Picks the scope parameters out of a request and takes their names.
pub fn resolve(
    request: &[spec::Field<'_>],
    names: &mut Names,
    diagnostics: &mut Diagnostics,
) -> Vec<ScopeField> {
    let mut scope: Vec<ScopeField> = Vec::new();
    for field in request {
        let Some(key) = field.scope else { continue };
        if scope.iter().any(|known| known.key == key.value) {
            let message = format!("two parameters are the {}", noun(key.value));
            diagnostics.push(
                Diagnostic::error(codes::SAME_SCOPE, key.span, message)
                    .help("a client has one: let the other parameter be an ordinary one"),
            );
            continue;
        }
        if let Some(ty) = &field.ty
            && !matches!(ty, TypeRef::Named(name) if name.value == "string")
        {
            let message = format!("the {} is text", noun(key.value));
            diagnostics.push(
                Diagnostic::error(codes::WRONG_VALUE, ty.span(), message)
                    .help("write `type: string`"),
            );
        }
        refuse(
            field,
            MEANINGLESS,
            "a scope parameter has the client's value",
            diagnostics,
        );
        let mend = "a field and a scope parameter need different names";
        names.take(
            setter(key.value),
            format!("the scope parameter `{}`", field.name.value),
            field.name.span,
            mend,
            diagnostics,
        );
        scope.push(ScopeField {
            key: key.value,
            wire: field.name.value.to_owned(),
            required: field.required.is_some(),
            example: field.example.and_then(literal_text),
            doc: owned(field.doc),
        });
    }
    scope.sort_by_key(|field| field.key);
    scope
}

/// A scope parameter as a field that an example may set.
pub fn as_field(scope: &ScopeField) -> Field {
    Field {
        wire: scope.wire.clone(),
        name: setter(scope.key).to_owned(),
        ty: Type::String,
        required: false,
        preset: None,
        aliases: Vec::new(),
        location: Location::Default,
        json_text: false,
        wrapper: None,
        rules: Rules::default(),
        example: None,
        newer: None,
        deprecated: None,
        doc: String::new(),
    }
}
