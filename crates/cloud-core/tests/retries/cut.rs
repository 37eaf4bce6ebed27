//! Answers that are cut, at every byte of what each provider sends: a read is sent again, a write never, since a part of an answer
//! proves nothing but that somebody answered.

use cloud_core::{ErrorKind, Service, Stopped};

use crate::network::Reply;
use crate::{Client, Hbr, Redis, Udb, client, read, send, world, write};

/// Cuts an answer at every byte.
fn cut_everywhere<S: Service>(status: u16, body: &str) {
    for end in 0..body.len() {
        let case = format!("{status}, cut at {end} of {body}");
        let cut = &body.as_bytes()[..end];
        // A status of failure without a body may be meant so.
        let may_be_whole = end == 0 && status != 200;

        let (clock, network) = world([Reply::answer(status, cut)]);
        let reader: Client<S> = client(&clock, &network).build().unwrap();
        let answer = send(&reader, read());
        let by_status = status == 429 || status >= 500;
        let again = !may_be_whole || by_status;
        assert_eq!(answer.is_ok(), again, "{case}");
        assert_eq!(network.arrived().len(), 1 + usize::from(again), "{case}");

        if may_be_whole {
            continue;
        }
        let (clock, network) = world([Reply::answer(status, cut)]);
        let writer: Client<S> = client(&clock, &network).build().unwrap();
        let error = send(&writer, write()).unwrap_err();
        assert_eq!(network.arrived().len(), 1, "{case}");
        assert_eq!(error.stopped(), Some(Stopped::MayHaveArrived), "{case}");
        assert!(error.may_have_arrived() && error.is_retryable(), "{case}");
        assert_eq!(error.code(), None, "{case}");
        if !by_status {
            assert_eq!(error.kind(), ErrorKind::Decode, "{case}");
        }
    }
}

const FIELDS: &str = r#""Name":"备 \u5907\ud83d\ude00 \"x\"","Count":-1.5e-3,"On":true,"Off":null,"Set":[{"Id":"b-1","Size":-7},[]]"#;

#[test]
fn successes() {
    cut_everywhere::<Udb>(
        200,
        &format!(r#"{{"RetCode":0,"Action":"DoResponse",{FIELDS}}}"#),
    );
    cut_everywhere::<Udb>(200, &format!("\u{feff}{{{FIELDS},\r\n\"RetCode\" : 0 }}"));
    cut_everywhere::<Redis>(
        200,
        &format!(r#"{{"Response":{{{FIELDS},"RequestId":"r-1"}}}}"#),
    );
    cut_everywhere::<Hbr>(
        200,
        &format!(
            r#"{{"RequestId":"r-1","Success":true,"Code":"200","Message":"successful",{FIELDS}}}"#
        ),
    );
}

#[test]
fn failures_of_ucloud() {
    // 1534 begins with the code of throttling, 1740 with that of a token to renew, 70850 with one of the service.
    for code in ["1534", "153", "1740", "174", "70850", "150"] {
        let failure =
            format!(r#"{{"RetCode":{code},"Action":"DoResponse","Message":"no","Left":-1}}"#);
        cut_everywhere::<Udb>(200, &failure);
        cut_everywhere::<Udb>(200, &format!(r#"{{"Message":"no","RetCode":{code}}}"#));
    }
}

#[test]
fn failures_of_tencent() {
    for code in [
        "RequestLimitExceeded",
        "AuthFailure.TokenFailure",
        "InternalError",
        "InvalidParameter",
    ] {
        let failure = format!(r#"{{"Code":"{code}","Message":"no"}}"#);
        for status in [200, 400] {
            cut_everywhere::<Redis>(
                status,
                &format!(r#"{{"Response":{{"Error":{failure},"RequestId":"r-1"}}}}"#),
            );
            cut_everywhere::<Redis>(
                status,
                &format!(r#"{{"Response":{{"RequestId":"r-1","Error":{failure}}}}}"#),
            );
        }
    }
    cut_everywhere::<Redis>(
        200,
        r#"{"code":4400,"codeDesc":"RequestLimitExceeded","message":"no"}"#,
    );
}

#[test]
fn failures_of_aliyun() {
    for (status, code) in [
        (200, "Throttling.User"),
        (400, "Throttling.User"),
        (429, "Throttling"),
        (503, "ServiceUnavailable"),
        (400, "SignatureNonceUsed"),
        (404, "InvalidVault.NotFound"),
    ] {
        cut_everywhere::<Hbr>(
            status,
            &format!(r#"{{"RequestId":"r-1","HostId":"h","Code":"{code}","Message":"no"}}"#),
        );
        cut_everywhere::<Hbr>(
            status,
            &format!(r#"{{"Success":false,"Code":"{code}","Message":"no","RequestId":"r-1"}}"#),
        );
    }
}

#[test]
fn hints_in_the_head_make_no_refusal_of_a_part() {
    let cut = r#"{"Code":"Throttling.User","Message":"n"#;
    let reply = Reply::answer(400, cut).header("x-acs-retry-after", "100");
    let (clock, network) = world([reply]);
    let writer: Client<Hbr> = client(&clock, &network).build().unwrap();
    let error = send(&writer, write()).unwrap_err();
    assert_eq!(network.arrived().len(), 1);
    assert_eq!(error.stopped(), Some(Stopped::MayHaveArrived), "{error}");
}
