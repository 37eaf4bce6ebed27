//! The checked model of every service: what the renderer turns into files.
//!
//! Everything is decided here: names are Rust names, types are resolved, rules are data, examples fit their operations.
//! Rendering never looks back at a spec.

mod behaviour;
mod example;
mod operation;
mod rules;
mod service;
mod types;

pub use behaviour::{
    Completion, CompletionSource, CompletionStep, CompletionTarget, Member, Outcome, PagedBy,
    Paging, PagingParameter, Waiter,
};
pub use example::{Answer, Argument, Call, Example, Literal, Sample, Verb};
pub use operation::{Effect, Operation, RateLimit, ScopeField, ScopeKey};
pub use rules::{Condition, Rules, Step};
pub use service::{EndpointRule, ErrorCode, ErrorKind, Provider, Service, When};
pub use types::{
    BUILT_IN, Carried, EnumValue, Field, IN_TEXT, Location, Repr, Type, TypeDef, TypeKind,
};
