//! What becomes of a request: whose it is, whether it is let in, what it is answered, whether a fault comes between.

use std::sync::Arc;
use std::time::SystemTime;

use http::StatusCode;

use crate::account::Accounts;
use crate::authenticate::{self, Authority, Reading};
use crate::call::{Answers, Arguments, Call, Provider};
use crate::clock::Clock;
use crate::denial::Denial;
use crate::detect::provider_of;
use crate::envelope;
use crate::fault::{Fault, Faults};
use crate::metadata::{Metadata, Source};
use crate::nonce::Nonces;
use crate::random::Random;
use crate::record::{Records, Verdict};
use crate::reply::Reply;
use crate::request::{FORM_LIMIT, Request};
use crate::{control, page, sts};

pub(crate) struct Gateway {
    pub(crate) clock: Clock,
    pub(crate) accounts: Accounts,
    pub(crate) faults: Faults,
    pub(crate) records: Records,
    pub(crate) random: Random,
    pub(crate) metadata: Metadata,
    pub(crate) nonces: Nonces,
    pub(crate) answers: Arc<dyn Answers>,
}

impl Gateway {
    pub(crate) fn handle(&self, request: &Request) -> Reply {
        let now = self.clock.now();
        let reply = if let Some(path) = request.path.strip_prefix(control::PATH) {
            control::answer(self, request, path)
        } else if let Some(provider) = Metadata::provider(&request.path) {
            self.instance_metadata(provider, request, now)
        } else if let Some(provider) = provider_of(request) {
            self.call(&authenticate::read(provider, request), request, now)
        } else if let Some(page) = page::for_browser(request) {
            page
        } else if request.body.len() > FORM_LIMIT {
            let problem = Denial::TooLarge { limit: FORM_LIMIT }.to_string();
            self.nobody(request, now, StatusCode::PAYLOAD_TOO_LARGE, &problem)
        } else if let Some(Err(problem)) = request.json() {
            let problem = Denial::MalformedBody { problem }.to_string();
            self.nobody(request, now, StatusCode::BAD_REQUEST, &problem)
        } else {
            let problem = "no header and no parameter says which provider this request is for";
            self.nobody(request, now, StatusCode::NOT_FOUND, problem)
        };
        dated(reply, now)
    }

    /// The answer to a request that was not read to its end, because it is too large.
    pub(crate) fn refuse_body(&self, request: &Request, denial: &Denial) -> Reply {
        let now = self.clock.now();
        let reply = match provider_of(request) {
            Some(provider) => {
                let call = authenticate::read(provider, request).call;
                self.deny(&call, request, now, denial)
            }
            None => self.nobody(
                request,
                now,
                StatusCode::PAYLOAD_TOO_LARGE,
                &denial.to_string(),
            ),
        };
        dated(reply, now)
    }

    /// Notes that a caller speaks TLS, since its own message seldom says what is wrong.
    pub(crate) fn note_tls(&self) {
        let now = self.clock.now();
        self.records.add_tls(now);
    }

    fn call(&self, reading: &Reading, request: &Request, now: SystemTime) -> Reply {
        let call = &reading.call;
        if let Some(denial) = request.excess(call.provider) {
            return self.deny(call, request, now, &denial);
        }
        let authority = Authority {
            accounts: &self.accounts,
            nonces: &self.nonces,
            now,
        };
        let reason = match authenticate::check(request, reading, &authority) {
            Ok(reason) => reason,
            Err(denial) => return self.deny(call, request, now, &denial),
        };
        let provider = call.provider;
        let fault = self
            .faults
            .strike(provider, Some(&call.action), &request.path, &self.random);
        if let Some(fault) = fault {
            self.record(call, request, now, Verdict::Faulted { fault });
            let reply = fault
                .instead()
                .or_else(|| self.refuse_with(fault, call, request))
                .unwrap_or_else(|| match self.carry_out(call, now) {
                    Ok(reply) => reply,
                    Err(denial) => self.refusal(call, request, &denial, None).1,
                });
            return fault.spoil(reply, now);
        }
        match self.carry_out(call, now) {
            Ok(reply) => {
                self.record(call, request, now, Verdict::Accepted { reason });
                reply
            }
            Err(denial) => self.deny(call, request, now, &denial),
        }
    }

    fn carry_out(&self, call: &Call, now: SystemTime) -> Result<Reply, Denial> {
        let payload = sts::answer(call, &self.accounts, &self.random, now)
            .unwrap_or_else(|| self.answers.answer(call, now))?;
        let envelope = self.answers.envelope(call);
        Ok(envelope::success(
            call,
            payload,
            envelope,
            &self.random.uuid(),
        ))
    }

    fn refuse_with(&self, fault: Fault, call: &Call, request: &Request) -> Option<Reply> {
        let denial = fault.denial()?;
        Some(self.refusal(call, request, &denial, fault.status()).1)
    }

    fn deny(&self, call: &Call, request: &Request, now: SystemTime, denial: &Denial) -> Reply {
        let (code, reply) = self.refusal(call, request, denial, None);
        let reason = denial.to_string();
        let verdict = if denial.is_about_authentication() {
            Verdict::Unauthenticated { code, reason }
        } else {
            Verdict::Refused { code, reason }
        };
        self.record(call, request, now, verdict);
        reply
    }

    /// The provider's code for a denial, and its answer.
    fn refusal(
        &self,
        call: &Call,
        request: &Request,
        denial: &Denial,
        status: Option<StatusCode>,
    ) -> (String, Reply) {
        let mut failure = envelope::failure(call.provider, &call.action, denial);
        failure.status = status.unwrap_or(failure.status);
        let id = self.random.uuid();
        let reply = envelope::refusal(call.provider, &call.action, request, &failure, &id);
        (failure.code, reply)
    }

    fn record(&self, call: &Call, request: &Request, now: SystemTime, verdict: Verdict) {
        let call = (call.provider, call.action.as_str(), &call.arguments);
        self.records.add(request, now, Some(call), verdict);
    }

    fn instance_metadata(&self, provider: Provider, request: &Request, now: SystemTime) -> Reply {
        let source = Source {
            accounts: &self.accounts,
            random: &self.random,
            now,
        };
        let fault = self
            .faults
            .strike(provider, None, &request.path, &self.random);
        let reply = fault
            .and_then(Fault::instead_of_metadata)
            .unwrap_or_else(|| self.metadata.answer(provider, request, &source));
        let verdict = match fault {
            Some(fault) => Verdict::Faulted { fault },
            None if reply.status.is_success() => Verdict::Accepted {
                reason: "instance metadata need no signature".to_owned(),
            },
            None => Verdict::Refused {
                code: String::new(),
                reason: reply.status.to_string(),
            },
        };
        let nothing = Arguments::Flat(Vec::new());
        let call = Some((provider, "", &nothing));
        self.records.add(request, now, call, verdict);
        match fault {
            Some(fault) => fault.spoil(reply, now),
            None => reply,
        }
    }

    /// Refuses a request that no provider would know as its own: a browser's, or a mistake.
    fn nobody(
        &self,
        request: &Request,
        now: SystemTime,
        status: StatusCode,
        reason: &str,
    ) -> Reply {
        let verdict = Verdict::Refused {
            code: String::new(),
            reason: reason.to_owned(),
        };
        self.records.add(request, now, None, verdict);
        Reply::text(status, format!("{reason}\n"))
    }
}

/// Clients learn from the header `Date` how wrong their clock is, so it must be the clock that signatures are checked by.
fn dated(reply: Reply, now: SystemTime) -> Reply {
    reply.header("date", &httpdate::fmt_http_date(now))
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::*;
    use crate::call::Refusal;
    use crate::tables::Service;

    /// Refuses as its action says.
    struct Refusing;

    impl Answers for Refusing {
        fn answer(&self, call: &Call, _: SystemTime) -> Result<Map<String, Value>, Refusal> {
            let parameter = "Tag.1.Key".to_owned();
            Err(match call.action.as_str() {
                "Version" => Refusal::UnknownVersion {
                    expected: "2017-09-08".to_owned(),
                },
                "Missing" => Refusal::Missing { parameter },
                "Invalid" => Refusal::Invalid {
                    parameter,
                    problem: "it is empty".to_owned(),
                },
                "Unknown" => Refusal::Unknown { parameter },
                "Service" => Refusal::Service {
                    code: "7085".to_owned(),
                    message: "gone".to_owned(),
                },
                "Succeed" => {
                    let payload = json!({ "Region": call.region });
                    return Ok(payload.as_object().cloned().unwrap());
                }
                _ => Refusal::UnknownAction,
            })
        }

        fn envelope(&self, _: &Call) -> Option<&[String]> {
            None
        }

        fn services(&self) -> &[Service] {
            &[]
        }

        fn data(&self, _: SystemTime) -> Value {
            Value::Null
        }
    }

    fn gateway() -> Gateway {
        Gateway {
            clock: Clock::system(),
            accounts: Accounts::new(Vec::new()),
            faults: Faults::default(),
            records: Records::default(),
            random: Random::new(Some(1)),
            metadata: Metadata::new(false),
            nonces: Nonces::default(),
            answers: Arc::new(Refusing),
        }
    }

    /// What a call gets that was let in.
    fn reply(provider: Provider, action: &str) -> (u16, Value) {
        let gateway = gateway();
        let call = Call {
            provider,
            product: None,
            action: action.to_owned(),
            version: Some("2017-09-08".to_owned()),
            region: Some("r".to_owned()),
            arguments: Arguments::Flat(Vec::new()),
        };
        let request = Request {
            port: 80,
            method: http::Method::POST,
            path: "/".to_owned(),
            query: String::new(),
            headers: http::HeaderMap::new(),
            body: bytes::Bytes::new(),
        };
        let now = gateway.clock.now();
        let reply = gateway
            .carry_out(&call, now)
            .unwrap_or_else(|denial| gateway.deny(&call, &request, now, &denial));
        let body = serde_json::from_slice(&reply.body).unwrap();
        (reply.status.as_u16(), body)
    }

    #[test]
    fn refusals_have_the_codes_of_their_provider() {
        for (action, ucloud, tencent, status, aliyun) in [
            ("No", 161, "InvalidAction", 404, "InvalidApi.NotFound"),
            ("Version", 161, "NoSuchVersion", 400, "InvalidVersion"),
            ("Missing", 220, "MissingParameter", 400, "MissingTag"),
            ("Invalid", 230, "InvalidParameterValue", 400, "InvalidTag"),
            (
                "Unknown",
                230,
                "UnknownParameter",
                400,
                "UnsupportedParameter",
            ),
            ("Service", 7_085, "7085", 400, "7085"),
        ] {
            let (http, body) = reply(Provider::Ucloud, action);
            assert_eq!((http, &body["RetCode"]), (200, &json!(ucloud)), "{action}");
            assert_eq!(body["Action"], format!("{action}Response"));
            let (http, body) = reply(Provider::Tencent, action);
            let error = &body["Response"]["Error"];
            assert_eq!((http, &error["Code"]), (200, &json!(tencent)), "{action}");
            let (http, body) = reply(Provider::Aliyun, action);
            assert_eq!((http, &body["Code"]), (status, &json!(aliyun)), "{action}");
        }
    }

    #[test]
    fn successes_are_wrapped_as_their_provider_does() {
        let (_, body) = reply(Provider::Ucloud, "Succeed");
        let expected = json!({ "RetCode": 0, "Action": "SucceedResponse", "Region": "r" });
        assert_eq!(body, expected);

        let (_, body) = reply(Provider::Tencent, "Succeed");
        let members = body["Response"].as_object().unwrap();
        let names: Vec<&String> = members.keys().collect();
        assert_eq!(names, ["Region", "RequestId"]);

        let (_, body) = reply(Provider::Aliyun, "Succeed");
        assert_eq!(
            (&body["Success"], &body["Code"]),
            (&json!(true), &json!("200"))
        );
        assert_eq!(body["RequestId"].as_str().unwrap().len(), 36);
    }
}
