//! Times as the providers write them: counted from 1970, or as the text of a clock somewhere.
//!
//! There is no date library behind this. The providers need one calendar and no time zones by name, and every crate here would be
//! in every consumer's build, beside whichever date library the consumer has chosen.

pub(crate) mod civil;
mod date_time;
pub(crate) mod http_date;
mod local;
mod text;
mod unix;

pub use date_time::LocalDateTime;
pub use local::{LocalDate, LocalTime, LocalTimeRange};
pub use text::InvalidTime;
pub use unix::{UnixMillis, UnixSeconds};
