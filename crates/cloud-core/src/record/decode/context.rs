//! What the decoder keeps on its way through a text, and the bounds of it.

use serde_core::de;

use crate::record::Path;

/// As deep as serde_json goes into a text. Other formats, and values that never were text, must not end the stack either.
const MAX_LEVELS: u8 = 128;

/// What every text may become in memory, in bytes: enough for any list that one would ask for.
const FREE: usize = 64 << 20;

/// What each byte of a text may become beside that. Records take a few times the memory of their text: they have room for fields
/// that are absent.
const PER_BYTE: usize = 8;

/// What the decoder knows of its way: how deep it is, how much memory is left, and what went wrong.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) path: Path,
    problem: Option<String>,
    /// How many levels it may still go down.
    levels: u8,
    memory: usize,
}

/// Without a bound on memory, for values that are in memory already and for files of the user's own.
impl Default for Context {
    fn default() -> Self {
        Self {
            path: Path::default(),
            problem: None,
            levels: MAX_LEVELS,
            memory: usize::MAX,
        }
    }
}

impl Context {
    /// With a bound on what the text may become.
    pub(crate) fn of_text(text: &str) -> Self {
        Self {
            memory: FREE.saturating_add(text.len().saturating_mul(PER_BYTE)),
            ..Self::default()
        }
    }

    /// Allows one level more, for the object around everything.
    pub(super) fn around(mut self) -> Self {
        self.levels += 1;
        self
    }

    /// The error in words, if it is about a value that does not fit.
    pub(crate) fn problem(&self) -> Option<String> {
        let problem = self.problem.as_ref()?;
        let path = self.path.to_string();
        Some(if path.is_empty() {
            problem.clone()
        } else {
            format!("{path}: {problem}")
        })
    }

    /// Refuses a value of the wrong type.
    pub(crate) fn wrong_type<E: de::Error>(&mut self, expected: &str, found: &str) -> E {
        self.refuse(format!("expected {expected}, found {found}"))
    }

    fn refuse<E: de::Error>(&mut self, problem: String) -> E {
        let error = E::custom(&problem);
        self.problem = Some(problem);
        error
    }

    /// Counts one more item of a list that has `before`. It has room for four items at least, and for twice as many as it has.
    #[inline]
    pub(super) fn spend_item<E: de::Error>(&mut self, size: usize, before: usize) -> Result<(), E> {
        self.spend(size.saturating_mul(match before {
            0 => 4,
            1..4 => 0,
            _ => 2,
        }))
    }

    /// Counts one more entry of a map that has `before`. It has room for eleven entries at least, and for twice as many as it has.
    pub(crate) fn spend_entry<E: de::Error>(
        &mut self,
        size: usize,
        before: usize,
    ) -> Result<(), E> {
        self.spend(size.saturating_mul(match before {
            0 => 11,
            1..11 => 0,
            _ => 2,
        }))
    }

    #[inline]
    fn spend<E: de::Error>(&mut self, bytes: usize) -> Result<(), E> {
        match self.memory.checked_sub(bytes) {
            Some(left) => {
                self.memory = left;
                Ok(())
            }
            None => Err(self.refuse("so many items would take too much memory".to_owned())),
        }
    }

    /// Reads what is inside an object or a list.
    #[inline]
    pub(super) fn nested<T, E: de::Error>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.levels == 0 {
            return Err(E::custom(format_args!(
                "nested more than {MAX_LEVELS} levels deep"
            )));
        }
        self.levels -= 1;
        let outcome = read(self);
        self.levels += 1;
        outcome
    }
}
