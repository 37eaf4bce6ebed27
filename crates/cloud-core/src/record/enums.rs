//! Open enums: a value that nobody knew when the crate was made is kept and sent back unchanged.

/// An enum over text. Generated types implement it and take the rest from [`text_enum!`](crate::text_enum).
pub trait TextEnum: Sized {
    /// The value that this text means; every spelling of a known value gives that value.
    fn from_wire(text: &str) -> Self;

    /// The text of the value, in its canonical spelling.
    fn as_wire(&self) -> &str;
}

/// An enum over integers. Generated types implement it and take the rest from [`integer_enum!`](crate::integer_enum).
pub trait IntegerEnum: Sized {
    /// The value that this number means.
    fn from_wire(number: i64) -> Self;

    /// The number of the value.
    fn as_wire(&self) -> i64;
}
