//! Types that nothing uses, and records without an end.

use super::Types;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::spec::{TypeKind, TypeRef};

impl Types<'_, '_> {
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
