//! The types of a service: which there are, which name means which, and who uses them.

use std::collections::HashMap;

use super::names::Names;
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::Type;
use crate::names;
use crate::source::Span;
use crate::spec::{Field, Operation, Service, TypeDef, TypeKind, TypeRef, one_of};

/// The types that need no definition.
const BUILT_IN: &[(&str, Type)] = &[
    ("string", Type::String),
    ("bool", Type::Bool),
    ("i32", Type::I32),
    ("i64", Type::I64),
    ("u64", Type::U64),
    ("f64", Type::F64),
];

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
            });
        }
        by_name
    }

    /// Finds out which types requests and answers hold, directly or through others.
    fn mark(&mut self) {
        for (index, operation) in self.operations.iter().enumerate() {
            self.mark_from(&operation.request, Some(index), |known| {
                &mut known.in_request
            });
            self.mark_from(&operation.response, Some(index), |known| {
                &mut known.in_response
            });
        }
    }

    fn mark_from(
        &mut self,
        fields: &'a [Field<'t>],
        owner: Owner,
        flag: for<'k> fn(&'k mut Known<'a, 't>) -> &'k mut bool,
    ) {
        let mut open = vec![(fields, owner)];
        while let Some((fields, owner)) = open.pop() {
            for ty in fields.iter().filter_map(|field| field.ty) {
                let Some(index) = self.find(owner, ty.name.value) else {
                    continue;
                };
                let known = &mut self.known[index];
                if !std::mem::replace(flag(known), true)
                    && let TypeKind::Record(fields) = &known.def.kind
                {
                    open.push((fields, known.owner));
                }
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

    /// What a reference means. One that means nothing is reported.
    pub fn resolve(
        &self,
        ty: &TypeRef<'t>,
        owner: Owner,
        diagnostics: &mut Diagnostics,
    ) -> Option<Type> {
        let name = ty.name.value;
        let built_in = BUILT_IN
            .iter()
            .find(|(built_in, _)| *built_in == name)
            .map(|(_, ty)| ty.clone());
        let item = built_in.or_else(|| {
            self.find(owner, name)
                .map(|index| Type::Named(self.known[index].name.clone()))
        });
        if item.is_none() {
            diagnostics.push(self.unknown(name, ty.name.span, owner));
        }
        Some(if ty.list {
            Type::List(Box::new(item?))
        } else {
            item?
        })
    }

    fn unknown(&self, name: &str, span: Span, owner: Owner) -> Diagnostic {
        let finding = Diagnostic::error(
            codes::UNKNOWN_TYPE,
            span,
            format!("there is no type `{name}`"),
        );
        // Another operation's type is not to be had from here; that is worth saying, and costs a search only now.
        let elsewhere =
            self.private
                .iter()
                .zip(self.operations)
                .find_map(|(private, operation)| {
                    Some((
                        self.known[*private.get(name)?].def.name.span,
                        operation.action,
                    ))
                });
        if let Some((place, action)) = elsewhere {
            return finding.also(place, format!("only `{action}` has it")).help(
                "move the type to `types` of `service.yaml`: every operation can use it there",
            );
        }
        let built_in: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
        let private = owner
            .and_then(|index| self.private.get(index))
            .into_iter()
            .flat_map(HashMap::keys);
        let mut candidates: Vec<&str> = private.chain(self.shared.keys()).copied().collect();
        candidates.sort_unstable();
        finding.suggest(
            closest(name, built_in.iter().copied().chain(candidates)),
            || format!("define it in `types`, or use {}", one_of(&built_in)),
        )
    }

    /// Reports types that nothing uses.
    pub fn report_unused(&self, diagnostics: &mut Diagnostics) {
        for known in &self.known {
            if !known.in_request && !known.in_response {
                let message = format!("nothing uses the type `{}`", known.def.name.value);
                diagnostics.push(
                    Diagnostic::error(codes::UNUSED_TYPE, known.def.name.span, message)
                        .help("remove it, or name it as the `type` of a field"),
                );
            }
        }
    }

    /// Reports records that contain themselves: their values could not end. Within a list they may.
    pub fn report_endless(&self, diagnostics: &mut Diagnostics) {
        let mut state = vec![Visit::New; self.known.len()];
        for index in 0..self.known.len() {
            self.visit(index, &mut state, diagnostics);
        }
    }

    /// Walks depth first without recursion, since a chain of records can be as long as a file.
    fn visit(&self, from: usize, state: &mut [Visit], diagnostics: &mut Diagnostics) {
        let mut path = vec![(from, 0)];
        while let Some((index, next)) = path.last_mut() {
            let index = *index;
            let fields = match &self.known[index].def.kind {
                TypeKind::Record(fields) if state[index] != Visit::Done => fields.as_slice(),
                _ => &[],
            };
            state[index] = Visit::Open;
            let Some(field) = fields.get(*next) else {
                state[index] = Visit::Done;
                path.pop();
                continue;
            };
            *next += 1;
            let Some(ty) = field.ty.filter(|ty| !ty.list) else {
                continue;
            };
            let Some(inner) = self.find(self.known[index].owner, ty.name.value) else {
                continue;
            };
            match state[inner] {
                Visit::Done => {}
                Visit::New => path.push((inner, 0)),
                Visit::Open => diagnostics.push(
                    Diagnostic::error(
                        codes::ENDLESS_TYPE,
                        ty.name.span,
                        format!(
                            "a `{}` would contain another one without end",
                            ty.name.value
                        ),
                    )
                    .help(format!(
                        "if the page shows a list here, write `[{}]`",
                        ty.name.value
                    )),
                ),
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    New,
    Open,
    Done,
}
