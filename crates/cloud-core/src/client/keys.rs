//! The key that a client signs with: given, or looked for when it is first needed.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use crate::credentials::{Credentials, Environment};
use crate::error::Error;
use crate::protocol::{Protocol, Signer};

pub(super) struct Keys {
    /// Where to ask for the key, unless it was given.
    source: Option<Environment>,
    /// The key, once it was found.
    current: RwLock<Option<Arc<dyn Signer>>>,
}

impl Keys {
    pub(super) fn given(signer: Arc<dyn Signer>) -> Self {
        Self {
            source: None,
            current: RwLock::new(Some(signer)),
        }
    }

    pub(super) fn of(source: Environment) -> Self {
        Self {
            source: Some(source),
            current: RwLock::default(),
        }
    }

    /// The signer with the key. A failure to find one is not remembered: the next call looks again.
    pub(super) fn signer(&self, protocol: &dyn Protocol) -> Result<Arc<dyn Signer>, Error> {
        match (self.known(), &self.source) {
            (Some(signer), _) => Ok(signer),
            (None, Some(source)) => {
                let credentials = source.credentials(protocol.variables())?;
                Ok(self.keep(protocol.signer(credentials), None))
            }
            (None, None) => Err(Error::configuration("the client has no key")),
        }
    }

    /// Asks again for a key, since this one has expired, and says whether there is another now.
    pub(super) fn renew(&self, protocol: &dyn Protocol, expired: &Credentials) -> bool {
        let is_other = |signer: &Arc<dyn Signer>| signer.credentials() != expired;
        if self.known().as_ref().is_some_and(is_other) {
            // Another call was faster.
            return true;
        }
        // Why no key can be found now matters less than that the old one has expired, which the answer says.
        let found = self
            .source
            .as_ref()
            .and_then(|source| source.credentials(protocol.variables()).ok());
        match found {
            Some(found) if !found.is_same_key(expired) => {
                self.keep(protocol.signer(found), Some(expired));
                true
            }
            _ => false,
        }
    }

    fn known(&self) -> Option<Arc<dyn Signer>> {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Keeps what was found, unless another call has found something else than `replaced` meanwhile.
    fn keep(&self, found: Arc<dyn Signer>, replaced: Option<&Credentials>) -> Arc<dyn Signer> {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        match &*current {
            Some(signer) if Some(signer.credentials()) != replaced => Arc::clone(signer),
            _ => Arc::clone(current.insert(found)),
        }
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = self.known();
        known
            .as_ref()
            .map(|signer| signer.credentials())
            .fmt(formatter)
    }
}

#[cfg(test)]
#[cfg(all(feature = "aliyun", feature = "tencent", feature = "ucloud"))]
mod tests {
    use super::*;
    use crate::service::{Sealed as _, Service, ServiceInfo};
    use crate::{BoxFuture, Client, Effect, Policy, RawRequest, Transport, TransportError};
    use bytes::Bytes;
    use std::pin::pin;
    use std::sync::Mutex;
    use std::task::{Context, Poll, Waker};
    use std::time::Duration;

    macro_rules! service {
        ($service:ident, $provider:ty) => {
            enum $service {}

            impl Service for $service {
                type Provider = $provider;
                const INFO: ServiceInfo = ServiceInfo {
                    name: "s",
                    version: "1",
                    user_agent: "test",
                    endpoints: &[crate::EndpointRule::always("https://example.com")],
                    errors: &[],
                };
            }
        };
    }

    service!(Udb, crate::ucloud::Ucloud);
    service!(Redis, crate::tencent::Tencent);
    service!(Hbr, crate::aliyun::Aliyun);

    /// A provider that has forgotten the key `old`.
    #[derive(Clone)]
    struct Forgetful {
        answer: &'static str,
        requests: Arc<Mutex<Vec<String>>>,
    }

    impl Transport for Forgetful {
        fn send(
            &self,
            request: http::Request<Bytes>,
            _: Duration,
        ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
            // Each provider carries the key elsewhere.
            let signed = request.headers().get("authorization");
            let signed = signed.map(|value| value.to_str().unwrap());
            let shown = format!("{:?} {}", request.body(), signed.unwrap_or_default());
            let is_old = shown.contains("old-id");
            self.requests.lock().unwrap().push(shown);
            let answer = if is_old {
                self.answer
            } else {
                r#"{"RetCode":0,"Response":{"RequestId":"r"},"RequestId":"r"}"#
            };
            Box::pin(async move { Ok(http::Response::new(Bytes::from_static(answer.as_bytes()))) })
        }
    }

    fn now<T>(future: impl Future<Output = T>) -> T {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(output) => output,
            Poll::Pending => panic!("there is nothing to wait for"),
        }
    }

    fn credentials(name: &str) -> Credentials {
        Credentials::new(format!("{name}-id"), "secret").with_token(format!("{name}-token"))
    }

    /// A client that has found an old key in its environment, which holds another now.
    fn client<S: Service>(names: [&str; 3], transport: &Forgetful) -> Client<S> {
        let values = ["new-id", "secret", "new-token"];
        let mut client: Client<S> = Client::builder()
            .environment(names.into_iter().zip(values).collect())
            .transport(transport.clone())
            .policy(Policy::new().attempts(2))
            .build()
            .unwrap();
        let core = Arc::get_mut(&mut client.core).unwrap();
        let shared = Arc::get_mut(&mut core.shared).unwrap();
        let old = S::Provider::protocol().signer(credentials("old"));
        shared.keys.current = RwLock::new(Some(old));
        client
    }

    fn an_expired_token_is_replaced<S: Service>(names: [&str; 3], answer: &'static str) {
        let transport = Forgetful {
            answer,
            requests: Arc::default(),
        };
        let client: Client<S> = client(names, &transport);
        // A write too: what was refused for its key was not carried out.
        for (effect, attempts) in [(Effect::Write, 2), (Effect::Read, 1)] {
            let client = client.with(|policy| policy.retry_as(effect));
            now(client.send(RawRequest::new("Do"))).unwrap();
            let requests = std::mem::take(&mut *transport.requests.lock().unwrap());
            assert_eq!(requests.len(), attempts, "{requests:?}");
            assert!(requests.last().unwrap().contains("new-id"));
        }
    }

    #[test]
    fn an_expired_token() {
        an_expired_token_is_replaced::<Udb>(
            [
                "UCLOUD_PUBLIC_KEY",
                "UCLOUD_PRIVATE_KEY",
                "UCLOUD_SECURITY_TOKEN",
            ],
            r#"{"RetCode":174,"Message":"token"}"#,
        );
        an_expired_token_is_replaced::<Redis>(
            [
                "TENCENTCLOUD_SECRET_ID",
                "TENCENTCLOUD_SECRET_KEY",
                "TENCENTCLOUD_TOKEN",
            ],
            r#"{"Response":{"Error":{"Code":"AuthFailure.TokenFailure","Message":"token"},"RequestId":"r"}}"#,
        );
        an_expired_token_is_replaced::<Hbr>(
            [
                "ALIBABA_CLOUD_ACCESS_KEY_ID",
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
                "ALIBABA_CLOUD_SECURITY_TOKEN",
            ],
            r#"{"Code":"InvalidSecurityToken.Expired","Message":"token","RequestId":"r"}"#,
        );
    }

    #[test]
    fn only_another_key_is_worth_another_attempt() {
        let protocol = <Redis as Service>::Provider::protocol();
        let source = |id: &str| {
            let pairs = [
                ("TENCENTCLOUD_SECRET_ID", id),
                ("TENCENTCLOUD_SECRET_KEY", "secret"),
            ];
            Environment::from_iter(pairs)
        };
        let keys = Keys::of(source("same"));
        let same = keys.signer(protocol).unwrap();
        assert!(!keys.renew(protocol, same.credentials()));
        // Another call was faster.
        assert!(keys.renew(protocol, &credentials("older")));
        assert_eq!(keys.signer(protocol).unwrap().credentials().id(), "same");

        let given = Keys::given(protocol.signer(credentials("given")));
        assert!(!given.renew(protocol, &credentials("given")));
        let lost = Keys::of(source(""));
        assert!(!lost.renew(protocol, &credentials("old")));
        assert!(lost.signer(protocol).is_err());
    }
}
