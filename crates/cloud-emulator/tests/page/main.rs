//! The web page in a real browser: Chromium, by way of its driver.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests say what is wrong by ending, and wait for what a page does by itself"
)]

mod browser;
#[path = "../common/mod.rs"]
mod common;

use cloud_emulator::Emulator;
use cloud_emulator::Provider::{Tencent, Ucloud};
use serde_json::json;

use crate::browser::Browser;
use crate::common::http::{Request, Response, send};
use crate::common::sign::Caller;
use crate::common::{NOW, start};

const MARKUP: &str =
    "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">";

fn backup_state(emulator: &Emulator, caller: &Caller, backup: &str) -> Response {
    let parameters = [
        ("Action", "DescribeUDBInstanceBackupState"),
        ("Region", "cn-bj2"),
        ("Zone", "cn-bj2-02"),
        ("BackupId", backup),
    ];
    send(emulator.address(), &caller.ucloud(&parameters))
}

/// One test, since starting the browser is what takes time.
#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_page_in_a_browser() {
    let browser = Browser::start();
    let emulator = start();
    browser.open(&emulator.url());
    services_and_data(&browser);
    requests_show_by_themselves(&emulator, &browser);
    markup_is_text(&emulator, &browser);
    a_fault_by_the_form(&emulator, &browser);
    the_clock_by_the_form(&emulator, &browser);
    it_fits_a_phone(&browser);

    assert_eq!(browser.title(), "Cloud emulator");
    assert_eq!(
        browser.console(),
        json!([]),
        "nothing is wrong with the page"
    );
    let hosts = browser.hosts();
    let own = emulator.address().to_string();
    assert!(hosts.len() > 5, "{hosts:?}");
    assert!(hosts.iter().all(|host| *host == own), "{hosts:?}");

    // From here on the browser has something to say: an answer with HTTP 400, and then none at all.
    browser.fill("#fault-json", r#"{"closed":{"at":"lunch"}}"#);
    browser.click("#add-fault");
    browser.wait_for("#fault-problem", "unknown variant `lunch`");
    drop(emulator);
    browser.wait_for("#state", "The emulator does not answer.");
}

fn services_and_data(browser: &Browser) {
    for text in [
        "UCloud UDB",
        "UCloud USnap",
        "Tencent Cloud Redis",
        "Alibaba Cloud Backup",
    ] {
        browser.wait_for("#service-list", text);
    }
    browser.run("document.querySelectorAll('#service-list details').forEach((part) => { part.open = true; })");
    browser.wait_for("#service-list", "DescribeBackupClients");
    browser.run("document.querySelectorAll('#service-list details').forEach((part) => { part.open = true; })");
    browser.wait_for("#service-list", "does not begin with aliyun or acs:");
    browser.wait_for("#service-list", "one of ECS_CLIENT, CONTAINER_CLIENT");
    let link = browser.run("return document.querySelector('#service-list article a').href");
    assert!(link.as_str().unwrap().starts_with("https://"), "{link}");

    browser.wait_for("#data-lists", "ucloud-udb backups");
    browser.run(
        "document.querySelectorAll('#data-lists details').forEach((part) => { part.open = true; })",
    );
    browser.wait_for("#data-lists", "crs-5a4py64p");
}

fn requests_show_by_themselves(emulator: &Emulator, browser: &Browser) {
    browser.wait_for("#no-requests", "None yet.");
    browser.run("window.wasNotLoadedAgain = true");
    let caller = Caller::new(Ucloud, NOW);
    assert_eq!(backup_state(emulator, &caller, "8880").code(), "");
    browser.wait_for("#request-rows tr:first-child", "accepted");
    browser.wait_for(
        "#request-rows tr:first-child",
        "the SHA-1 signature of emulator-public-key",
    );

    let stranger = Caller {
        secret: "another".to_owned(),
        ..caller
    };
    assert_eq!(backup_state(emulator, &stranger, "8880").code(), "171");
    browser.wait_for("#request-rows tr:first-child", "not let in");
    browser.wait_for("#request-rows tr:first-child", "the signature is wrong");

    let body = r#"{"InstanceId":"crs-5a4py64p","Limit":1000}"#;
    let call = ("redis", "2018-04-12", "DescribeInstanceBackups");
    let request = Caller::new(Tencent, NOW)
        .tencent(call, body)
        .header("x-tc-region", "ap-guangzhou");
    assert_eq!(
        send(emulator.address(), &request).code(),
        "InvalidParameterValue"
    );
    browser.wait_for("#request-rows tr:first-child", "InvalidParameterValue");
    browser.wait_for(
        "#request-rows tr:first-child",
        "the parameter Limit is wrong",
    );
    browser.wait_for("#request-rows tr:first-child", "Tencent Cloud");
    assert_eq!(browser.run("return window.wasNotLoadedAgain"), true);
}

fn markup_is_text(emulator: &Emulator, browser: &Browser) {
    backup_state(emulator, &Caller::new(Ucloud, NOW), MARKUP);
    let request = Request::new(
        "GET",
        "/?Action=%3Cscript%3Edocument.title%3D'run'%3C/script%3E&Signature=x&PublicKey=%3Cb%3E",
    );
    send(emulator.address(), &request);
    browser.wait_for(
        "#request-rows tr:first-child",
        "<script>document.title='run'</script>",
    );
    browser.run("document.querySelectorAll('#request-rows details').forEach((part) => { part.open = true; })");
    browser.wait_for("#request-rows tr:nth-child(2)", MARKUP);
    let elements = "return document.querySelectorAll('main script, main img, main b').length";
    assert_eq!(browser.run(elements), 0);
}

fn a_fault_by_the_form(emulator: &Emulator, browser: &Browser) {
    let caller = Caller::new(Ucloud, NOW);
    browser.choose("fault-kind", "transient");
    browser.choose("fault-provider", "UCloud");
    browser.fill("#fault-action", "DescribeUDBInstanceBackupState");
    browser.fill("#fault-times", "2");
    browser.click("#add-fault");
    browser.wait_for("#fault-rows", "UCloud, DescribeUDBInstanceBackupState");
    assert_eq!(backup_state(emulator, &caller, "8880").code(), "150");
    browser.wait_for("#request-rows tr:first-child", "fault");
    browser.wait_for("#fault-rows td:nth-child(3)", "1");
    browser.click("#fault-rows button");
    browser.wait_for("#no-faults", "None");
    assert_eq!(backup_state(emulator, &caller, "8880").code(), "");
}

fn the_clock_by_the_form(emulator: &Emulator, browser: &Browser) {
    browser.wait_for("#clock", "2023-11-14T22:13:20Z is right.");
    browser.fill("#shift-seconds", "-600");
    browser.click("#clock-form button[type=submit]");
    browser.wait_for("#clock", "2023-11-14T22:03:20Z is 600 seconds behind.");
    assert_eq!(emulator.clock().shift_seconds(), -600);
    browser.click("#right-clock");
    browser.wait_for("#clock", "is right.");
}

/// Only tables may be wider than the window, and they scroll by themselves.
fn it_fits_a_phone(browser: &Browser) {
    for scheme in ["light", "dark"] {
        browser.look_like(390, 844, scheme);
        let overflow =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(browser.run(overflow), 0);
        let colours = "const style = getComputedStyle(document.body); return [style.color, style.backgroundColor]";
        let expected = match scheme {
            "light" => json!(["rgb(28, 35, 48)", "rgb(246, 247, 249)"]),
            _ => json!(["rgb(228, 232, 239)", "rgb(18, 21, 27)"]),
        };
        assert_eq!(browser.run(colours), expected);
    }
}
