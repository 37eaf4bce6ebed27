//! Where in the workspace specs are, and where what is made of them goes.

/// A folder of specs and the folders of what is made of them, from the workspace root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Holds a folder for each service.
    pub specs: &'static str,
    /// Holds a crate for each service.
    pub crates: &'static str,
    /// Holds a table for each service, from which the emulator serves it.
    pub tables: &'static str,
    /// Whether the crates are published.
    pub publish: bool,
}

impl Layout {
    /// The services that the workspace is for.
    pub const SERVICES: Self = Self {
        specs: "specs",
        crates: "crates",
        tables: "crates/cloud-emulator/tables",
        publish: true,
    };
    /// Invented services: they show and test what a spec can say.
    pub const FIXTURES: Self = Self {
        specs: "fixtures/specs",
        crates: "fixtures/crates",
        tables: "fixtures/tables",
        publish: false,
    };

    /// All of them.
    pub const ALL: [Self; 2] = [Self::SERVICES, Self::FIXTURES];

    /// The folder that is generated as a whole and that a generated file belongs to: a crate, or the tables. There is none for a path
    /// that does not lead into one: a list of files that was tampered with must not remove others.
    pub fn generated_folder(path: &str) -> Option<&str> {
        let is_plain = path.split('/').all(|part| !matches!(part, "" | "." | ".."))
            && !path.contains(['\\', ':']);
        let below = |folder: &str| path.strip_prefix(folder)?.strip_prefix('/');
        let layouts = Self::ALL.iter();
        let folder = match layouts
            .clone()
            .find(|layout| below(layout.tables).is_some())
        {
            Some(layout) => layout.tables,
            None => {
                let inside = layouts.clone().find_map(|layout| below(layout.crates))?;
                let (name, _) = inside.split_once('/')?;
                path.get(..path.len() - inside.len() + name.len())?
            }
        };
        // The crate that has the tables in it is written by hand.
        let holds_tables = layouts.into_iter().any(|layout| {
            let inside = layout.tables.strip_prefix(folder);
            inside.is_some_and(|inside| inside.starts_with('/'))
        });
        (is_plain && !holds_tables).then_some(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::Layout;

    #[test]
    fn only_files_of_generated_folders_belong_to_one() {
        for (path, name) in [
            ("crates/tencent-redis/src/lib.rs", "crates/tencent-redis"),
            ("fixtures/crates/x/Cargo.toml", "fixtures/crates/x"),
            (
                "crates/cloud-emulator/tables/x.json",
                "crates/cloud-emulator/tables",
            ),
            ("fixtures/tables/x.json", "fixtures/tables"),
        ] {
            assert_eq!(Layout::generated_folder(path), Some(name));
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
            "crates/cloud-emulator/tables",
            "crates/cloud-emulator/tables/../src/lib.rs",
            "crates/cloud-emulator/src/lib.rs",
            "fixtures/tables",
        ] {
            assert_eq!(Layout::generated_folder(path), None, "{path}");
        }
    }
}
