//! What an operation does over several calls: pages, ends to wait for, work that goes on.

use super::{Literal, Type};

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

/// How one finds out that the work of an operation is done: with the request to wait on, made from this request and its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Completion {
    /// The module of the operation that tells: `describe_task`.
    pub operation_module: String,
    /// The type of its request: `DescribeTask`.
    pub request_name: String,
    /// The type of the arguments of its `new`, if it has one.
    pub args_name: Option<String>,
    /// The waiter to wait with.
    pub waiter: String,
    /// Whether that is the one that the operation waits with unless told otherwise.
    pub is_default_waiter: bool,
    /// The parameters: the arguments of `new` in its order, then what setters set.
    pub fields: Vec<(CompletionTarget, CompletionSource)>,
}

/// A parameter that a completion sets, or a member of a record in one.
#[derive(Debug, Clone, PartialEq)]
pub struct CompletionTarget {
    /// Its name in Rust.
    pub name: String,
    /// Its type; types that a spec defines are those of the operation that tells.
    pub ty: Type,
    /// Whether it is an argument of `new`.
    pub required: bool,
}

/// Where a completion takes a value from.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    dead_code,
    reason = "specs can name members of the answer alone so far"
)]
pub enum CompletionSource {
    /// A member of the request, as members from the request down.
    Request(Vec<CompletionStep>),
    /// A member of the answer, as members from the answer down.
    Response(Vec<CompletionStep>),
    /// What the spec says.
    Literal(Literal),
    /// A list.
    List(Vec<CompletionSource>),
    /// A record, made with `new` and setters.
    Record {
        /// The record.
        name: String,
        /// The type of the arguments of its `new`, if it has one.
        args_name: Option<String>,
        /// Its members.
        fields: Vec<(CompletionTarget, CompletionSource)>,
    },
}

/// A step of a path of a completion.
#[derive(Debug, Clone, PartialEq)]
pub struct CompletionStep {
    /// The member's name in Rust.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Whether it is kept in an `Option`.
    pub optional: bool,
}
