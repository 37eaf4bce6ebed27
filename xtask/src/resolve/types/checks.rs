//! Types that nothing uses, records without an end, and records that requests or answers cannot hold.

use super::{Owner, Types, name_in};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::spec::{Field, Text, TypeKind, TypeRef};

impl Types<'_, '_> {
    /// Reports types that nothing uses.
    pub fn report_unused(&self, diagnostics: &mut Diagnostics) {
        for known in &self.known {
            if !known.in_request && !known.is_answered {
                let message = format!("nothing uses the type `{}`", known.def.name.value);
                diagnostics.push(
                    Diagnostic::error(codes::UNUSED_TYPE, known.def.name.span, message)
                        .help("remove it, or name it as the `type` of a field"),
                );
            }
        }
    }

    /// Reports types of operations that are called in Rust as a shared one with another name: a module has one type of a name.
    pub fn report_near_twins(&self, diagnostics: &mut Diagnostics) {
        for known in self.known.iter().filter(|known| known.owner.is_some()) {
            let Text { value, span } = known.def.name;
            let twin = self
                .of(None)
                .find(|shared| shared.name == known.name && shared.def.name.value != value);
            if let Some(twin) = twin {
                let (other, name) = (twin.def.name, &known.name);
                diagnostics.push(
                    Diagnostic::error(
                        codes::COLLISION,
                        span,
                        format!(
                            "the types `{value}` and `{}` would both be called `{name}` in Rust",
                            other.value
                        ),
                    )
                    .also(other.span, "the shared type is here")
                    .help("rename one: a type's name is not sent"),
                );
            }
        }
    }

    /// Reports records that requests hold without `input: true`, and records with required members that answers hold.
    pub fn report_input(&self, diagnostics: &mut Diagnostics) {
        for (index, operation) in self.operations.iter().enumerate() {
            self.report_members(&operation.request, Some(index), true, diagnostics);
            self.report_members(&operation.response, Some(index), false, diagnostics);
        }
        for known in &self.known {
            if let TypeKind::Record { fields, input, .. } = &known.def.kind {
                if input.is_some() {
                    self.report_members(fields, known.owner, true, diagnostics);
                }
                if input.is_none() || known.is_answered {
                    self.report_members(fields, known.owner, false, diagnostics);
                }
            }
        }
    }

    fn report_members(
        &self,
        fields: &[Field<'_>],
        owner: Owner,
        is_sent: bool,
        diagnostics: &mut Diagnostics,
    ) {
        for (field, name) in fields
            .iter()
            .filter_map(|field| Some((field, name_in(field)?)))
        {
            let Some(known) = self.defined(owner, name.value) else {
                continue;
            };
            let TypeKind::Record { fields, input, .. } = &known.def.kind else {
                continue;
            };
            let required = fields.iter().find_map(|member| member.required);
            let record = known.def.name;
            let finding = match (is_sent, input, required) {
                (true, None, _) => Diagnostic::error(
                    codes::INPUT,
                    name.span,
                    format!("`{}` is in a request, and `{}` has no `input: true`", field.name.value, record.value),
                )
                .also(record.span, "the record")
                .help(format!("add `input: true` to `{}`: requests may hold it then", record.value)),
                (false, Some(_), Some(required)) => Diagnostic::error(
                    codes::INPUT,
                    name.span,
                    format!("`{}` is in an answer, and `{}` has a required member", field.name.value, record.value),
                )
                .also(required, "answers promise nothing")
                .help(format!(
                    "define a record for answers with `include: {}` and its required members otherwise, or remove `required`",
                    record.value
                )),
                _ => continue,
            };
            diagnostics.push(finding);
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
                TypeKind::Record { fields, .. } if state[index] != Visit::Done => fields.as_slice(),
                _ => &[],
            };
            state[index] = Visit::Open;
            let Some(field) = fields.get(*next) else {
                state[index] = Visit::Done;
                path.pop();
                continue;
            };
            *next += 1;
            let Some(TypeRef::Named(name)) = &field.ty else {
                continue;
            };
            let Some(inner) = self.find(self.known[index].owner, name.value) else {
                continue;
            };
            match state[inner] {
                Visit::Done => {}
                Visit::New => path.push((inner, 0)),
                Visit::Open => diagnostics.push(
                    Diagnostic::error(
                        codes::ENDLESS_TYPE,
                        name.span,
                        format!("a `{}` would contain another one without end", name.value),
                    )
                    .help(format!(
                        "if the page shows a list here, write `[{}]`",
                        name.value
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
