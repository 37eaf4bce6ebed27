//! Examples: requests ready to be written as Rust, answers as they are sent and as they are stored.

use serde_json::Value;

/// An example of the page, checked against its operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it shows.
    pub title: Option<String>,
    /// The request, ready to be written as Rust.
    pub request: Option<Call>,
    /// The request as the page has it.
    pub sent: Option<Value>,
    /// The answer.
    pub response: Option<Answer>,
}

/// The example of an operation's documentation: a request, and what is done with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The request.
    pub call: Call,
    /// What the client does with it.
    pub verb: Verb,
}

/// What a client does with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Sends it.
    Send,
    /// Reads a list to its end, item by item.
    Items,
    /// Sends it until something has happened.
    Wait,
}

/// A request of an example, ready to be written as Rust.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The arguments of `new`, in its order.
    pub arguments: Vec<Argument>,
    /// What is set after that: parameters in the order of the spec, then the scope.
    pub setters: Vec<Argument>,
}

/// A value for a field, by the field's Rust name.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// The field.
    pub name: String,
    /// The value.
    pub value: Literal,
}

/// A value, typed: how it is written in Rust is clear from it alone.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// Text, secret or not; for text that carries JSON, a time or a record, the text as it is sent.
    Text(String),
    /// True or false.
    Bool(bool),
    /// An integer of any width, in digits; also a point in time, and what text carries.
    Integer(String),
    /// A number with a fraction: always written with a point or an exponent.
    Float(String),
    /// A known value of an enum.
    Variant {
        /// The enum.
        enumeration: String,
        /// Its variant.
        variant: String,
    },
    /// Bytes.
    Bytes(Vec<u8>),
    /// Any JSON.
    Json(Value),
    /// A list.
    List(Vec<Literal>),
    /// A map, in the order of the spec.
    Map(Vec<(String, Literal)>),
    /// A record, made as a request is: `new` and setters.
    Record {
        /// The record.
        name: String,
        /// The arguments of `new`, in its order.
        arguments: Vec<Argument>,
        /// What is set after that.
        setters: Vec<Argument>,
    },
}

/// An answer of an example.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The body as the page prints it.
    pub body: Value,
    /// What the decoded answer serialises to: without the provider's wrapper around it (Tencent's `Response`), every member under its
    /// canonical name and in canonical spelling, unknown members and nulls dropped, absent lists present and empty.
    pub canonical: Value,
}
