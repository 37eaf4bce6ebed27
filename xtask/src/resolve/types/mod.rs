//! The types of a service: which there are, which name means which, and who uses them.

mod checks;
mod reference;

use std::collections::HashMap;

use super::arguments::MAX_ARGUMENTS;
use super::format;
use super::names::Names;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::Type;
use crate::names;
use crate::spec::{Field, Operation, Service, Text, TypeDef, TypeKind};

/// The types that need no definition.
const BUILT_IN: &[(&str, Type)] = &[
    ("string", Type::String),
    ("bool", Type::Bool),
    ("i32", Type::I32),
    ("i64", Type::I64),
    ("u64", Type::U64),
    ("f64", Type::F64),
    ("any", Type::Json),
];

/// The longest name of a type. Whoever reads a longer one reads it twice, and rustfmt breaks the lines that hold it.
const MAX_NAME: usize = 64;

/// Whose type it is, or who names one: an operation by its index, or the whole service.
pub type Owner = Option<usize>;

/// A type of a service.
pub struct Known<'a, 't> {
    /// Its definition.
    pub def: &'a TypeDef<'t>,
    /// Whose it is.
    pub owner: Owner,
    /// Its name in Rust.
    pub name: String,
    /// Whether a request holds it.
    pub in_request: bool,
    /// Whether an answer holds it.
    pub in_response: bool,
    /// The type of the arguments of `new`, if it has one.
    pub args_name: Option<String>,
}

/// Every type of a service.
pub struct Types<'a, 't> {
    known: Vec<Known<'a, 't>>,
    /// By name, the shared ones.
    shared: HashMap<&'t str, usize>,
    /// By name, those of each operation.
    private: Vec<HashMap<&'t str, usize>>,
    operations: &'a [Operation<'t>],
}

impl<'a, 't> Types<'a, 't> {
    /// Collects the types of a service and reports names that they cannot have. With `complete` false some operations could not be
    /// read, and may use any shared type for anything.
    pub fn collect(
        service: &'a Service<'t>,
        operations: &'a [Operation<'t>],
        complete: bool,
        names: &mut Names,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut types = Self {
            known: Vec::new(),
            shared: HashMap::new(),
            private: Vec::new(),
            operations,
        };
        types.shared = types.add(&service.types, None, names, diagnostics);
        for (index, operation) in operations.iter().enumerate() {
            let private = types.add(&operation.types, Some(index), names, diagnostics);
            types.private.push(private);
        }
        for known in types
            .known
            .iter_mut()
            .filter(|known| !complete && known.owner.is_none())
        {
            (known.in_request, known.in_response) = (true, true);
        }
        types.mark();
        types.name_arguments(names, diagnostics);
        types
    }

    fn add(
        &mut self,
        defs: &'a [TypeDef<'t>],
        owner: Owner,
        names: &mut Names,
        diagnostics: &mut Diagnostics,
    ) -> HashMap<&'t str, usize> {
        let mut by_name = HashMap::with_capacity(defs.len());
        for def in defs {
            let (original, span) = (def.name.value, def.name.span);
            let name = match names::type_name(original) {
                Some(name) if !BUILT_IN.iter().any(|(built_in, _)| *built_in == original) => name,
                Some(_) => {
                    let message = format!("`{original}` is a type already");
                    diagnostics.push(
                        Diagnostic::error(codes::RESERVED_NAME, span, message)
                            .help("call it something else"),
                    );
                    continue;
                }
                None => {
                    let message = format!("`{original}` cannot be the name of a type in Rust");
                    let mend = "call it something with letters of ASCII, such as `BackupStatus`: a type's name is not sent";
                    diagnostics.push(Diagnostic::error(codes::NO_NAME, span, message).help(mend));
                    continue;
                }
            };
            if name.len() > MAX_NAME {
                let message = format!("`{original}` is too long for a name");
                let mend = "call it something shorter: a type's name is not sent";
                diagnostics.push(Diagnostic::error(codes::NO_NAME, span, message).help(mend));
            }
            let mend = "rename one: a type's name is not sent. A type that several operations share belongs in `service.yaml`";
            names.take(
                &name,
                format!("the type `{original}`"),
                span,
                mend,
                diagnostics,
            );
            by_name.insert(original, self.known.len());
            self.known.push(Known {
                def,
                owner,
                name,
                in_request: false,
                in_response: false,
                args_name: None,
            });
        }
        by_name
    }

    /// Finds out which types requests and answers hold, directly or through others.
    fn mark(&mut self) {
        for (index, operation) in self.operations.iter().enumerate() {
            let request = self.held_by(&operation.request, Some(index), names_in);
            self.mark_from(request, |known| &mut known.in_request);
            let response = self.held_by(&operation.response, Some(index), names_in);
            self.mark_from(response, |known| &mut known.in_response);
            // A record that text carries is read from it, in requests as well.
            let carried = self.held_by(&operation.request, Some(index), carried_in);
            self.mark_from(carried, |known| &mut known.in_response);
        }
        let in_records = self
            .known
            .iter()
            .filter(|known| known.in_request)
            .flat_map(|known| match &known.def.kind {
                TypeKind::Record { fields, .. } => self.held_by(fields, known.owner, carried_in),
                TypeKind::Enum { .. } => Vec::new(),
            })
            .collect();
        self.mark_from(in_records, |known| &mut known.in_response);
    }

    fn mark_from(
        &mut self,
        mut open: Vec<usize>,
        flag: for<'k> fn(&'k mut Known<'a, 't>) -> &'k mut bool,
    ) {
        while let Some(index) = open.pop() {
            let known = &mut self.known[index];
            if !std::mem::replace(flag(known), true)
                && let TypeKind::Record { fields, .. } = &known.def.kind
            {
                let owner = known.owner;
                open.extend(self.held_by(fields, owner, names_in));
            }
        }
    }

    /// The types that the fields of an owner name.
    fn held_by<I: IntoIterator<Item = &'t str>>(
        &self,
        fields: &[Field<'t>],
        owner: Owner,
        names: fn(&Field<'t>) -> I,
    ) -> Vec<usize> {
        let names = fields.iter().flat_map(names);
        names.filter_map(|name| self.find(owner, name)).collect()
    }

    /// Takes the names of the structs that hold the required members of records with many of them.
    fn name_arguments(&mut self, names: &mut Names, diagnostics: &mut Diagnostics) {
        for known in self.known.iter_mut().filter(|known| known.in_request) {
            let TypeKind::Record { fields, .. } = &known.def.kind else {
                continue;
            };
            let required = fields.iter().filter(|field| field.required.is_some());
            if required.count() > MAX_ARGUMENTS {
                let args = format!("{}Args", known.name);
                let Text { value, span } = known.def.name;
                names.take(
                    &args,
                    format!("the arguments of the record `{value}`"),
                    span,
                    "rename the record or the other: neither name is sent",
                    diagnostics,
                );
                known.args_name = Some(args);
            }
        }
    }

    /// The types of an operation, or those that are shared, in the order of the spec.
    pub fn of(&self, owner: Owner) -> impl Iterator<Item = &Known<'a, 't>> {
        // They were added owner by owner, the service first.
        let first = self.known.partition_point(|known| known.owner < owner);
        self.known[first..]
            .iter()
            .take_while(move |known| known.owner == owner)
    }

    fn find(&self, owner: Owner, name: &str) -> Option<usize> {
        let private = owner.and_then(|index| self.private.get(index)?.get(name));
        private.or_else(|| self.shared.get(name)).copied()
    }

    /// The type that a name of the spec means to an owner, if it is a record or an enum.
    pub fn defined(&self, owner: Owner, name: &str) -> Option<&Known<'a, 't>> {
        self.find(owner, name).map(|index| &self.known[index])
    }

    /// Whether the pages of an operation's answer are turned with a parameter.
    pub fn is_paging_parameter(&self, owner: Owner, name: &str) -> bool {
        owner
            .and_then(|index| self.operations.get(index))
            .is_some_and(|operation| operation.has_paging_parameter(name))
    }

    /// The type of this name in Rust.
    pub fn by_rust_name(&self, name: &str) -> Option<&Known<'a, 't>> {
        self.known.iter().find(|known| known.name == name)
    }

    /// The names of the types that an owner can name, sorted.
    pub fn names_of(&self, owner: Owner) -> Vec<&'t str> {
        let private = owner
            .and_then(|index| self.private.get(index))
            .into_iter()
            .flat_map(HashMap::keys);
        let mut names: Vec<&str> = private.chain(self.shared.keys()).copied().collect();
        names.sort_unstable();
        names
    }
}

/// The names of types that a field holds: its own, and the record that its text carries.
fn names_in<'t>(field: &Field<'t>) -> impl IntoIterator<Item = &'t str> + use<'t> {
    let own = field.ty.as_ref().map(|ty| ty.innermost().value);
    own.into_iter().chain(carried_in(field))
}

/// The name of the record that the text of a field carries.
fn carried_in<'t>(field: &Field<'t>) -> Option<&'t str> {
    format::record_in(field).map(|name| name.value)
}

/// The type within all lists and maps.
pub fn innermost(ty: &Type) -> &Type {
    match ty {
        Type::List(inner) | Type::Map(inner) => innermost(inner),
        other => other,
    }
}
