//! `fixtures/README.md` names a fixture and a test for each of the features that the four services need.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// How many features there are.
const FEATURES: usize = 46;

#[test]
fn every_feature_has_a_fixture_and_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let table = fs::read_to_string(root.join("fixtures/README.md")).unwrap();
    let mut features = BTreeSet::new();
    for row in table
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| #"))
    {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [number, _, fixtures, tests] = cells.as_slice() else {
            panic!("this row has not four cells: {row}")
        };
        features.insert(number.parse::<usize>().unwrap());
        let names = |cell: &str| -> Vec<String> {
            cell.split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect()
        };
        let (fixtures, tests) = (names(fixtures), names(tests));
        assert!(
            !fixtures.is_empty() && !tests.is_empty(),
            "nothing is named: {row}"
        );
        for fixture in fixtures {
            let path = root.join("fixtures/specs").join(&fixture);
            assert!(path.is_file(), "there is no fixture {fixture}");
        }
        for test in tests {
            let (module, name) = test.split_once("::").unwrap();
            let path = root
                .join("crates/client-tests/tests/features")
                .join(format!("{module}.rs"));
            let source = fs::read_to_string(&path).unwrap();
            assert!(
                source.contains(&format!("#[test]\nfn {name}()"))
                    || source.contains(&format!("is tested\")]\nfn {name}()")),
                "there is no test {test}"
            );
        }
    }
    assert_eq!(features, (1..=FEATURES).collect());
}
