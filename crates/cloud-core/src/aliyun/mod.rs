//! Alibaba Cloud: ACS3-HMAC-SHA256 signatures over a query and a form body, answers with `Code` and `Success`.

pub mod acs3;
mod anonymous;
pub mod credentials;

use std::sync::Arc;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Request};

use crate::credentials::environment::KeyVariables;
use crate::credentials::{CredentialSource, Credentials, Slot, Variables};
use crate::digest::sha256_hex;
use crate::envelope::{Envelope, Level, Part, Role};
use crate::error::{Error, ErrorKind};
use crate::hex::Hex;
use crate::params::{Params, Style, form_body};
use crate::protocol::{
    Protocol, Remedy, Signer, Unsigned, Verdict, insert_constant_header, insert_header,
    insert_secret_header,
};
use crate::secret::Secret;
use crate::service::{Provider, Sealed};
use crate::time::civil::{Utc, unix_seconds};

/// Alibaba Cloud.
#[derive(Debug)]
pub enum Aliyun {}

impl Provider for Aliyun {}

impl Sealed for Aliyun {
    fn protocol() -> &'static dyn Protocol {
        &Acs3
    }
}

const CONTENT_TYPE_FORM: &str = "application/x-www-form-urlencoded";

struct Acs3;

impl Protocol for Acs3 {
    fn name(&self) -> &'static str {
        "Alibaba Cloud"
    }

    fn id(&self) -> &'static str {
        "alibaba_cloud"
    }

    fn style(&self) -> Style {
        Style::QueryAndForm
    }

    fn variables(&self) -> &'static Variables {
        &Variables {
            keys: &[
                KeyVariables {
                    id: "ALIBABA_CLOUD_ACCESS_KEY_ID",
                    secret: "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
                    tokens: &["ALIBABA_CLOUD_SECURITY_TOKEN"],
                },
                KeyVariables {
                    id: "ALIBABACLOUD_ACCESS_KEY_ID",
                    secret: "ALIBABACLOUD_ACCESS_KEY_SECRET",
                    tokens: &["ALIBABACLOUD_SECURITY_TOKEN"],
                },
                KeyVariables {
                    id: "ALICLOUD_ACCESS_KEY_ID",
                    secret: "ALICLOUD_ACCESS_KEY_SECRET",
                    tokens: &["ALICLOUD_SECURITY_TOKEN"],
                },
            ],
            region: &[
                "ALIBABA_CLOUD_REGION_ID",
                "ALIBABACLOUD_REGION_ID",
                "ALICLOUD_REGION_ID",
            ],
            zone: &[],
            project: &[],
            endpoint: &["ALIBABA_CLOUD_ENDPOINT"],
        }
    }

    fn sources(&self) -> Vec<(Slot, Arc<dyn CredentialSource>)> {
        vec![
            (Slot::Environment, Arc::new(*self.variables())),
            (
                Slot::WebIdentity,
                Arc::new(credentials::OidcRoleArn::from_env()),
            ),
            (Slot::Profile, Arc::new(credentials::Profile::current())),
            (Slot::File, Arc::new(credentials::SharedFile::usual())),
            (Slot::Metadata, Arc::new(credentials::EcsRamRole::probe())),
            (Slot::Uri, Arc::new(credentials::CredentialsUri::from_env())),
        ]
    }

    fn wrapping(&self) -> &'static Level {
        &Level {
            keys: &[
                ("Code", Role::Code),
                ("Message", Role::Message),
                ("RequestId", Role::RequestId),
                ("Success", Role::Success),
                ("code", Role::Code),
                ("message", Role::Message),
                ("requestId", Role::RequestId),
            ],
            part: Part::Answer,
        }
    }

    fn verdict(&self, envelope: &Envelope) -> Verdict {
        let code = envelope.code.as_deref().map(str::trim);
        let says_yes = |code: &str| {
            code == "200"
                || ["ok", "success"]
                    .iter()
                    .any(|yes| code.eq_ignore_ascii_case(yes))
        };
        match (envelope.success, code.filter(|code| !code.is_empty())) {
            (Some(false), _) => Verdict::Failure,
            (_, Some(code)) if !says_yes(code) => Verdict::Failure,
            (Some(true), _) | (None, Some(_)) => Verdict::Success,
            (None, None) if envelope.request_id.is_some() => Verdict::Success,
            (None, None) => Verdict::NotAnAnswer("RequestId"),
        }
    }

    fn kind_of(&self, code: &str) -> ErrorKind {
        let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| code.starts_with(prefix));
        if begins(&["Throttling"]) {
            ErrorKind::Throttled
        } else if begins(&[
            "InvalidAccessKey",
            "InvalidSecurityToken",
            "InvalidTimeStamp",
            "Signature",
            "IncompleteSignature",
            "MissingSecurityToken",
            "MissingAccessKeyId",
        ]) {
            ErrorKind::Authentication
        } else if begins(&["Forbidden", "NoPermission"]) {
            ErrorKind::PermissionDenied
        } else if begins(&["ServiceUnavailable"]) {
            ErrorKind::Unavailable
        } else if begins(&["InternalError", "UnknownError"]) {
            ErrorKind::Internal
        } else if begins(&["Quota"]) {
            ErrorKind::QuotaExceeded
        } else if let Some(missing) = missing(code) {
            // What the gateway does not find is a mistake in the request. As `NotFound` it would tell a call that waits for something to
            // go that it is gone.
            if GATEWAY.contains(&&*missing.to_ascii_lowercase()) {
                ErrorKind::InvalidParameter
            } else {
                ErrorKind::NotFound
            }
        } else if begins(&["Invalid", "Missing"]) {
            ErrorKind::InvalidParameter
        } else {
            ErrorKind::Other
        }
    }

    fn remedy(&self, code: &str) -> Option<Remedy> {
        match code {
            "InvalidTimeStamp.Expired" => Some(Remedy::SetClock),
            "SignatureNonceUsed" => Some(Remedy::NewNonce),
            "InvalidSecurityToken.Expired" => Some(Remedy::RenewKey),
            _ => None,
        }
    }

    fn signer(&self, credentials: Credentials) -> Arc<dyn Signer> {
        let key = acs3::SigningKey::new(credentials.secret().expose());
        Arc::new(Acs3Signer { credentials, key })
    }
}

/// What the gateway looks for before a service sees the request.
const GATEWAY: [&str; 10] = [
    "action",
    "api",
    "apiversion",
    "domain",
    "endpoint",
    "product",
    "regionid",
    "region",
    "version",
    "zoneid",
];

/// What does not exist by this code: `Instance` of `InvalidInstance.NotFound`, `InstanceNotFound` and the like.
fn missing(code: &str) -> Option<&str> {
    let suffixes = ["NotFound", "NotExist", "NotExists"];
    let missing = suffixes
        .iter()
        .find_map(|suffix| code.strip_suffix(suffix))?;
    let missing = missing.strip_suffix('.').unwrap_or(missing);
    Some(missing.strip_prefix("Invalid").unwrap_or(missing))
}

struct Acs3Signer {
    credentials: Credentials,
    key: acs3::SigningKey,
}

/// The body, sorted like the query: the official SDKs send the same bytes.
fn form(params: &Params) -> String {
    let mut form: Vec<(&str, &str)> = params
        .form
        .iter()
        .map(|(name, value)| (name.as_ref(), value.as_str()))
        .collect();
    form.sort_unstable();
    form_body(form)
}

impl Signer for Acs3Signer {
    fn sign(&self, request: &Unsigned<'_>) -> Result<Request<Bytes>, Error> {
        if self.credentials.is_anonymous() {
            return anonymous::request(request);
        }
        let service = request.service;
        let host = request.endpoint.host();
        let query = acs3::canonical_query(
            request
                .params
                .query
                .iter()
                .map(|(name, value)| (name.as_ref(), value.as_str())),
        );
        let body = form(request.params);
        let body_hash = sha256_hex(body.as_bytes());
        let date = Utc::from_unix(unix_seconds(request.now)).date_time();
        let nonce = Hex::of(&request.nonce.to_be_bytes());

        let token = self.credentials.token().map(Secret::expose);
        let headers = [
            ("content-type", Some(CONTENT_TYPE_FORM)),
            ("host", Some(host)),
            ("x-acs-accesskey-id", token.map(|_| self.credentials.id())),
            ("x-acs-action", Some(request.action)),
            ("x-acs-content-sha256", Some(&*body_hash)),
            ("x-acs-date", Some(&*date)),
            ("x-acs-security-token", token),
            ("x-acs-signature-nonce", Some(&*nonce)),
            ("x-acs-version", Some(service.version)),
        ];
        let signed: Vec<(&str, &str)> = headers
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
        let canonical = acs3::canonical_request("POST", "/", &query, &signed, &body_hash);
        let signature = self.key.sign(&acs3::string_to_sign(&canonical));
        let authorization = acs3::authorization(self.credentials.id(), &signed, &signature);

        let mut map = HeaderMap::with_capacity(14);
        map.insert(CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE_FORM));
        insert_constant_header(
            &mut map,
            HeaderName::from_static("x-acs-version"),
            service.version,
        )?;
        insert_header(&mut map, "x-acs-action", request.action)?;
        insert_secret_header(&mut map, AUTHORIZATION.as_str(), &authorization)?;
        if let Some(token) = token {
            insert_header(&mut map, "x-acs-accesskey-id", self.credentials.id())?;
            insert_secret_header(&mut map, "x-acs-security-token", token)?;
        }
        insert_header(&mut map, "x-acs-content-sha256", &body_hash)?;
        insert_header(&mut map, "x-acs-date", &date)?;
        insert_header(&mut map, "x-acs-signature-nonce", &nonce)?;
        request.post(&query, map, body)
    }

    fn credentials(&self) -> &Credentials {
        &self.credentials
    }
}
