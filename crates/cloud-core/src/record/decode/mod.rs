//! The one decoder: fills a record from any self-describing format, and from JSON without being generic at all.

mod json;
mod map;
mod members;
mod slot;
mod wrapped;

use serde_core::de::{self, DeserializeSeed as _, Deserializer, Error as _};

use super::{FromScalar, Path, RecordMut, Slot};
pub(crate) use members::Found;
use members::RecordVisitor;
pub(crate) use slot::SlotSeed;

/// Reads a record. What `Deserialize` of every generated record calls.
pub fn deserialize<'de, T: RecordMut + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut record = T::default();
    fill(&mut record, deserializer)?;
    Ok(record)
}

/// Fills a record from an object.
///
/// Unknown members are skipped, `null` and missing members leave their field as it is, and a value of the wrong type is an error
/// that names the place, such as `BackupSet[3].Status`.
pub(crate) fn fill<'de, D: Deserializer<'de>>(
    record: &mut dyn RecordMut,
    deserializer: D,
) -> Result<(), D::Error> {
    let mut context = Context::default();
    let visitor = RecordVisitor {
        record,
        context: &mut context,
    };
    deserializer
        .deserialize_any(visitor)
        .map_err(|error| match context.problem() {
            Some(problem) => D::Error::custom(problem),
            None => error,
        })
}

/// Reads one scalar. What `Deserialize` of every generated enum calls.
pub fn deserialize_scalar<'de, T: FromScalar, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut value: Option<T> = None;
    let mut context = Context::default();
    SlotSeed {
        slot: Slot::Scalar(&mut value),
        context: &mut context,
    }
    .deserialize(deserializer)?;
    value.ok_or_else(|| D::Error::custom(format_args!("expected {}, found nothing", T::EXPECTS)))
}

/// How serde_json hands out numbers as text when any crate of a build turns on its feature `arbitrary_precision`.
const BIG_NUMBER: &str = "$serde_json::private::Number";

/// As deep as serde_json goes into a text. Other formats, and values that never were text, must not end the stack either.
const MAX_LEVELS: u8 = 128;

/// What the decoder knows of its way: how deep it is, and what went wrong.
#[derive(Debug, Default)]
pub(crate) struct Context {
    pub(crate) path: Path,
    wrong_type: Option<String>,
    levels: u8,
}

impl Context {
    /// The error in words, if it is about a value of the wrong type.
    pub(crate) fn problem(&self) -> Option<String> {
        let problem = self.wrong_type.as_ref()?;
        let path = self.path.to_string();
        Some(if path.is_empty() {
            problem.clone()
        } else {
            format!("{path}: {problem}")
        })
    }

    fn wrong_type<E: de::Error>(&mut self, expected: &str, found: &str) -> E {
        let problem = format!("expected {expected}, found {found}");
        let error = E::custom(&problem);
        self.wrong_type = Some(problem);
        error
    }

    /// Reads what is inside an object or a list.
    #[inline]
    fn nested<T, E: de::Error>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.levels == MAX_LEVELS {
            return Err(E::custom(format_args!(
                "nested more than {MAX_LEVELS} levels deep"
            )));
        }
        self.levels += 1;
        let outcome = read(self);
        self.levels -= 1;
        outcome
    }
}
