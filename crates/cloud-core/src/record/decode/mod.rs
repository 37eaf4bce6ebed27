//! The one decoder: fills a record from any self-describing format, and from JSON without being generic at all.

mod context;
mod json;
mod map;
mod members;
mod slot;
mod wrapped;

use serde_core::de::{DeserializeSeed as _, Deserializer, Error as _};

use super::{FromScalar, RecordMut, RecordSlot, Slot};
pub(crate) use context::Context;
pub(crate) use json::ENTRY as JSON_ENTRY;
pub(crate) use members::Found;
pub(crate) use slot::SlotSeed;

/// Reads a record. What `Deserialize` of every generated record calls.
pub fn deserialize<'de, T: RecordMut + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut record = T::default();
    fill(&mut record, deserializer, Context::default())?;
    Ok(record)
}

/// Fills a record from an object that is in this text, which may take no more memory than an answer of this length.
pub(super) fn from_text(record: &mut dyn RecordMut, text: &str) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    fill(record, &mut deserializer, Context::of_text(text))?;
    deserializer.end()
}

/// Fills the place of a field from JSON that is in this text, with the same bound. Says whether something was stored there.
pub(super) fn slot_from_text(slot: Slot<'_>, text: &str) -> serde_json::Result<bool> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let context = &mut Context::of_text(text);
    let is_there = SlotSeed { slot, context }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(is_there)
}

/// Fills a record from an object.
///
/// Unknown members are skipped, `null` and missing members leave their field as it is, and a value of the wrong type is an error
/// that names the place, such as `BackupSet[3].Status`.
fn fill<'de, D: Deserializer<'de>>(
    record: &mut dyn RecordMut,
    deserializer: D,
    context: Context,
) -> Result<(), D::Error> {
    let mut context = context.around();
    let mut place = Lent(record);
    let seed = SlotSeed {
        slot: Slot::Record(&mut place),
        context: &mut context,
    };
    match seed.deserialize(deserializer) {
        Ok(true) => Ok(()),
        Ok(false) => Err(D::Error::custom("expected an object, found nothing")),
        Err(error) => Err(match context.problem() {
            Some(problem) => D::Error::custom(problem),
            None => error,
        }),
    }
}

/// A record that is there already, as the place of one.
struct Lent<'a>(&'a mut dyn RecordMut);

impl RecordSlot for Lent<'_> {
    fn begin(&mut self) -> &mut dyn RecordMut {
        self.0
    }
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
pub(crate) const BIG_NUMBER: &str = "$serde_json::private::Number";
