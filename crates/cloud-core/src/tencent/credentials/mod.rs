//! Where Tencent Cloud's own tools have their keys.

mod profile;
mod shared_file;

pub use self::profile::Profile;
pub use self::shared_file::SharedFile;
