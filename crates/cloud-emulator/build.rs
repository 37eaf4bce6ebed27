//! Finds the tables that `cargo xtask gen` wrote, so that no list of services or operations is kept by hand.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let tables = root.join("tables");
    println!("cargo::rerun-if-changed={}", tables.display());

    let mut list = String::from("&[\n");
    for folder in sorted(&tables)? {
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut operations = sorted(&folder)?;
        operations.retain(|file| !file.ends_with("service.json"));
        writeln!(
            list,
            "    BuiltIn {{\n        service: {},",
            include(&folder.join("service.json"))
        )
        .and_then(|()| writeln!(list, "        operations: &["))
        .and_then(|()| {
            operations
                .iter()
                .try_for_each(|file| writeln!(list, "            {},", include(file)))
        })
        .and_then(|()| writeln!(list, "        ],\n    }},"))
        .map_err(io::Error::other)?;
    }
    list.push_str("]\n");
    let target = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(target.join("tables.rs"), list)
}

fn include(file: &Path) -> String {
    format!("include_str!({:?})", file.display().to_string())
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    paths.sort_unstable();
    Ok(paths)
}
