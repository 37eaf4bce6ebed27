//! "Did you mean": the known word that is nearest to the one that was written.

/// The nearest of the known words, if one is near enough that it was probably meant.
///
/// Capitals and `_` do not count: `backup_set` is how Rust spells `BackupSet`.
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = |word: &str| -> Vec<char> {
        let letters = word.chars().filter(|c| *c != '_');
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    let word = letters(word);
    let mut best = None;
    for candidate in known {
        let letters = letters(candidate);
        // A third of the letters may be wrong: of a short word one, of a long word more.
        let limit = word.len().max(letters.len()).div_ceil(3);
        if word.len().abs_diff(letters.len()) > limit {
            continue;
        }
        let distance = distance(&word, &letters);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many letters have to be added, removed, changed or swapped with their neighbour to make one word of the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(last.len());
        row.push(i + 1);
        for (j, &y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                cost = cost.min(before_last[j - 1] + 1);
            }
            row.push(cost);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_near_is_suggested() {
        let keys = ["type", "required", "doc", "default", "in"];
        assert_eq!(closest("tpye", keys), Some("type"));
        assert_eq!(closest("requierd", keys), Some("required"));
        assert_eq!(closest("Doc", keys), Some("doc"));
        assert_eq!(closest("i46", ["string", "i32", "i64"]), Some("i64"));
        assert_eq!(
            closest("BackupSets", ["Snapshot", "BackupSet"]),
            Some("BackupSet")
        );
        let names = ["TotalCount", "RedisBackupSet", "PageNumber"];
        assert_eq!(closest("redis_backup_set", names), Some("RedisBackupSet"));
    }

    #[test]
    fn a_word_that_is_far_from_all_is_not_guessed() {
        assert_eq!(closest("pages", ["type", "required", "doc"]), None);
        assert_eq!(closest("", ["type"]), None);
        assert_eq!(closest("x", []), None);
    }
}
