//! A value of a spec against the type that it should have: defaults, examples, parameters of example requests.

use std::collections::HashMap;

use super::json::json;
use super::rules::literal_text;
use super::types::Known;
use super::{arguments, carried, json_text};
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::{EnumValue, Literal, Repr, Type, TypeDef, TypeKind};
use crate::prose::one_of;
use crate::spec::{self, Field};
use crate::yaml::{Atom, Kind, Node};

/// Types by their Rust names.
pub type Definitions<'m> = HashMap<&'m str, Definition<'m>>;

/// The types that a field can have. Those of an operation come before the shared ones of the same name.
#[derive(Clone, Copy)]
pub struct Lookup<'m> {
    shared: &'m Definitions<'m>,
    private: Option<&'m Definitions<'m>>,
}

/// A type, and what the spec says about its members.
#[derive(Clone, Copy)]
pub struct Definition<'m> {
    /// The type.
    pub kind: &'m TypeKind,
    /// The members of a record, in the same order.
    pub fields: &'m [Field<'m>],
}

impl<'m> Lookup<'m> {
    /// The types of an operation and those that all operations share.
    pub fn new(shared: &'m Definitions<'m>, private: &'m Definitions<'m>) -> Self {
        Self {
            shared,
            private: Some(private),
        }
    }

    /// The types that all operations share.
    pub fn of_shared(shared: &'m Definitions<'m>) -> Self {
        Self {
            shared,
            private: None,
        }
    }

    /// The shared types alone.
    pub fn shared(&self) -> Self {
        Self::of_shared(self.shared)
    }

    /// The type of this name. There is none for a type whose definition is wrong, which has been reported.
    pub fn get(&self, name: &str) -> Option<&'m TypeKind> {
        self.definition(name).map(|definition| definition.kind)
    }

    /// What the names in a type of this name mean: those in a shared one are of shared types.
    pub fn inside(&self, name: &str) -> Self {
        match self.private {
            Some(private) if private.contains_key(name) => *self,
            _ => self.shared(),
        }
    }

    fn definition(&self, name: &str) -> Option<Definition<'m>> {
        self.private
            .and_then(|private| private.get(name))
            .or_else(|| self.shared.get(name))
            .copied()
    }
}

/// Types by their Rust names. The two are the same types in the same order.
pub fn by_name<'m, 'a: 'm, 't: 'a>(
    known: impl Iterator<Item = &'m Known<'a, 't>>,
    types: &'m [TypeDef],
) -> Definitions<'m> {
    known
        .zip(types)
        .map(|(known, def)| {
            let fields: &'m [Field<'m>] = match &known.def.kind {
                spec::TypeKind::Record { fields, .. } => fields,
                spec::TypeKind::Enum { .. } => &[],
            };
            let kind = &def.kind;
            (&*def.name, Definition { kind, fields })
        })
        .collect()
}

/// Reads a value as one of a type. `what` is what a message calls it: `` `Limit` ``.
pub fn literal(
    node: &Node<'_>,
    ty: &Type,
    what: &str,
    types: &Lookup<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Literal> {
    let value = match (ty, node.atom()) {
        (Type::String | Type::Secret | Type::DownloadUrl, Some(Atom::Text(text))) => {
            Some(Literal::Text(text.to_owned()))
        }
        (Type::Text(carried), Some(Atom::Text(text))) => carried::literal(text, carried),
        (Type::JsonText(of), _) => {
            return json_text::literal(node, of, what, types, diagnostics);
        }
        (Type::SecretJson(of), _) => {
            return json_text::text(node, of, what, types, diagnostics).map(Literal::Text);
        }
        (Type::Bool, Some(Atom::Bool(value))) => Some(Literal::Bool(value)),
        (Type::Flag, Some(Atom::Integer(number @ (0 | 1)))) => Some(Literal::Bool(number == 1)),
        (Type::I32, Some(Atom::Integer(number))) => integer(number, i32::try_from(number).is_ok()),
        (
            Type::I64 | Type::Hour | Type::UnixSeconds | Type::UnixMillis,
            Some(Atom::Integer(number)),
        ) => integer(number, i64::try_from(number).is_ok()),
        (Type::U64, Some(Atom::Integer(number))) => integer(number, u64::try_from(number).is_ok()),
        (Type::F64, Some(Atom::Integer(number))) => Some(Literal::Float(format!("{number}.0"))),
        (Type::F64, Some(Atom::Float(text))) => Some(Literal::Float(text.to_owned())),
        (Type::Json, _) => return json(node, diagnostics).map(Literal::Json),
        (Type::List(item), _) => return list(node, item, what, types, diagnostics),
        (Type::Map(of), _) => return map(node, of, what, types, diagnostics),
        (Type::Named(name), _) => match types.definition(name)? {
            Definition {
                kind: TypeKind::Enum { repr, values },
                ..
            } => {
                return variant(node, name, *repr, values, what, diagnostics);
            }
            Definition {
                kind: TypeKind::Record { fields, .. },
                fields: of_spec,
            } => {
                let Some(entries) = node.entries() else {
                    diagnostics.push(wrong(node, what, "a mapping"));
                    return None;
                };
                let owner = format!("`{name}`");
                let (arguments, setters) = arguments::fill(
                    fields.iter().zip(of_spec.iter().map(Some)),
                    entries,
                    &owner,
                    node.span,
                    &types.inside(name),
                    diagnostics,
                );
                return Some(Literal::Record {
                    name: name.clone(),
                    arguments,
                    setters,
                });
            }
        },
        _ => None,
    };
    if value.is_none() {
        let finding = wrong(node, what, expects(ty));
        diagnostics.push(match (ty, node.atom()) {
            (Type::Text(_), Some(Atom::Text(_))) => finding
                .label("this is none")
                .help("correct the value, or the type of the field"),
            (Type::String | Type::Secret | Type::DownloadUrl | Type::Text(_), Some(_)) => {
                finding.help("put it in double quotes: it is sent as text")
            }
            (_, Some(Atom::Text(text))) if looks_like(ty, text) => {
                finding.help("write it without quotes")
            }
            _ => finding,
        });
    }
    value
}

/// A value as it is sent, an enum's in its canonical spelling.
pub fn spelling(
    node: &Node<'_>,
    ty: &Type,
    what: &str,
    types: &Lookup<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    match literal(node, ty, what, types, diagnostics)? {
        Literal::Variant {
            enumeration,
            variant,
        } => match types.get(&enumeration)? {
            TypeKind::Enum { values, .. } => values
                .iter()
                .find(|value| value.name == variant)
                .map(|value| value.wire.clone()),
            TypeKind::Record { .. } => None,
        },
        _ => literal_text(node),
    }
}

fn integer(number: i128, fits: bool) -> Option<Literal> {
    fits.then(|| Literal::Integer(number.to_string()))
}

/// Whether a text would be right if it were not in quotes.
fn looks_like(ty: &Type, text: &str) -> bool {
    match ty {
        Type::Bool => text == "true" || text == "false",
        _ => text.parse::<f64>().is_ok(),
    }
}

/// What a value of a type is, with its article.
pub fn expects(ty: &Type) -> &'static str {
    match ty {
        Type::String | Type::Secret | Type::DownloadUrl => "text",
        Type::Text(carried) => carried::expects(carried),
        Type::JsonText(of) | Type::SecretJson(of) => json_text::expects(of),
        Type::Bool => "`true` or `false`",
        Type::Flag => "`0` or `1`",
        Type::I32 => "an integer of 32 bits",
        Type::I64 | Type::Hour | Type::UnixSeconds | Type::UnixMillis => "an integer of 64 bits",
        Type::U64 => "an integer of 64 bits without a sign",
        Type::F64 => "a number",
        Type::List(_) => "a list",
        Type::Json => "JSON",
        Type::Named(_) | Type::Map(_) => "a mapping",
    }
}

/// A finding about a value that is something else than it should be.
pub fn wrong(node: &Node<'_>, what: &str, expects: &str) -> Diagnostic {
    Diagnostic::error(
        codes::WRONG_VALUE,
        node.span,
        format!("{what} must be {expects}"),
    )
    .label(format!("this is {}", node.describe()))
}

fn list(
    node: &Node<'_>,
    item: &Type,
    what: &str,
    types: &Lookup<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Literal> {
    let Kind::Sequence(items) = &node.kind else {
        diagnostics.push(wrong(node, what, "a list").help("put it in brackets: `[…]`"));
        return None;
    };
    let what = format!("an item of {what}");
    let values = items
        .iter()
        .filter_map(|node| literal(node, item, &what, types, diagnostics))
        .collect();
    Some(Literal::List(values))
}

fn map(
    node: &Node<'_>,
    of: &Type,
    what: &str,
    types: &Lookup<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Literal> {
    let Kind::Mapping(entries) = &node.kind else {
        diagnostics.push(wrong(node, what, "a mapping"));
        return None;
    };
    let what = format!("a value of {what}");
    let values = entries
        .iter()
        .filter_map(|entry| {
            let value = literal(&entry.value, of, &what, types, diagnostics)?;
            Some((entry.key.clone().into_owned(), value))
        })
        .collect();
    Some(Literal::Map(values))
}

fn variant(
    node: &Node<'_>,
    enumeration: &str,
    repr: Repr,
    values: &[EnumValue],
    what: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Literal> {
    let spelling = match (repr, node.atom()) {
        (Repr::Text, Some(Atom::Text(text))) => text.to_owned(),
        (Repr::I32 | Repr::I64, Some(Atom::Integer(number))) => number.to_string(),
        (Repr::Text, atom) => {
            let finding = wrong(node, what, "text");
            diagnostics.push(match atom {
                Some(_) => finding.help("put it in double quotes: it is sent as text"),
                None => finding,
            });
            return None;
        }
        (Repr::I32 | Repr::I64, _) => {
            diagnostics.push(wrong(node, what, "an integer"));
            return None;
        }
    };
    let known = values
        .iter()
        .find(|value| value.wire == spelling || value.aliases.contains(&spelling));
    if known.is_none() {
        let wires: Vec<&str> = values.iter().map(|value| &*value.wire).collect();
        diagnostics.push(
            Diagnostic::error(
                codes::WRONG_VALUE,
                node.span,
                format!("`{enumeration}` has no value `{spelling}`"),
            )
            .suggest(closest(&spelling, wires.iter().copied()), || {
                format!("write {}", one_of(&wires))
            }),
        );
    }
    Some(Literal::Variant {
        enumeration: enumeration.to_owned(),
        variant: known?.name.clone(),
    })
}
