//! Fields and their types.

use super::{Literal, Rules};

/// A parameter of a request, or a member of an answer or a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name on the wire: `InstanceId`.
    pub wire: String,
    /// Its name in Rust: `instance_id`; `r#type` where the word is taken.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Whether it is an argument of `new`.
    pub required: bool,
    /// What `new` sets it to: paging parameters that the provider requires are no arguments.
    pub preset: Option<Literal>,
    /// Other names on the wire that answers use.
    pub aliases: Vec<String>,
    /// Where in the request it goes.
    pub location: Location,
    /// Whether a list, a record, a map or free JSON is sent as one text that holds JSON.
    pub json_text: bool,
    /// The one member of the object that answers put around a list: `Vault` in `{"Vaults": {"Vault": […]}}`.
    pub wrapper: Option<String>,
    /// Default, range, lengths, text rules, conditions.
    pub rules: Rules,
    /// A value it may have, as text.
    pub example: Option<String>,
    /// Where it is from, when the documentation page does not have it: `in the official SDKs`.
    pub from: Option<String>,
    /// What to use instead, if the provider does not want it to be used any more.
    pub deprecated: Option<String>,
    /// What it is.
    pub doc: String,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// Where the provider's parameters go: a form (UCloud), JSON (Tencent Cloud), the query (Alibaba Cloud).
    Default,
    /// The query, said so.
    Query,
    /// The form.
    Form,
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// Text.
    String,
    /// Text that `Debug` does not show.
    Secret,
    /// True or false.
    Bool,
    /// A signed number of 32 bits.
    I32,
    /// A signed number of 64 bits.
    I64,
    /// An unsigned number of 64 bits.
    U64,
    /// A number with a fraction.
    F64,
    /// Any JSON.
    Json,
    /// A point in time as a number: seconds since 1970.
    UnixSeconds,
    /// A point in time as a number: milliseconds since 1970.
    UnixMillis,
    /// The address of something to download; `Debug` does not show what gives access.
    DownloadUrl,
    /// Text that carries something. The text is kept as it is.
    Text(Carried),
    /// A record or an enum, by its Rust name.
    Named(String),
    /// A list.
    List(Box<Type>),
    /// A map whose keys are text.
    Map(Box<Type>),
}

/// What text carries.
#[derive(Debug, Clone, PartialEq)]
pub enum Carried {
    /// `true` or `false`.
    Bool,
    /// A signed number of 64 bits.
    I64,
    /// An unsigned number of 64 bits.
    U64,
    /// A number with a fraction.
    F64,
    /// Any JSON.
    Json,
    /// Bytes, in Base64.
    Bytes,
    /// Seconds since 1970.
    UnixSeconds,
    /// Milliseconds since 1970.
    UnixMillis,
    /// `YYYY-MM-DD HH:mm:ss`, without a zone.
    DateTime,
    /// `YYYY-MM-DD`.
    Date,
    /// `HH:mm`.
    Time,
    /// `HH:mm-HH:mm`.
    TimeRange,
    /// A record, as JSON, by its Rust name.
    Record(String),
}

/// A type that a spec defines.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// Its Rust name.
    pub name: String,
    /// What it is.
    pub doc: String,
    /// Where it is from, when the documentation page does not have it.
    pub from: Option<String>,
    /// A record or an enum.
    pub kind: TypeKind,
}

/// What a defined type is.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// Named members.
    Record {
        /// The members, in the order of the spec.
        fields: Vec<Field>,
        /// Whether requests may hold it, as the spec says: members that are required are plain then, all others may be left out.
        input: bool,
        /// Whether it can be read from an answer: nothing in it is required, so that there is an empty one to fill.
        readable: bool,
        /// The type of the arguments of `new`, when more than three members are required.
        args_name: Option<String>,
    },
    /// A set of known values.
    Enum {
        /// How the values are sent.
        repr: Repr,
        /// The values, in the order of the spec.
        values: Vec<EnumValue>,
    },
}

/// How the values of an enum are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repr {
    /// As text.
    Text,
    /// As an integer.
    Integer,
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumValue {
    /// The variant: `Running`.
    pub name: String,
    /// The canonical spelling on the wire: `1`, `Success`.
    pub wire: String,
    /// Other spellings that mean the same.
    pub aka: Vec<String>,
    /// What it means.
    pub doc: String,
    /// Where it is from, when the documentation page does not have it.
    pub from: Option<String>,
    /// What to use instead, if the provider does not want it to be used any more.
    pub deprecated: Option<String>,
}
