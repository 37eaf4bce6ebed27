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
    /// True or false, as a number: `1` or `0`.
    Flag,
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
    /// An hour of the day, from 0 to 23.
    Hour,
    /// A point in time as a number: seconds since 1970.
    UnixSeconds,
    /// A point in time as a number: milliseconds since 1970.
    UnixMillis,
    /// The address of something to download; `Debug` does not show what gives access.
    DownloadUrl,
    /// Text that carries something. The text is kept as it is.
    Text(Carried),
    /// Text that holds JSON: any, a record, a list or a map. The text is kept as it is.
    JsonText(Box<Type>),
    /// The same as a secret.
    SecretJson(Box<Type>),
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
    /// `1` or `0`.
    Flag,
    /// A signed number of 64 bits.
    I64,
    /// An unsigned number of 64 bits.
    U64,
    /// A number with a fraction.
    F64,
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
}

/// The types that need no definition, by their words in the grammar.
pub const BUILT_IN: &[(&str, Type)] = &[
    ("string", Type::String),
    ("bool", Type::Bool),
    ("flag", Type::Flag),
    ("i32", Type::I32),
    ("i64", Type::I64),
    ("u64", Type::U64),
    ("f64", Type::F64),
    ("any", Type::Json),
    ("hour", Type::Hour),
    ("unix_seconds", Type::UnixSeconds),
    ("unix_millis", Type::UnixMillis),
    ("date_time", Type::Text(Carried::DateTime)),
    ("date", Type::Text(Carried::Date)),
    ("time", Type::Text(Carried::Time)),
    ("time_range", Type::Text(Carried::TimeRange)),
    ("base64", Type::Text(Carried::Bytes)),
    ("download_url", Type::DownloadUrl),
];

/// What `{ text: … }` can hold, by its word in the grammar.
pub const IN_TEXT: &[(&str, Carried)] = &[
    ("bool", Carried::Bool),
    ("flag", Carried::Flag),
    ("i64", Carried::I64),
    ("u64", Carried::U64),
    ("f64", Carried::F64),
    ("unix_seconds", Carried::UnixSeconds),
    ("unix_millis", Carried::UnixMillis),
];

impl Type {
    /// What JSON in text holds; the type itself if it is none.
    pub fn held(&self) -> &Type {
        match self {
            Type::JsonText(of) | Type::SecretJson(of) => of,
            other => other,
        }
    }

    /// The type within all lists and maps.
    pub fn innermost(&self) -> &Type {
        match self {
            Type::List(inner) | Type::Map(inner) => inner.innermost(),
            other => other,
        }
    }
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
    /// As an integer of 32 bits.
    I32,
    /// As an integer of 64 bits.
    I64,
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumValue {
    /// The variant: `Running`.
    pub name: String,
    /// The canonical spelling on the wire: `1`, `Success`.
    pub wire: String,
    /// Other spellings that mean the same.
    pub aliases: Vec<String>,
    /// What it means.
    pub doc: String,
    /// Where it is from, when the documentation page does not have it.
    pub from: Option<String>,
    /// What to use instead, if the provider does not want it to be used any more.
    pub deprecated: Option<String>,
}
