//! Lower-case hex.

use std::ops::Deref;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Up to 32 bytes in hex. It lives on the stack: a signature takes several of them.
pub(crate) struct Hex {
    digits: [u8; 64],
    length: usize,
}

impl Hex {
    /// Two digits for each of the first 32 bytes.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut digits = [0; 64];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(bytes) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        let length = 2 * bytes.len().min(32);
        Self { digits, length }
    }
}

impl Deref for Hex {
    type Target = str;

    fn deref(&self) -> &str {
        std::str::from_utf8(&self.digits[..self.length]).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn both_digits_of_each_byte() {
        assert_eq!(&*super::Hex::of(&[0, 0x0f, 0xa0, 0xff]), "000fa0ff");
        assert_eq!(super::Hex::of(&[0xab; 32]).len(), 64);
    }
}
