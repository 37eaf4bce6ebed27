//! Where keys for Tencent Cloud come from.

mod assume_role;
mod cvm_role;
mod profile;
mod shared_file;
mod sts;
mod web_identity;

pub use self::assume_role::AssumeRole;
pub use self::cvm_role::CvmRole;
pub use self::profile::Profile;
pub use self::shared_file::SharedFile;
pub use self::web_identity::WebIdentity;

use crate::credentials::temporary::Names;

/// The names of the members of a temporary key, in metadata and STS alike.
const NAMES: Names = Names {
    id: "TmpSecretId",
    secret: "TmpSecretKey",
    token: "Token",
    expires: "ExpiredTime",
};
