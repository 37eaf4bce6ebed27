//! Records: structs that know their fields as they stand on the wire.
//!
//! A generated struct derives neither `Serialize` nor `Deserialize`: that would be compiled once more for every struct of every
//! service. [`record!`](crate::record!) implements [`Record`] and [`RecordMut`] for it, a table and two `match`es, and the code in
//! this module walks them: one encoder, one decoder, one serialiser for all structs of all services. The decoder
//! is also the one place where the providers' habits are forgiven: numbers sent as text, `null`, `""`, a second name for a field.

mod convert;
mod decode;
mod equal;
#[doc(hidden)]
pub mod field;
mod macros;
mod path;
mod scalar;
mod serialize;
mod slot;
mod text;
mod text_format;
mod value;

pub use convert::convert;
pub(crate) use convert::scalar;
pub(crate) use decode::{BIG_NUMBER, Context, Found, JSON_ENTRY, SlotSeed};
pub use decode::{deserialize, deserialize_scalar};
pub use equal::equal;
pub use field::Field;
pub(crate) use path::{Path, Step};
pub use scalar::{FromScalar, Scalar};
pub use serialize::{WithSecrets, serialize, with_secrets};
pub use slot::{AsSlot, Element, ListSlot, MapSlot, RecordSlot, ScalarSlot, Slot, slot};
pub use text::Text;
pub use text_format::{Flag, FromText, TextFormat};
pub use value::{AsValue, List, Map, Value, value};

/// A struct whose fields can be read by their names on the wire.
pub trait Record {
    /// The fields, in the order that [`value`](Self::value) and [`RecordMut::slot`] count them.
    fn fields(&self) -> &'static [Field];

    /// The value of the field with this index; [`Value::Absent`] past the end.
    fn value(&self, index: usize) -> Value<'_>;
}

/// A [`Record`] whose fields can be filled, so that an answer can be decoded into it.
pub trait RecordMut: Record {
    /// The place of the field with this index; [`Slot::Unknown`] past the end.
    fn slot(&mut self, index: usize) -> Slot<'_>;
}
