//! Specs at random through every stage: whatever is said about them, the generator itself makes no mistake.
//!
//! `PROPTEST_CASES` sets how many; the target `spec` in `fuzz/` goes on for as long as one likes.

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// The fixtures' services, each with its operations.
static FIXTURES: LazyLock<Vec<Service>> = LazyLock::new(|| {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/specs");
    let mut folders: Vec<_> = fs::read_dir(specs)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    folders.iter().map(|folder| Service::read(folder)).collect()
});

/// The files of the providers.
static PROVIDERS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/providers");
    let files = texts(&folder).into_iter();
    files
        .map(|(stem, text)| (format!("providers/{stem}"), text))
        .collect()
});

#[derive(Debug, Clone)]
struct Service {
    /// `service.yaml`.
    text: String,
    /// `types.yaml`, if it has one.
    types: Option<String>,
    operations: Vec<(String, String)>,
}

/// The specs of a folder by their names without `.yaml`, sorted.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            let stem = file.file_stem().unwrap().to_str().unwrap();
            (stem.to_owned(), fs::read_to_string(file).unwrap())
        })
        .collect()
}

impl Service {
    fn read(folder: &Path) -> Self {
        let mut operations = texts(folder);
        let mut take = |stem: &str| {
            let index = operations.iter().position(|(name, _)| name == stem)?;
            Some(operations.remove(index).1)
        };
        Self {
            text: take("service").unwrap(),
            types: take("types"),
            operations,
        }
    }

    fn check(&self) -> Result<usize, String> {
        let own = [("service", &*self.text)];
        let types = self.types.iter().map(|types| ("types", &**types));
        let others = PROVIDERS.iter().chain(&self.operations);
        let files: Vec<(&str, &str)> = others
            .map(|(name, text)| (&**name, &**text))
            .chain(own)
            .chain(types)
            .collect();
        xtask::check_text(&files)
    }
}

/// What a spec is made of, and what breaks one.
const PIECES: [&str; 48] = [
    "",
    " ",
    "\n",
    "\n  ",
    "\t",
    ":",
    ": ",
    "- ",
    ", ",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "{ }",
    "#",
    " #",
    "~",
    "&a",
    "*a",
    "!x",
    "|",
    ">-",
    "%",
    "@",
    "`",
    "\\",
    "\u{0}",
    "\u{feff}",
    "\u{2028}",
    "测试",
    "😀",
    "-1",
    "1.5",
    "1e999",
    "99999999999999999999",
    "0x1F",
    "true",
    "No",
    "null",
    "2024-02-30",
    "type",
    "string",
    "[string]",
    "{ map: any }",
    "required: true",
    "Unknown",
];

/// One change of a text, at places that are shares of it.
#[derive(Debug, Clone)]
enum Edit {
    Insert(Index, &'static str),
    Replace(Index, Index, &'static str),
    Remove(Index, Index),
    /// Puts a line somewhere else, once more.
    Line(Index, Index),
    Cut(Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    prop_oneof![
        3 => (index(), select(&PIECES[..])).prop_map(|(at, piece)| Edit::Insert(at, piece)),
        3 => (index(), index(), select(&PIECES[..])).prop_map(|(at, to, piece)| Edit::Replace(at, to, piece)),
        1 => (index(), index()).prop_map(|(at, to)| Edit::Remove(at, to)),
        3 => (index(), index()).prop_map(|(from, to)| Edit::Line(from, to)),
        1 => index().prop_map(Edit::Cut),
    ]
}

/// The start of a word, or the end of the text: changes there hit what means something.
fn place(text: &str, at: Index) -> usize {
    let at = at.index(text.len() + 1);
    let is_start = |at: &usize| text.is_char_boundary(*at);
    (at..=text.len()).find(is_start).unwrap_or(text.len())
}

/// A word or a little more, not the whole rest of the text.
fn range(text: &str, at: Index, to: Index) -> Range<usize> {
    let start = place(text, at);
    let end = (start + to.index(24)).min(text.len());
    let end = (end..=text.len()).find(|end| text.is_char_boundary(*end));
    start..end.unwrap_or(text.len())
}

fn apply(text: &mut String, edit: &Edit) {
    match edit {
        Edit::Insert(at, piece) => text.insert_str(place(text, *at), piece),
        Edit::Replace(at, to, piece) => text.replace_range(range(text, *at, *to), piece),
        Edit::Remove(at, to) => text.replace_range(range(text, *at, *to), ""),
        Edit::Line(from, to) => {
            let mut lines: Vec<&str> = text.lines().collect();
            if !lines.is_empty() {
                lines.insert(to.index(lines.len()), lines[from.index(lines.len())]);
            }
            *text = lines.join("\n") + "\n";
        }
        Edit::Cut(at) => text.truncate(place(text, *at)),
    }
}

/// A fixture, one of its files, and what is done to it. One in six times it is the service's.
fn broken() -> impl Strategy<Value = Service> {
    let choice = (any::<Index>(), any::<Index>(), 0_u8..6);
    (choice, vec(edit(), 1..5)).prop_map(|((service, operation, which), edits)| {
        let mut service = service.get(&FIXTURES).clone();
        // One operation is quicker than all of them; what others would have used is missing then, which is a mistake more.
        let kept = operation.index(service.operations.len());
        service.operations = vec![service.operations.swap_remove(kept)];
        let text = match which {
            0 => match &mut service.types {
                Some(types) if operation.index(2) == 0 => types,
                _ => &mut service.text,
            },
            _ => &mut service.operations[0].1,
        };
        for edit in &edits {
            apply(text, edit);
        }
        service
    })
}

#[test]
fn the_fixtures_themselves_are_right() {
    for service in FIXTURES.iter() {
        assert_eq!(service.check(), Ok(0), "{}", service.text);
    }
}

proptest! {
    #[test]
    fn broken_specs_are_told_what_is_wrong(service in broken()) {
        prop_assert!(service.check().is_ok());
    }

    #[test]
    fn text_at_random_is_no_spec(text in any::<String>()) {
        let service = Service { text: text.clone(), types: None, operations: vec![("Describe".to_owned(), text)] };
        prop_assert!(service.check().is_ok_and(|mistakes| mistakes > 0));
    }

    #[test]
    fn pieces_at_random_are_no_spec(pieces in vec(select(&PIECES[..]), 0..60)) {
        let text = pieces.concat();
        let service = Service { text: text.clone(), types: None, operations: vec![("Describe".to_owned(), text)] };
        prop_assert!(service.check().is_ok_and(|mistakes| mistakes > 0));
    }
}
