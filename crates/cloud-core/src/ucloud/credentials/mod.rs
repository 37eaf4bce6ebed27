//! Where keys for UCloud come from.

mod assume_role;
mod instance_role;
mod profile;

pub use self::assume_role::AssumeRole;
pub use self::instance_role::InstanceRole;
pub use self::profile::Profile;
