//! Values that a completion hands on: members of a request and its answer, and what the spec says itself.

use super::limits::is_text;
use super::literal::{Lookup, literal, wrong};
use super::path::{Answer, Lists, end};
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::{
    CompletionSource, CompletionStep, CompletionTarget, Field, Member, Repr, ScopeField, Type,
    TypeKind,
};
use crate::prose::all_of;
use crate::source::{Span, Spanned};
use crate::spec::Text;
use crate::yaml::{Kind, Node};

/// The operation whose work goes on.
#[derive(Clone, Copy)]
pub struct Own<'m> {
    /// Its name.
    pub action: &'m str,
    /// The parts of its scope.
    pub scope: &'m [ScopeField],
    /// Its parameters.
    pub request: Answer<'m>,
    /// Its answer.
    pub response: Answer<'m>,
}

/// Resolves the values for the operation that tells.
pub struct Values<'m> {
    /// Where members come from.
    pub own: Own<'m>,
    /// The types of the operation that tells.
    pub told: Lookup<'m>,
}

impl Values<'_> {
    /// The members of a request or a record: the arguments of its `new` in their order, then what setters set. Those that are unknown,
    /// wrong or missing are reported.
    pub fn fields(
        &self,
        given: &[(Text<'_>, &Node<'_>)],
        fields: &[Field],
        place: Span,
        owner: &str,
        diagnostics: &mut Diagnostics,
    ) -> Vec<(CompletionTarget, CompletionSource)> {
        for (name, _) in given {
            if fields.iter().all(|field| field.wire != name.value) {
                diagnostics.push(unknown(*name, fields, owner));
            }
        }
        let mut resolved = Vec::new();
        for field in fields {
            match given.iter().find(|(name, _)| name.value == field.wire) {
                Some((name, node)) => {
                    let what = format!("`{}`", name.value);
                    if let Some(value) = self.value(node, &field.ty, &what, diagnostics) {
                        let target = CompletionTarget {
                            name: field.name.clone(),
                            ty: field.ty.clone(),
                            required: field.required,
                        };
                        resolved.push((target, value));
                    }
                }
                None if field.required => {
                    let message = format!("{owner} requires `{}`", field.wire);
                    diagnostics.push(Diagnostic::error(codes::COMPLETION, place, message).help(
                        format!("add it to `with`, such as `{0}: $response.{0}`", field.wire),
                    ));
                }
                None => {}
            }
        }
        resolved.sort_by_key(|(target, _)| !target.required);
        resolved
    }

    fn value(
        &self,
        node: &Node<'_>,
        ty: &Type,
        what: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<CompletionSource> {
        if let Some(text) = node.text().filter(|text| text.starts_with('$')) {
            return self.member(text, node.span, ty, what, diagnostics);
        }
        if !refers(node) {
            return literal(node, ty, what, &self.told, diagnostics).map(CompletionSource::Literal);
        }
        match (&node.kind, ty.held()) {
            (Kind::Sequence(items), Type::List(item)) => {
                let what = format!("an item of {what}");
                let items = items.iter();
                let items = items.map(|node| self.value(node, item, &what, diagnostics));
                Some(CompletionSource::List(items.collect::<Option<_>>()?))
            }
            (Kind::Mapping(entries), Type::Named(name)) => match self.told.get(name)? {
                TypeKind::Record {
                    fields, args_name, ..
                } => {
                    let given = entries.iter().map(|entry| {
                        let name = Spanned {
                            value: &*entry.key,
                            span: entry.key_span,
                        };
                        (name, &entry.value)
                    });
                    let given: Vec<_> = given.collect();
                    let owner = format!("`{name}`");
                    let fields = self.fields(&given, fields, node.span, &owner, diagnostics);
                    Some(CompletionSource::Record {
                        name: name.clone(),
                        args_name: args_name.clone(),
                        fields,
                    })
                }
                TypeKind::Enum { .. } => {
                    diagnostics.push(wrong(node, what, "a single value"));
                    None
                }
            },
            (_, ty) => {
                let expects = super::literal::expects(ty);
                diagnostics.push(wrong(node, what, expects));
                None
            }
        }
    }

    /// A member of the request or the answer: `$response.TaskId`.
    fn member(
        &self,
        text: &str,
        span: Span,
        ty: &Type,
        what: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<CompletionSource> {
        let (from, path) = match text.split_once('.') {
            Some(("$request", path)) => (self.own.request, path),
            Some(("$response", path)) => (self.own.response, path),
            _ => {
                let message = format!("`{text}` names neither a request nor an answer");
                diagnostics.push(Diagnostic::error(codes::UNKNOWN_STEP, span, message).help(
                    "write `$response.X` for a member of the answer, `$request.X` for a parameter",
                ));
                return None;
            }
        };
        let (members, _) = from.walk(Text { value: path, span }, Lists::Never, diagnostics)?;
        if !self.agree(end(&members)?, ty) {
            let message = format!("`{path}` is of another type than {what}");
            diagnostics.push(
                Diagnostic::error(codes::WRONG_STEP, span, message)
                    .help("correct the type that is wrong; numbers go with numbers and text with text, lists with lists"),
            );
            return None;
        }
        let is_request = text.starts_with("$request");
        let steps = steps(&members, from, is_request);
        Some(if is_request {
            CompletionSource::Request(steps)
        } else {
            CompletionSource::Response(steps)
        })
    }

    /// Whether a value of one type can be handed on as the other. What means nothing was reported and agrees with all.
    fn agree(&self, from: &Type, to: &Type) -> bool {
        let broken = Type::Named(String::new());
        match (from, to) {
            (Type::List(from), Type::List(to)) => self.agree(from, to),
            // What is hidden stays hidden.
            (Type::Secret | Type::SecretJson(_), to) => {
                matches!(to, Type::Secret | Type::SecretJson(_))
            }
            (Type::Named(name), to) => match (self.kind_of(name, self.own.response.types), to) {
                _ if *from == broken || *to == broken => true,
                (Some(Repr::Text), to) => self.is_text(to),
                (Some(_), to) => self.is_number(to),
                (None, _) => false,
            },
            (from, to) => {
                *to == broken
                    || (is_text(from) && self.is_text(to))
                    || (is_number(from) && self.is_number(to))
                    || (from == to && matches!(from, Type::Bool | Type::Flag | Type::Json))
            }
        }
    }

    fn is_text(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(name) => self.kind_of(name, &self.told) == Some(Repr::Text),
            ty => is_text(ty),
        }
    }

    fn is_number(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(name) => {
                let repr = self.kind_of(name, &self.told);
                repr.is_some_and(|repr| repr != Repr::Text)
            }
            ty => is_number(ty),
        }
    }

    /// How the values of an enum are sent; nothing if it is a record.
    fn kind_of(&self, name: &str, types: &Lookup<'_>) -> Option<Repr> {
        match types.get(name)? {
            TypeKind::Enum { repr, .. } => Some(*repr),
            TypeKind::Record { .. } => None,
        }
    }
}

fn is_number(ty: &Type) -> bool {
    matches!(
        ty,
        Type::I32
            | Type::I64
            | Type::U64
            | Type::F64
            | Type::Hour
            | Type::UnixSeconds
            | Type::UnixMillis
    )
}

/// Whether a value holds a reference.
fn refers(node: &Node<'_>) -> bool {
    match &node.kind {
        Kind::Null => false,
        Kind::Scalar(_) => node.text().is_some_and(|text| text.starts_with('$')),
        Kind::Sequence(items) => items.iter().any(refers),
        Kind::Mapping(entries) => entries.iter().any(|entry| refers(&entry.value)),
    }
}

/// The steps of a path, each with how its struct keeps it: what is required of something that is only sent is always there.
fn steps(members: &[Member], from: Answer<'_>, is_request: bool) -> Vec<CompletionStep> {
    let (mut fields, mut is_sent) = (from.fields, is_request);
    let mut steps = Vec::new();
    for member in members {
        let field = fields.iter().find(|field| field.wire == member.wire);
        let is_plain = is_sent && field.is_some_and(|field| field.required);
        steps.push(CompletionStep {
            name: member.name.clone(),
            ty: member.ty.clone(),
            optional: !is_plain && !matches!(member.ty, Type::List(_) | Type::Map(_)),
        });
        if let Type::Named(name) = &member.ty
            && let Some(TypeKind::Record {
                fields: inner,
                input,
                ..
            }) = from.types.get(name)
        {
            (fields, is_sent) = (inner, *input);
        }
    }
    steps
}

fn unknown(name: Text<'_>, fields: &[Field], owner: &str) -> Diagnostic {
    let message = format!("{owner} has no parameter `{}`", name.value);
    let finding = Diagnostic::error(codes::UNKNOWN_STEP, name.span, message);
    let names: Vec<&str> = fields.iter().map(|field| &*field.wire).collect();
    let near = closest(name.value, names.iter().copied());
    finding.suggest(near, || match names.as_slice() {
        [] => "it has no parameters at all".to_owned(),
        names => format!(
            "it has {}; what is of the scope goes along by itself",
            all_of(names)
        ),
    })
}
