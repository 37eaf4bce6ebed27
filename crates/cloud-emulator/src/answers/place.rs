//! Places in an answer.

use super::seed::Seed;

/// Where in an answer a value is.
pub(super) struct At {
    /// The names that lead there, with dots between them.
    pub path: String,
    /// What it is made from.
    pub seed: Seed,
    /// Which item of the innermost list it is in.
    pub index: Option<usize>,
    /// Whether that item has to be told apart from the others: no example says how.
    pub is_made: bool,
    /// How many fields lead there.
    pub depth: usize,
}

impl At {
    /// The answer itself.
    pub(super) fn top(seed: Seed) -> Self {
        Self {
            path: String::new(),
            seed,
            index: None,
            is_made: false,
            depth: 0,
        }
    }

    /// A member of it.
    pub(super) fn member(&self, name: &str) -> Self {
        let path = match &*self.path {
            "" => name.to_owned(),
            path => format!("{path}.{name}"),
        };
        Self {
            path,
            seed: self.seed.and(name),
            index: self.index,
            is_made: self.is_made,
            depth: self.depth + 1,
        }
    }

    /// An item of it.
    pub(super) fn item(&self, index: usize, is_made: bool) -> Self {
        Self {
            path: self.path.clone(),
            seed: self.seed.item(index),
            index: Some(index),
            is_made,
            depth: self.depth,
        }
    }
}
