//! Halves of surrogate pairs, which are left where text was cut by somebody who counts in UTF-16.

use std::borrow::Cow;

/// The JSON text with U+FFFD in the place of each half: serde_json reads no text that holds one.
pub(super) fn whole(text: &str) -> Cow<'_, str> {
    let mut mended = Vec::new();
    let (mut copied, mut at) = (0, 0);
    let bytes = text.as_bytes();
    // A backslash stands in front of an escape and nowhere else.
    while let Some(found) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|byte| *byte == b'\\'))
    {
        at += found;
        let unit = |at: usize| match bytes.get(at..at + 6) {
            Some([b'\\', b'u', digits @ ..]) => {
                u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
            }
            _ => None,
        };
        at += match (unit(at), unit(at + 6)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => 12,
            (Some(0xd800..0xe000), _) => {
                mended.extend_from_slice(bytes.get(copied..at).unwrap_or_default());
                mended.extend_from_slice(b"\\ufffd");
                copied = at + 6;
                6
            }
            _ => 2,
        };
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    mended.extend_from_slice(bytes.get(copied..).unwrap_or_default());
    Cow::Owned(String::from_utf8(mended).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn halves_are_replaced_and_pairs_are_not() {
        for (text, mended) in [
            (r"\ud83d\ude00", r"\ud83d\ude00"),
            (r"a\ud83dz", r"a\ufffdz"),
            (r"\ude00\ud83d", r"\ufffd\ufffd"),
            (r"\ud83d\ud83d\ude00", r"\ufffd\ud83d\ude00"),
            (r"\ud83d\n", r"\ufffd\n"),
            (r"\\ud83d", r"\\ud83d"),
            (r"\\\ud83d", r"\\\ufffd"),
            (r"\u00e9备\ud83", r"\u00e9备\ud83"),
            (r"\", r"\"),
        ] {
            assert_eq!(whole(text), mended, "{text}");
        }
    }
}
