//! What operations take over from their service and records from one another: afterwards each says it all itself.

use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::prose::all_of;
use crate::spec::{Field, Specs, Text, TypeDef, TypeKind};

/// Completes the operations and the records of a folder.
pub fn complete(specs: &mut Specs<'_>, diagnostics: &mut Diagnostics) {
    if let Some(service) = &specs.service {
        for operation in &mut specs.operations {
            operation.rate_limit = operation.rate_limit.or(service.rate_limit);
            operation.permission = operation.permission.or(service.permission);
            let own = operation.pages.take();
            operation.pages = own.map(|pages| pages.or(service.pages.as_ref()));
        }
    }
    include(&mut specs.types, &[], diagnostics);
    for operation in &mut specs.operations {
        include(&mut operation.types, &specs.types, diagnostics);
    }
}

/// What is known about the members of a record with an `include`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// It is not looked at yet.
    New,
    /// Those of the record that it includes are wanted first.
    Open,
    /// It has them all.
    Done,
}

/// Gives each record the members of the one that it includes, which is one of the same file or one of those that are shared.
fn include<'t>(types: &mut [TypeDef<'t>], shared: &[TypeDef<'t>], diagnostics: &mut Diagnostics) {
    let mut states = vec![State::New; types.len()];
    for index in 0..types.len() {
        // The records on the way from this one, each included by the one before it.
        let mut way = vec![index];
        while let Some(&last) = way.last() {
            let Some(name) = included(&types[last]).filter(|_| states[last] != State::Done) else {
                states[last] = State::Done;
                way.pop();
                continue;
            };
            // A record that includes its own name means the shared one, since no record is a part of itself.
            let own = types
                .iter()
                .position(|def| def.name.value == name.value)
                .filter(|own| {
                    *own != last || !shared.iter().any(|def| def.name.value == name.value)
                });
            match own {
                Some(own) if states[own] == State::New && own != last => {
                    states[last] = State::Open;
                    way.push(own);
                    continue;
                }
                Some(own) if states[own] != State::Done => {
                    diagnostics.push(
                        Diagnostic::error(
                            codes::ENDLESS_TYPE,
                            name.span,
                            format!("`{}` includes itself", types[last].name.value),
                        )
                        .help("write the members out in one of the records"),
                    );
                }
                _ => {
                    let other = match own {
                        Some(own) => types.get(own),
                        None => shared.iter().find(|def| def.name.value == name.value),
                    };
                    let fields = fields_of(name, other, types, shared, diagnostics);
                    merge(&mut types[last], name, fields, diagnostics);
                }
            }
            states[last] = State::Done;
            way.pop();
        }
    }
}

fn included<'t>(def: &TypeDef<'t>) -> Option<Text<'t>> {
    match &def.kind {
        TypeKind::Record { include, .. } => *include,
        TypeKind::Enum { .. } => None,
    }
}

/// The members of the record that is included. What is none is reported.
fn fields_of<'t>(
    name: Text<'t>,
    other: Option<&TypeDef<'t>>,
    types: &[TypeDef<'t>],
    shared: &[TypeDef<'t>],
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Field<'t>>> {
    let finding = match other.map(|def| &def.kind) {
        Some(TypeKind::Record { fields, .. }) => return Some(fields.clone()),
        Some(TypeKind::Enum { .. }) => {
            let message = format!("`{}` is an enum and has no members", name.value);
            Diagnostic::error(codes::WRONG_INCLUDE, name.span, message).help("include a record")
        }
        None => {
            let records = types
                .iter()
                .chain(shared)
                .filter(|def| matches!(def.kind, TypeKind::Record { .. }));
            let near = closest(name.value, records.map(|def| def.name.value));
            let message = format!("there is no record `{}`", name.value);
            Diagnostic::error(codes::WRONG_INCLUDE, name.span, message).suggest(near, || {
                "include a record of the same file or of `types.yaml`".to_owned()
            })
        }
    };
    diagnostics.push(finding);
    None
}

/// Puts the members of an included record before or in place of a record's own.
fn merge<'t>(
    def: &mut TypeDef<'t>,
    name: Text<'t>,
    included: Option<Vec<Field<'t>>>,
    diagnostics: &mut Diagnostics,
) {
    let TypeKind::Record {
        fields, without, ..
    } = &mut def.kind
    else {
        return;
    };
    let Some(included) = included else { return };
    for left_out in without.iter() {
        let names = included.iter().map(|field| field.name.value);
        if !names.clone().any(|member| member == left_out.value) {
            let names: Vec<&str> = names.collect();
            let message = format!("`{}` has no member `{}`", name.value, left_out.value);
            diagnostics.push(
                Diagnostic::error(codes::WRONG_INCLUDE, left_out.span, message)
                    .suggest(closest(left_out.value, names.iter().copied()), || {
                        format!("it has {}", all_of(&names))
                    }),
            );
        }
    }
    let mut own: Vec<Option<Field<'t>>> = std::mem::take(fields).into_iter().map(Some).collect();
    for field in included {
        let same = |own: &&mut Option<Field<'t>>| {
            own.as_ref()
                .is_some_and(|own| own.name.value == field.name.value)
        };
        let otherwise = own.iter_mut().find(same).and_then(Option::take);
        let is_left_out = without.iter().any(|name| name.value == field.name.value);
        match otherwise {
            Some(otherwise) => fields.push(otherwise),
            None if is_left_out => {}
            None => fields.push(field),
        }
    }
    fields.extend(own.into_iter().flatten());
}
