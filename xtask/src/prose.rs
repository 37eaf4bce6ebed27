//! Words in sentences.

/// Words in a sentence: `` `a`, `b` or `c` ``.
pub fn one_of<W: AsRef<str>>(words: &[W]) -> String {
    join(words, "or")
}

/// Words in a sentence: `` `a`, `b` and `c` ``.
pub fn all_of<W: AsRef<str>>(words: &[W]) -> String {
    join(words, "and")
}

fn join<W: AsRef<str>>(words: &[W], conjunction: &str) -> String {
    let quoted: Vec<String> = words
        .iter()
        .map(|word| format!("`{}`", word.as_ref()))
        .collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {conjunction} {last}", first.join(", ")),
    }
}
