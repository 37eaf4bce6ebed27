//! What is said about where keys were looked for.

use cloud_core::Client;
use cloud_core::credentials::{Chain, Outcome, Slot};
use cloud_core::tencent::Tencent;

use crate::common::memory::now;
use crate::common::services::Redis;
use crate::home::Home;

const FILE: &str = "[default]\nsecret_id=file-id\nsecret_key=file-s3cr3t\n";

/// The explanation of a chain without what needs a network.
fn explain(home: &Home) -> String {
    let slots = [Slot::Environment, Slot::File, Slot::Profile];
    let chain = Chain::of::<Tencent>().only(&slots);
    let client: Client<Redis> = home.builder().credential_chain(chain).build().unwrap();
    now(client.explain_credentials()).to_string()
}

#[test]
fn a_line_for_each_place() {
    let home = Home::with(&[(".tencentcloud/credentials", FILE)], &[]);
    assert_eq!(
        explain(&home),
        "Tencent Cloud: a key was found\n\
         1. the environment: passed over: TENCENTCLOUD_SECRET_ID is not set\n\
         2. the credentials file of the SDKs: chosen: key file-id from ~/.tencentcloud/credentials, section [default], \
         with no end that is known\n\
         3. the profile of tccli: not asked\n\
         region: r\n\
         zone: not set\n\
         project: not set\n\
         endpoint: not set\n"
    );
    let home = Home::with(
        &[(
            ".tencentcloud/credentials",
            "[default]\nsecret_id=file-id\n",
        )],
        &[],
    );
    let explanation = explain(&home);
    assert!(
        explanation.starts_with("Tencent Cloud: no key was found\n"),
        "{explanation}"
    );
    assert!(
        explanation.contains(
            "2. the credentials file of the SDKs: broken, which ends the search: \
             ~/.tencentcloud/credentials, section [default]: half a key: `secret_id` is there, but `secret_key` is not\n"
        ),
        "{explanation}"
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_is_warned_about() {
    for (mode, warned) in [
        (0o644, true),
        (0o640, true),
        (0o604, true),
        (0o600, false),
        (0o400, false),
    ] {
        let path = ".tencentcloud/credentials";
        let home = Home::with(&[(path, FILE)], &[]).permit(path, mode);
        let explanation = home.explain::<Redis>();
        let Outcome::Chosen { warnings, .. } = &explanation.chosen().unwrap().outcome else {
            panic!("{explanation}");
        };
        let warning = "other users of this computer can read ~/.tencentcloud/credentials: \
                       `chmod 600 ~/.tencentcloud/credentials` keeps it to yourself";
        assert_eq!(warnings.contains(&warning.to_owned()), warned);
        assert_eq!(
            explanation
                .to_string()
                .contains(&format!("   warning: {warning}\n")),
            warned
        );
    }
}
