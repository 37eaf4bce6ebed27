//! What specs cover: how much of an operation, of a service, of all of them is described.

use serde_json::{Value, json};

use crate::model::{Field, Operation, Service, TypeDef, TypeKind};

/// How many there are, and how many of them have documentation.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Documented {
    all: usize,
    documented: usize,
}

/// What is there.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    operations: usize,
    request: Documented,
    response: Documented,
    records: Documented,
    with_requests: usize,
    with_responses: usize,
    paging: usize,
    waiters: usize,
    quirks: usize,
    deprecated: usize,
}

/// What the numbers of [`Coverage::cells`] count.
pub const HEADS: &[&str] = &[
    "operations",
    "request",
    "response",
    "records",
    "requests shown",
    "answers shown",
    "paging",
    "waiters",
    "quirks",
    "deprecated",
];

impl Coverage {
    /// What one operation covers.
    pub fn of_operation(operation: &Operation) -> Self {
        let mut coverage = Self {
            operations: 1,
            with_requests: usize::from(
                operation
                    .examples
                    .iter()
                    .any(|example| example.request.is_some()),
            ),
            with_responses: usize::from(
                operation
                    .examples
                    .iter()
                    .any(|example| example.response.is_some()),
            ),
            paging: usize::from(operation.paging.is_some()),
            waiters: operation.waiters.len(),
            quirks: operation.quirks.len(),
            deprecated: usize::from(operation.deprecated.is_some())
                + deprecated(&operation.request)
                + deprecated(&operation.response),
            ..Self::default()
        };
        for parameter in &operation.scope {
            coverage.request.count(&parameter.doc);
        }
        coverage.request.fields(&operation.request);
        coverage.response.fields(&operation.response);
        coverage.types(&operation.types);
        coverage
    }

    /// What one service covers.
    pub fn of_service(service: &Service) -> Self {
        let mut coverage = Self {
            quirks: service.quirks.len(),
            ..Self::default()
        };
        coverage.types(&service.types);
        let operations = service.operations.iter().map(Self::of_operation);
        coverage + operations.sum()
    }

    fn types(&mut self, types: &[TypeDef]) {
        for def in types {
            match &def.kind {
                TypeKind::Record { fields, .. } => {
                    self.records.fields(fields);
                    self.deprecated += deprecated(fields);
                }
                TypeKind::Enum { values, .. } => {
                    let old = values.iter().filter(|value| value.deprecated.is_some());
                    self.deprecated += old.count();
                }
            }
        }
    }

    /// The numbers for people, under [`HEADS`].
    pub fn cells(&self) -> Vec<String> {
        let documented = |Documented { all, documented }: Documented| format!("{documented}/{all}");
        vec![
            self.operations.to_string(),
            documented(self.request),
            documented(self.response),
            documented(self.records),
            self.with_requests.to_string(),
            self.with_responses.to_string(),
            self.paging.to_string(),
            self.waiters.to_string(),
            self.quirks.to_string(),
            self.deprecated.to_string(),
        ]
    }

    /// The numbers for programs.
    pub fn to_json(self) -> Value {
        let documented = |Documented { all, documented }: Documented| json!({ "fields": all, "documented": documented });
        json!({
            "operations": self.operations,
            "request": documented(self.request),
            "response": documented(self.response),
            "records": documented(self.records),
            "operations_with_example_requests": self.with_requests,
            "operations_with_example_responses": self.with_responses,
            "operations_with_paging": self.paging,
            "waiters": self.waiters,
            "quirks": self.quirks,
            "deprecated": self.deprecated,
        })
    }
}

impl Documented {
    fn fields(&mut self, fields: &[Field]) {
        for field in fields {
            self.count(&field.doc);
        }
    }

    fn count(&mut self, doc: &str) {
        self.all += 1;
        self.documented += usize::from(!doc.is_empty());
    }
}

fn deprecated(fields: &[Field]) -> usize {
    let old = fields.iter().filter(|field| field.deprecated.is_some());
    old.count()
}

impl std::ops::Add for Documented {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            all: self.all + other.all,
            documented: self.documented + other.documented,
        }
    }
}

impl std::ops::Add for Coverage {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            operations: self.operations + other.operations,
            request: self.request + other.request,
            response: self.response + other.response,
            records: self.records + other.records,
            with_requests: self.with_requests + other.with_requests,
            with_responses: self.with_responses + other.with_responses,
            paging: self.paging + other.paging,
            waiters: self.waiters + other.waiters,
            quirks: self.quirks + other.quirks,
            deprecated: self.deprecated + other.deprecated,
        }
    }
}

impl std::iter::Sum for Coverage {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |sum, part| sum + part)
    }
}
