//! UCloud's check.

use crate::encoding::form;
use crate::hash::sha1_hex;
use crate::{Check, Received, same};

/// The key that requests must be signed with.
pub struct Ucloud {
    /// The private key.
    pub private_key: &'static str,
}

impl Check for Ucloud {
    fn check(&self, request: &Received) -> Result<(), String> {
        same("method", "POST", &request.method)?;
        same("target", "/", &request.target)?;
        same(
            "content-type",
            "application/x-www-form-urlencoded",
            request.header("content-type"),
        )?;
        let mut parameters = form(request.text());
        let place = parameters
            .iter()
            .position(|(name, _)| name == "Signature")
            .ok_or("no Signature")?;
        let (_, signature) = parameters.remove(place);
        parameters.sort();
        let mut names: Vec<&String> = parameters.iter().map(|(name, _)| name).collect();
        names.dedup();
        same(
            "distinct parameters",
            &parameters.len().to_string(),
            &names.len().to_string(),
        )?;
        let text: String = parameters
            .iter()
            .map(|(name, value)| format!("{name}{value}"))
            .collect();
        same(
            "Signature",
            &sha1_hex(format!("{text}{}", self.private_key).as_bytes()),
            &signature,
        )
    }
}
