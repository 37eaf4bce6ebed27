//! The modes of a profile that say where the key is instead of having it.

use std::time::Duration;

use super::{CredentialsUri, EcsRamRole, ExternalProcess, OidcRoleArn, Profile, RamRoleArn};
use crate::credentials::document::Entry;
use crate::credentials::{CredentialSource, Credentials};
use crate::error::Error;

/// Applies an option that the profile may have.
macro_rules! with {
    ($source:ident.$method:ident, $value:expr) => {
        let $source = match $value {
            Some(value) => $source.$method(value),
            None => $source,
        };
    };
}

/// The source that a profile names by its mode; `None` for other modes. `chained` is the profile that a role is taken with.
pub(super) fn source(
    mode: &str,
    entry: &Entry<'_>,
    chained: impl FnOnce(&str) -> Result<Profile, Error>,
) -> Result<Option<Box<dyn CredentialSource>>, Error> {
    Ok(Some(match mode {
        "RamRoleArn" => {
            let key = Credentials::new(
                entry.required("access_key_id")?,
                entry.required("access_key_secret")?,
            );
            Box::new(match entry.text("sts_token")? {
                Some(token) => role(entry, key.with_token(token))?,
                None => role(entry, key)?,
            })
        }
        "ChainableRamRoleArn" => {
            let profile = chained(entry.required("source_profile")?)?;
            Box::new(role(entry, profile)?)
        }
        "EcsRamRole" => {
            let source = EcsRamRole::new();
            with!(source.role, entry.text("ram_role_name")?);
            Box::new(source)
        }
        "OIDC" => {
            let source = OidcRoleArn::new(
                entry.required("ram_role_arn")?,
                entry.required("oidc_provider_arn")?,
                entry.required("oidc_token_file")?,
            );
            let session = entry
                .text("ram_session_name")?
                .or(entry.text("role_session_name")?);
            with!(source.session_name, session);
            with!(source.duration, seconds(entry)?);
            with!(source.policy, entry.text("policy")?);
            with!(source.sts_region, entry.text("sts_region")?);
            Box::new(if entry.flag("enable_vpc")? {
                source.vpc()
            } else {
                source
            })
        }
        "CredentialsURI" => Box::new(CredentialsUri::new(entry.required("credentials_uri")?)),
        "External" => Box::new(
            ExternalProcess::parse(entry.required("process_command")?)
                .map_err(|error| error.with_context(entry.place()))?,
        ),
        _ => return Ok(None),
    }))
}

/// The role of a profile, taken with this key.
fn role(entry: &Entry<'_>, with: impl CredentialSource) -> Result<RamRoleArn, Error> {
    let source = RamRoleArn::new(with, entry.required("ram_role_arn")?);
    with!(source.session_name, entry.text("ram_session_name")?);
    with!(source.duration, seconds(entry)?);
    with!(source.policy, entry.text("policy")?);
    with!(source.external_id, entry.text("external_id")?);
    with!(source.sts_region, entry.text("sts_region")?);
    Ok(if entry.flag("enable_vpc")? {
        source.vpc()
    } else {
        source
    })
}

fn seconds(entry: &Entry<'_>) -> Result<Option<Duration>, Error> {
    Ok(entry.number("expired_seconds")?.map(Duration::from_secs))
}
