//! Where keys for UCloud come from.

mod instance_role;
mod profile;

pub use self::instance_role::InstanceRole;
pub use self::profile::Profile;
