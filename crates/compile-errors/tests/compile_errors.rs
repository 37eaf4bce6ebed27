//! Each case fails to compile with exactly the message beside it. `TRYBUILD=overwrite` writes the messages anew.

#[test]
fn mistakes_are_explained() {
    trybuild::TestCases::new().compile_fail("tests/cases/*.rs");
}
