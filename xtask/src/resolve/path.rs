//! Paths into an answer: `BackupSet[].Status`.

use super::literal::Lookup;
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::{Field, Member, Type, TypeKind};
use crate::prose::all_of;
use crate::source::Span;
use crate::spec::{Text, is_path};

/// Whether a path may go through lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lists {
    /// It may not.
    Never,
    /// It may, with `[]` after each.
    Marked,
}

/// What paths are held against.
#[derive(Clone, Copy)]
pub struct Answer<'m> {
    /// The members of the answer.
    pub fields: &'m [Field],
    /// The types of those.
    pub types: &'m Lookup<'m>,
}

impl<'m> Answer<'m> {
    /// The members of a path, and the types that the last of them can have. One that leads nowhere is reported, unless the definition
    /// of a type on the way was.
    pub fn walk(
        &self,
        path: Text<'_>,
        lists: Lists,
        diagnostics: &mut Diagnostics,
    ) -> Option<(Vec<Member>, Lookup<'m>)> {
        // What is no path at all has been reported.
        if !is_path(path.value) {
            return None;
        }
        let mut fields = self.fields;
        let mut types = *self.types;
        let mut owner = "the answer".to_owned();
        let mut members: Vec<Member> = Vec::new();
        let steps = steps(path);
        for (index, step) in steps.iter().enumerate() {
            let Some(field) = fields.iter().find(|field| field.wire == step.name) else {
                diagnostics.push(unknown(step, fields, &owner));
                return None;
            };
            if let Some(finding) = misplaced_brackets(step, field, lists) {
                diagnostics.push(finding);
                return None;
            }
            members.push(Member {
                wire: field.wire.clone(),
                name: field.name.clone(),
                ty: field.ty.clone(),
                each: step.each,
            });
            if index + 1 == steps.len() {
                break;
            }
            (fields, types) = inside(step, field, types, lists, diagnostics)?;
            owner = format!("`{}`", field.wire);
        }
        Some((members, types))
    }
}

/// The members of what a step leads to, and the types that those can have. It is reported if there are none, unless the definition
/// of the type was.
fn inside<'m>(
    step: &Step<'_>,
    field: &Field,
    types: Lookup<'m>,
    lists: Lists,
    diagnostics: &mut Diagnostics,
) -> Option<(&'m [Field], Lookup<'m>)> {
    let name = step.name;
    let ty = match &field.ty {
        Type::List(item) if step.each => item,
        other => other,
    };
    let (message, mend) = match ty {
        Type::Named(record) => match types.get(record)? {
            TypeKind::Record { fields, .. } => return Some((fields, types.inside(record))),
            TypeKind::Enum { .. } => no_members(name),
        },
        Type::List(_) if lists == Lists::Never => (
            format!("the path goes through the list `{name}`"),
            "name a member that is outside of lists".to_owned(),
        ),
        Type::List(_) if !step.each => (
            format!("`{name}` is a list"),
            format!("write `{name}[]` to look at each of its items"),
        ),
        _ => no_members(name),
    };
    diagnostics.push(Diagnostic::error(codes::WRONG_STEP, step.span, message).help(mend));
    None
}

/// What is wrong with a path that goes on after a member, and what to do.
fn no_members(name: &str) -> (String, String) {
    (
        format!("`{name}` has no members that a path could name"),
        format!("end the path at `{name}`"),
    )
}

/// The type at the end of a path.
pub fn end(members: &[Member]) -> Option<&Type> {
    let last = members.last()?;
    match &last.ty {
        Type::List(item) if last.each => Some(item),
        ty => Some(ty),
    }
}

/// A member in a path.
struct Step<'p> {
    name: &'p str,
    each: bool,
    span: Span,
}

fn steps(path: Text<'_>) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    let mut at = 0;
    for step in path.value.split('.') {
        let name = step.strip_suffix("[]").unwrap_or(step);
        steps.push(Step {
            name,
            each: name.len() < step.len(),
            span: part(path, at, step.len()),
        });
        at += step.len() + 1;
    }
    steps
}

/// The place of a part of a text: plain, or between quotes without escapes; else the place of all of it.
fn part(text: Text<'_>, from: usize, length: usize) -> Span {
    let Span { file, start, end } = text.span;
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let around = end
        .saturating_sub(start)
        .saturating_sub(number(text.value.len()));
    let start = match around {
        0 => start.saturating_add(number(from)),
        2 => start.saturating_add(number(from) + 1),
        _ => return text.span,
    };
    Span {
        file,
        start,
        end: start.saturating_add(number(length)),
    }
}

fn misplaced_brackets(step: &Step<'_>, field: &Field, lists: Lists) -> Option<Diagnostic> {
    if !step.each {
        return None;
    }
    let message = match (&field.ty, lists) {
        (Type::List(_), Lists::Marked) => return None,
        (Type::List(_), Lists::Never) => "`[]` is only for the paths of `waiters`".to_owned(),
        _ => format!("`{}` is no list", step.name),
    };
    Some(Diagnostic::error(codes::WRONG_STEP, step.span, message).help("remove `[]`"))
}

fn unknown(step: &Step<'_>, fields: &[Field], owner: &str) -> Diagnostic {
    let finding = Diagnostic::error(
        codes::UNKNOWN_STEP,
        step.span,
        format!("{owner} has no `{}`", step.name),
    );
    let aliased = fields
        .iter()
        .find(|field| field.aliases.iter().any(|alias| alias == step.name));
    if let Some(field) = aliased {
        return finding.help(format!(
            "this is an alias; write the name of the field, `{}`",
            field.wire
        ));
    }
    let names: Vec<&str> = fields.iter().map(|field| &*field.wire).collect();
    finding.suggest(closest(step.name, names.iter().copied()), || {
        match names.as_slice() {
            [] => "it has no members at all".to_owned(),
            names => format!("it has {}", all_of(names)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Sources};

    fn text(value: &str, start: u32, end: u32) -> Text<'_> {
        let file: FileId = Sources::default().add(String::new(), String::new());
        let span = Span { file, start, end };
        Text { value, span }
    }

    #[test]
    fn each_step_knows_where_it_stands() {
        let places = |text| -> Vec<(String, bool, u32, u32)> {
            steps(text)
                .iter()
                .map(|step| {
                    (
                        step.name.to_owned(),
                        step.each,
                        step.span.start,
                        step.span.end,
                    )
                })
                .collect()
        };
        let expected = [
            ("A".to_owned(), false, 10, 11),
            ("Bc".to_owned(), true, 12, 16),
        ];
        assert_eq!(places(text("A.Bc[]", 10, 16)), expected);
        assert_eq!(places(text("A.Bc[]", 9, 17)), expected);
        // Folded below a `>-`: no part has a place of its own.
        assert_eq!(places(text("A", 0, 9)), [("A".to_owned(), false, 0, 9)]);
    }
}
