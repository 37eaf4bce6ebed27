//! The environment variables under which clients find the emulator.

use crate::account::Account;
use crate::call::Provider;
use crate::metadata;

/// Regions and a zone of the built-in data.
const UCLOUD_REGION: &str = "cn-bj2";
const UCLOUD_ZONE: &str = "cn-bj2-02";
const TENCENT_REGION: &str = "ap-guangzhou";
const ALIYUN_REGION: &str = "cn-hangzhou";

/// Variables that hold a token for another key, or choose another key. The emulator would refuse its own key with such a token.
const UNSET: [&str; 8] = [
    "UCLOUD_SECURITY_TOKEN",
    "UCLOUD_PROFILE",
    "TENCENTCLOUD_SESSION_TOKEN",
    "TENCENTCLOUD_TOKEN",
    "TENCENTCLOUD_SECURITY_TOKEN",
    "TCCLI_PROFILE",
    "ALIBABA_CLOUD_SECURITY_TOKEN",
    "ALIBABA_CLOUD_PROFILE",
];

/// The address, then endpoint, key and region of each provider; an empty value is for a variable that must not be set. Of the other
/// sources of keys one alone has a variable for its address.
pub(crate) fn variables(url: &str, requires_metadata_token: bool) -> Vec<(&'static str, String)> {
    let ucloud = Account::built_in(Provider::Ucloud);
    let tencent = Account::built_in(Provider::Tencent);
    let aliyun = Account::built_in(Provider::Aliyun);
    let mut variables = [
        ("CLOUD_EMULATOR_URL", url),
        ("UCLOUD_API_BASE_URL", url),
        ("UCLOUD_PUBLIC_KEY", ucloud.id()),
        ("UCLOUD_PRIVATE_KEY", ucloud.secret()),
        ("UCLOUD_REGION", UCLOUD_REGION),
        ("UCLOUD_ZONE", UCLOUD_ZONE),
        ("TENCENTCLOUD_ENDPOINT", url),
        ("TENCENTCLOUD_SECRET_ID", tencent.id()),
        ("TENCENTCLOUD_SECRET_KEY", tencent.secret()),
        ("TENCENTCLOUD_REGION", TENCENT_REGION),
        ("ALIBABA_CLOUD_ENDPOINT", url),
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", aliyun.id()),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", aliyun.secret()),
        ("ALIBABA_CLOUD_REGION_ID", ALIYUN_REGION),
    ]
    .into_iter()
    .chain(UNSET.map(|name| (name, "")))
    .map(|(name, value)| (name, value.to_owned()))
    .collect::<Vec<_>>();
    // Clients ask this address without a token, which the hardened mode would refuse.
    if !requires_metadata_token {
        let keys = metadata::ALIYUN_KEYS;
        variables.push(("ALIBABA_CLOUD_CREDENTIALS_URI", format!("{url}{keys}")));
    }
    variables
}
