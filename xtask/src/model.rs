//! The checked model of every service: what the renderer turns into files.
//!
//! Everything is decided here: names are Rust names, types are resolved, rules are sentences, examples fit their operations.
//! Rendering never looks back at a spec.

use serde_json::Value;

/// One service: one folder of `specs/`, one crate.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// The package: `tencent-redis`.
    pub crate_name: String,
    /// The package as Rust code names it: `tencent_redis`.
    pub lib_name: String,
    /// Where its specs are, from the workspace root: `specs/tencent-redis`.
    pub spec_dir: String,
    /// Whose service it is: how it is signed and answered.
    pub provider: Provider,
    /// The type that stands for the service in signatures: `Redis`.
    pub marker: String,
    /// The product's name on the wire and in hosts: `redis`.
    pub product: String,
    /// The version of its API: `2018-04-12`; UCloud has none.
    pub version: Option<String>,
    /// What people call it: `Tencent Cloud Redis`.
    pub title: String,
    /// One or two sentences about it.
    pub description: String,
    /// The provider's page about the whole service.
    pub documentation: String,
    /// Words for crates.io.
    pub keywords: Vec<String>,
    /// Which host serves which region: the first rule that matches wins, the last matches always.
    pub endpoints: Vec<EndpointRule>,
    /// Codes that any operation may answer.
    pub errors: Vec<ErrorCode>,
    /// What is odd about the service.
    pub quirks: Vec<String>,
    /// Types that several operations share.
    pub types: Vec<TypeDef>,
    /// Its operations, sorted by action.
    pub operations: Vec<Operation>,
}

/// Whose rules a service follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    /// UCloud: a form signed with SHA-1, `RetCode` in the answer.
    Ucloud,
    /// Tencent Cloud: JSON signed with TC3, the answer inside `Response`.
    Tencent,
    /// Alibaba Cloud: query and form signed with ACS3.
    Aliyun,
}

/// A host, and the regions that it serves.
#[derive(Debug, Clone, PartialEq)]
pub struct EndpointRule {
    /// The host; `{region}` stands for the region.
    pub host: String,
    /// The regions.
    pub when: When,
    /// Why the rule is there.
    pub doc: String,
}

/// The regions of an endpoint rule.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    /// Every region.
    Always,
    /// Regions whose name ends so.
    Suffix(String),
    /// These regions.
    Regions(Vec<String>),
}

/// A code that a provider answers instead of a result.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorCode {
    /// The code as it is sent.
    pub code: String,
    /// What it means to a program.
    pub kind: ErrorKind,
    /// What it means to a reader.
    pub doc: String,
    /// Where it is from, when the documentation page does not have it.
    pub newer: Option<String>,
}

/// What an error code means to a program; the runtime has the same kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// Too many requests.
    Throttled,
    /// The credentials are wrong.
    Authentication,
    /// The credentials are right but may not do this.
    PermissionDenied,
    /// The thing is not there.
    NotFound,
    /// A parameter is wrong.
    InvalidParameter,
    /// A limit of the account is reached.
    QuotaExceeded,
    /// The provider cannot serve just now.
    Unavailable,
    /// The provider is at fault.
    Internal,
    /// The thing is in a state that does not allow it.
    Conflict,
    /// None of these.
    Other,
}

/// One operation: one page of the provider's documentation, one module.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Its name on the wire: `DescribeInstanceBackups`.
    pub action: String,
    /// Its spec, from the workspace root: `specs/tencent-redis/DescribeInstanceBackups.yaml`.
    pub spec_file: String,
    /// Its module: `describe_instance_backups`.
    pub module: String,
    /// The type of its request: `DescribeInstanceBackups`.
    pub request_name: String,
    /// The type of its response: `DescribeInstanceBackupsResponse`.
    pub response_name: String,
    /// The type of the arguments of `new`, when more than three parameters are required: `DescribeInstanceBackupsArgs`.
    pub args_name: Option<String>,
    /// What it does, in one sentence.
    pub summary: String,
    /// More about it; paragraphs are separated by a blank line.
    pub description: Option<String>,
    /// The provider's page.
    pub reference: String,
    /// Whether it changes anything.
    pub effect: Effect,
    /// How often it may be called: `20/s`.
    pub rate_limit: Option<String>,
    /// What the account must be allowed to do.
    pub permission: Option<String>,
    /// Parameters that come from the client, in the order region, zone, project.
    pub scope: Vec<ScopeField>,
    /// The other parameters, in the order of the spec.
    pub request: Vec<Field>,
    /// What it answers, in the order of the spec.
    pub response: Vec<Field>,
    /// The types that only this operation has, in the order of the spec.
    pub types: Vec<TypeDef>,
    /// Codes that it may answer, in the order of the spec.
    pub errors: Vec<ErrorCode>,
    /// The page's examples.
    pub examples: Vec<Example>,
    /// What is odd about it.
    pub quirks: Vec<String>,
    /// What changed about it, as its page tells.
    pub history: Vec<Change>,
}

/// Whether an operation changes anything; decides what may be sent twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It looks.
    Read,
    /// It changes something.
    Write,
}

/// A parameter that comes from the client and can be set on a request.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeField {
    /// Which one.
    pub key: ScopeKey,
    /// Its name on the wire.
    pub wire: String,
    /// Whether a request without it is refused before it is sent.
    pub required: bool,
    /// What the page says about it.
    pub doc: String,
}

/// What a scope parameter says: where, or for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScopeKey {
    /// The region; the setter is `region`.
    Region,
    /// The zone; the setter is `zone`.
    Zone,
    /// The project; the setter is `project`.
    Project,
}

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
    /// Other names on the wire that answers use.
    pub aliases: Vec<String>,
    /// Where in the request it goes.
    pub location: Location,
    /// Whether a list is sent as one text that holds JSON.
    pub json_text: bool,
    /// Default, range, lengths, text rules, "only when": finished English sentences.
    pub rules: Vec<String>,
    /// A value it may have, as text.
    pub example: Option<String>,
    /// Where it is from, when the documentation page does not have it.
    pub newer: Option<String>,
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
    /// A record or an enum, by its Rust name.
    Named(String),
    /// A list.
    List(Box<Type>),
}

/// A type that a spec defines.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// Its Rust name.
    pub name: String,
    /// What it is.
    pub doc: String,
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
        /// Whether requests use it: it gets `new` and setters then.
        in_request: bool,
        /// Whether answers use it: it is decoded then.
        in_response: bool,
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
    pub newer: Option<String>,
}

/// An example of the page, checked against its operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it shows.
    pub title: Option<String>,
    /// The request, ready to be written as Rust.
    pub request: Option<Call>,
    /// The answer.
    pub response: Option<Answer>,
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
    /// Text, secret or not.
    Text(String),
    /// True or false.
    Bool(bool),
    /// An integer of any width, in digits.
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
    /// A list.
    List(Vec<Literal>),
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

/// A dated change of the provider's page.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The day: `2023-08-08`.
    pub date: String,
    /// What changed.
    pub change: String,
}
