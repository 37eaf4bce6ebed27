//! Text of others as a part of a message: no control characters, no end of its own.

/// What one line of text is at most, in bytes; an error has few of them.
const LONGEST: usize = 4_096;

/// The text without what a terminal would obey: control characters and those that reverse the direction of writing are spelled out,
/// but for the ends of lines and tabs.
pub(crate) fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) && !matches!(character, '\n' | '\r' | '\t') {
            out.extend(character.escape_unicode());
        } else {
            out.push(character);
        }
    }
    out
}

/// The text as one line of bounded length.
pub(super) fn one_line(text: &str) -> String {
    let start = text.char_indices().take_while(|(at, _)| *at < LONGEST);
    let end = start.last().map_or(0, |(at, last)| at + last.len_utf8());
    let kept = text.get(..end).unwrap_or_default();
    let words = kept.split(['\r', '\n', '\t']).map(str::trim);
    let words: Vec<&str> = words.filter(|words| !words.is_empty()).collect();
    let mut line = printable(&words.join(" "));
    if end < text.len() {
        line.push('…');
    }
    line
}

fn is_hidden(character: char) -> bool {
    let is_direction = matches!(
        character,
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    character.is_control() || is_direction || matches!(character, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_spelled_out() {
        for (text, line) in [
            ("备份 – ok", "备份 – ok"),
            ("a\r\n  b\n\nc\td", "a b c d"),
            ("\u{1b}[31mred\0\u{7}", r"\u{1b}[31mred\u{0}\u{7}"),
            (
                "a\u{9b}31m\u{202e}b\u{2028}c",
                r"a\u{9b}31m\u{202e}b\u{2028}c",
            ),
        ] {
            assert_eq!(one_line(text), line);
        }
    }

    #[test]
    fn a_line_has_an_end() {
        let line = one_line(&"备".repeat(1 << 20));
        assert!(line.len() < LONGEST + 10, "{}", line.len());
        assert!(line.ends_with("备…"), "{line}");
        assert_eq!(one_line(&"x".repeat(LONGEST)).len(), LONGEST);
    }
}
