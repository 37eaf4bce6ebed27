//! What a provider says about a call beside the answer itself.
//!
//! The three providers wrap their answers differently, but each wrapping is a few named members at known levels. A [`Level`] is
//! that knowledge as data; [`read`] walks an answer once and fills the typed record and the [`Envelope`] at the same time.

mod level;
mod surrogates;

use std::borrow::Cow;

use serde_core::de::DeserializeSeed as _;
use serde_json::{Map, Value as Json};

use self::level::LevelSeed;
use crate::record::{Context, FromScalar, RecordMut, Scalar};

/// What a member of the wrapping means.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Role {
    /// The provider's code of success or failure.
    Code,
    /// What went wrong, in the provider's words.
    Message,
    /// The id that the provider's support asks for.
    RequestId,
    /// Whether the call succeeded.
    Success,
    /// An object that belongs to the wrapping, or holds the answer.
    Inner(&'static Level),
}

/// The members of one object of the wrapping.
#[derive(Debug)]
pub(crate) struct Level {
    pub(crate) keys: &'static [(&'static str, Role)],
    pub(crate) part: Part,
}

/// What one object of the wrapping is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// It only holds other objects.
    Outside,
    /// It holds the answer: its other members are the answer's fields.
    Answer,
    /// It describes a failure.
    Error,
}

/// What was found in the wrapping.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Envelope {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) success: Option<bool>,
    /// The object that holds the answer was there.
    pub(crate) answer: bool,
    /// The object that describes a failure was there.
    pub(crate) error: bool,
}

impl Envelope {
    fn set(&mut self, role: Role, scalar: Scalar<'_>) {
        match role {
            Role::Code => self.code = Some(scalar.text().into_owned()),
            Role::Message => self.message = Some(scalar.text().into_owned()),
            Role::RequestId => self.request_id = Some(scalar.text().into_owned()),
            Role::Success => self.success = bool::from_scalar(scalar),
            Role::Inner(_) => {}
        }
    }
}

/// Where the fields of an answer go.
pub(crate) enum Target<'a> {
    /// Nowhere: only the wrapping is of interest.
    Nothing,
    /// Into a typed record.
    Record(&'a mut dyn RecordMut),
    /// Into a JSON object, for actions without a spec.
    Json(&'a mut Map<String, Json>),
}

/// Why an answer could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Nothing but white space.
    Empty,
    /// Not JSON.
    NotJson(String),
    /// JSON that ends too early, and the place where it does.
    CutOff(String),
    /// JSON that is whole, but holds what the answer can't, and the place of it.
    Misfit(String),
}

/// Reads an answer into `target`, and what the wrapping says into `envelope`, which is worth something only if the body is whole: for
/// [`Unreadable::Misfit`] too, but for no other fault.
pub(crate) fn read(
    body: &[u8],
    level: &'static Level,
    target: Target<'_>,
    envelope: &mut Envelope,
) -> Result<(), Unreadable> {
    // Checking the encoding once is faster than once per string. `from_utf8_lossy` is slow even where nothing is lost; it is for
    // the rare bytes that are not UTF-8, which should not cost the whole answer.
    let text = match std::str::from_utf8(body) {
        Ok(text) => Cow::Borrowed(text),
        // A byte order mark that was cut is nothing, as a whole one is.
        Err(_) if "\u{feff}".as_bytes().starts_with(body) => Cow::Borrowed(""),
        Err(_) => String::from_utf8_lossy(body),
    };
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(Unreadable::Empty);
    }
    let fault = match walk(text, level, target, envelope) {
        Err(fault @ (Unreadable::NotJson(_) | Unreadable::Misfit(_))) => fault,
        outcome => return outcome,
    };
    // What stands behind the fault was not read: the answer may be whole or cut, and a failure that the provider reports matters
    // more than a field of it.
    *envelope = Envelope::default();
    let alone = walk(&surrogates::whole(text), level, Target::Nothing, envelope);
    Err(match (alone, fault) {
        (Ok(()), Unreadable::NotJson(problem)) => Unreadable::Misfit(problem),
        // The first time it was known in which field this is.
        (Err(Unreadable::NotJson(_)), fault @ Unreadable::NotJson(_)) | (Ok(()), fault) => fault,
        (Err(alone), _) => alone,
    })
}

fn walk(
    text: &str,
    level: &'static Level,
    target: Target<'_>,
    envelope: &mut Envelope,
) -> Result<(), Unreadable> {
    let mut context = Context::of_text(text);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let seed = LevelSeed {
        level,
        target,
        envelope,
        context: &mut context,
    };
    let outcome = seed.deserialize(&mut deserializer);
    let outcome = outcome.and_then(|()| deserializer.end());
    outcome.map_err(|error| {
        if let Some(problem) = context.problem() {
            return Unreadable::Misfit(problem);
        }
        let path = context.path.to_string();
        let place = if path.is_empty() {
            String::new()
        } else {
            format!("{path}: ")
        };
        let problem = format!("{place}{error}");
        if error.is_eof() || ends_in_number(text, &error) {
            Unreadable::CutOff(problem)
        } else {
            Unreadable::NotJson(problem)
        }
    })
}

/// Whether the fault is a number that ends where the text does: serde_json calls it an invalid number where it skips it.
fn ends_in_number(text: &str, error: &serde_json::Error) -> bool {
    let last = text.rsplit('\n').next().unwrap_or_default();
    let is_at_end = error.line() == text.matches('\n').count() + 1 && error.column() >= last.len();
    is_at_end && last.ends_with(['-', '+', '.', 'e', 'E'])
}
