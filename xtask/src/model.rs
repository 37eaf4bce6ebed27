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
    /// Where the package is, from the workspace root: `crates/tencent-redis`.
    pub crate_dir: String,
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
    /// How often it may be called.
    pub rate_limit: Option<RateLimit>,
    /// What the account must be allowed to do.
    pub permission: Option<String>,
    /// Parameters that come from the client, in the order region, zone, project.
    pub scope: Vec<ScopeField>,
    /// The other parameters, in the order of the spec.
    pub request: Vec<Field>,
    /// What it answers, in the order of the spec.
    pub response: Vec<Field>,
    /// How its answer comes in pages.
    pub paging: Option<Paging>,
    /// The ends that it can be polled for; the first is the default.
    pub waiters: Vec<Waiter>,
    /// How one finds out that the work is done which the answer only announces.
    pub completion: Option<Completion>,
    /// What to use instead, if the provider does not want it to be used any more.
    pub deprecated: Option<String>,
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

/// How often an operation may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// So many calls…
    pub calls: u32,
    /// …in so many seconds.
    pub seconds: u32,
}

/// How an answer comes in pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Paging {
    /// What tells a page from the next.
    pub by: PagedBy,
    /// The parameter that says which page.
    pub position: PagingParameter,
    /// The parameter that says how many items a page has at most.
    pub limit: Option<PagingParameter>,
    /// The lists that the pages are made of, each as members from the answer down. With more than one, pages can be asked for, but
    /// not items one by one.
    pub items: Vec<Vec<Member>>,
    /// The number of items on all pages, as members from the answer down.
    pub total: Option<Vec<Member>>,
}

/// What tells a page from the next.
#[derive(Debug, Clone, PartialEq)]
pub enum PagedBy {
    /// How many items come before it.
    Offset,
    /// Its number.
    Page {
        /// The number of the first page.
        first: u32,
    },
    /// A token that the page before it holds.
    Token {
        /// The token, as members from the answer down.
        next: Vec<Member>,
    },
}

/// A parameter that a pager sets.
#[derive(Debug, Clone, PartialEq)]
pub struct PagingParameter {
    /// Its name on the wire.
    pub wire: String,
    /// Its name in Rust.
    pub name: String,
    /// Its type: an integer, or text for a token.
    pub ty: Type,
    /// What holds when it is not set, if the spec says so.
    pub default: Option<u64>,
}

/// A step of a path into an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The member's name on the wire.
    pub wire: String,
    /// Its name in Rust.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Whether the path goes on in each item of the list that the member is.
    pub each: bool,
}

/// An end that an operation can be polled for.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiter {
    /// Its name: `success`.
    pub name: String,
    /// What has happened when it ends well.
    pub doc: String,
    /// What it looks at.
    pub path: Vec<Member>,
    /// Whether one value that has the right state is enough, where the path goes through a list.
    pub any: bool,
    /// Values that mean that it goes on, in their canonical spelling on the wire.
    pub pending: Vec<String>,
    /// Values that mean that it ended well.
    pub success: Vec<String>,
    /// Values that mean that it ended badly.
    pub failure: Vec<String>,
    /// What it means that there is nothing to look at.
    pub not_found: Outcome,
    /// How long to wait between two looks, in seconds, if the spec says so.
    pub interval: Option<u32>,
}

/// What a look at an answer means to one who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It goes on.
    Pending,
    /// It ended well.
    Success,
    /// It ended badly.
    Failure,
}

/// How one finds out that the work of an operation is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Completion {
    /// The type of the request that tells: `DescribeTask`.
    pub request_name: String,
    /// Its parameters, and the members of the answer that they are taken from, by their names on the wire.
    pub parameters: Vec<(String, String)>,
    /// The waiter, if it is not the default one.
    pub waiter: Option<String>,
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
    /// The project; the setter is `project_id`.
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
    /// Default, range, lengths, text rules, "only when": finished English sentences.
    pub rules: Vec<String>,
    /// A value it may have, as text.
    pub example: Option<String>,
    /// Where it is from, when the documentation page does not have it.
    pub newer: Option<String>,
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
    pub newer: Option<String>,
    /// What to use instead, if the provider does not want it to be used any more.
    pub deprecated: Option<String>,
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

/// A dated change of the provider's page.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The day: `2023-08-08`.
    pub date: String,
    /// What changed.
    pub change: String,
}
