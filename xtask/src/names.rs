//! Names: from what a provider calls something to what Rust code calls it.
//!
//! Every name of generated code comes from here. A rule that changes renames things for every consumer, so the tests pin them.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Words whose capitals do not show where they begin and end, and how they are meant.
const WORDS: &[(&str, &str)] = &[
    ("IPs", "Ips"),
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("IpV4", "Ipv4"),
    ("IpV6", "Ipv6"),
    ("MongoDB", "Mongodb"),
    ("MySQL", "Mysql"),
    ("PostgreSQL", "Postgresql"),
    ("RWIP", "RwIp"),
    // The longer one comes first.
    ("UDBC", "Udbc"),
    ("UDB", "Udb"),
    ("UDisk", "Udisk"),
    ("UFile", "Ufile"),
    ("UHost", "Uhost"),
    ("USnap", "Usnap"),
    ("VDisk", "Vdisk"),
    ("VMware", "Vmware"),
    ("VPort", "Vport"),
];

/// Words of the language that may be written raw, as in `r#type`. Those of [`NEVER_RAW`] may not.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that cannot be names at all, and `new`, which every request has already. They get a `_` at the end.
const NEVER_RAW: &[&str] = &["crate", "new", "self", "super"];

/// The name of a type: `DescribeUsnapBackupRange`. `None` if nothing of the original can be part of a Rust name.
pub fn type_name(original: &str) -> Option<String> {
    let name = mend_words(original).to_upper_camel_case();
    (is_identifier(&name) && name != "Self").then_some(name)
}

/// The name of an enum's variant: `EcsClient`.
pub fn variant(original: &str) -> Option<String> {
    type_name(original)
}

/// The name of a module: `describe_usnap_backup_range`. It is a file's name too, so it is never raw.
pub fn module(original: &str) -> Option<String> {
    let name = mend_words(original).to_snake_case();
    is_identifier(&name).then(|| {
        if is_word_of_rust(&name) {
            format!("{name}_")
        } else {
            name
        }
    })
}

/// The name of a field and its setter: `vdisk_id`, `r#type`.
pub fn field(original: &str) -> Option<String> {
    let name = mend_words(original).to_snake_case();
    if !is_identifier(&name) {
        None
    } else if NEVER_RAW.contains(&&*name) {
        Some(format!("{name}_"))
    } else if KEYWORDS.contains(&&*name) {
        Some(format!("r#{name}"))
    } else {
        Some(name)
    }
}

/// Whether a crate can be called so: `tencent-redis`.
pub fn is_crate(name: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('-').all(is_word)
}

/// Whether a provider can call an operation so: `DescribeBackups`.
pub fn is_action(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_word_of_rust(name: &str) -> bool {
    KEYWORDS.contains(&name) || NEVER_RAW.contains(&name)
}

/// Only ASCII: names should be typed easily and look like what they are.
fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Rewrites the words of [`WORDS`] where they stand as words: not after a capital (`GPUHost`) and not before a small letter.
fn mend_words(original: &str) -> String {
    let mut mended = String::with_capacity(original.len());
    let mut rest = original;
    while let Some(first) = rest.chars().next() {
        let after_capital = mended.ends_with(|c: char| c.is_ascii_uppercase());
        let word = WORDS.iter().find(|(word, _)| {
            !after_capital
                && rest
                    .strip_prefix(word)
                    .is_some_and(|next| !next.starts_with(|c: char| c.is_ascii_lowercase()))
        });
        match word {
            Some((word, meant)) => {
                mended.push_str(meant);
                rest = &rest[word.len()..];
            }
            None => {
                mended.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    mended
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types() {
        for (original, expected) in [
            ("DescribeUSnapBackupRange", "DescribeUsnapBackupRange"),
            (
                "DescribeUDBInstanceBackupState",
                "DescribeUdbInstanceBackupState",
            ),
            ("DescribeInstanceBackups", "DescribeInstanceBackups"),
            ("DescribeBackupJobs2", "DescribeBackupJobs2"),
            ("CreateUDBSQLServerInstance", "CreateUdbSqlServerInstance"),
            ("CreateUDBMySQLInstance", "CreateUdbMysqlInstance"),
            ("CreateMongoDBReplicaSet", "CreateMongodbReplicaSet"),
            ("SwitchUDBHAToSentinel", "SwitchUdbHaToSentinel"),
            ("EnableUDBRWSplitting", "EnableUdbRwSplitting"),
            ("GetUDBInstanceSSLCertURL", "GetUdbInstanceSslCertUrl"),
            ("GetUDBClientConnNum", "GetUdbClientConnNum"),
            ("UFileDataSet", "UfileDataSet"),
            ("RedisBackupSet", "RedisBackupSet"),
            ("CreatePolicyV2", "CreatePolicyV2"),
        ] {
            assert_eq!(type_name(original).as_deref(), Some(expected));
        }
    }

    #[test]
    fn fields() {
        for (original, expected) in [
            ("VDiskId", "vdisk_id"),
            ("VDiskIds", "vdisk_ids"),
            ("UDiskBoot", "udisk_boot"),
            ("UHostQuantity", "uhost_quantity"),
            ("GPUHostId", "gpu_host_id"),
            ("PrivateIpV4", "private_ipv4"),
            ("SSLBindPrivateIPv4", "ssl_bind_private_ipv4"),
            ("IPv6Address", "ipv6_address"),
            ("EnableIpV6", "enable_ipv6"),
            ("VirtualIPs", "virtual_ips"),
            ("LastHeartBeatTime", "last_heart_beat_time"),
            ("UDBCId", "udbc_id"),
            ("IsInUDBC", "is_in_udbc"),
            ("RWIP", "rw_ip"),
            ("HAArch", "ha_arch"),
            ("EnableSSL", "enable_ssl"),
            ("VPCId", "vpc_id"),
            ("DBId", "db_id"),
            ("Md5", "md5"),
            ("MD5", "md5"),
            ("Type", "r#type"),
            ("Self", "self_"),
            ("New", "new_"),
        ] {
            assert_eq!(field(original).as_deref(), Some(expected));
        }
    }

    #[test]
    fn modules() {
        assert_eq!(
            module("DescribeUSnapBackupRange").as_deref(),
            Some("describe_usnap_backup_range")
        );
        assert_eq!(
            module("CreateUSnapGroup").as_deref(),
            Some("create_usnap_group")
        );
        assert_eq!(module("Move").as_deref(), Some("move_"));
    }

    #[test]
    fn crates_and_actions() {
        for (name, is_crate, is_action) in [
            ("tencent-redis", true, false),
            ("s3", true, false),
            ("DescribeBackupJobs2", false, true),
            ("Tencent_Redis", false, false),
            ("acme_vault", false, false),
            ("-vault", false, false),
            ("acme--vault", false, false),
            ("3s", false, false),
            ("Describe/Vaults", false, false),
            ("..", false, false),
            ("", false, false),
        ] {
            assert_eq!(
                (super::is_crate(name), super::is_action(name)),
                (is_crate, is_action),
                "{name}"
            );
        }
    }

    #[test]
    fn variants() {
        for (original, expected) in [
            ("ECS_CLIENT", Some("EcsClient")),
            ("amd64", Some("Amd64")),
            ("NOT_INSTALLED", Some("NotInstalled")),
            ("cn-bj2", Some("CnBj2")),
            ("Success", Some("Success")),
            ("386", None),
            ("-1", None),
            ("", None),
            ("测试", None),
            ("self", None),
        ] {
            assert_eq!(variant(original).as_deref(), expected, "{original}");
        }
    }
}
