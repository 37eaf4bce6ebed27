//! Where Alibaba Cloud's own tools have their keys.

mod profile;
mod shared_file;

pub use self::profile::Profile;
pub use self::shared_file::SharedFile;

/// The variables that name a profile. The SDKs know the first, and the command line all of them.
const PROFILE: [&str; 3] = [
    "ALIBABA_CLOUD_PROFILE",
    "ALIBABACLOUD_PROFILE",
    "ALICLOUD_PROFILE",
];
