//! The metadata services of virtual machines, each under the path that its provider serves it at.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::account::{Account, Accounts};
use crate::call::Provider;
use crate::clock::{date_time, unix_seconds};
use crate::random::Random;
use crate::reply::Reply;
use crate::request::Request;

/// The role that every machine has.
const ROLE: &str = "emulator-role";
/// Where Alibaba Cloud's keys of this role are.
pub(crate) const ALIYUN_KEYS: &str = "/latest/meta-data/ram/security-credentials/emulator-role";
const REGION: &str = "cn-bj2";
const ZONE: &str = "cn-bj2-04";

const KEYS_LAST: Duration = Duration::from_secs(6 * 3_600);
/// A key is given out again until so little of its time is left.
const RENEWED_BEFORE: Duration = Duration::from_secs(1_800);

const ALIYUN_TOKEN_PATH: &str = "/latest/api/token";
const ALIYUN_TOKEN: &str = "x-aliyun-ecs-metadata-token";
const ALIYUN_TOKEN_SECONDS: &str = "x-aliyun-ecs-metadata-token-ttl-seconds";
/// So many tokens of Alibaba Cloud's metadata are remembered.
const TOKENS: usize = 256;

pub(crate) struct Metadata {
    /// Alibaba Cloud's hardened mode: nothing without a token.
    pub(crate) requires_token: bool,
    tokens: Mutex<VecDeque<(String, SystemTime)>>,
    keys: Mutex<Vec<Account>>,
}

/// What metadata are made from.
pub(crate) struct Source<'a> {
    pub(crate) accounts: &'a Accounts,
    pub(crate) random: &'a Random,
    pub(crate) now: SystemTime,
}

impl Metadata {
    pub(crate) fn new(requires_token: bool) -> Self {
        Self {
            requires_token,
            tokens: Mutex::default(),
            keys: Mutex::default(),
        }
    }

    /// Whose metadata stand at this path.
    pub(crate) fn provider(path: &str) -> Option<Provider> {
        [
            ("/meta-data/", Provider::Ucloud),
            ("/latest/meta-data/cam/", Provider::Tencent),
            ("/latest/meta-data/ram/", Provider::Aliyun),
            (ALIYUN_TOKEN_PATH, Provider::Aliyun),
        ]
        .into_iter()
        .find(|(prefix, _)| path.starts_with(prefix))
        .map(|(_, provider)| provider)
    }

    pub(crate) fn answer(
        &self,
        provider: Provider,
        request: &Request,
        source: &Source<'_>,
    ) -> Reply {
        match provider {
            _ if request.path == ALIYUN_TOKEN_PATH => self.token(request, source),
            _ if request.method != Method::GET => status(StatusCode::METHOD_NOT_ALLOWED),
            Provider::Ucloud => self.ucloud(request, source),
            Provider::Tencent => self.tencent(request, source),
            Provider::Aliyun => self.aliyun(request, source),
        }
    }

    fn ucloud(&self, request: &Request, source: &Source<'_>) -> Reply {
        let seconds = request
            .header("duration-seconds")
            .map(|text| text.parse::<u64>());
        let data = match request.path.as_str() {
            "/meta-data/latest/region" => return Reply::text(StatusCode::OK, REGION),
            "/meta-data/latest/availability-zone" => return Reply::text(StatusCode::OK, ZONE),
            path => match (
                role(path, "/meta-data/v1/uam/security-credentials"),
                role(path, "/meta-data/v2/iam/security-credentials"),
                seconds,
            ) {
                (Some("" | ROLE), _, _) => ucloud_v1(&self.key(Provider::Ucloud, source)),
                (_, Some(ROLE), None) => ucloud_v2(&self.key(Provider::Ucloud, source)),
                (_, Some(ROLE), Some(Ok(seconds @ 900..=3_600))) => {
                    let lasts = Duration::from_secs(seconds);
                    ucloud_v2(&source.accounts.issue(
                        Provider::Ucloud,
                        source.random,
                        source.now,
                        lasts,
                    ))
                }
                (_, Some(ROLE), Some(_)) => return status(StatusCode::BAD_REQUEST),
                _ => return status(StatusCode::NOT_FOUND),
            },
        };
        let body = json!({ "RetCode": 0, "Message": "", "Data": data });
        Reply::json(StatusCode::OK, &body)
    }

    fn tencent(&self, request: &Request, source: &Source<'_>) -> Reply {
        match role(&request.path, "/latest/meta-data/cam/security-credentials") {
            Some("") => Reply::text(StatusCode::OK, ROLE),
            Some(ROLE) => {
                let key = self.key(Provider::Tencent, source);
                Reply::json(
                    StatusCode::OK,
                    &json!({
                        "Code": "Success",
                        "TmpSecretId": key.id(),
                        "TmpSecretKey": key.secret(),
                        "Token": key.token(),
                        "ExpiredTime": key.expires().map(unix_seconds),
                        "Expiration": key.expires().map(date_time),
                    }),
                )
            }
            _ => status(StatusCode::NOT_FOUND),
        }
    }

    fn aliyun(&self, request: &Request, source: &Source<'_>) -> Reply {
        let may = match request.header(ALIYUN_TOKEN) {
            Some(token) => self.is_known(&token, source.now),
            None => !self.requires_token,
        };
        if !may {
            return status(StatusCode::FORBIDDEN);
        }
        match role(&request.path, "/latest/meta-data/ram/security-credentials") {
            Some("") => Reply::text(StatusCode::OK, ROLE),
            Some(ROLE) => {
                let key = self.key(Provider::Aliyun, source);
                Reply::json(
                    StatusCode::OK,
                    &json!({
                        "Code": "Success",
                        "AccessKeyId": key.id(),
                        "AccessKeySecret": key.secret(),
                        "SecurityToken": key.token(),
                        "Expiration": key.expires().map(date_time),
                        "LastUpdated": date_time(source.now),
                    }),
                )
            }
            _ => status(StatusCode::NOT_FOUND),
        }
    }

    /// Gives out a token for Alibaba Cloud's metadata.
    fn token(&self, request: &Request, source: &Source<'_>) -> Reply {
        if request.method != Method::PUT {
            return status(StatusCode::METHOD_NOT_ALLOWED);
        }
        let seconds = request.header(ALIYUN_TOKEN_SECONDS);
        let seconds = seconds.and_then(|text| text.parse().ok());
        let Some(seconds @ 1..=21_600) = seconds else {
            return status(StatusCode::BAD_REQUEST);
        };
        let expires = source.now.checked_add(Duration::from_secs(seconds));
        let token = source.random.alphanumeric(56);
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        if tokens.len() == TOKENS {
            tokens.pop_front();
        }
        tokens.push_back((token.clone(), expires.unwrap_or(source.now)));
        Reply::text(StatusCode::OK, token)
    }

    fn is_known(&self, token: &str, now: SystemTime) -> bool {
        let tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        tokens
            .iter()
            .any(|(known, expires)| known == token && *expires > now)
    }

    /// The key of the machine's role, a new one only if the last one is about to expire.
    fn key(&self, provider: Provider, source: &Source<'_>) -> Account {
        let still_good = source.now.checked_add(RENEWED_BEFORE);
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        keys.retain(|key| key.provider() != provider || key.expires() > still_good);
        let known = keys.iter().find(|key| key.provider() == provider).cloned();
        known.unwrap_or_else(|| {
            let key = source
                .accounts
                .issue(provider, source.random, source.now, KEYS_LAST);
            keys.push(key.clone());
            key
        })
    }
}

/// The role that a path names: empty if it names none, `None` if it is another path.
fn role<'a>(path: &'a str, base: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(base)?;
    if rest.is_empty() {
        Some("")
    } else {
        rest.strip_prefix('/')
    }
}

fn ucloud_v1(key: &Account) -> Value {
    json!({
        "PublicKey": key.id(),
        "PrivateKey": key.secret(),
        "SecurityToken": key.token(),
        "Expiration": key.expires().map(unix_seconds),
        "CharacterName": ROLE,
        "ProjectID": "org-emulator",
        "UHostID": "uhost-emulator",
        "UPHostId": "",
    })
}

fn ucloud_v2(key: &Account) -> Value {
    json!({
        "AccessKeyId": key.id(),
        "AccessKeySecret": key.secret(),
        "SecurityToken": key.token(),
        "Expiration": key.expires().map(date_time),
        "CharacterName": ROLE,
        "ProjectID": "org-emulator",
        "HostID": "uhost-emulator",
    })
}

/// A failure without a body of its own form: metadata services have none.
fn status(status: StatusCode) -> Reply {
    Reply::text(status, status.canonical_reason().unwrap_or_default())
}
