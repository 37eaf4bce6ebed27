//! An answer member by member: which field takes it, and what the field makes of it.

use serde_json::{Map, Value};

use super::scalar::{integer, scalar, text};
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::{Field, Repr, Type, TypeKind};
use crate::resolve::literal::{Lookup, expects, wrong};
use crate::spec::one_of;
use crate::yaml::{Atom, Entry, Kind, Node};

/// Reads the members of an answer.
pub struct Reader<'l, 'm, 'd> {
    /// The types that fields can have.
    pub types: &'l Lookup<'m>,
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

impl Reader<'_, '_, '_> {
    /// Reads an object as a record. Members that are `passed_over` need no field.
    pub fn record(
        &mut self,
        entries: &[Entry<'_>],
        fields: &[Field],
        owner: &str,
        passed_over: &[&str],
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
                if !passed_over.contains(&key) {
                    self.unknown(entry, fields, owner);
                }
                continue;
            };
            let value = self.value(&entry.value, &fields[index].ty, key);
            // The canonical name wins over an alias, wherever the two stand.
            let is_filled = found[index]
                .as_ref()
                .is_some_and(|value| *value != Value::Array(Vec::new()));
            if let Read::Stored(value) = value
                && (canonical.is_some() || !is_filled)
            {
                found[index] = Some(value);
            }
        }
        let with_empty_lists = fields.iter().zip(found).filter_map(|(field, value)| {
            let empty = matches!(field.ty, Type::List(_)).then(|| Value::Array(Vec::new()));
            Some((field.wire.clone(), value.or(empty)?))
        });
        with_empty_lists.collect()
    }

    fn value(&mut self, node: &Node<'_>, ty: &Type, name: &str) -> Read {
        let is_text = match ty {
            Type::String | Type::Secret => true,
            Type::Bool
            | Type::I32
            | Type::I64
            | Type::U64
            | Type::F64
            | Type::Named(_)
            | Type::List(_) => false,
        };
        match (&node.kind, ty) {
            (Kind::Null, _) => Read::Nothing,
            (Kind::Scalar(scalar), _) if !is_text && scalar.atom() == Atom::Text("") => {
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
            (_, Type::Named(type_name)) => match self.types.get(type_name) {
                None => Read::Nothing,
                Some(TypeKind::Record { fields, .. }) => match node.entries() {
                    Some(entries) => Read::Stored(Value::Object(self.record(
                        entries,
                        fields,
                        &format!("`{type_name}`"),
                        &[],
                    ))),
                    None => self.wrong(node, name, "a mapping"),
                },
                Some(TypeKind::Enum { repr, values }) => {
                    let spelling = node.atom().and_then(|atom| match repr {
                        Repr::Text => text(atom),
                        Repr::Integer => integer::<i64>(atom).map(|number| number.to_string()),
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
                        .find(|value| value.wire == spelling || value.aka.contains(&spelling));
                    // A value that is not known is kept as it is: enums are open.
                    let wire = known.map_or(spelling, |value| value.wire.clone());
                    Read::Stored(match (repr, wire.parse::<i64>()) {
                        (Repr::Integer, Ok(number)) => Value::from(number),
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

    fn unknown(&mut self, entry: &Entry<'_>, fields: &[Field], owner: &str) {
        let known: Vec<&str> = fields.iter().map(|field| &*field.wire).collect();
        let near = closest(&entry.key, known.iter().copied());
        self.diagnostics.push(
            Diagnostic::error(
                codes::UNKNOWN_MEMBER,
                entry.key_span,
                format!("{owner} has no `{}`", entry.key),
            )
            .suggest(near, || {
                format!(
                    "add the field, or add the name to the `aliases` of the one it stands for: {}",
                    one_of(&known)
                )
            }),
        );
    }
}
