//! A service of each provider, and an operation that all of them have.

use cloud_core::aliyun::Aliyun;
use cloud_core::tencent::Tencent;
use cloud_core::ucloud::Ucloud;
use cloud_core::{
    AsValue, Effect, EndpointRule, ErrorKind, Field, Metadata, Need, Operation, Params, Record,
    Scope, Service, ServiceInfo, Text, Value,
};

use super::records::Answer;

pub(crate) enum Udb {}

impl Service for Udb {
    type Provider = Ucloud;

    const INFO: ServiceInfo = ServiceInfo {
        name: "udb",
        version: "",
        user_agent: "cloud-core-tests/1 udb",
        endpoints: &[EndpointRule::always("https://api.ucloud.cn")],
        errors: &[
            ("7085", ErrorKind::NotFound),
            ("7183", ErrorKind::Unavailable),
        ],
    };
}

pub(crate) enum Redis {}

impl Service for Redis {
    type Provider = Tencent;

    const INFO: ServiceInfo = ServiceInfo {
        name: "redis",
        version: "2018-04-12",
        user_agent: "cloud-core-tests/1 redis",
        endpoints: &[
            EndpointRule::suffix("-fsi", "https://redis.{region}.tencentcloudapi.com"),
            EndpointRule::always("https://redis.tencentcloudapi.com"),
        ],
        errors: &[("FailedOperation.SystemError", ErrorKind::Internal)],
    };
}

pub(crate) enum Hbr {}

impl Service for Hbr {
    type Provider = Aliyun;

    const INFO: ServiceInfo = ServiceInfo {
        name: "hbr",
        version: "2017-09-08",
        user_agent: "cloud-core-tests/1 hbr",
        endpoints: &[
            EndpointRule::regions(&["cn-wuhan", "cn-fujian"], "https://hbr.aliyuncs.com"),
            EndpointRule::always("https://hbr.{region}.aliyuncs.com"),
        ],
        errors: &[],
    };
}

/// A service whose table of hosts does not cover every region.
pub(crate) enum Sparse {}

impl Service for Sparse {
    type Provider = Aliyun;

    const INFO: ServiceInfo = ServiceInfo {
        endpoints: &[EndpointRule::regions(
            &["cn-wuhan"],
            "https://hbr.aliyuncs.com",
        )],
        ..Hbr::INFO
    };
}

/// A request with parameters of several types; an operation of every service here.
#[derive(Debug, Clone, Default)]
pub(crate) struct DescribeBackups {
    pub(crate) instance: Option<String>,
    pub(crate) limit: Option<i64>,
    pub(crate) status: Vec<i64>,
    pub(crate) tags: Vec<Tag>,
    /// A list that one provider takes as JSON text in one parameter.
    pub(crate) clients: Option<Text<Vec<String>>>,
    pub(crate) note: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) zone: Option<String>,
    pub(crate) project: Option<String>,
}

impl Record for DescribeBackups {
    fn fields(&self) -> &'static [Field] {
        &const {
            [
                Field::new("InstanceId"),
                Field::new("Limit"),
                Field::new("Status"),
                Field::new("Tag"),
                Field::new("ClientIds"),
                Field::new("Note").in_form(),
            ]
        }
    }

    fn value(&self, index: usize) -> Value<'_> {
        // A generated list of a request is left out unless it was set.
        fn list<T: AsValue>(items: &Vec<T>) -> Value<'_> {
            if items.is_empty() {
                Value::Absent
            } else {
                items.value()
            }
        }
        match index {
            0 => self.instance.value(),
            1 => self.limit.value(),
            2 => list(&self.status),
            3 => list(&self.tags),
            4 => self.clients.value(),
            5 => self.note.value(),
            _ => Value::Absent,
        }
    }
}

impl<S: Service> Operation<S> for DescribeBackups {
    type Response = Answer;

    fn metadata(&self) -> Metadata<'_> {
        // Only UCloud's operations are told a zone and a project.
        let is_ucloud = S::INFO.name == "udb";
        let (zone, project) = if is_ucloud {
            (Need::Required, Need::Optional)
        } else {
            (Need::None, Need::None)
        };
        Metadata::new("DescribeBackups", Effect::Read)
            .region(Need::Required)
            .zone(zone)
            .project(project)
    }

    fn scope(&self) -> Scope<'_> {
        Scope {
            region: self.region.as_deref(),
            zone: self.zone.as_deref(),
            project: self.project.as_deref(),
        }
    }

    fn encode(&self, params: &mut Params) {
        params.record(self);
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// A record nested in a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tag {
    pub(crate) key: Option<String>,
    pub(crate) value: Option<String>,
}

cloud_core::input! {
    Tag {
        "Key" => key,
        "Value" => value,
    }
}
