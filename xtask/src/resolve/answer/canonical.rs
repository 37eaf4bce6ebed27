//! An answer member by member: which field takes it, and what the field makes of it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::scalar::{integer, scalar, text};
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::{Field, Repr, Type, TypeKind};
use crate::prose::one_of;
use crate::resolve::json::json;
use crate::resolve::literal::{Lookup, expects, wrong};
use crate::yaml::{Atom, Entry, Kind, Node};

/// Reads the members of an answer.
pub struct Reader<'m, 'd> {
    /// The types that fields can have.
    pub types: Lookup<'m>,
    /// Where mistakes go.
    pub diagnostics: &'d mut Diagnostics,
}

/// What a member is read as.
enum Read {
    /// A value.
    Stored(Value),
    /// Nothing: `null`, or empty text for something else than text.
    Nothing,
}

impl Reader<'_, '_> {
    /// Reads an object as a record. Members of the envelope beside it are held against their types and left out.
    pub fn record(
        &mut self,
        entries: &[Entry<'_>],
        fields: &[Field],
        owner: &str,
        envelope: &[Field],
    ) -> Map<String, Value> {
        let mut found: Vec<Option<Value>> = vec![None; fields.len()];
        for entry in entries {
            let key = &*entry.key;
            let canonical = fields.iter().position(|field| field.wire == key);
            let alias = || {
                fields
                    .iter()
                    .position(|field| field.aliases.iter().any(|alias| alias == key))
            };
            let Some(index) = canonical.or_else(alias) else {
                if let Some(member) = envelope.iter().find(|member| member.wire == key) {
                    self.member(&entry.value, member, key);
                } else {
                    let known: Vec<&str> = fields.iter().map(|field| &*field.wire).collect();
                    let mend =
                        "add the field, or add the name to the `aliases` of the one it stands for";
                    self.unknown(entry, &known, owner, mend);
                }
                continue;
            };
            let value = self.member(&entry.value, &fields[index], key);
            // The canonical name wins over an alias, wherever the two stand.
            let is_filled = found[index]
                .as_ref()
                .is_some_and(|value| Some(value) != empty(&fields[index].ty).as_ref());
            if let Read::Stored(value) = value
                && (canonical.is_some() || !is_filled)
            {
                found[index] = Some(value);
            }
        }
        let with_empty_ones = fields.iter().zip(found).filter_map(|(field, value)| {
            let value = value.or_else(|| empty(&field.ty))?;
            Some((field.wire.clone(), wrapped(value, field)))
        });
        with_empty_ones.collect()
    }

    /// Reads a member, without the object that may be around its list.
    fn member(&mut self, node: &Node<'_>, field: &Field, name: &str) -> Read {
        let (Some(wrapper), Some(entries)) = (&field.wrapper, node.entries()) else {
            return self.value(node, &field.ty, name);
        };
        let mut read = Read::Nothing;
        for entry in entries {
            if entry.key == *wrapper {
                read = self.value(&entry.value, &field.ty, wrapper);
            } else {
                let owner = format!("the object around the list `{name}`");
                self.unknown(
                    entry,
                    &[wrapper],
                    &owner,
                    "correct the `wrapper` of the field",
                );
            }
        }
        read
    }

    fn value(&mut self, node: &Node<'_>, ty: &Type, name: &str) -> Read {
        // Text that carries something carries nothing if it is empty.
        let may_be_empty = matches!(
            ty,
            Type::String | Type::Secret | Type::SecretJson(_) | Type::Json
        );
        match (&node.kind, ty) {
            (Kind::Null, _) => Read::Nothing,
            (Kind::Scalar(scalar), _) if !may_be_empty && scalar.atom() == Atom::Text("") => {
                Read::Nothing
            }
            (Kind::Sequence(items), Type::List(item)) => {
                let values = items
                    .iter()
                    .filter_map(|node| match self.value(node, item, name) {
                        Read::Stored(value) => Some(value),
                        Read::Nothing => None,
                    });
                Read::Stored(Value::Array(values.collect()))
            }
            (Kind::Mapping(entries), Type::Map(of)) => {
                // A map is sorted by its keys.
                let mut values = BTreeMap::new();
                for entry in entries {
                    if let Read::Stored(value) = self.value(&entry.value, of, name) {
                        values.insert(entry.key.clone().into_owned(), value);
                    }
                }
                Read::Stored(Value::Object(values.into_iter().collect()))
            }
            (_, Type::Json) => match json(node, self.diagnostics) {
                Some(value) => Read::Stored(value),
                None => Read::Nothing,
            },
            (_, Type::Named(type_name)) => match self.types.get(type_name) {
                None => Read::Nothing,
                Some(TypeKind::Record { fields, .. }) => match node.entries() {
                    Some(entries) => {
                        let owner = format!("`{type_name}`");
                        let mut reader = Reader {
                            types: self.types.inside(type_name),
                            diagnostics: &mut *self.diagnostics,
                        };
                        Read::Stored(Value::Object(reader.record(entries, fields, &owner, &[])))
                    }
                    None => self.wrong(node, name, "a mapping"),
                },
                Some(TypeKind::Enum { repr, values }) => {
                    let spelling = node.atom().and_then(|atom| match repr {
                        Repr::Text => text(atom),
                        Repr::I32 | Repr::I64 => {
                            integer::<i64>(atom).map(|number| number.to_string())
                        }
                    });
                    let Some(spelling) = spelling else {
                        return self.wrong(
                            node,
                            name,
                            if *repr == Repr::Text {
                                "text"
                            } else {
                                "an integer"
                            },
                        );
                    };
                    let known = values
                        .iter()
                        .find(|value| value.wire == spelling || value.aliases.contains(&spelling));
                    // A value that is not known is kept as it is: enums are open.
                    let wire = known.map_or(spelling, |value| value.wire.clone());
                    Read::Stored(match (repr, wire.parse::<i64>()) {
                        (Repr::I32 | Repr::I64, Ok(number)) => Value::from(number),
                        _ => Value::String(wire),
                    })
                }
            },
            _ => match node.atom().and_then(|atom| scalar(atom, ty)) {
                Some(value) => Read::Stored(value),
                None => self.wrong(node, name, expects(ty)),
            },
        }
    }

    fn wrong(&mut self, node: &Node<'_>, name: &str, expects: &str) -> Read {
        self.diagnostics.push(
            wrong(node, &format!("`{name}`"), expects)
                .help("correct the type of the field, or the example; where the page contradicts itself, say so in `quirks`"),
        );
        Read::Nothing
    }

    fn unknown(&mut self, entry: &Entry<'_>, known: &[&str], owner: &str, mend: &str) {
        let near = closest(&entry.key, known.iter().copied());
        self.diagnostics.push(
            Diagnostic::error(
                codes::UNKNOWN_MEMBER,
                entry.key_span,
                format!("{owner} has no `{}`", entry.key),
            )
            .suggest(near, || format!("{mend}: {}", one_of(known))),
        );
    }
}

/// What is there of a field that an answer does not have: lists and maps are empty then.
fn empty(ty: &Type) -> Option<Value> {
    match ty {
        Type::List(_) => Some(Value::Array(Vec::new())),
        Type::Map(_) => Some(Value::Object(Map::new())),
        _ => None,
    }
}

/// A value as it is written: within the object that the provider puts around it.
fn wrapped(value: Value, field: &Field) -> Value {
    match &field.wrapper {
        Some(wrapper) => Value::Object(Map::from_iter([(wrapper.clone(), value)])),
        None => value,
    }
}
