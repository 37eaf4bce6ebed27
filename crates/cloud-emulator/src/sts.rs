//! Security token services: temporary keys for those who may ask, which the emulator lets in until they expire.

use std::time::{Duration, SystemTime};

use serde_json::{Map, Value, json};

use crate::account::{Account, Accounts};
use crate::call::{Call, Provider, Refusal};
use crate::clock::{date_time, unix_seconds};
use crate::random::Random;

pub(crate) const ALIYUN_VERSION: &str = "2015-04-01";
const TENCENT_VERSION: &str = "2018-08-13";

/// What an action that gives out keys wants to know.
struct Action {
    name: &'static str,
    role: &'static str,
    /// Required beside the role and the name of the session.
    required: &'static [&'static str],
    default_seconds: u64,
    seconds: std::ops::RangeInclusive<u64>,
}

const fn action(
    name: &'static str,
    role: &'static str,
    required: &'static [&'static str],
    default_seconds: u64,
    first: u64,
) -> Action {
    Action {
        name,
        role,
        required,
        default_seconds,
        seconds: first..=43_200,
    }
}

const UCLOUD: &[Action] = &[action("AssumeRole", "RoleUrn", &[], 3_600, 900)];

const TENCENT: &[Action] = &[
    action("AssumeRole", "RoleArn", &[], 7_200, 1),
    action(
        "AssumeRoleWithWebIdentity",
        "RoleArn",
        &["ProviderId", "WebIdentityToken"],
        7_200,
        1,
    ),
];

const ALIYUN: &[Action] = &[
    action("AssumeRole", "RoleArn", &[], 3_600, 900),
    action(
        "AssumeRoleWithOIDC",
        "RoleArn",
        &["OIDCProviderArn", "OIDCToken"],
        3_600,
        900,
    ),
];

/// Answers a call of a security token service; `None` if it is for another service.
pub(crate) fn answer(
    call: &Call,
    accounts: &Accounts,
    random: &Random,
    now: SystemTime,
) -> Option<Result<Map<String, Value>, Refusal>> {
    let (actions, version) = match call.provider {
        Provider::Ucloud => (UCLOUD, None),
        Provider::Tencent => (TENCENT, Some(TENCENT_VERSION)),
        Provider::Aliyun => (ALIYUN, Some(ALIYUN_VERSION)),
    };
    let is_sts = match call.provider {
        Provider::Ucloud => true,
        // A call without a signature has no scope that would name the service.
        Provider::Tencent => call
            .product
            .as_deref()
            .is_none_or(|product| product == "sts"),
        Provider::Aliyun => call.version.as_deref() == version,
    };
    let action = actions.iter().find(|action| action.name == call.action);
    let action = action.filter(|_| is_sts)?;
    if let Some(expected) = version.filter(|expected| call.version.as_deref() != Some(expected)) {
        return Some(Err(Refusal::UnknownVersion {
            expected: expected.to_owned(),
        }));
    }
    Some(action.issue(call, accounts, random, now))
}

impl Action {
    fn issue(
        &self,
        call: &Call,
        accounts: &Accounts,
        random: &Random,
        now: SystemTime,
    ) -> Result<Map<String, Value>, Refusal> {
        let required = |name: &str| {
            let value = call.arguments.text(name).filter(|value| !value.is_empty());
            value.ok_or_else(|| Refusal::Missing {
                parameter: name.to_owned(),
            })
        };
        let role = required(self.role)?;
        let session = required("RoleSessionName")?;
        for name in self.required {
            required(name)?;
        }
        let seconds = self.seconds(call)?;
        let account = accounts.issue(call.provider, random, now, Duration::from_secs(seconds));
        Ok(match call.provider {
            Provider::Ucloud => object(json!({ "Credentials": access_key(&account) })),
            Provider::Tencent => tencent(&account),
            Provider::Aliyun => self.aliyun(&account, &role, &session),
        })
    }

    fn seconds(&self, call: &Call) -> Result<u64, Refusal> {
        let Some(text) = call.arguments.text("DurationSeconds") else {
            return Ok(self.default_seconds);
        };
        let seconds = text.parse().ok();
        let seconds = seconds.filter(|seconds| self.seconds.contains(seconds));
        seconds.ok_or_else(|| Refusal::Invalid {
            parameter: "DurationSeconds".to_owned(),
            problem: format!(
                "{text:?} is not a number from {} to {}",
                self.seconds.start(),
                self.seconds.end()
            ),
        })
    }

    fn aliyun(&self, account: &Account, role: &str, session: &str) -> Map<String, Value> {
        let user = json!({
            "Arn": format!("{role}/{session}"),
            "AssumedRoleId": format!("300000000000000000:{session}"),
        });
        let mut body =
            object(json!({ "AssumedRoleUser": user, "Credentials": access_key(account) }));
        if self.name == "AssumeRoleWithOIDC" {
            let token =
                json!({ "Issuer": "emulator", "Subject": session, "ClientIds": "emulator" });
            body.insert("OIDCTokenInfo".to_owned(), token);
        }
        body
    }
}

fn tencent(account: &Account) -> Map<String, Value> {
    let expires = account.expires().unwrap_or(SystemTime::UNIX_EPOCH);
    let credentials = json!({
        "TmpSecretId": account.id(),
        "TmpSecretKey": account.secret(),
        "Token": account.token(),
    });
    object(json!({
        "Credentials": credentials,
        "ExpiredTime": unix_seconds(expires),
        "Expiration": date_time(expires),
    }))
}

fn access_key(account: &Account) -> Value {
    json!({
        "AccessKeyId": account.id(),
        "AccessKeySecret": account.secret(),
        "SecurityToken": account.token(),
        "Expiration": account.expires().map(date_time),
    })
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
