//! The members of a JSON object, in the order in which they are written.

use serde_json::{Map, Value};

/// An object that is being put together.
#[derive(Default)]
pub struct Members(Map<String, Value>);

impl Members {
    /// A member that is always there.
    pub fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// A member, if there is a value for it.
    pub fn given(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// A member that is `true` or not there.
    pub fn flag(self, name: &str, value: bool) -> Self {
        self.given(name, value.then_some(true))
    }

    /// A list, if it has items.
    pub fn list(self, name: &str, items: impl Iterator<Item = Value>) -> Self {
        let items: Vec<Value> = items.collect();
        self.given(name, (!items.is_empty()).then_some(items))
    }

    /// A list of texts, if it has items.
    pub fn texts(self, name: &str, items: &[String]) -> Self {
        self.list(name, items.iter().map(|item| Value::from(&**item)))
    }

    /// An object, if it has members.
    pub fn members(self, name: &str, members: Map<String, Value>) -> Self {
        self.given(name, (!members.is_empty()).then_some(members))
    }

    /// The object.
    pub fn value(self) -> Value {
        Value::Object(self.0)
    }
}
