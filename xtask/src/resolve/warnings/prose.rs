//! Defaults that prose states: "The default is `20`", "`20` by default".

/// The value that prose states as the default, if it states one without conditions. Where there is a doubt, there is none: this is
/// for a warning.
pub fn stated_default(prose: &str) -> Option<&str> {
    let mut stated = None;
    let mut rest = 0;
    while let Some((start, end)) = next_code(prose, rest) {
        rest = end;
        let (before, after) = (prose.get(..start)?, prose.get(end..)?);
        let value = prose.get(start + 1..end - 1)?;
        let follows = after.trim_start().starts_with("by default");
        if (follows || (announces(before) && ends(after))) && is_plain(before, after) {
            // Two defaults are one for each of two cases.
            if stated.replace(value).is_some() {
                return None;
            }
        }
    }
    stated
}

/// Where the next text in backticks begins and ends, backticks included.
fn next_code(prose: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + prose.get(from..)?.find('`')?;
    let end = start + 1 + prose.get(start + 1..)?.find('`')?;
    Some((start, end + 1))
}

/// Whether what stands before a value makes it the default: "default", "default is", "defaults to", "default value:".
fn announces(before: &str) -> bool {
    let mut words = before.split_whitespace().rev().map(|word| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    });
    let mut next = || words.next().unwrap_or_default();
    let mut word = next();
    if word == "is" || word == "to" {
        word = next();
    }
    if word == "value" {
        word = next();
    }
    word == "default" || word == "defaults"
}

/// Whether the statement is over after the value.
fn ends(after: &str) -> bool {
    let after = after.trim_start();
    after.is_empty() || after.starts_with(['.', ')', ';'])
}

/// Whether the sentence around a value has no condition and no second value.
fn is_plain(before: &str, after: &str) -> bool {
    const DOUBTS: &[&str] = &[
        "and",
        "but",
        "for",
        "if",
        "in",
        "no",
        "not",
        "on",
        "or",
        "otherwise",
        "unless",
        "when",
        "where",
        "while",
        "with",
        "without",
    ];
    let before = before
        .rsplit(['.', ';', '(', '\n'])
        .next()
        .unwrap_or_default();
    let after = after
        .split(['.', ';', ')', '\n'])
        .next()
        .unwrap_or_default();
    !format!("{before} {after}")
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| DOUBTS.contains(&&*word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_is_found_where_it_is_stated() {
        for (prose, expected) in [
            ("How many. The default is `20`.", "20"),
            ("How many; defaults to `20`", "20"),
            ("How many (default: `20`).", "20"),
            ("How many (default `20`).", "20"),
            ("The default value is `20`.", "20"),
            ("How many for `A` or `B`. Default: `20`.", "20"),
            ("`20` by default.", "20"),
            (
                "The provider's default is `USE_CONTROL_PROXY`.",
                "USE_CONTROL_PROXY",
            ),
        ] {
            assert_eq!(stated_default(prose), Some(expected), "{prose}");
        }
    }

    #[test]
    fn where_there_is_a_doubt_there_is_none() {
        for prose in [
            "",
            "`20` or `30` by default.",
            "For MySQL the default is `3306`.",
            "The default is `20` if `Kind` is `1`.",
            "The default is `20`, at most `100`.",
            "The default is `1`. The default is `2`.",
            "The default is not `20`.",
            "The page names no default; the first page begins at `0`.",
            "The default is 20.",
            "Default of `Limit`.",
            "The default is `20",
        ] {
            assert_eq!(stated_default(prose), None, "{prose}");
        }
    }
}
