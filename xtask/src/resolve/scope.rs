//! Scope parameters: the region, the zone, the project. They come from the client and can be set on a request.

use super::field::plain_field;
use super::names::Names;
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::{Field, ScopeField, ScopeKey, Type};
use crate::prose::all_of;
use crate::spec::{Operation, Presence, ProviderFile, Scope, ScopeParameter, Text, owned};

/// The name of the setter.
pub fn setter(key: ScopeKey) -> &'static str {
    match key {
        ScopeKey::Region => "region",
        ScopeKey::Zone => "zone",
        ScopeKey::Project => "project_id",
    }
}

/// The scope parameters of an operation, whose names are taken: those that it names, or those that the provider always requires.
pub fn resolve(
    operation: &Operation<'_>,
    provider: Option<&ProviderFile<'_>>,
    names: &mut Names,
    diagnostics: &mut Diagnostics,
) -> Vec<ScopeField> {
    let Some(provider) = provider else {
        return Vec::new();
    };
    report_ordinary(operation, provider, diagnostics);
    let named = operation.scope.as_deref();
    let mut scope = Vec::new();
    for parameter in &provider.scope {
        let said = named.map(|named| {
            named
                .iter()
                .find(|said| said.name.value == parameter.name.value)
        });
        let (place, required, said) = match said {
            Some(None) => continue,
            None if !parameter.required => continue,
            None => (operation.place, true, None),
            Some(Some(said)) => (
                said.name.span,
                said.presence == Presence::Required,
                Some(said),
            ),
        };
        let Some(key) = parameter.setting else {
            continue;
        };
        names.take(
            setter(key.value),
            format!("the scope parameter `{}`", parameter.name.value),
            place,
            "a field and a scope parameter need different names",
            diagnostics,
        );
        scope.push(field(key.value, required, parameter, said));
    }
    for said in named.unwrap_or_default() {
        let is_known = |parameter: &ScopeParameter<'_>| parameter.name.value == said.name.value;
        if !provider.scope.iter().any(is_known) {
            diagnostics.push(unknown(said.name, provider));
        }
    }
    scope.sort_by_key(|field| field.key);
    scope
}

fn field(
    key: ScopeKey,
    required: bool,
    parameter: &ScopeParameter<'_>,
    said: Option<&Scope<'_>>,
) -> ScopeField {
    ScopeField {
        key,
        wire: parameter.name.value.to_owned(),
        required,
        example: said
            .and_then(|said| said.example)
            .map(|example| example.value.to_owned()),
        doc: owned(said.and_then(|said| said.doc).or(parameter.doc)),
    }
}

fn unknown(name: Text<'_>, provider: &ProviderFile<'_>) -> Diagnostic {
    let known: Vec<&str> = provider
        .scope
        .iter()
        .map(|parameter| parameter.name.value)
        .collect();
    let near = closest(name.value, known.iter().copied());
    let message = format!("the provider has no scope parameter `{}`", name.value);
    Diagnostic::error(codes::UNKNOWN_FIELD, name.span, message).suggest(near, || {
        match known.as_slice() {
            [] => "its file names none: remove it".to_owned(),
            known => format!(
                "it has {}; any other parameter belongs in `request`",
                all_of(known)
            ),
        }
    })
}

/// Reports scope parameters that stand among the others: the client fills them.
fn report_ordinary(
    operation: &Operation<'_>,
    provider: &ProviderFile<'_>,
    diagnostics: &mut Diagnostics,
) {
    let sent = provider.scope.iter().filter(|parameter| parameter.sent);
    for parameter in sent {
        let mut request = operation.request.iter();
        if let Some(field) = request.find(|field| field.name.value == parameter.name.value) {
            let name = field.name.value;
            let presence = if field.required.is_some() {
                "required"
            } else {
                "optional"
            };
            diagnostics.push(
                Diagnostic::error(
                    codes::SAME_SCOPE,
                    field.name.span,
                    format!("`{name}` is a scope parameter, which the client fills"),
                )
                .help(format!(
                    "move it to `scope`, as in `scope: {{ {name}: {presence} }}`"
                )),
            );
        }
    }
}

/// A scope parameter as a field that an example may set.
pub fn as_field(scope: &ScopeField) -> Field {
    plain_field(&scope.wire, setter(scope.key), Type::String)
}
