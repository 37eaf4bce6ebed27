//! Where keys for Alibaba Cloud come from.

mod credentials_uri;
mod ecs_ram_role;
mod external_process;
mod modes;
mod oidc_role_arn;
mod process;
mod profile;
mod ram_role_arn;
mod shared_file;
mod sts;

pub use self::credentials_uri::CredentialsUri;
pub use self::ecs_ram_role::EcsRamRole;
pub use self::external_process::ExternalProcess;
pub use self::oidc_role_arn::OidcRoleArn;
pub use self::profile::Profile;
pub use self::ram_role_arn::RamRoleArn;
pub use self::shared_file::SharedFile;

use crate::credentials::Surroundings;
use crate::error::Error;

/// The variables that name a profile. The SDKs know the first, and the command line all of them.
const PROFILE: [&str; 3] = [
    "ALIBABA_CLOUD_PROFILE",
    "ALIBABACLOUD_PROFILE",
    "ALICLOUD_PROFILE",
];

/// Whether a variable switches something on.
fn is_true(surroundings: &Surroundings, name: &str) -> Result<bool, Error> {
    let value = surroundings.variable(name)?;
    Ok(value.is_some_and(|value| value.eq_ignore_ascii_case("true")))
}
