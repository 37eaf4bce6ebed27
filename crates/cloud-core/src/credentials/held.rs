//! What a profile holds: a key, or whom to ask for one.

use super::{CredentialSource, File, Found, Lookup, Surroundings};
use crate::error::Error;
use crate::time::UnixSeconds;

/// What a profile holds.
pub(crate) enum Held {
    /// Nothing, and why.
    Nothing(String),
    /// A key.
    Key(Found),
    /// Another source, and where it is said.
    Elsewhere {
        source: Box<dyn CredentialSource>,
        place: String,
        file: File,
    },
}

impl Held {
    /// Asks whom the profile names, if it names somebody. Who is named and has no key is broken: the next source would be another one.
    ///
    /// A key in a file may be an old one, so it has to be good by one of the clocks at least.
    pub(crate) async fn load(
        self,
        source: &str,
        surroundings: &Surroundings,
    ) -> Result<Lookup, Error> {
        let now = surroundings.moment();
        let (source, place, file) = match self {
            Self::Nothing(why) => return Ok(Lookup::Absent(why)),
            Self::Key(found) => match found.credentials.expires() {
                Some(expires) if now.is_past(expires) => {
                    let (place, expires) = (found.place, UnixSeconds::from(expires));
                    return Err(Error::configuration(format!(
                        "{source}: the key in {place} has expired at {expires}: renew it there, or check the clock of this computer"
                    )));
                }
                _ => return Ok(Lookup::Found(found)),
            },
            Self::Elsewhere {
                source,
                place,
                file,
            } => (source, place, file),
        };
        match source.load(surroundings).await? {
            Lookup::Found(mut found) => {
                found.place = format!("{place}: {}", found.place);
                Ok(Lookup::Found(found.guarded_by(&file)))
            }
            Lookup::Absent(why) => Err(Error::configuration(format!("{place}: {why}"))),
        }
    }
}
