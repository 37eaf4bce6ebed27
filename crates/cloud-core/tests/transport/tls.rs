//! TLS with the configuration of the transport itself: certificates that the system trusts, and others.
//!
//! Which certificates a system trusts is told by `SSL_CERT_FILE` on Linux and the BSDs; elsewhere it can't be told without asking.
#![cfg(all(unix, not(target_vendor = "apple")))]

use std::path::PathBuf;
use std::sync::Arc;

use cloud_core::{Delivery, Error, ErrorKind, RawRequest};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned, SupportedProtocolVersion};
use serde_json::Value as Json;

use crate::common::services::Udb;
use crate::process::{again_with, in_two_processes, undisturbed};
use crate::server::{Server, response};
use crate::{
    Client, DefaultTransport, PATIENCE, assert_failed, client, failure, runner, transport,
};

const SUCCESS: &str = r#"{"RetCode":0}"#;

/// Somebody who signs certificates.
pub(crate) struct Authority(pub(crate) CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// A file that says that this one, and nobody else, is trusted. It is gone when the test is over.
    fn trusted(&self, test: &str) -> PemFile {
        let name = format!(
            "cloud-core-{}-{}.pem",
            std::process::id(),
            test.replace("::", "-")
        );
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, self.0.pem()).unwrap();
        PemFile(path)
    }

    /// A server with a certificate of this one's.
    fn server(
        &self,
        params: CertificateParams,
        versions: &[&'static SupportedProtocolVersion],
    ) -> Server {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let config = ServerConfig::builder_with_provider(ring())
            .with_protocol_versions(versions)
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            )
            .unwrap();
        let config = Arc::new(config);
        Server::new(move |connection| {
            let tls = ServerConnection::new(Arc::clone(&config)).unwrap();
            connection.wrap(|bare| Box::new(StreamOwned::new(tls, bare)));
            while connection.request()?.is_some() {
                connection.write_all(&response("200 OK", "", SUCCESS))?;
            }
            Ok(())
        })
    }

    pub(crate) fn local_server(&self) -> Server {
        self.server(local(), rustls::ALL_VERSIONS)
    }
}

struct PemFile(PathBuf);

impl PemFile {
    fn variables(&self) -> [(&str, &str); 2] {
        only(self.0.to_str().unwrap())
    }
}

impl Drop for PemFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The variables that say that the certificates of this file are trusted and no others.
fn only(file: &str) -> [(&str, &str); 2] {
    [("SSL_CERT_FILE", file), ("SSL_CERT_DIR", "")]
}

pub(crate) fn ring() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// A certificate for the names that the tests' servers have.
fn local() -> CertificateParams {
    CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap()
}

fn call(endpoint: &str) -> Result<Json, Error> {
    let client: Client<Udb> = client(endpoint, transport());
    runner().call(client.send(RawRequest::new("A")))
}

/// Not a byte of the request may leave before it is clear who listens.
fn refused(endpoint: &str, reason: &str) {
    let error = call(endpoint).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    assert!(!error.may_have_arrived(), "{error}");
    assert!(!error.is_retryable(), "{error}");
    assert!(error.message().contains("certificate"), "{error}");
    assert!(error.message().contains(reason), "{error}");
}

#[test]
fn a_certificate_of_a_trusted_authority() {
    in_two_processes(
        |test| {
            let authority = Authority::new("test authority");
            let server = authority.local_server();
            for host in ["localhost", "127.0.0.1"] {
                let endpoint = format!("https://{host}:{}", server.port());
                again_with(test, &endpoint, &authority.trusted(test).variables());
            }
            let requests = server.stop().requests;
            assert_eq!(requests.len(), 2);
            assert!(requests[0].contains("Action=A&"), "{requests:?}");
        },
        |endpoint| {
            call(&endpoint).unwrap();
        },
    );
}

#[test]
fn both_versions_of_tls() {
    in_two_processes(
        |test| {
            let authority = Authority::new("test authority");
            for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
                let server = authority.server(local(), &[version]);
                let endpoint = format!("https://localhost:{}", server.port());
                again_with(test, &endpoint, &authority.trusted(test).variables());
                assert_eq!(server.stop().requests.len(), 1);
            }
        },
        |endpoint| {
            call(&endpoint).unwrap();
        },
    );
}

#[test]
fn a_certificate_of_an_authority_that_nobody_knows() {
    in_two_processes(
        |test| {
            let server = Authority::new("unknown").local_server();
            let endpoint = format!("https://localhost:{}", server.port());
            again_with(
                test,
                &endpoint,
                &Authority::new("known").trusted(test).variables(),
            );
            assert_eq!(server.stop().requests.len(), 0);
        },
        |endpoint| refused(&endpoint, "UnknownIssuer"),
    );
}

#[test]
fn a_certificate_for_another_host() {
    in_two_processes(
        |test| {
            let authority = Authority::new("test authority");
            let params = CertificateParams::new(["api.example.com".to_owned()]).unwrap();
            let server = authority.server(params, rustls::ALL_VERSIONS);
            let endpoint = format!("https://localhost:{}", server.port());
            again_with(test, &endpoint, &authority.trusted(test).variables());
            assert_eq!(server.stop().requests.len(), 0);
        },
        |endpoint| refused(&endpoint, "not valid for name"),
    );
}

#[test]
fn a_certificate_that_has_expired() {
    in_two_processes(
        |test| {
            let authority = Authority::new("test authority");
            let mut params = local();
            params.not_before = rcgen::date_time_ymd(2020, 1, 1);
            params.not_after = rcgen::date_time_ymd(2020, 2, 1);
            let server = authority.server(params, rustls::ALL_VERSIONS);
            let endpoint = format!("https://localhost:{}", server.port());
            again_with(test, &endpoint, &authority.trusted(test).variables());
            assert_eq!(server.stop().requests.len(), 0);
        },
        |endpoint| refused(&endpoint, "expired"),
    );
}

#[test]
fn a_system_without_certificates() {
    in_two_processes(
        |test| again_with(test, "https://localhost:1", &only("/dev/null")),
        |_| {
            let error = DefaultTransport::new().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
            assert!(
                error
                    .to_string()
                    .contains("such as ca-certificates, installed?"),
                "{error}"
            );
        },
    );
}

#[test]
fn a_server_that_speaks_no_tls() {
    undisturbed(|| {
        let server =
            Server::new(|connection| connection.write_all(&response("400 Bad Request", "", "no")));
        let address = format!("https://localhost:{}", server.port());
        let error = failure(&transport(), &address, PATIENCE);
        assert_failed(&error, Delivery::NotSent, false);
        assert!(!error.is_permanent(), "{error:?}");
    });
}
