//! Lower-case hex.

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Appends two digits for each byte.
pub(crate) fn push(out: &mut String, bytes: &[u8]) {
    out.reserve(bytes.len() * 2);
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            out.push(char::from(DIGITS[usize::from(digit)]));
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn both_digits_of_each_byte() {
        let mut out = String::new();
        super::push(&mut out, &[0, 0x0f, 0xa0, 0xff]);
        assert_eq!(out, "000fa0ff");
    }
}
