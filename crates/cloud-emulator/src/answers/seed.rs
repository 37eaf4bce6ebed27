//! Numbers that look random and are the same for the same request.

/// A number to begin with, from which others follow by names and indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seed(u64);

impl Seed {
    /// The seed of a text: FNV-1a.
    pub(super) fn of(text: &str) -> Self {
        Self(0xcbf2_9ce4_8422_2325).and(text)
    }

    /// The seed of something that has a name in this one's place.
    pub(super) fn and(self, name: &str) -> Self {
        let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        // The end counts as well, so that `ab` then `c` is not `a` then `bc`.
        Self(hash(name.bytes().fold(self.0, hash), 0xff))
    }

    /// The seed of an item.
    pub(super) fn item(self, index: usize) -> Self {
        self.and(&index.to_string())
    }

    /// A number below a limit, or 0 if there is none below it.
    pub(super) fn below(self, limit: u64) -> u64 {
        // The low bits of FNV are the least mixed ones.
        ((self.0 ^ (self.0 >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16)
            .checked_rem(limit)
            .unwrap_or_default()
    }
}
