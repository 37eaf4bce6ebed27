//! A reqwest client of the user's own, instead of the one that the transport makes.
#![cfg(all(unix, not(target_vendor = "apple")))]

use cloud_core::{Client, RawRequest};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;

use crate::common::services::Udb;
use crate::process::undisturbed;
use crate::tls::{Authority, ring};
use crate::{DefaultTransport, client, runner};

#[test]
fn a_client_of_the_users_own_trusts_whom_it_likes() {
    undisturbed(|| {
        let authority = Authority::new("test authority");
        let server = authority.local_server();
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::clone(authority.0.der())).unwrap();
        let config = rustls::ClientConfig::builder_with_provider(ring())
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let own = reqwest::Client::builder()
            .tls_backend_preconfigured(config)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .build()
            .unwrap();
        let transport = DefaultTransport::builder().client(own).build().unwrap();
        let client: Client<Udb> =
            client(&format!("https://localhost:{}", server.port()), transport);
        runner().call(client.send(RawRequest::new("A"))).unwrap();
        assert_eq!(server.stop().requests.len(), 1);
    });
}
