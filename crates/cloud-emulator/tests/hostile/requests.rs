//! Requests whose sizes or shapes cost more than they look like.

use cloud_emulator::Provider::{Aliyun, Tencent, Ucloud};

use crate::Input;
use crate::common::http::{Connection, Request};
use crate::common::sign::{Caller, escape};
use crate::target::{Target, form, json};

pub(crate) const ALL: &[Input] = &[
    ("a long name over many values", a_long_name_over_many_values),
    ("five million parameters", five_million_parameters),
    ("parameters that cost nothing", parameters_that_cost_nothing),
    ("the same names in query and form", the_same_names_twice),
    (
        "a header that is signed often",
        a_header_that_is_signed_often,
    ),
    ("many rules", many_rules),
    ("five million values", five_million_values),
    ("many names of many parts", many_names_of_many_parts),
    ("a form that grows when it is escaped", a_form_that_grows),
    ("a long unknown parameter", a_long_unknown_parameter),
    ("a long wrong value", a_long_wrong_value),
    ("a long action", a_long_action),
    ("long answers", long_answers),
    ("deep JSON", deep_json),
    ("a query of separators", a_query_of_separators),
    ("many headers of one name", many_headers_of_one_name),
    ("records that grow as JSON", records_that_grow),
    ("many temporary keys", many_temporary_keys),
    ("many nonces", many_nonces),
    ("clocks and delays without end", clocks_and_delays),
    ("lengths that lie", lengths_that_lie),
    ("many names in one object", many_names_in_one_object),
];

fn a_long_name_over_many_values(target: &Target) {
    let (name, ones) = ("k".repeat(50_000), vec!["1"; 50_000].join(","));
    let body = format!(r#"{{"Action":"X","PublicKey":"a","{name}":[{ones}]}}"#);
    for request in json(&body) {
        assert_ne!(target.send(&request), 0);
    }
    // As many values as may be, and as long a name.
    let (name, ones) = ("k".repeat(900_000), vec!["1"; 19_000].join(","));
    let body = format!(r#"{{"Action":"X","PublicKey":"a","Signature":"s","{name}":[{ones}]}}"#);
    for request in json(&body) {
        assert_ne!(target.send(&request), 0);
    }
}

fn five_million_parameters(target: &Target) {
    for request in [form("a&".repeat(5_000_000)), form("a=&".repeat(300_000))] {
        let tencent = request.clone().header("x-tc-action", "X");
        let aliyun = request.clone().header("x-acs-action", "X");
        for request in [request, tencent, aliyun] {
            assert_ne!(target.send(&request), 0);
        }
    }
}

fn parameters_that_cost_nothing(target: &Target) {
    let request = form("a&".repeat(19_000));
    let mut connection = Connection::open(target.address);
    for _ in 0..100 {
        assert_eq!(connection.send(&request).unwrap().status, 200);
    }
}

fn the_same_names_twice(target: &Target) {
    let names = |numbers: std::ops::Range<u32>| -> String {
        numbers.map(|number| format!("{number:x}&")).collect()
    };
    let mut request = form(names(0..19_000));
    request.target = format!("/?Action=X&PublicKey=a&{}", names(19_000..30_000));
    assert_eq!(target.send(&request), 200);
}

fn a_header_that_is_signed_often(target: &Target) {
    let names = "host;".repeat(12_000);
    for (algorithm, header) in [
        ("TC3-HMAC-SHA256", "x-tc-action"),
        ("ACS3-HMAC-SHA256", "x-acs-action"),
    ] {
        let authorization = format!(
            "{algorithm} Credential=a/2023-11-14/s/tc3_request, SignedHeaders={names}host, Signature=a"
        );
        let request = Request::new("POST", "/")
            .json("{}")
            .header("authorization", &authorization)
            .header("x-tc-version", "v")
            .header("x-tc-timestamp", &target.now.to_string())
            .header("x-acs-version", "v")
            .header("x-acs-date", "2023-11-14T22:13:20Z")
            .header("x-acs-signature-nonce", "n")
            .header(header, "X");
        assert_ne!(target.send(&request), 0);
    }
}

fn many_rules(target: &Target) {
    let mut connection = Connection::open(target.address);
    let path = "/p".repeat(5_000);
    let rule = format!(r#"{{"fault":"throttled","path":"{path}"}}"#);
    let request = Request::own("POST", "faults", target.address).json(&rule);
    let added = (0..500).filter(|_| connection.send(&request).unwrap().status == 200);
    assert_eq!(added.count(), 100);
    let clear = Request::own("DELETE", "faults", target.address);
    assert_eq!(connection.send(&clear).unwrap().status, 200);
}

fn five_million_values(target: &Target) {
    for value in ["0,", "[],", "{},"] {
        let values = value.repeat(10_000_000 / value.len());
        let body = format!(r#"{{"a":[{}0]}}"#, values);
        let request = target.caller(Tencent).tencent(("redis", "v", "X"), &body);
        assert_eq!(target.send(&request), 200);
        for request in json(&body) {
            assert_ne!(target.send(&request), 0);
        }
    }
}

fn many_names_of_many_parts(target: &Target) {
    let parts = ".a".repeat(22);
    let names: Vec<String> = (0..15_000)
        .map(|number| format!("{number}{parts}"))
        .collect();
    let mut parameters: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "")).collect();
    parameters.push(("Action", "DescribeUDBInstanceBackupState"));
    let request = target.caller(Ucloud).ucloud(&parameters);
    assert_eq!(target.send(&request), 200);
}

fn a_form_that_grows(target: &Target) {
    let zeros = "\0".repeat(1_000_000);
    let time = "Timestamp=2023-11-14T22%3A13%3A20Z";
    let body = format!("AccessKeyId=LTAIemulator&Signature=a&SignatureNonce=n&{time}&a={zeros}");
    let mut request = form(body);
    request.target = "/?Action=X&Version=v".to_owned();
    assert_eq!(target.send(&request), 400);
    request.target = "/?Action=X&PublicKey=emulator-public-key".to_owned();
    request.body = format!("Signature=a&a={zeros}").into_bytes();
    assert_eq!(target.send(&request), 200);
}

fn redis(target: &Target, body: &str) -> Request {
    let call = ("redis", "2018-04-12", "DescribeInstanceBackups");
    let request = target.caller(Tencent).tencent(call, body);
    request.header("x-tc-region", "ap-guangzhou")
}

fn a_long_unknown_parameter(target: &Target) {
    let name = "k".repeat(10_000_000);
    let request = redis(target, &format!(r#"{{"{name}":1}}"#));
    assert_eq!(target.send(&request), 200);
}

fn a_long_wrong_value(target: &Target) {
    let zeros = r"\u0000".repeat(1_600_000);
    let body = format!(r#"{{"RoleArn":"r","RoleSessionName":"s","DurationSeconds":"{zeros}"}}"#);
    let call = ("sts", "2018-08-13", "AssumeRole");
    let request = target.caller(Tencent).tencent(call, &body);
    assert_eq!(target.send(&request), 200);
    let request = redis(target, &format!(r#"{{"InstanceId":"{zeros}"}}"#));
    assert_eq!(target.send(&request), 200);
}

fn a_long_action(target: &Target) {
    let action = "\u{1}".repeat(300_000);
    let request = target.caller(Ucloud).ucloud(&[("Action", &action)]);
    assert_eq!(target.send(&request), 200);
    for header in ["x-tc-action", "x-acs-action"] {
        let request = Request::new("POST", "/").header(header, &"a".repeat(60_000));
        assert_ne!(target.send(&request), 0);
    }
}

fn long_answers(target: &Target) {
    for limit in ["1000000000", "-1", "18446744073709551616"] {
        let body = format!(r#"{{"InstanceId":"crs-5a4py64p","Limit":{limit}}}"#);
        assert_eq!(target.send(&redis(target, &body)), 200);
    }
    let session = "s".repeat(900_000);
    let query = "RoleArn=r";
    let form = format!("RoleSessionName={session}");
    let request = target
        .caller(Aliyun)
        .aliyun(("2015-04-01", "AssumeRole"), query, &form);
    assert_eq!(target.send(&request), 200);
}

fn deep_json(target: &Target) {
    for part in ["[", r#"{"a":"#, r#"[{"a":"#] {
        let body = format!(r#"{{"a":{}"#, part.repeat(5_000_000 / part.len()));
        for request in json(&body) {
            assert_ne!(target.send(&request), 0);
        }
    }
}

fn a_query_of_separators(target: &Target) {
    for separator in ["&", "=", "%", ";", "a&"] {
        let query = separator.repeat(60_000 / separator.len());
        let request = Request::new("GET", &format!("/?Action=X&PublicKey=a&{query}"));
        assert_eq!(target.send(&request), 200, "{separator}");
    }
}

fn many_headers_of_one_name(target: &Target) {
    for name in [
        "authorization",
        "content-type",
        "x-acs-action",
        "x-tc-token",
        "host",
    ] {
        let header = format!("{name}: {}\r\n", "a,".repeat(300));
        let head = format!("POST / HTTP/1.1\r\n{}\r\n", header.repeat(90));
        assert_ne!(target.fire(head.as_bytes()), 0);
    }
}

/// Each byte of these takes six in JSON, and all that is kept is asked for at once.
fn records_that_grow(target: &Target) {
    let value = escape(&"\u{1}".repeat(10_000));
    let request = form(format!("a={value}"));
    let mut connection = Connection::open(target.address);
    for _ in 0..1_000 {
        assert_eq!(connection.send(&request).unwrap().status, 200);
    }
    let all = Request::own("GET", "requests", target.address);
    assert_eq!(connection.send(&all).unwrap().status, 200);
}

fn many_temporary_keys(target: &Target) {
    let mut connection = Connection::open(target.address);
    let role = target.caller(Ucloud).assume_role(Ucloud);
    let token = Request::new("PUT", "/latest/api/token")
        .header("x-aliyun-ecs-metadata-token-ttl-seconds", "21600");
    for request in [role, token] {
        for _ in 0..3_000 {
            assert_eq!(connection.send(&request).unwrap().status, 200);
        }
    }
}

fn many_nonces(target: &Target) {
    let mut connection = Connection::open(target.address);
    for number in 0..1_000 {
        let caller = Caller {
            nonce: format!("{number}{}", "n".repeat(10_000)),
            ..target.caller(Aliyun)
        };
        let answer = connection.send(&caller.assume_role(Aliyun)).unwrap();
        assert_eq!(answer.status, 200);
    }
}

fn clocks_and_delays(target: &Target) {
    let own = |method, path, body: String| {
        let request = Request::own(method, path, target.address).json(&body);
        assert_eq!(target.send(&request), 200);
    };
    for seconds in [i64::MIN, i64::MAX, 0] {
        own("PUT", "clock", format!(r#"{{"shift_seconds":{seconds}}}"#));
    }
    let longest = u64::MAX;
    for fault in [
        format!(r#"{{"throttled":{{"retry_after":{{"date":{longest}}}}}}}"#),
        format!(r#"{{"slow":{{"head_millis":{longest},"body_millis":{longest}}}}}"#),
    ] {
        let rule = format!(r#"{{"fault":{fault},"action":"AssumeRole"}}"#);
        own("POST", "faults", rule);
        let request = target.caller(Ucloud).assume_role(Ucloud);
        drop(target.leave(100, &request.bytes()));
        own("DELETE", "faults", String::new());
    }
}

fn lengths_that_lie(target: &Target) {
    for length in [
        "18446744073709551615",
        "18446744073709551616",
        "-1",
        "104857600",
    ] {
        let head = format!(
            "POST /?Action=X&PublicKey=a HTTP/1.1\r\nhost: a\r\ncontent-length: {length}\r\n\r\n"
        );
        assert_ne!(target.fire(head.as_bytes()), 0, "{length}");
    }
}

fn many_names_in_one_object(target: &Target) {
    let members: Vec<String> = (0..19_000)
        .map(|number| format!(r#""{number:09}\n":{number}"#))
        .collect();
    let body = format!("{{{}}}", members.join(","));
    for request in json(&body) {
        assert_ne!(target.send(&request), 0);
    }
    assert_eq!(target.send(&redis(target, &body)), 200);
}
