//! Tencent Cloud's check, from the header `Authorization` alone: it says which headers are signed.

use crate::hash::{hex, hmac_sha256, sha256_hex};
use crate::{Check, Received, same};

/// The key that requests must be signed with.
pub struct Tencent {
    /// The secret key.
    pub secret_key: &'static str,
}

impl Check for Tencent {
    fn check(&self, request: &Received) -> Result<(), String> {
        same("method", "POST", &request.method)?;
        same("target", "/", &request.target)?;
        same(
            "content-type",
            "application/json",
            request.header("content-type"),
        )?;
        let authorization = request.header("authorization");
        let fields = authorization
            .strip_prefix("TC3-HMAC-SHA256 ")
            .ok_or("another algorithm")?;
        let field = |name: &str| {
            let prefix = format!("{name}=");
            fields
                .split(", ")
                .find_map(|field| field.strip_prefix(&prefix))
                .ok_or(format!("no {name}"))
        };
        let (credential, names, signature) = (
            field("Credential")?,
            field("SignedHeaders")?,
            field("Signature")?,
        );
        let [_, date, service, "tc3_request"] = credential.split('/').collect::<Vec<_>>()[..]
        else {
            return Err(format!("Credential={credential}"));
        };
        for required in ["content-type", "host"] {
            if !names.split(';').any(|name| name == required) {
                return Err(format!("{required} is not signed"));
            }
        }
        let headers: String = names
            .split(';')
            .map(|name| format!("{name}:{}\n", request.header(name).trim().to_lowercase()))
            .collect();
        let canonical = format!(
            "POST\n/\n\n{headers}\n{names}\n{}",
            sha256_hex(&request.body)
        );
        let timestamp = request.header("x-tc-timestamp");
        let text = format!(
            "TC3-HMAC-SHA256\n{timestamp}\n{date}/{service}/tc3_request\n{}",
            sha256_hex(canonical.as_bytes())
        );
        let key = ["tc3_request", service, date].into_iter().rev().fold(
            format!("TC3{}", self.secret_key).into_bytes(),
            |key, part| hmac_sha256(&key, part.as_bytes()),
        );
        same(
            "Signature",
            &hex(&hmac_sha256(&key, text.as_bytes())),
            signature,
        )
    }
}
