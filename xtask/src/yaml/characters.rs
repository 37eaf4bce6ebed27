//! Characters that are not what they look like: those that cannot be seen, and punctuation of other alphabets.

/// Whether a character cannot be seen, or looks like a space and is none.
pub fn is_invisible(c: char) -> bool {
    (c.is_whitespace() && !matches!(c, ' ' | '\t' | '\n' | '\r'))
        || (c.is_control() && !c.is_whitespace())
        || is_direction(c)
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
            | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a character changes the direction of what follows. rustc refuses it in comments and in literals.
pub fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The punctuation of YAML that a character looks like, if it does.
pub fn looks_like(c: char) -> Option<char> {
    Some(match c {
        '：' => ':',
        '，' | '、' => ',',
        '［' | '【' => '[',
        '］' | '】' => ']',
        '｛' => '{',
        '｝' => '}',
        '“' | '”' | '＂' | '「' | '」' => '"',
        '‘' | '’' | '＇' => '\'',
        '＃' => '#',
        '－' => '-',
        _ => return None,
    })
}

/// Whether a character is not what it looks like.
pub fn is_odd(c: char) -> bool {
    is_invisible(c) || looks_like(c).is_some()
}

/// A character in words: `U+00A0, a no-break space`.
pub fn describe(c: char) -> String {
    let name = match c {
        '\u{a0}' | '\u{202f}' => "a no-break space",
        '\u{200b}' => "a zero-width space",
        '\u{3000}' => "a full-width space",
        '\u{feff}' => "a byte order mark",
        _ if is_direction(c) => "a mark that changes the direction of text",
        _ if c.is_whitespace() => "a space that is not plain",
        _ => "a character that cannot be seen",
    };
    format!("U+{:04X}, {name}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_told_from_what_can() {
        for c in [
            '\u{a0}', '\u{200b}', '\u{3000}', '\u{feff}', '\u{202e}', '\u{7f}', '\u{85}',
        ] {
            assert!(is_invisible(c), "{}", describe(c));
        }
        for c in [' ', '\n', '\t', 'a', '测', '：', 'é', '-'] {
            assert!(!is_invisible(c), "{c}");
        }
        assert_eq!(describe('\u{a0}'), "U+00A0, a no-break space");
        assert_eq!(describe('\u{2009}'), "U+2009, a space that is not plain");
    }
}
