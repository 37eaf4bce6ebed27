//! Taking secrets out of text that others wrote: providers and proxies quote what they were sent, in spellings of their own.

use std::borrow::Cow;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::credentials::Credentials;
use crate::secret::Secret;

/// What stands in the place of a secret.
const REDACTED: &str = "[secret]";

/// Shorter text can't be told from ordinary words.
const SHORTEST: usize = 4;

/// How many times one spelling may be put into another, as in percent-encoding that was percent-encoded again.
const LAYERS: usize = 4;

/// No spelling of a secret is more than so many times as long as the secret.
const LONGEST_SPELLING: usize = 12;

/// Takes the secrets of a request out of text.
pub(crate) struct Redactor<'a> {
    secrets: Vec<&'a str>,
}

impl<'a> Redactor<'a> {
    /// Knows the key that the request was signed with, and the secrets among its parameters.
    pub(crate) fn new(credentials: &'a Credentials, parameters: &'a [Secret]) -> Self {
        let of_key = [Some(credentials.secret()), credentials.token()];
        let secrets = of_key.into_iter().flatten().chain(parameters);
        Self {
            secrets: secrets
                .map(Secret::expose)
                .filter(|secret| secret.len() >= SHORTEST)
                .collect(),
        }
    }

    /// Knows no secret.
    pub(crate) const fn nothing() -> Self {
        Self {
            secrets: Vec::new(),
        }
    }

    /// The text without secrets, cut after about `limit` bytes. Only the part that is kept is looked at.
    pub(crate) fn redact(&self, text: &str, limit: usize) -> String {
        let longest = self.secrets.iter().map(|secret| secret.len()).max();
        // A secret that the cut would part has to be seen whole.
        let window = limit.saturating_add(longest.unwrap_or_default() * LONGEST_SPELLING);
        let seen = start_of(text, window);
        let kept = start_of(text, limit).len();
        let mut out = String::with_capacity(kept);
        let mut from = 0;
        for range in self.ranges(seen.as_bytes()) {
            if range.start >= kept {
                break;
            }
            if range.start >= from {
                out.push_str(seen.get(from..range.start).unwrap_or_default());
                out.push_str(REDACTED);
            }
            from = from.max(range.end);
        }
        out.push_str(seen.get(from..kept).unwrap_or_default());
        if from.max(kept) < text.len() {
            out.push('…');
        }
        out
    }

    /// The same for the id of an answer, which hardly ever is more than that, and is there in every call.
    pub(crate) fn redact_id(&self, id: String, limit: usize) -> String {
        let is_plain = id.len() <= limit
            && !id.contains(['%', '\\', '&'])
            && !self.secrets.iter().any(|secret| id.contains(secret));
        if is_plain {
            id
        } else {
            self.redact(&id, limit)
        }
    }

    /// Where secrets stand, in order, each range on the borders of characters.
    fn ranges(&self, text: &[u8]) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        if self.secrets.is_empty() {
            return ranges;
        }
        let mut layer = Layer::of(text);
        for _ in 0..LAYERS {
            for secret in &self.secrets {
                layer.find(secret.as_bytes(), &mut ranges);
                layer.find_base64(secret.as_bytes(), &mut ranges);
            }
            match layer.decoded() {
                Some(inner) => layer = inner,
                None => break,
            }
        }
        ranges.sort_unstable_by_key(|range| (range.start, range.end));
        ranges
    }
}

/// The longest start of the text with at most so many bytes.
fn start_of(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// The text with some of its spellings undone.
struct Layer<'a> {
    bytes: Cow<'a, [u8]>,
    /// Where each byte, and the end, stands in the text.
    places: Vec<usize>,
}

impl<'a> Layer<'a> {
    fn of(text: &'a [u8]) -> Self {
        Self {
            bytes: Cow::Borrowed(text),
            places: (0..=text.len()).collect(),
        }
    }

    /// Undoes one spelling of each character that is spelled out. `None` if there is none.
    fn decoded(&self) -> Option<Layer<'static>> {
        if !self.bytes.iter().any(|byte| b"%\\&".contains(byte)) {
            return None;
        }
        let mut bytes = Vec::with_capacity(self.bytes.len());
        let mut places = Vec::with_capacity(self.places.len());
        let mut at = 0;
        let mut changed = false;
        while let Some(rest) = self.bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let place = self.places.get(at).copied().unwrap_or_default();
            let spelled = spelled_out(rest);
            changed |= spelled.is_some();
            let (character, length) = spelled.unwrap_or((char::from(rest[0]), 1));
            if length == 1 {
                bytes.push(rest[0]);
            } else if rest[0] == b'%' {
                bytes.push(character as u8);
            } else {
                bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            places.resize(bytes.len(), place);
            at += length;
        }
        places.extend(self.places.last());
        changed.then_some(Layer {
            bytes: Cow::Owned(bytes),
            places,
        })
    }

    /// Finds the text itself. A space may stand as `+`, as in forms.
    fn find(&self, secret: &[u8], ranges: &mut Vec<Range<usize>>) {
        let is_same = |(one, other): (&u8, &u8)| one == other || (*one == b' ' && *other == b'+');
        for (at, found) in self.bytes.windows(secret.len()).enumerate() {
            if secret.iter().zip(found).all(is_same) {
                ranges.extend(self.range(at, at + secret.len()));
            }
        }
    }

    /// Finds the text in Base64, alone or between other text, and the whole word that it is in.
    fn find_base64(&self, secret: &[u8], ranges: &mut Vec<Range<usize>>) {
        const SHORTEST_IN_BASE64: usize = 8;
        let is_long = secret.len() >= SHORTEST_IN_BASE64;
        if !is_long || self.bytes.len() < secret.len() {
            return;
        }
        for before in 0..3 {
            let mut padded = vec![0; before];
            padded.extend_from_slice(secret);
            let encoded = STANDARD_NO_PAD.encode(&padded);
            // The first and the last digit depend on what stands beside the text, too.
            let whole = (before * 8).div_ceil(6)..padded.len() * 8 / 6;
            let digits = encoded.as_bytes().get(whole).unwrap_or_default();
            for (at, found) in self.bytes.windows(digits.len()).enumerate() {
                if digits
                    .iter()
                    .zip(found)
                    .all(|(one, other)| *one == standard(*other))
                {
                    let is_digit =
                        |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_=".contains(byte);
                    let start = self.bytes[..at]
                        .iter()
                        .rev()
                        .take_while(|byte| is_digit(byte));
                    let end = self.bytes[at + digits.len()..]
                        .iter()
                        .take_while(|byte| is_digit(byte));
                    ranges.extend(self.range(at - start.count(), at + digits.len() + end.count()));
                }
            }
        }
    }

    fn range(&self, start: usize, end: usize) -> Option<Range<usize>> {
        Some(*self.places.get(start)?..*self.places.get(end)?)
    }
}

/// A digit of Base64 for addresses as one of standard Base64.
fn standard(digit: u8) -> u8 {
    match digit {
        b'-' => b'+',
        b'_' => b'/',
        other => other,
    }
}

/// The character that the text begins with in another spelling, and how long that is: `%2B`, `\u002b`, `\x2b`, `\"`, `&#43;`,
/// `&amp;`. After `%` it is one byte.
fn spelled_out(text: &[u8]) -> Option<(char, usize)> {
    match text {
        [b'%', high, low, ..] => {
            let byte = hex(&[*high, *low])?;
            Some((char::from(u8::try_from(byte).ok()?), 3))
        }
        [b'\\', b'u', b'{', rest @ ..] => {
            let end = rest.iter().take(7).position(|byte| *byte == b'}')?;
            Some((char::from_u32(hex(rest.get(..end)?)?)?, end + 4))
        }
        [b'\\', b'u', digits @ ..] => Some((char::from_u32(hex(digits.get(..4)?)?)?, 6)),
        [b'\\', b'x', digits @ ..] => Some((char::from_u32(hex(digits.get(..2)?)?)?, 4)),
        [b'\\', escaped @ (b'"' | b'\'' | b'\\' | b'/'), ..] => Some((char::from(*escaped), 2)),
        [b'&', b'#', rest @ ..] => {
            let end = rest.iter().take(8).position(|byte| *byte == b';')?;
            let number = match rest.get(..end)? {
                [b'x' | b'X', digits @ ..] => hex(digits)?,
                digits => std::str::from_utf8(digits).ok()?.parse().ok()?,
            };
            Some((char::from_u32(number)?, end + 3))
        }
        [b'&', ..] => {
            const NAMES: [(&str, char); 5] = [
                ("&amp;", '&'),
                ("&lt;", '<'),
                ("&gt;", '>'),
                ("&quot;", '"'),
                ("&apos;", '\''),
            ];
            let named = NAMES
                .iter()
                .find(|(name, _)| text.starts_with(name.as_bytes()));
            named.map(|(name, character)| (*character, name.len()))
        }
        _ => None,
    }
}

fn hex(digits: &[u8]) -> Option<u32> {
    let is_hex = !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
    let digits = std::str::from_utf8(digits).ok().filter(|_| is_hex)?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = r#"k+y/"of=the\tests é"#;

    fn redacted(text: &str) -> String {
        let credentials = Credentials::new("id", SECRET);
        Redactor::new(&credentials, &[]).redact(text, 10_000)
    }

    #[test]
    fn spellings_of_a_secret() {
        let json = serde_json::to_string(SECRET).unwrap_or_default();
        let twice = serde_json::to_string(&json).unwrap_or_default();
        for spelled in [
            SECRET,
            "k%2By%2F%22of%3Dthe%5Ctests%20%C3%A9",
            "k%2by/%22of=the%5ctests+%c3%a9",
            "k%252By%252F%2522of%253Dthe%255Ctests%2520%25C3%25A9",
            json.trim_matches('"'),
            twice.trim_matches(['"', '\\']),
            r#"\u006b+y\/\"of=the\\tests \u00e9"#,
            r#"k\u{2b}y/\"of\x3dthe\\tests é"#,
            "k&#43;y&#x2F;&quot;of=the\\tests é",
            "ayt5LyJvZj10aGVcdGVzdHMgw6k=",
            "ayt5LyJvZj10aGVcdGVzdHMgw6k%3D",
        ] {
            for text in [
                format!("a {spelled} b"),
                format!("{spelled} b"),
                format!("a {spelled}"),
            ] {
                let expected = text.replace(spelled, REDACTED);
                assert_eq!(redacted(&text), expected, "{text}");
            }
        }
    }

    #[test]
    fn base64_with_text_around_the_secret() {
        for before in ["", "u", "us", "use", "user:"] {
            for after in ["", "!", "!!", "!!!"] {
                let encoded = STANDARD_NO_PAD.encode(format!("{before}{SECRET}{after}"));
                for encoded in [encoded.clone(), encoded.replace('+', "-").replace('/', "_")] {
                    assert_eq!(redacted(&format!("Basic {encoded}")), "Basic [secret]");
                }
            }
        }
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in [
            "",
            "%",
            "100 %zz",
            r"\u12",
            r"\",
            "&",
            "&#;",
            "&#99999999;",
            "k+y",
            "备份 😀 %41 &amp;",
        ] {
            assert_eq!(redacted(text), text);
        }
    }

    #[test]
    fn a_cut_never_parts_a_secret() {
        let credentials = Credentials::new("id", SECRET);
        let redactor = Redactor::new(&credentials, &[]);
        for before in 0..60 {
            let text = "x".repeat(before) + SECRET + &"y".repeat(100);
            let shown = redactor.redact(&text, 40);
            assert!(!shown.contains("k+y/"), "{shown}");
            assert!(
                shown.len() <= 40 + REDACTED.len() + '…'.len_utf8(),
                "{shown}"
            );
        }
    }
}
