//! UCloud: SHA-1 signatures over form parameters, answers with a `RetCode`.

pub mod credentials;
pub mod sign;

use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, Request};

use crate::client::ClientBuilder;
use crate::credentials::environment::KeyVariables;
use crate::credentials::{CredentialSource, Credentials, Slot, Variables};
use crate::envelope::{Envelope, Level, Part, Role};
use crate::error::{Error, ErrorKind};
use crate::params::{Style, form_body};
use crate::protocol::{Protocol, Remedy, Signer, Unsigned, Verdict};
use crate::service::{Provider, Sealed, Service};

/// UCloud.
#[derive(Debug)]
pub enum Ucloud {}

impl Provider for Ucloud {}

impl Sealed for Ucloud {
    fn protocol() -> &'static dyn Protocol {
        &Form
    }
}

/// What only UCloud's clients can be told.
impl<S: Service<Provider = Ucloud>, C> ClientBuilder<S, C> {
    /// The zone of requests that name none, such as `cn-bj2-04`.
    #[must_use]
    pub fn zone(mut self, zone: impl Into<String>) -> Self {
        self.settings.zone = Some(zone.into());
        self
    }

    /// The project of requests that name none, such as `org-3kopqz`. Without one the provider takes the account's default project;
    /// sub-accounts must name one.
    #[must_use]
    pub fn project_id(mut self, project: impl Into<String>) -> Self {
        self.settings.project = Some(project.into());
        self
    }
}

struct Form;

impl Protocol for Form {
    fn name(&self) -> &'static str {
        "UCloud"
    }

    fn id(&self) -> &'static str {
        "ucloud"
    }

    fn style(&self) -> Style {
        Style::Form
    }

    fn variables(&self) -> &'static Variables {
        &Variables {
            keys: &[KeyVariables {
                id: "UCLOUD_PUBLIC_KEY",
                secret: "UCLOUD_PRIVATE_KEY",
                tokens: &["UCLOUD_SECURITY_TOKEN"],
            }],
            region: &["UCLOUD_REGION"],
            zone: &["UCLOUD_ZONE"],
            project: &["UCLOUD_PROJECT_ID"],
            endpoint: &["UCLOUD_API_BASE_URL"],
        }
    }

    fn sources(&self) -> Vec<(Slot, Arc<dyn CredentialSource>)> {
        vec![
            (Slot::Profile, Arc::new(credentials::Profile::active())),
            (Slot::Environment, Arc::new(*self.variables())),
        ]
    }

    fn wrapping(&self) -> &'static Level {
        &Level {
            keys: &[("RetCode", Role::Code), ("Message", Role::Message)],
            part: Part::Answer,
        }
    }

    fn verdict(&self, envelope: &Envelope) -> Verdict {
        match envelope.code.as_deref().map(str::trim) {
            Some("0") => Verdict::Success,
            Some(_) => Verdict::Failure,
            None => Verdict::NotAnAnswer("RetCode"),
        }
    }

    fn kind_of(&self, code: &str) -> ErrorKind {
        match code {
            "153" => ErrorKind::Throttled,
            "110" | "130" | "150" | "200" => ErrorKind::Unavailable,
            "170" | "171" | "172" | "174" | "295" => ErrorKind::Authentication,
            "293" | "294" | "299" => ErrorKind::PermissionDenied,
            // An action or a project that is not there is a mistake in the request. As `NotFound` it would tell one who waits for
            // something to go that it is gone.
            "160" | "161" | "292" => ErrorKind::InvalidParameter,
            _ => ErrorKind::Other,
        }
    }

    fn remedy(&self, code: &str) -> Option<Remedy> {
        // Its signatures hold neither a time nor a nonce.
        (code == "174").then_some(Remedy::RenewKey)
    }

    fn signer(&self, credentials: Credentials) -> Arc<dyn Signer> {
        Arc::new(FormSigner { credentials })
    }
}

struct FormSigner {
    credentials: Credentials,
}

impl Signer for FormSigner {
    fn sign(&self, request: &Unsigned<'_>) -> Result<Request<Bytes>, Error> {
        let scope = request.scope;
        let common = [
            ("Action", Some(request.action)),
            ("Region", scope.region),
            ("Zone", scope.zone),
            ("ProjectId", scope.project),
            ("PublicKey", Some(self.credentials.id())),
            (
                "SecurityToken",
                self.credentials.token().map(crate::Secret::expose),
            ),
        ];
        let mut parameters: Vec<(&str, &str)> = request
            .params
            .form
            .iter()
            .map(|(name, value)| (name.as_ref(), value.as_str()))
            .collect();
        for (name, value) in common {
            // A request without a spec may bring its own region or project.
            if let Some(value) = value
                && !parameters.iter().any(|(own, _)| *own == name)
            {
                parameters.push((name, value));
            }
        }
        let signature = sign::signature(
            parameters.iter().copied(),
            self.credentials.secret().expose(),
        );

        let body = form_body(
            parameters
                .into_iter()
                .chain([("Signature", signature.as_str())]),
        );
        let mut headers = HeaderMap::with_capacity(3);
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        request.post("", headers, body)
    }

    fn credentials(&self) -> &Credentials {
        &self.credentials
    }
}
