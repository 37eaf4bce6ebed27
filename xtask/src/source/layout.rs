//! Where in the workspace specs are, and where what is made of them goes.

/// A folder of specs and the folder of the crates that are made of them, from the workspace root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Holds a folder for each service.
    pub specs: &'static str,
    /// Holds a crate for each service.
    pub crates: &'static str,
}

impl Layout {
    /// The services that the workspace is for.
    pub const SERVICES: Self = Self {
        specs: "specs",
        crates: "crates",
    };
    /// Invented services: they show and test what a spec can say.
    pub const FIXTURES: Self = Self {
        specs: "fixtures/specs",
        crates: "fixtures/crates",
    };

    /// All of them.
    pub const ALL: [Self; 2] = [Self::SERVICES, Self::FIXTURES];

    /// The crate that a generated file belongs to. There is none for a path that does not lead into one: a list of files that was
    /// tampered with must not remove others.
    pub fn crate_of(path: &str) -> Option<&str> {
        let is_plain = path.split('/').all(|part| !matches!(part, "" | "." | ".."))
            && !path.contains(['\\', ':']);
        let below = |layout: &Self| path.strip_prefix(layout.crates)?.strip_prefix('/');
        let inside = Self::ALL.iter().find_map(below)?;
        let (name, _) = inside.split_once('/')?;
        let end = path.len() - inside.len() + name.len();
        path.get(..end).filter(|_| is_plain)
    }
}

#[cfg(test)]
mod tests {
    use super::Layout;

    #[test]
    fn only_files_of_crates_belong_to_one() {
        for (path, name) in [
            ("crates/tencent-redis/src/lib.rs", "crates/tencent-redis"),
            ("fixtures/crates/x/Cargo.toml", "fixtures/crates/x"),
        ] {
            assert_eq!(Layout::crate_of(path), Some(name));
        }
        for path in [
            "crates/x",
            "crates/../Cargo.toml",
            "/etc/passwd",
            "specs/x.yaml",
            "fixtures/specs/x/y.yaml",
            "crates//x",
            "crates/x/..",
            "crates/x\\..\\y",
            "crates/c:/x",
        ] {
            assert_eq!(Layout::crate_of(path), None, "{path}");
        }
    }
}
