//! Records as generated crates have them: one with every type that a field can have, and those nested in it.

use cloud_core::{
    AsSlot, AsValue, Field, IntegerEnum, Record, RecordMut, Secret, Slot, TextEnum, Value,
};

/// Implements what a generated struct implements, from the names of its fields on the wire.
macro_rules! fields {
    ($type:ident { $($field:ident: $name:literal $([$($alias:literal),+])? $(in $member:literal)?,)+ }) => {
        impl Record for $type {
            fn fields(&self) -> &'static [Field] {
                &const { [$(Field::new($name)$(.aliases(&[$($alias),+]))?$(.wrapped_in($member))?),+] }
            }

            fn value(&self, index: usize) -> Value<'_> {
                let fields: &[&dyn AsValue] = &[$(&self.$field),+];
                fields.get(index).map_or(Value::Absent, |field| field.value())
            }
        }

        impl RecordMut for $type {
            fn slot(&mut self, index: usize) -> Slot<'_> {
                let fields: Vec<&mut dyn AsSlot> = vec![$(&mut self.$field),+];
                fields.into_iter().nth(index).map_or(Slot::Unknown, |field| field.slot())
            }
        }

        cloud_core::record!($type);
    };
}

pub(crate) use fields;

/// An answer with every simple type that a field can have; the others are in [`kinds`](super::kinds).
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Answer {
    pub(crate) request_id: Option<String>,
    pub(crate) total_count: Option<i64>,
    pub(crate) small: Option<i32>,
    pub(crate) large: Option<u64>,
    pub(crate) ratio: Option<f64>,
    pub(crate) encrypted: Option<bool>,
    pub(crate) name: Option<String>,
    pub(crate) password: Option<Secret>,
    pub(crate) engine: Option<Engine>,
    pub(crate) status: Option<Status>,
    pub(crate) place: Option<Place>,
    pub(crate) backups: Vec<Backup>,
    pub(crate) tags: Vec<String>,
    pub(crate) sizes: Vec<i64>,
    pub(crate) engines: Vec<Engine>,
}

fields!(Answer {
    request_id: "RequestId",
    total_count: "TotalCount" ["Total", "Count"],
    small: "Small",
    large: "Large",
    ratio: "Ratio",
    encrypted: "Encrypted",
    name: "Name" ["Title"],
    password: "Password",
    engine: "Engine",
    status: "Status",
    place: "Place" ["Location"],
    backups: "BackupSet" ["RedisBackupSet"],
    tags: "Tags",
    sizes: "Sizes",
    engines: "Engines",
});

/// One backup of the list.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Backup {
    pub(crate) id: Option<String>,
    pub(crate) status: Option<Status>,
    pub(crate) size: Option<u64>,
    pub(crate) password: Option<Secret>,
}

fields!(Backup {
    id: "BackupId",
    status: "Status",
    size: "BackupSize",
    password: "Password",
});

/// A record that holds records of its own type, so that it can be nested as deep as one likes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Place {
    pub(crate) zone: Option<String>,
    pub(crate) floor: Option<i32>,
    pub(crate) rooms: Vec<Place>,
}

fields!(Place {
    zone: "Zone",
    floor: "Floor",
    rooms: "Rooms",
});

/// An enum over text, one value of which has several spellings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Engine {
    Redis,
    Memcached,
    Unknown(String),
}

impl TextEnum for Engine {
    fn from_wire(text: &str) -> Self {
        match text {
            "redis" => Self::Redis,
            "memcached" | "Memcache" | "memcache" => Self::Memcached,
            other => Self::Unknown(other.to_owned()),
        }
    }

    fn as_wire(&self) -> &str {
        match self {
            Self::Redis => "redis",
            Self::Memcached => "memcached",
            Self::Unknown(other) => other,
        }
    }
}

cloud_core::text_enum!(Engine);

/// An enum over integers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Status {
    Running,
    Normal,
    Deleted,
    Unknown(i64),
}

impl IntegerEnum for Status {
    fn from_wire(number: i64) -> Self {
        match number {
            1 => Self::Running,
            2 => Self::Normal,
            -2 => Self::Deleted,
            other => Self::Unknown(other),
        }
    }

    fn as_wire(&self) -> i64 {
        match self {
            Self::Running => 1,
            Self::Normal => 2,
            Self::Deleted => -2,
            Self::Unknown(other) => *other,
        }
    }
}

cloud_core::integer_enum!(Status);
