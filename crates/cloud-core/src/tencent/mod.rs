//! Tencent Cloud: TC3-HMAC-SHA256 signatures over JSON bodies, answers inside `Response`.

pub mod credentials;
pub mod tc3;

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Request};

use crate::client::ClientBuilder;
use crate::credentials::environment::KeyVariables;
use crate::credentials::{CredentialSource, Credentials, Slot, Variables};
use crate::digest::sha256_hex;
use crate::envelope::{Envelope, Level, Part, Role};
use crate::error::{Error, ErrorKind};
use crate::params::Style;
use crate::protocol::{
    Protocol, Remedy, Signer, Unsigned, Verdict, insert_constant_header, insert_header,
    insert_secret_header,
};
use crate::service::{Provider, Sealed, Service};
use crate::time::civil::unix_seconds;

/// Tencent Cloud.
#[derive(Debug)]
pub enum Tencent {}

impl Provider for Tencent {}

impl Sealed for Tencent {
    fn protocol() -> &'static dyn Protocol {
        &Tc3
    }
}

/// What only Tencent Cloud's clients can be told.
impl<S: Service<Provider = Tencent>, C> ClientBuilder<S, C> {
    /// The language of the provider's messages, `zh-CN` or `en-US`. Without it the provider chooses.
    #[must_use]
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.settings.language = Some(language.into());
        self
    }
}

const CONTENT_TYPE_JSON: &str = "application/json";

struct Tc3;

static ERROR: Level = Level {
    keys: &[("Code", Role::Code), ("Message", Role::Message)],
    part: Part::Error,
};

static RESPONSE: Level = Level {
    keys: &[
        ("Error", Role::Inner(&ERROR)),
        ("RequestId", Role::RequestId),
    ],
    part: Part::Answer,
};

/// Some gateways still answer in the form of the API's second version, without `Response`.
static BODY: Level = Level {
    keys: &[
        ("Response", Role::Inner(&RESPONSE)),
        ("codeDesc", Role::Code),
        ("message", Role::Message),
    ],
    part: Part::Outside,
};

impl Protocol for Tc3 {
    fn name(&self) -> &'static str {
        "Tencent Cloud"
    }

    fn id(&self) -> &'static str {
        "tencent_cloud"
    }

    fn style(&self) -> Style {
        Style::Json
    }

    fn variables(&self) -> &'static Variables {
        &Variables {
            keys: &[KeyVariables {
                id: "TENCENTCLOUD_SECRET_ID",
                secret: "TENCENTCLOUD_SECRET_KEY",
                tokens: &[
                    "TENCENTCLOUD_SESSION_TOKEN",
                    "TENCENTCLOUD_TOKEN",
                    "TENCENTCLOUD_SECURITY_TOKEN",
                ],
            }],
            region: &["TENCENTCLOUD_REGION"],
            zone: &[],
            project: &[],
            endpoint: &["TENCENTCLOUD_ENDPOINT"],
        }
    }

    fn sources(&self) -> Vec<(Slot, Arc<dyn CredentialSource>)> {
        vec![
            (Slot::Environment, Arc::new(*self.variables())),
            (Slot::File, Arc::new(credentials::SharedFile::usual())),
            (Slot::Profile, Arc::new(credentials::Profile::active())),
            (Slot::Metadata, Arc::new(credentials::CvmRole::probe())),
            (
                Slot::WebIdentity,
                Arc::new(credentials::WebIdentity::from_env()),
            ),
        ]
    }

    fn wrapping(&self) -> &'static Level {
        &BODY
    }

    fn verdict(&self, envelope: &Envelope) -> Verdict {
        match envelope {
            Envelope { error: true, .. } => Verdict::Failure,
            Envelope { answer: true, .. } => Verdict::Success,
            Envelope { code: Some(_), .. } => Verdict::Failure,
            _ => Verdict::NotAnAnswer("Response"),
        }
    }

    fn kind_of(&self, code: &str) -> ErrorKind {
        if matches!(
            code,
            "AuthFailure.UnauthorizedOperation" | "InvalidParameter.PermissionDenied"
        ) {
            return ErrorKind::PermissionDenied;
        }
        // Codes are hierarchical: what stands before the first dot says the kind.
        match code.split('.').next().unwrap_or(code) {
            "RequestLimitExceeded" => ErrorKind::Throttled,
            "AuthFailure" => ErrorKind::Authentication,
            "UnauthorizedOperation" | "IpInBlacklist" | "IpNotInWhitelist" => {
                ErrorKind::PermissionDenied
            }
            "ResourceNotFound" => ErrorKind::NotFound,
            "LimitExceeded" | "ResourceInsufficient" => ErrorKind::QuotaExceeded,
            "ResourceInUse" | "ResourceUnavailable" => ErrorKind::Conflict,
            "ServiceUnavailable" => ErrorKind::Unavailable,
            "InternalError" => ErrorKind::Internal,
            "InvalidParameter"
            | "InvalidParameterValue"
            | "MissingParameter"
            | "UnknownParameter"
            | "InvalidAction"
            | "InvalidRequest"
            | "NoSuchProduct"
            | "NoSuchVersion"
            | "UnsupportedProtocol"
            | "UnsupportedRegion"
            | "RequestSizeLimitExceeded"
            | "ResponseSizeLimitExceeded" => ErrorKind::InvalidParameter,
            _ => ErrorKind::Other,
        }
    }

    fn remedy(&self, code: &str) -> Option<Remedy> {
        match code {
            "AuthFailure.SignatureExpire" => Some(Remedy::SetClock),
            "AuthFailure.TokenFailure" => Some(Remedy::RenewKey),
            _ => None,
        }
    }

    fn signer(&self, credentials: Credentials) -> Arc<dyn Signer> {
        Arc::new(Tc3Signer {
            credentials,
            today: Mutex::new(None),
        })
    }
}

struct Tc3Signer {
    credentials: Credentials,
    today: Mutex<Option<Arc<DayKey>>>,
}

/// The key of one day: deriving it costs more than signing with it.
struct DayKey {
    day: i64,
    date: String,
    key: tc3::SigningKey,
}

impl Tc3Signer {
    fn key(&self, timestamp: i64, service: &str) -> Arc<DayKey> {
        let day = timestamp.div_euclid(86_400);
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        match &*today {
            Some(key) if key.day == day => Arc::clone(key),
            _ => {
                let date = tc3::date(timestamp);
                let key =
                    tc3::SigningKey::derive(self.credentials.secret().expose(), &date, service);
                Arc::clone(today.insert(Arc::new(DayKey { day, date, key })))
            }
        }
    }
}

impl Tc3Signer {
    fn authorization(&self, request: &Unsigned<'_>, timestamp: i64) -> String {
        let service = request.service.name;
        let DayKey { date, key, .. } = &*self.key(timestamp, service);
        let (host, body) = (request.endpoint.host(), &request.params.json);
        let signed = [("content-type", CONTENT_TYPE_JSON), ("host", host)];
        let canonical = tc3::canonical_request("POST", "/", "", &signed, &sha256_hex(body));
        let to_sign = tc3::string_to_sign(timestamp, date, service, &canonical);
        let signature = key.sign(&to_sign);
        tc3::authorization(self.credentials.id(), date, service, &signed, &signature)
    }
}

impl Signer for Tc3Signer {
    fn sign(&self, request: &Unsigned<'_>) -> Result<Request<Bytes>, Error> {
        let service = request.service;
        let timestamp = unix_seconds(request.now);
        let body = &request.params.json;
        let authorization = if self.credentials.is_anonymous() {
            "SKIP".to_owned()
        } else {
            self.authorization(request, timestamp)
        };

        let mut headers = HeaderMap::with_capacity(12);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE_JSON));
        insert_constant_header(
            &mut headers,
            HeaderName::from_static("x-tc-version"),
            service.version,
        )?;
        headers.insert("x-tc-timestamp", HeaderValue::from(timestamp));
        insert_header(&mut headers, "x-tc-action", request.action)?;
        insert_secret_header(&mut headers, AUTHORIZATION.as_str(), &authorization)?;
        if let Some(region) = request.scope.region {
            insert_header(&mut headers, "x-tc-region", region)?;
        }
        if let Some(token) = self.credentials.token()
            && !self.credentials.is_anonymous()
        {
            insert_secret_header(&mut headers, "x-tc-token", token.expose())?;
        }
        if let Some(language) = request.language {
            insert_header(&mut headers, "x-tc-language", language)?;
        }
        request.post("", headers, body.clone())
    }

    fn credentials(&self) -> &Credentials {
        &self.credentials
    }
}
