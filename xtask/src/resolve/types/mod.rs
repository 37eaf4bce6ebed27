//! The types of a service: which there are, which name means which, and who uses them.

mod checks;
mod reference;

use std::collections::HashMap;

use super::arguments::args_of;
use super::names::Names;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{BUILT_IN, Type};
use crate::names;
use crate::spec::{Field, Operation, Specs, Text, TypeDef, TypeKind};

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
    in_request: bool,
    /// Whether an answer holds it.
    is_answered: bool,
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
    ///
    /// Each operation's module has names of its own, which `modules` has in the order of the operations.
    pub fn collect(
        specs: &'a Specs<'t>,
        modules: Vec<Names>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let (operations, complete) = (&specs.operations, specs.complete);
        let mut types = Self {
            known: Vec::new(),
            shared: HashMap::new(),
            private: Vec::new(),
            operations,
        };
        types.shared = types.add(&specs.types, None, Names::of_module(), diagnostics);
        for (index, (operation, names)) in operations.iter().zip(modules).enumerate() {
            let private = types.add(&operation.types, Some(index), names, diagnostics);
            types.private.push(private);
        }
        types.report_near_twins(diagnostics);
        for known in types
            .known
            .iter_mut()
            .filter(|known| !complete && known.owner.is_none())
        {
            known.in_request = true;
        }
        types.mark();
        types
    }

    fn add(
        &mut self,
        defs: &'a [TypeDef<'t>],
        owner: Owner,
        mut names: Names,
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
            let mend = "rename one: a type's name is not sent";
            names.take(
                &name,
                format!("the type `{original}`"),
                span,
                mend,
                diagnostics,
            );
            if let TypeKind::Record { .. } = def.kind {
                let what = format!("the arguments of the record `{original}`");
                names.take(&args_of(&name), what, span, mend, diagnostics);
            }
            by_name.insert(original, self.known.len());
            self.known.push(Known {
                def,
                owner,
                name,
                in_request: false,
                is_answered: false,
            });
        }
        by_name
    }

    /// Finds out which types requests and answers hold, directly or through others.
    fn mark(&mut self) {
        for (index, operation) in self.operations.iter().enumerate() {
            let request = self.held_by(&operation.request, Some(index));
            self.mark_from(request, |known| &mut known.in_request);
            let response = self.held_by(&operation.response, Some(index));
            self.mark_from(response, |known| &mut known.is_answered);
        }
    }

    fn mark_from(
        &mut self,
        mut open: Vec<usize>,
        flag: for<'k> fn(&'k mut Known<'a, 't>) -> &'k mut bool,
    ) {
        while let Some(index) = open.pop() {
            let known = &mut self.known[index];
            if !std::mem::replace(flag(known), true)
                && let TypeKind::Record {
                    fields, include, ..
                } = &known.def.kind
            {
                let (owner, name) = (known.owner, known.def.name.value);
                open.extend(self.held_by(fields, owner));
                // A record that includes its own name includes the shared one.
                open.extend(include.and_then(|include| {
                    let owner = owner.filter(|_| include.value != name);
                    self.find(owner, include.value)
                }));
            }
        }
    }

    /// The types that the fields of an owner name.
    fn held_by(&self, fields: &[Field<'t>], owner: Owner) -> Vec<usize> {
        let names = fields.iter().filter_map(name_in);
        names
            .filter_map(|name| self.find(owner, name.value))
            .collect()
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

    /// The type that has this name in the Rust code of an owner.
    pub fn by_rust_name(&self, owner: Owner, name: &str) -> Option<&Known<'a, 't>> {
        let own = owner.into_iter().flat_map(|index| self.of(Some(index)));
        let mut all = own.chain(self.of(None));
        all.find(|known| known.name == name)
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

/// The name of the type that a field holds.
fn name_in<'t>(field: &Field<'t>) -> Option<Text<'t>> {
    field.ty.as_ref().map(|ty| ty.innermost())
}

/// The type within all lists and maps.
pub fn innermost(ty: &Type) -> &Type {
    match ty {
        Type::List(inner) | Type::Map(inner) => innermost(inner),
        other => other,
    }
}
