//! Records as generated crates have them: one with every type that a field can have, and those nested in it.

use cloud_core::Secret;

/// An answer with every simple type that a field can have; the others are in [`kinds`](super::kinds).
#[derive(Debug, Clone, Default)]
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

cloud_core::record! {
    Answer {
        "RequestId" => request_id,
        "TotalCount" | "Total" | "Count" => total_count,
        "Small" => small,
        "Large" => large,
        "Ratio" => ratio,
        "Encrypted" => encrypted,
        "Name" | "Title" => name,
        "Password" => password,
        "Engine" => engine,
        "Status" => status,
        "Place" | "Location" => place,
        "BackupSet" | "RedisBackupSet" => backups,
        "Tags" => tags,
        "Sizes" => sizes,
        "Engines" => engines,
    }
}

/// One backup of the list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Backup {
    pub(crate) id: Option<String>,
    pub(crate) status: Option<Status>,
    pub(crate) size: Option<u64>,
    pub(crate) password: Option<Secret>,
}

cloud_core::record! {
    Backup {
        "BackupId" => id,
        "Status" => status,
        "BackupSize" => size,
        "Password" => password,
    }
}

/// A record that holds records of its own type, so that it can be nested as deep as one likes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    pub(crate) zone: Option<String>,
    pub(crate) floor: Option<i32>,
    pub(crate) rooms: Vec<Place>,
}

cloud_core::record! {
    Place {
        "Zone" => zone,
        "Floor" => floor,
        "Rooms" => rooms,
    }
}

cloud_core::text_enum! {
    /// An enum over text, one value of which has several spellings.
    Engine {
        /// Redis.
        Redis = "redis",
        /// Memcached.
        Memcached = "memcached" | "Memcache" | "memcache",
    }
}

cloud_core::integer_enum! {
    /// An enum over integers.
    Status {
        /// A task is at work.
        Running = 1,
        /// It is good.
        Normal = 2,
        /// It was deleted.
        Deleted = -2,
    }
}
