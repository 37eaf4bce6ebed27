//! Quirks and notes: what they name has to be there, and every alias needs one that explains it.

use super::sources::Sources;
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::prose::all_of;
use crate::spec::{
    Field, Operation, ProviderFile, Remark, Service, Specs, Text, TypeDef, TypeKind,
};

/// Reports remarks about what is not there, and aliases that no remark explains.
pub fn report(
    specs: &Specs<'_>,
    service: &Service<'_>,
    provider: Option<&ProviderFile<'_>>,
    sources: &Sources<'_>,
    diagnostics: &mut Diagnostics,
) {
    let of_provider = || {
        provider
            .iter()
            .flat_map(|file| file.quirks.iter().chain(&file.notes))
    };
    let of_service = || {
        service
            .quirks
            .iter()
            .chain(&service.notes)
            .chain(of_provider())
    };
    for remark in service.quirks.iter().chain(&service.notes) {
        let places = Places {
            operation: None,
            specs,
        };
        places.check(remark, sources, diagnostics);
    }
    for operation in &specs.operations {
        let remarks = || operation.quirks.iter().chain(&operation.notes);
        let places = Places {
            operation: Some(operation),
            specs,
        };
        for remark in remarks() {
            places.check(remark, sources, diagnostics);
        }
        let explained: Vec<_> = remarks().chain(of_service()).collect();
        let response = operation.response.iter().map(|field| ("response", field));
        for (owner, field) in response.chain(members(&operation.types)) {
            report_unexplained(owner, field, &explained, diagnostics);
        }
    }
    // What could not be read may have the reason.
    if specs.complete {
        let of_operations = specs.operations.iter();
        let explained: Vec<_> = of_operations
            .flat_map(|operation| operation.quirks.iter().chain(&operation.notes))
            .chain(of_service())
            .collect();
        for (owner, field) in members(&specs.types) {
            report_unexplained(owner, field, &explained, diagnostics);
        }
    }
}

/// The members of records, each with the name of its record.
fn members<'a, 't>(types: &'a [TypeDef<'t>]) -> impl Iterator<Item = (&'t str, &'a Field<'t>)> {
    types.iter().flat_map(|def| {
        let fields = match &def.kind {
            TypeKind::Record { fields, .. } => fields.as_slice(),
            TypeKind::Enum { .. } => &[],
        };
        fields.iter().map(|field| (def.name.value, field))
    })
}

/// Reports aliases of a field that no text names in backticks and no remark about the field explains.
fn report_unexplained(
    owner: &str,
    field: &Field<'_>,
    remarks: &[&Remark<'_>],
    diagnostics: &mut Diagnostics,
) {
    let path = format!("{owner}.{}", field.name.value);
    for alias in &field.aliases {
        let name = format!("`{}`", alias.value);
        let explains = |remark: &&&Remark<'_>| {
            let is_about = remark.field.is_some_and(|field| field.value == path);
            (is_about && remark.difference.is_some()) || remark.doc.value.contains(&name)
        };
        if !remarks.iter().any(|remark| explains(&remark)) {
            diagnostics.push(
                Diagnostic::error(
                    codes::UNEXPLAINED,
                    alias.span,
                    format!("nothing explains the alias {name}"),
                )
                .help(format!(
                    "say in `quirks`, with {name} in backticks, where answers call `{}` so",
                    field.name.value
                )),
            );
        }
    }
}

/// What a remark may be about.
struct Places<'s, 't> {
    operation: Option<&'s Operation<'t>>,
    specs: &'s Specs<'t>,
}

impl Places<'_, '_> {
    fn check(&self, remark: &Remark<'_>, sources: &Sources<'_>, diagnostics: &mut Diagnostics) {
        if let Some(source) = remark.source {
            sources.find(source, diagnostics);
        }
        if let Some(field) = remark.field {
            diagnostics.extend(self.fault(field));
        }
    }

    /// What is wrong with the name of a field.
    fn fault(&self, path: Text<'_>) -> Option<Diagnostic> {
        let error = |message: String| Diagnostic::error(codes::UNKNOWN_FIELD, path.span, message);
        let Some((owner, name)) = path.value.split_once('.') else {
            return Some(
                error(format!(
                    "`{}` does not say what it is a field of",
                    path.value
                ))
                .help("write `request.X`, `response.X` or `Record.X`"),
            );
        };
        let Some(names) = self.names(owner) else {
            // A type that could not be read may be there.
            let finding = error(format!("there is no record `{owner}`"))
                .help("write `request.X`, `response.X`, or the name of a record before the dot");
            return self.specs.complete.then_some(finding);
        };
        if names.contains(&name) {
            return None;
        }
        let near = closest(name, names.iter().copied());
        Some(
            error(format!("`{owner}` has no field `{name}`")).suggest(near, || {
                match names.as_slice() {
                    [] => "it has no fields at all".to_owned(),
                    names => format!("it has {}", all_of(names)),
                }
            }),
        )
    }

    /// The names of the fields of a request, a response or a record.
    fn names(&self, owner: &str) -> Option<Vec<&str>> {
        match (owner, self.operation) {
            ("request", Some(operation)) => {
                let scope = operation.scope.iter().flatten();
                let mut names: Vec<&str> = scope.map(|scope| scope.name.value).collect();
                names.extend(operation.request.iter().map(|field| field.name.value));
                Some(names)
            }
            ("response", Some(operation)) => Some(names_of(&operation.response)),
            _ => {
                let own = self.operation.map_or(&[][..], |operation| &operation.types);
                let mut types = own.iter().chain(&self.specs.types);
                let def = types.find(|def| def.name.value == owner)?;
                match &def.kind {
                    TypeKind::Record { fields, .. } => Some(names_of(fields)),
                    TypeKind::Enum { .. } => Some(Vec::new()),
                }
            }
        }
    }
}

fn names_of<'t>(fields: &[Field<'t>]) -> Vec<&'t str> {
    fields.iter().map(|field| field.name.value).collect()
}
