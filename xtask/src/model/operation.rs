//! An operation: what it takes and answers, and what it is to its callers.

use super::{Completion, ErrorCode, Example, Field, Paging, Sample, TypeDef, Waiter};

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
    /// What it answers, in the order of the spec, and last the id of the request if the body has it.
    pub response: Vec<Field>,
    /// The members of the provider's envelope that its answers have, where they do not have all of them.
    pub envelope: Option<Vec<String>>,
    /// How its answer comes in pages.
    pub paging: Option<Paging>,
    /// The ends that it can be polled for; the first is the default.
    pub waiters: Vec<Waiter>,
    /// How one finds out that the work is done which the answer only announces.
    pub completion: Option<Completion>,
    /// The example of its documentation.
    pub sample: Sample,
    /// What to use instead, if the provider does not want it to be used any more.
    pub deprecated: Option<String>,
    /// The types that only this operation has, in the order of the spec.
    pub types: Vec<TypeDef>,
    /// The shared types that its module exports, sorted: those that it uses, directly or through others.
    pub shared_types: Vec<String>,
    /// Codes that it may answer, in the order of the spec.
    pub errors: Vec<ErrorCode>,
    /// The page's examples.
    pub examples: Vec<Example>,
    /// What is odd about it.
    pub quirks: Vec<String>,
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

/// A parameter that comes from the client and can be set on a request.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeField {
    /// Which one.
    pub key: ScopeKey,
    /// Its name on the wire.
    pub wire: String,
    /// Whether a request without it is refused before it is sent.
    pub required: bool,
    /// A value it may have.
    pub example: Option<String>,
    /// What it is.
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
