//! Alibaba Cloud's check, from the header `Authorization` alone: it says which headers are signed.

use crate::encoding::{escape, form};
use crate::hash::{hex, hmac_sha256, sha256_hex};
use crate::{Check, Received, same};

/// The key that requests must be signed with.
pub struct Aliyun {
    /// The access key secret.
    pub access_key_secret: &'static str,
}

impl Check for Aliyun {
    fn check(&self, request: &Received) -> Result<(), String> {
        same("method", "POST", &request.method)?;
        same(
            "path",
            "/",
            request.target.split('?').next().unwrap_or_default(),
        )?;
        let authorization = request.header("authorization");
        let fields = authorization
            .strip_prefix("ACS3-HMAC-SHA256 ")
            .ok_or("another algorithm")?;
        let field = |name: &str| {
            let prefix = format!("{name}=");
            fields
                .split(',')
                .find_map(|field| field.strip_prefix(&prefix))
                .ok_or(format!("no {name}"))
        };
        let (names, signature) = (field("SignedHeaders")?, field("Signature")?);
        for (name, _) in &request.headers {
            let must = name == "host" || name == "content-type" || name.starts_with("x-acs-");
            if must && !names.split(';').any(|signed| signed == name) {
                return Err(format!("{name} is not signed"));
            }
        }
        let body_hash = sha256_hex(&request.body);
        same(
            "x-acs-content-sha256",
            &body_hash,
            request.header("x-acs-content-sha256"),
        )?;
        let headers: String = names
            .split(';')
            .map(|name| format!("{name}:{}\n", request.header(name).trim()))
            .collect();
        let mut parameters = form(request.query());
        parameters.sort();
        let query: Vec<String> = parameters
            .iter()
            .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
            .collect();
        let canonical = format!(
            "POST\n/\n{}\n{headers}\n{names}\n{body_hash}",
            query.join("&")
        );
        let text = format!("ACS3-HMAC-SHA256\n{}", sha256_hex(canonical.as_bytes()));
        same(
            "Signature",
            &hex(&hmac_sha256(
                self.access_key_secret.as_bytes(),
                text.as_bytes(),
            )),
            signature,
        )
    }
}
