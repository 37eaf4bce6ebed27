//! What the generated text says about a provider.

use crate::model::Provider;

/// What belongs to a provider, and where its settings come from.
pub struct Facts {
    /// Its type in the runtime.
    pub path: &'static str,
    /// The runtime's feature for it.
    pub feature: &'static str,
    /// The environment variables that clients read, with their meanings.
    pub variables: &'static [(&'static str, &'static str)],
    /// Where else a key is looked for, in the order of the provider's own tools.
    pub places: &'static [&'static str],
    /// The one of them that overrides the endpoint.
    pub endpoint_variable: &'static str,
}

/// The facts about a provider.
pub fn facts(provider: Provider) -> &'static Facts {
    match provider {
        Provider::Ucloud => &UCLOUD,
        Provider::Tencent => &TENCENT,
        Provider::Aliyun => &ALIYUN,
    }
}

const UCLOUD: Facts = Facts {
    path: "cloud_core::ucloud::Ucloud",
    feature: "ucloud",
    variables: &[
        ("UCLOUD_PUBLIC_KEY", "public key of the account"),
        ("UCLOUD_PRIVATE_KEY", "private key of the account"),
        ("UCLOUD_SECURITY_TOKEN", "token of temporary credentials"),
        ("UCLOUD_REGION", "region of requests that name none"),
        ("UCLOUD_ZONE", "zone of requests that name none"),
        ("UCLOUD_PROJECT_ID", "project of requests that name none"),
        ("UCLOUD_API_BASE_URL", "another endpoint"),
    ],
    places: &[
        "`~/.ucloud/config.json` and `~/.ucloud/credential.json`: the profile that `UCLOUD_PROFILE` names, or the active one",
        "the variables",
    ],
    endpoint_variable: "UCLOUD_API_BASE_URL",
};

const TENCENT: Facts = Facts {
    path: "cloud_core::tencent::Tencent",
    feature: "tencent",
    variables: &[
        ("TENCENTCLOUD_SECRET_ID", "id of the key"),
        ("TENCENTCLOUD_SECRET_KEY", "the key itself"),
        (
            "TENCENTCLOUD_SESSION_TOKEN",
            "token of temporary credentials",
        ),
        ("TENCENTCLOUD_REGION", "region of requests that name none"),
        ("TENCENTCLOUD_ENDPOINT", "another endpoint"),
    ],
    places: &[
        "the variables",
        "`~/.tencentcloud/credentials`, or else `/etc/tencentcloud/credentials`, or the file that `TENCENTCLOUD_CREDENTIALS_FILE` names",
        "`~/.tccli`: the profile that `TCCLI_PROFILE` names, or `default`",
        "instance metadata: the role of the virtual machine",
        "web identity: the `TKE_…` variables of a cluster",
    ],
    endpoint_variable: "TENCENTCLOUD_ENDPOINT",
};

const ALIYUN: Facts = Facts {
    path: "cloud_core::aliyun::Aliyun",
    feature: "aliyun",
    variables: &[
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", "id of the key"),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "the key itself"),
        (
            "ALIBABA_CLOUD_SECURITY_TOKEN",
            "token of temporary credentials",
        ),
        (
            "ALIBABA_CLOUD_REGION_ID",
            "region of requests that name none",
        ),
        ("ALIBABA_CLOUD_ENDPOINT", "another endpoint"),
    ],
    places: &[
        "the variables",
        "OIDC: the variables `ALIBABA_CLOUD_ROLE_ARN`, `ALIBABA_CLOUD_OIDC_PROVIDER_ARN` and `ALIBABA_CLOUD_OIDC_TOKEN_FILE` of a cluster",
        "`~/.aliyun/config.json`: the profile that `ALIBABA_CLOUD_PROFILE` names, or the current one",
        "`~/.alibabacloud/credentials.ini` or `~/.alibabacloud/credentials`, or the file that `ALIBABA_CLOUD_CREDENTIALS_FILE` names",
        "instance metadata: the role of the virtual machine, unless `ALIBABA_CLOUD_ECS_METADATA_DISABLED` is `true`",
        "the address in `ALIBABA_CLOUD_CREDENTIALS_URI`",
    ],
    endpoint_variable: "ALIBABA_CLOUD_ENDPOINT",
};
