//! What is refused, and that the error names the place.

use cloud_core::ErrorKind;

use crate::{REQUEST_ID, refusals};

/// Checks the whole error of every provider; only Tencent Cloud's answers stand one level deeper.
fn refused(members: &str, message: &str) {
    let [ucloud, tencent, aliyun] = refusals(members);
    assert_eq!(ucloud.message(), message, "{members}");
    assert_eq!(
        tencent.message(),
        format!("Response.{message}"),
        "{members}"
    );
    assert_eq!(aliyun.message(), message, "{members}");
    for error in [&ucloud, &tencent, &aliyun] {
        assert_eq!(error.kind(), ErrorKind::Decode, "{members}");
        assert_eq!(error.code(), None, "{members}");
        assert_eq!(error.status(), Some(200), "{members}");
        assert!(!error.is_retryable(), "{members}");
        assert!(error.may_have_arrived(), "{members}");
    }
}

#[test]
fn a_scalar_of_the_wrong_type() {
    for (member, problem) in [
        (
            r#""TotalCount":"abc""#,
            r#"expected an integer of 64 bits, found text "abc""#,
        ),
        (
            r#""TotalCount":1.5"#,
            "expected an integer of 64 bits, found the number 1.5",
        ),
        (
            r#""TotalCount":"1.5""#,
            r#"expected an integer of 64 bits, found text "1.5""#,
        ),
        (
            r#""TotalCount":true"#,
            "expected an integer of 64 bits, found true",
        ),
        (
            r#""TotalCount":{}"#,
            "expected an integer of 64 bits, found an object",
        ),
        (
            r#""TotalCount":[1]"#,
            "expected an integer of 64 bits, found a list",
        ),
        (r#""Ratio":"x""#, r#"expected a number, found text "x""#),
        // They parse as floats in Rust, but could not be stored as JSON.
        (r#""Ratio":"NaN""#, r#"expected a number, found text "NaN""#),
        (
            r#""Ratio":"-inf""#,
            r#"expected a number, found text "-inf""#,
        ),
        (
            r#""Ratio":"1e400""#,
            r#"expected a number, found text "1e400""#,
        ),
        (r#""Ratio":false"#, "expected a number, found false"),
        (
            r#""Encrypted":2"#,
            "expected true or false, found the number 2",
        ),
        (
            r#""Encrypted":"yes""#,
            r#"expected true or false, found text "yes""#,
        ),
        (r#""Name":{}"#, "expected text, found an object"),
        (r#""Name":["a"]"#, "expected text, found a list"),
        (r#""Password":{}"#, "expected text, found an object"),
        (r#""Engine":{}"#, "expected text, found an object"),
        (
            r#""Status":"gone""#,
            r#"expected an integer, found text "gone""#,
        ),
        (r#""Status":[]"#, "expected an integer, found a list"),
    ] {
        let name = member.split('"').nth(1).unwrap();
        refused(member, &format!("{name}: {problem}"));
    }
}

#[test]
fn an_integer_that_does_not_fit() {
    for (member, problem) in [
        (
            r#""Small":2147483648"#,
            "expected an integer of 32 bits, found the number 2147483648",
        ),
        (
            r#""Small":-2147483649"#,
            "expected an integer of 32 bits, found the number -2147483649",
        ),
        (
            r#""Small":"2147483648""#,
            r#"expected an integer of 32 bits, found text "2147483648""#,
        ),
        (
            r#""TotalCount":9223372036854775808"#,
            "expected an integer of 64 bits, found the number 9223372036854775808",
        ),
        (
            r#""Large":-1"#,
            "expected an integer of 64 bits without a sign, found the number -1",
        ),
        (
            r#""Large":"18446744073709551616""#,
            r#"expected an integer of 64 bits without a sign, found text "18446744073709551616""#,
        ),
        (
            r#""Status":9223372036854775808"#,
            "expected an integer, found the number 9223372036854775808",
        ),
    ] {
        let name = member.split('"').nth(1).unwrap();
        refused(member, &format!("{name}: {problem}"));
    }
    // No type of a field holds these; how the number is written in the message does not matter.
    for number in ["18446744073709551616", "-9223372036854777856.0", "1e300"] {
        for field in ["Small", "TotalCount", "Large", "Status"] {
            let [error, ..] = refusals(&format!(r#""{field}":{number}"#));
            let begin = format!("{field}: expected an integer");
            assert!(error.message().starts_with(&begin), "{error}");
        }
    }
    let [error, ..] = refusals(r#""TotalCount":9223372036854775808.0"#);
    assert!(
        error
            .message()
            .starts_with("TotalCount: expected an integer"),
        "{error}"
    );
}

#[test]
fn an_object_or_a_list_where_something_else_is_expected() {
    for (member, problem) in [
        ("\"Place\":5", "expected an object, found the number 5"),
        ("\"Place\":[]", "expected an object, found a list"),
        ("\"Place\":\"x\"", "expected an object, found text \"x\""),
        ("\"BackupSet\":{}", "expected a list, found an object"),
        ("\"BackupSet\":\"x\"", "expected a list, found text \"x\""),
        ("\"Tags\":7", "expected a list, found the number 7"),
    ] {
        let name = member.split('"').nth(1).unwrap();
        refused(member, &format!("{name}: {problem}"));
    }
}

#[test]
fn the_place_is_named_exactly() {
    for (members, message) in [
        (
            r#""BackupSet":[{},{},{},{"Status":"Bad"}]"#,
            r#"BackupSet[3].Status: expected an integer, found text "Bad""#,
        ),
        // Items that are left out count, since the reader of the message counts them too.
        (
            r#""BackupSet":[null,{"Status":1},5]"#,
            "BackupSet[2]: expected an object, found the number 5",
        ),
        // The name is the one in the answer, not the one of the field.
        (
            r#""RedisBackupSet":[{"BackupSize":-1}]"#,
            "RedisBackupSet[0].BackupSize: expected an integer of 64 bits without a sign, found the number -1",
        ),
        (
            r#""Count":"many""#,
            r#"Count: expected an integer of 64 bits, found text "many""#,
        ),
        (
            r#""Sizes":[1,2,[3]]"#,
            "Sizes[2]: expected an integer of 64 bits, found a list",
        ),
        (
            r#""Place":{"Rooms":[{"Rooms":[{},{"Floor":"top"}]}]}"#,
            r#"Place.Rooms[0].Rooms[1].Floor: expected an integer of 32 bits, found text "top""#,
        ),
    ] {
        refused(members, message);
    }
}

#[test]
fn long_text_is_not_shown_in_part() {
    let long = "长".repeat(500);
    refused(
        &format!(r#""TotalCount":"{long}""#),
        "TotalCount: expected an integer of 64 bits, found text of 500 characters",
    );
}

#[test]
fn the_error_is_one_line_with_all_there_is_to_know() {
    let [ucloud, tencent, aliyun] = refusals(r#""Status":"a\nb""#);
    let line = |place: &str| {
        format!(
            r#"the answer can't be read: {place}: expected an integer, found text "a\nb" (request id {REQUEST_ID}, HTTP 200)"#
        )
    };
    assert_eq!(tencent.to_string(), line("Response.Status"));
    assert_eq!(aliyun.to_string(), line("Status"));
    // UCloud's request ids come in a header, and a stored body has none.
    assert_eq!(
        ucloud.to_string(),
        line("Status").replace(&format!("request id {REQUEST_ID}, "), "")
    );
    // A decoded body was not sent by anybody.
    assert_eq!(tencent.operation(), None);
    assert_eq!(tencent.attempts(), 0);
}

#[test]
fn the_wrapping_names_the_place_too() {
    let error = cloud_core::decode::<crate::common::services::Redis, crate::common::records::Answer>(
        br#"{"Response":{"TotalCount":1,"RequestId":{"Id":"r"}}}"#,
    );
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(
        error
            .message()
            .starts_with("Response.RequestId: expected text"),
        "{error}"
    );
}
