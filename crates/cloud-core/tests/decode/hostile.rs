//! Answers that nobody sends on purpose: nested without end, broken text, bytes that are no text.

use cloud_core::{Error, ErrorKind, decode};
use serde_json::Value as Json;

use crate::common::records::{Answer, Place};
use crate::common::services::Udb;
use crate::{bodies, read, refusals, stored};

/// `{"Rooms":[{"Rooms":[…]}]}`, with this many objects and lists in all.
fn nested(levels: usize) -> String {
    let mut text = String::new();
    for level in 0..levels {
        text.push_str(if level % 2 == 0 { "{\"Rooms\":" } else { "[" });
    }
    // The innermost object has no member.
    if levels % 2 == 1 {
        text.truncate(text.len() - "\"Rooms\":".len());
    }
    for level in (0..levels).rev() {
        text.push(if level % 2 == 0 { '}' } else { ']' });
    }
    text
}

/// The bodies with a known member nested so deep that the whole answer has this many levels.
fn bodies_of_depth(levels: usize) -> [String; 3] {
    let own = |wrapping: usize| bodies(&format!(r#""Place":{}"#, nested(levels - wrapping)));
    // Tencent Cloud wraps its answers twice, the others once.
    let ([ucloud, _, aliyun], [_, tencent, _]) = (own(1), own(2));
    [ucloud, tencent, aliyun]
}

fn depth(place: &Place) -> usize {
    1 + place.rooms.first().map_or(0, depth)
}

#[test]
fn the_helper_nests_as_deep_as_it_says() {
    assert_eq!(nested(1), "{}");
    assert_eq!(nested(4), r#"{"Rooms":[{"Rooms":[]}]}"#);
    assert_eq!(nested(5), r#"{"Rooms":[{"Rooms":[{}]}]}"#);
}

#[test]
fn fields_are_read_127_levels_deep() {
    for (answer, objects) in read::<Answer>(&bodies_of_depth(127))
        .into_iter()
        .zip([63, 63, 63])
    {
        assert_eq!(depth(&answer.unwrap().place.unwrap()), objects);
    }
    for answer in read::<Json>(&bodies_of_depth(127)) {
        assert!(answer.unwrap()["Place"]["Rooms"][0].is_object());
    }
}

#[test]
fn deeper_fields_are_refused_before_the_stack_ends() {
    for levels in [129, 1_000, 100_000] {
        let bodies = bodies_of_depth(levels);
        let errors = read::<Answer>(&bodies).map(Result::unwrap_err);
        let untyped = read::<Json>(&bodies).map(Result::unwrap_err);
        for error in errors.iter().chain(&untyped) {
            assert_eq!(error.kind(), ErrorKind::Decode, "{levels}");
            assert!(error.message().contains("recursion limit"), "{error}");
            assert!(error.to_string().len() < 2_000, "{error}");
        }
    }
}

#[test]
fn unknown_members_are_skipped_however_deep_they_are() {
    for levels in [127, 129, 100_000] {
        let deep = "[".repeat(levels) + &"]".repeat(levels);
        assert_eq!(
            stored(&format!(r#""New":{deep},"TotalCount":1"#)),
            serde_json::json!({"TotalCount": 1})
        );
    }
}

fn all_decode_errors(errors: [Error; 3], place: &str) {
    for error in errors {
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert!(error.message().contains(place), "{error}");
        assert_eq!(error.to_string().lines().count(), 1, "{error}");
    }
}

#[test]
fn broken_text_is_refused_by_its_place() {
    for text in [
        r"\x",
        r"\u12",
        r"\u12G4",
        // Halves of a pair: no character.
        r"\ud800",
        r"\ud800A",
        r"\ud800\u0041",
        r"\udc00",
        // Control characters must be escaped.
        "a\nb",
        "a\u{0}b",
    ] {
        all_decode_errors(refusals(&format!(r#""Name":"{text}""#)), "Name: ");
        all_decode_errors(
            refusals(&format!(r#""BackupSet":[{{"BackupId":"{text}"}}]"#)),
            "BackupSet[0].BackupId: ",
        );
    }
}

#[test]
fn text_may_hold_every_character() {
    assert_eq!(
        stored(r#""Name":"\u5907\u4efd \ud83d\ude00 \"\\\/\b\f\n\r\t\u0000 备份 😀""#),
        serde_json::json!({"Name": "备份 😀 \"\\/\u{8}\u{c}\n\r\t\u{0} 备份 😀"})
    );
}

#[test]
fn bytes_that_are_not_utf_8_cost_their_character_only() {
    let bodies = bodies(r#""Name":"a?b","TotalCount":1"#).map(|body| {
        body.bytes()
            .map(|byte| if byte == b'?' { 0xff } else { byte })
            .collect::<Vec<u8>>()
    });
    for answer in read::<Answer>(&bodies) {
        let answer = answer.unwrap();
        assert_eq!(answer.name.as_deref(), Some("a\u{fffd}b"));
        assert_eq!(answer.total_count, Some(1));
    }
}

#[test]
fn a_byte_order_mark_and_white_space_around_the_answer_do_no_harm() {
    let bodies = bodies(r#""TotalCount":1"#).map(|body| format!("\u{feff}\r\n {body}\n\n"));
    for answer in read::<Answer>(&bodies) {
        assert_eq!(answer.unwrap().total_count, Some(1));
    }
}

#[test]
fn what_follows_the_answer_is_refused() {
    for rest in ["x", "{}", "]", "}", "\u{0}"] {
        let bodies = bodies(r#""TotalCount":1"#).map(|body| body + rest);
        all_decode_errors(read::<Answer>(&bodies).map(Result::unwrap_err), "trailing");
    }
}

#[test]
fn json_that_is_no_object_is_no_answer() {
    for body in [
        "null",
        "[]",
        "5",
        "true",
        r#""text""#,
        "{",
        "[",
        "\"",
        "nul",
        "{]",
    ] {
        let errors = read::<Answer>(&[body; 3]).map(Result::unwrap_err);
        all_decode_errors(errors, "expected an answer of ");
        let errors = read::<Json>(&[body; 3]).map(Result::unwrap_err);
        all_decode_errors(errors, "expected an answer of ");
    }
}

#[test]
fn secrets_of_an_answer_that_is_broken_elsewhere_are_not_quoted() {
    let body = br#"{"RetCode":0,"Password":"correct horse","Name":"\ud800"}"#;
    let error = decode::<Udb, Answer>(body).unwrap_err();
    for shown in [error.to_string(), format!("{error:?}")] {
        assert!(!shown.contains("correct horse"), "{shown}");
    }
}
