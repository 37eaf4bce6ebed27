//! The members of an object into the fields of a record.

use std::fmt;

use serde_core::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::wrapped::WrappedSeed;
use super::{Context, SlotSeed};
use crate::record::{Field, RecordMut, Step};

/// Decodes the members of an object into a record.
pub(super) struct RecordVisitor<'r, 'c> {
    pub(super) record: &'r mut dyn RecordMut,
    pub(super) context: &'c mut Context,
}

impl<'de> Visitor<'de> for RecordVisitor<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let fields = self.record.fields();
        let mut expected = 0;
        while let Some(found) = map.next_key_seed(KeySeed { fields, expected })? {
            match found {
                Some(found) => {
                    expected = found.index + 1;
                    found.fill(self.record, &mut map, self.context)?;
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// A member of an object that is a field of the record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) index: usize,
    field: &'static Field,
    alias: Option<&'static &'static str>,
}

impl Found {
    /// Looks a name up, first where it stands when members come in the order of the table.
    #[inline]
    pub(crate) fn look_up(fields: &'static [Field], expected: usize, name: &str) -> Option<Self> {
        match fields.get(expected) {
            Some(field) if field.name == name => Some(Self {
                index: expected,
                field,
                alias: None,
            }),
            _ => Self::search(fields, name),
        }
    }

    fn search(fields: &'static [Field], name: &str) -> Option<Self> {
        let fields = || fields.iter().enumerate();
        if let Some((index, field)) = fields().find(|(_, field)| field.name == name) {
            return Some(Self {
                index,
                field,
                alias: None,
            });
        }
        fields().find_map(|(index, field)| {
            let alias = field.aliases.iter().find(|alias| **alias == name);
            alias.map(|_| Self {
                index,
                field,
                alias,
            })
        })
    }

    /// Decodes the value that follows. The value of an alias is skipped if the field has one already.
    // Every field runs through here: a call of its own would cost 3 % of all decoding.
    #[inline(always)]
    pub(crate) fn fill<'de, A: MapAccess<'de>>(
        self,
        record: &mut dyn RecordMut,
        map: &mut A,
        context: &mut Context,
    ) -> Result<(), A::Error> {
        if self.alias.is_some() && !record.value(self.index).is_empty() {
            return map.next_value::<IgnoredAny>().map(|_| ());
        }
        let seed = SlotSeed {
            slot: record.slot(self.index),
            context,
        };
        let outcome = match self.field.wrapper() {
            None => map.next_value_seed(seed),
            Some(member) => fill_wrapped(member, seed, map),
        };
        match outcome {
            Ok(_) => Ok(()),
            Err(error) => {
                let name = self.alias.copied().unwrap_or(self.field.name);
                context.path.push_outer(Step::Field(name));
                Err(error)
            }
        }
    }
}

/// Apart from the rest, which every field runs through.
#[cold]
fn fill_wrapped<'de, A: MapAccess<'de>>(
    member: &'static str,
    seed: SlotSeed<'_, '_>,
    map: &mut A,
) -> Result<bool, A::Error> {
    map.next_value_seed(WrappedSeed { member, seed })
}

/// Reads the name of a member without keeping it.
struct KeySeed {
    fields: &'static [Field],
    expected: usize,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Option<Found>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Option<Found>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a member")
    }

    #[inline]
    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Found::look_up(self.fields, self.expected, name))
    }
}
