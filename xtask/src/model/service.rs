//! A service: whose it is, where it answers, how it fails.

use super::{Operation, TypeDef};

/// One service: one folder of `specs/`, one crate.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// The package: `tencent-redis`.
    pub crate_name: String,
    /// The package as Rust code names it: `tencent_redis`.
    pub lib_name: String,
    /// Where the package is, from the workspace root: `crates/tencent-redis`.
    pub crate_dir: String,
    /// Its tables for the emulator, from the workspace root: `crates/cloud-emulator/tables/tencent-redis`.
    pub table_dir: String,
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
    /// The codes that its operations may answer.
    pub errors: Vec<ErrorCode>,
    /// What is true of all services of the provider; paragraphs are separated by a blank line.
    pub provider_description: Option<String>,
    /// What is odd about the service, and then what is odd about all services of the provider.
    pub quirks: Vec<String>,
    /// Types that several operations share.
    pub types: Vec<TypeDef>,
    /// Its operations, sorted by action.
    pub operations: Vec<Operation>,
    /// The operation that the example of the crate shows, by its index.
    pub headline: Option<usize>,
    /// What its crate exports from the runtime, sorted: what its public types are made of, and no more.
    pub exports: Vec<&'static str>,
    /// Whether the crate is published: fixtures are not.
    pub publish: bool,
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
    /// Whether no operation names it: any of them may answer it.
    pub common: bool,
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
