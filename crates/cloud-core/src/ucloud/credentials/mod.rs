//! Where UCloud's own tools have their keys.

mod profile;

pub use self::profile::Profile;
