//! Signed requests of the three providers. They are as plain as their documentation, and share no code with the emulator.

use cloud_emulator::{Account, Provider};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::http::Request;

/// What is called, and by whom.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) token: Option<String>,
    /// Seconds since 1970.
    pub(crate) now: i64,
    pub(crate) nonce: String,
}

impl Caller {
    pub(crate) fn new(provider: Provider, now: u64) -> Self {
        let account = Account::built_in(provider);
        Self {
            id: account.id().to_owned(),
            secret: account.secret().to_owned(),
            token: None,
            now: now.try_into().unwrap(),
            nonce: "nonce".to_owned(),
        }
    }

    /// A call that every emulator answers: `AssumeRole`.
    pub(crate) fn assume_role(&self, provider: Provider) -> Request {
        match provider {
            Provider::Ucloud => self.ucloud(&[
                ("Action", "AssumeRole"),
                ("RoleUrn", "ucs:iam::1:role/r"),
                ("RoleSessionName", "s"),
            ]),
            Provider::Tencent => self.tencent(
                ("sts", "2018-08-13", "AssumeRole"),
                r#"{"RoleArn":"qcs::cam::uin/1:roleName/r","RoleSessionName":"s"}"#,
            ),
            Provider::Aliyun => self.aliyun(
                ("2015-04-01", "AssumeRole"),
                "RoleArn=acs%3Aram%3A%3A1%3Arole%2Fr",
                "RoleSessionName=s",
            ),
        }
    }

    /// A form, with the signature at its end.
    pub(crate) fn ucloud(&self, parameters: &[(&str, &str)]) -> Request {
        let form = self.ucloud_form(parameters);
        Request::new("POST", "/")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(&form)
    }

    pub(crate) fn ucloud_form(&self, parameters: &[(&str, &str)]) -> String {
        let mut all = vec![("PublicKey", &*self.id)];
        all.extend(self.token.as_deref().map(|token| ("SecurityToken", token)));
        all.extend(parameters);
        let mut sorted = all.clone();
        sorted.sort();
        let text: String = sorted
            .iter()
            .map(|(name, value)| format!("{name}{value}"))
            .collect();
        let signature = sha1_hex(&(text + &self.secret));
        all.push(("Signature", &signature));
        let pairs: Vec<String> = all
            .iter()
            .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
            .collect();
        pairs.join("&")
    }

    pub(crate) fn tencent(
        &self,
        (service, version, action): (&str, &str, &str),
        body: &str,
    ) -> Request {
        let request = Request::new("POST", "/")
            .header("content-type", "application/json")
            .body(body);
        self.tencent_request(request, service, version, action)
    }

    pub(crate) fn tencent_get(
        &self,
        (service, version, action): (&str, &str, &str),
        query: &str,
    ) -> Request {
        let request = Request::new("GET", &format!("/?{query}"))
            .header("content-type", "application/x-www-form-urlencoded");
        self.tencent_request(request, service, version, action)
    }

    fn tencent_request(
        &self,
        request: Request,
        service: &str,
        version: &str,
        action: &str,
    ) -> Request {
        let date = utc_date(self.now);
        let content_type = find(&request, "content-type");
        let query = request
            .target
            .split_once('?')
            .map_or("", |(_, query)| query);
        let canonical = format!(
            "{}\n/\n{query}\ncontent-type:{content_type}\nhost:emulator.test\n\ncontent-type;host\n{}",
            request.method,
            sha256_hex(&request.body)
        );
        let scope = format!("{date}/{service}/tc3_request");
        let text = format!(
            "TC3-HMAC-SHA256\n{}\n{scope}\n{}",
            self.now,
            sha256_hex(canonical.as_bytes())
        );
        let mut key = format!("TC3{}", self.secret).into_bytes();
        for part in [&date, service, "tc3_request", &text] {
            key = hmac_sha256(&key, part);
        }
        let authorization = format!(
            "TC3-HMAC-SHA256 Credential={}/{scope}, SignedHeaders=content-type;host, Signature={}",
            self.id,
            hex(&key)
        );
        let request = request
            .header("authorization", &authorization)
            .header("x-tc-action", action)
            .header("x-tc-version", version)
            .header("x-tc-timestamp", &self.now.to_string());
        match &self.token {
            Some(token) => request.header("x-tc-token", token),
            None => request,
        }
    }

    /// `query` must be in canonical form.
    pub(crate) fn aliyun(&self, call: (&str, &str), query: &str, form: &str) -> Request {
        let request = Request::new("POST", &format!("/?{query}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form);
        self.aliyun_request(request, call)
    }

    pub(crate) fn aliyun_request(
        &self,
        request: Request,
        (version, action): (&str, &str),
    ) -> Request {
        let date = format!("{}T{}Z", utc_date(self.now), utc_time(self.now));
        let mut request = request
            .header("x-acs-action", action)
            .header("x-acs-version", version)
            .header("x-acs-date", &date)
            .header("x-acs-signature-nonce", &self.nonce);
        let hash = sha256_hex(&request.body);
        request = request.header("x-acs-content-sha256", &hash);
        if let Some(token) = &self.token {
            request = request
                .header("x-acs-accesskey-id", &self.id)
                .header("x-acs-security-token", token);
        }
        request.headers.sort();
        let headers: String = request
            .headers
            .iter()
            .map(|(name, value)| format!("{name}:{value}\n"))
            .collect();
        let names: Vec<&str> = request.headers.iter().map(|(name, _)| &**name).collect();
        let names = names.join(";");
        let query = request
            .target
            .split_once('?')
            .map_or("", |(_, query)| query);
        let canonical = format!("{}\n/\n{query}\n{headers}\n{names}\n{hash}", request.method);
        let text = format!("ACS3-HMAC-SHA256\n{}", sha256_hex(canonical.as_bytes()));
        let authorization = format!(
            "ACS3-HMAC-SHA256 Credential={},SignedHeaders={names},Signature={}",
            self.id,
            hex(&hmac_sha256(self.secret.as_bytes(), &text))
        );
        request.header("authorization", &authorization)
    }
}

fn find<'a>(request: &'a Request, wanted: &str) -> &'a str {
    let mut headers = request.headers.iter();
    &headers.find(|(name, _)| name == wanted).unwrap().1
}

pub(crate) fn sha1_hex(text: &str) -> String {
    hex(&Sha1::digest(text))
}

fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hmac_sha256(key: &[u8], message: &str) -> Vec<u8> {
    let hmac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    hmac.chain_update(message).finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// RFC 3986: all but letters, digits and `-_.~`.
pub(crate) fn escape(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes()
        .map(|byte| match byte {
            byte if plain(byte) => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

fn utc_date(seconds: i64) -> String {
    time::OffsetDateTime::from_unix_timestamp(seconds)
        .unwrap()
        .date()
        .to_string()
}

fn utc_time(seconds: i64) -> String {
    let second = seconds.rem_euclid(86_400);
    format!(
        "{:02}:{:02}:{:02}",
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}
