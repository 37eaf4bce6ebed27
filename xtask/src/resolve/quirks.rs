//! Quirks without a reason: every alias of a field has to be explained.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::spec::{Field, Service, Specs, Text, TypeDef, TypeKind};

/// Reports aliases that no quirk names. One of an operation's fields is explained there or in `service.yaml`, one of a shared type
/// anywhere in the service.
pub fn report_unexplained(specs: &Specs<'_>, service: &Service<'_>, diagnostics: &mut Diagnostics) {
    // What could not be read may have the reason.
    if specs.complete {
        let of_operations = specs.operations.iter().map(|operation| &operation.quirks);
        let quirks: Vec<_> = of_operations.chain([&service.quirks]).flatten().collect();
        report(fields_of(&service.types), &quirks, diagnostics);
    }
    for operation in &specs.operations {
        let quirks: Vec<_> = operation.quirks.iter().chain(&service.quirks).collect();
        let fields = operation.response.iter().chain(fields_of(&operation.types));
        report(fields, &quirks, diagnostics);
    }
}

fn fields_of<'a, 't>(types: &'a [TypeDef<'t>]) -> impl Iterator<Item = &'a Field<'t>> {
    types.iter().flat_map(|def| match &def.kind {
        TypeKind::Record { fields, .. } => fields.as_slice(),
        TypeKind::Enum { .. } => &[],
    })
}

fn report<'a, 't: 'a>(
    fields: impl Iterator<Item = &'a Field<'t>>,
    quirks: &[&Text<'_>],
    diagnostics: &mut Diagnostics,
) {
    for (field, alias) in
        fields.flat_map(|field| field.aliases.iter().map(move |alias| (field, alias)))
    {
        let name = format!("`{}`", alias.value);
        if !quirks.iter().any(|quirk| quirk.value.contains(&name)) {
            diagnostics.push(
                Diagnostic::error(
                    codes::UNEXPLAINED,
                    alias.span,
                    format!("the alias {name} is a quirk without a reason"),
                )
                .help(format!(
                    "say in `quirks`, with {name} in backticks, where answers call `{}` so",
                    field.name.value
                )),
            );
        }
    }
}
