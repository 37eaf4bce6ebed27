//! The generator, built if need be.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The workspace.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The generator's binary: the one that `XTASK` names, or that of the dev profile.
pub(crate) fn xtask() -> PathBuf {
    env::var_os("XTASK").map_or_else(build, PathBuf::from)
}

fn build() -> PathBuf {
    let cargo = || {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(workspace());
        cargo
    };
    let status = cargo()
        .args(["build", "--quiet", "--package", "xtask"])
        .status();
    assert!(status.unwrap().success(), "xtask does not build");
    let metadata = cargo()
        .args(["metadata", "--format-version=1", "--no-deps"])
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let target = Path::new(metadata["target_directory"].as_str().unwrap());
    target
        .join("debug")
        .join("xtask")
        .with_extension(env::consts::EXE_EXTENSION)
}
