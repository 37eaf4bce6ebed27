//! Chains of sources: in whose order, with and without their parts, and with sources of the user's.

use cloud_core::Client;
use cloud_core::aliyun::credentials::SharedFile;
use cloud_core::credentials::{Chain, Credentials, Slot};
use cloud_core::tencent::credentials::Profile;
use cloud_core::ucloud::Ucloud;

use crate::common::memory::{bare, environment, now};
use crate::common::services::{Hbr, Redis, Udb};
use crate::home::Home;
use crate::source::{Scripted, Step, key};
use crate::{request, success};

const KEY: [(&str, &str); 2] = [
    ("UCLOUD_PUBLIC_KEY", "env-id"),
    ("UCLOUD_PRIVATE_KEY", "env-s3cr3t"),
];

/// Who is asked, and whose key is used.
fn sources(chain: Chain) -> (Vec<String>, Option<String>) {
    let client: Client<Udb> = bare(success())
        .environment(environment(&KEY))
        .credential_chain(chain)
        .region("r")
        .build()
        .unwrap();
    let explanation = now(client.explain_credentials());
    let chosen = explanation.chosen().map(|tried| tried.source.clone());
    let tried = explanation.tried.into_iter().map(|tried| tried.source);
    (tried.collect(), chosen)
}

#[test]
fn slots_can_be_left_out() {
    let profile = "the profile of UCloud's command line";
    let all = Chain::of::<Ucloud>();
    let (tried, chosen) = sources(all.clone().only(&[Slot::Profile, Slot::Environment]));
    assert_eq!(tried, [profile, "the environment"]);
    assert_eq!(chosen.as_deref(), Some("the environment"));
    let (tried, chosen) = sources(
        all.clone()
            .without(Slot::Environment)
            .only(&[Slot::Profile, Slot::Environment]),
    );
    assert_eq!((tried, chosen), (vec![profile.to_owned()], None));
    let (tried, _) = sources(all.clone().only(&[Slot::Environment]));
    assert_eq!(tried, ["the environment"]);
    let (tried, _) = sources(all.without(Slot::Profile));
    assert!(!tried.contains(&profile.to_owned()), "{tried:?}");
}

#[test]
fn a_source_of_the_users_comes_first_or_is_the_only_one() {
    let own = || Scripted::new([Step::Key("own", 60)]);
    let slots = [Slot::Environment];
    let (tried, chosen) = sources(Chain::of::<Ucloud>().only(&slots).first(own()));
    assert_eq!(tried, ["the script", "the environment"]);
    assert_eq!(chosen.as_deref(), Some("the script"));

    let client: Client<Udb> = bare(success())
        .environment(environment(&KEY))
        .credential_source(Scripted::new([Step::Fail]))
        .region("r")
        .build()
        .unwrap();
    let error = now(client.send(request())).unwrap_err();
    assert_eq!(error.message(), "the script says no");
    let explanation = now(client.explain_credentials());
    assert_eq!(explanation.tried.len(), 1);
}

#[test]
fn a_source_that_is_broken_ends_the_search() {
    let chain = Chain::of::<Ucloud>().only(&[Slot::Environment]);
    let (_, chosen) = sources(chain.first(Scripted::new([Step::Fail])));
    assert_eq!(chosen, None);
}

#[test]
fn a_chain_without_variables_does_not_ask_for_any() {
    let client: Client<Udb> = bare(success())
        .credential_chain(Chain::of::<Ucloud>().only(&[Slot::Profile]))
        .region("r")
        .build()
        .unwrap();
    let error = now(client.send(request())).unwrap_err();
    assert_eq!(
        error.message(),
        "no credentials: give them to the client with `Client::builder().credentials(…)`; looked at \
         the profile of UCloud's command line (there is no ~/.ucloud/config.json)"
    );
}

#[test]
fn a_key_that_is_given_is_a_source_too() {
    let client: Client<Udb> = bare(success())
        .region("r")
        .credentials(key("given"))
        .build()
        .unwrap();
    let explanation = now(client.explain_credentials());
    assert_eq!(
        explanation.chosen().unwrap().source,
        "the key given to the client"
    );
}

#[test]
fn a_program_can_choose_a_profile_or_a_file() {
    let work = r#"{"secretId": "work-id", "secretKey": "work-s3cr3t"}"#;
    let files = [
        (".tccli/work.credential", work),
        (
            "k.ini",
            "[one]\ntype=access_key\naccess_key_id=one-id\naccess_key_secret=one-s3cr3t",
        ),
    ];
    let home = Home::with(&files, &[]);
    let client: Client<Redis> = home
        .builder()
        .credential_source(Profile::named("work"))
        .build()
        .unwrap();
    assert!(now(client.prepare(&request())).is_ok());
    let client: Client<Redis> = home
        .builder()
        .credential_source(Profile::named("wrok"))
        .build()
        .unwrap();
    let error = now(client.prepare(&request())).unwrap_err();
    assert_eq!(
        error.message(),
        "there is no ~/.tccli/wrok.credential, although the program names the profile wrok"
    );

    let file = home.path().join("k.ini");
    let client: Client<Hbr> = home
        .builder()
        .credential_source(SharedFile::at(&file).section("one"))
        .build()
        .unwrap();
    assert!(now(client.prepare(&request())).is_ok());
    let client: Client<Hbr> = home
        .builder()
        .credential_source(SharedFile::at(home.path().join("none")))
        .build()
        .unwrap();
    let error = now(client.prepare(&request())).unwrap_err();
    assert_eq!(
        error.message(),
        "there is no ~/none, which the program names"
    );
    let client: Client<Hbr> = home
        .builder()
        .credential_source(Credentials::new("a", "s3cr3t"))
        .build()
        .unwrap();
    assert!(now(client.prepare(&request())).is_ok());
}

#[test]
fn what_cannot_be_read_matters_if_something_is_missing() {
    let variables = [
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", "env-id"),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "env-s3cr3t"),
    ];
    let home = Home::with(&[(".aliyun/config.json", "{")], &variables);
    // The key is found before.
    assert!(now(home.client::<Hbr>().prepare(&request())).is_ok());
    let client: Client<Hbr> = home.builder_without_region().build().unwrap();
    let error = now(client.prepare(&request())).unwrap_err();
    assert_eq!(
        error.message(),
        "~/.aliyun/config.json is no JSON: EOF while parsing an object at line 1 column 1"
    );
}
