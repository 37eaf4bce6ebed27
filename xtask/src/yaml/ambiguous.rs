//! Text that is only text in quotes.

/// Whether some reader of YAML takes plain text for something else: YAML 1.1 has more words and numbers than YAML 1.2, and both are in use.
pub fn is_ambiguous(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "", "~", "null", "y", "n", "yes", "no", "true", "false", "on", "off", "=", "<<", ".inf",
        "+.inf", "-.inf", ".nan",
    ];
    WORDS.contains(&&*text.to_ascii_lowercase()) || is_like_a_number(text)
}

/// Whether a text begins as a number does and holds nothing but what numbers and times are written with.
fn is_like_a_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let first = unsigned.strip_prefix('.').unwrap_or(unsigned);
    if !first.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let is_decimal = |c: char| c.is_ascii_digit() || "_.,:+- tTzZeE".contains(c);
    let other_base = ["0x", "0o", "0b"]
        .iter()
        .find_map(|base| unsigned.strip_prefix(base));
    unsigned.chars().all(is_decimal)
        || other_base
            .is_some_and(|digits| digits.chars().all(|c| c.is_ascii_hexdigit() || c == '_'))
}

#[cfg(test)]
mod tests {
    use super::is_ambiguous;

    #[test]
    fn what_some_reader_takes_for_something_else() {
        for text in [
            "",
            "~",
            "null",
            "NULL",
            "y",
            "N",
            "Yes",
            "no",
            "true",
            "off",
            "=",
            "<<",
            ".inf",
            "-.INF",
            ".NaN",
            "0",
            "-1",
            "386",
            "007",
            "1e3",
            "1_000",
            "12:30",
            "0x1F",
            "0o17",
            "0b1",
            "1.5",
            ".5",
            "+1",
            "2024-03-01",
            "2024-03-01 08:00:00",
        ] {
            assert!(is_ambiguous(text), "{text}");
        }
    }

    #[test]
    fn what_is_text_everywhere() {
        for text in [
            "ECS_CLIENT",
            "amd64",
            "none",
            "nope",
            "Recover fail",
            "v1",
            "1st",
            "3DES",
            "-",
            ".",
            "e3",
            "0xfg",
            "10.0.0.0/8",
        ] {
            assert!(!is_ambiguous(text), "{text}");
        }
    }
}
