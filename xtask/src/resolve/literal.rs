//! A value of a spec against the type that it should have: defaults, examples, parameters of example requests.

use std::collections::HashMap;

use super::arguments;
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::{EnumValue, Literal, Repr, Type, TypeDef, TypeKind};
use crate::spec::one_of;
use crate::yaml::{Atom, Kind, Node};

/// The types that a field of an operation can have, by their Rust names.
pub struct Lookup<'m> {
    /// The types of the service.
    pub shared: &'m HashMap<&'m str, &'m TypeDef>,
    /// The types of the operation.
    pub private: HashMap<&'m str, &'m TypeDef>,
}

impl<'m> Lookup<'m> {
    /// The type of this name. There is none for a type whose definition is wrong, which has been reported.
    pub fn get(&self, name: &str) -> Option<&'m TypeKind> {
        self.private
            .get(name)
            .or_else(|| self.shared.get(name))
            .map(|def| &def.kind)
    }
}

/// Types by their Rust names.
pub fn by_name(types: &[TypeDef]) -> HashMap<&str, &TypeDef> {
    types.iter().map(|def| (&*def.name, def)).collect()
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
        (Type::String | Type::Secret, Some(Atom::Text(text))) => {
            Some(Literal::Text(text.to_owned()))
        }
        (Type::Bool, Some(Atom::Bool(value))) => Some(Literal::Bool(value)),
        (Type::I32, Some(Atom::Integer(number))) => integer(number, i32::try_from(number).is_ok()),
        (Type::I64, Some(Atom::Integer(number))) => integer(number, i64::try_from(number).is_ok()),
        (Type::U64, Some(Atom::Integer(number))) => integer(number, u64::try_from(number).is_ok()),
        (Type::F64, Some(Atom::Integer(number))) => Some(Literal::Float(format!("{number}.0"))),
        (Type::F64, Some(Atom::Float(text))) => Some(Literal::Float(text.to_owned())),
        (Type::List(item), _) => return list(node, item, what, types, diagnostics),
        (Type::Named(name), _) => match types.get(name)? {
            TypeKind::Enum { repr, values } => {
                return variant(node, name, *repr, values, what, diagnostics);
            }
            TypeKind::Record { fields, .. } => {
                let Some(entries) = node.entries() else {
                    diagnostics.push(wrong(node, what, "a mapping"));
                    return None;
                };
                let owner = format!("`{name}`");
                let (arguments, setters) = arguments::fill(
                    fields.iter(),
                    entries,
                    &owner,
                    node.span,
                    types,
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
            (Type::String | Type::Secret, Some(_)) => {
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
        Type::String | Type::Secret => "text",
        Type::Bool => "`true` or `false`",
        Type::I32 => "an integer of 32 bits",
        Type::I64 => "an integer of 64 bits",
        Type::U64 => "an integer of 64 bits without a sign",
        Type::F64 => "a number",
        Type::List(_) => "a list",
        Type::Named(_) => "a mapping",
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
        (Repr::Integer, Some(Atom::Integer(number))) => number.to_string(),
        (Repr::Text, atom) => {
            let finding = wrong(node, what, "text");
            diagnostics.push(match atom {
                Some(_) => finding.help("put it in double quotes: it is sent as text"),
                None => finding,
            });
            return None;
        }
        (Repr::Integer, _) => {
            diagnostics.push(wrong(node, what, "an integer"));
            return None;
        }
    };
    let known = values
        .iter()
        .find(|value| value.wire == spelling || value.aka.contains(&spelling));
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
