//! Answers into records: what the decoder forgives, what it refuses and how it says so, and that nothing gets lost in storage.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests say what is wrong by ending"
)]

#[path = "../common/mod.rs"]
mod common;

mod depth;
mod fuzz;
mod fuzz_kinds;
mod hostile;
mod json;
mod lenient;
mod maps;
mod names;
mod storage;
mod texts;
mod wrapped;
mod wrong;

use std::fmt::Debug;

use cloud_core::{Error, Response, decode, with_secrets};
use serde_json::Value as Json;

use common::kinds::Kinds;
use common::records::Answer;
use common::services::{Hbr, Redis, Udb};

const REQUEST_ID: &str = "5a7c1d8e";

/// Bodies with these members, as each provider sends them after a call that succeeded: UCloud, Tencent Cloud, Alibaba Cloud.
fn bodies(members: &str) -> [String; 3] {
    let members = format!(r#""RequestId":"{REQUEST_ID}",{members}"#);
    let members = members.trim_end_matches(',');
    [
        format!(r#"{{"RetCode":0,"Action":"DescribeBackupsResponse",{members}}}"#),
        format!(r#"{{"Response":{{{members}}}}}"#),
        format!(r#"{{"Success":true,"Code":"200","Message":"successful",{members}}}"#),
    ]
}

/// Reads one body as each provider's.
fn read<R: Response>(bodies: &[impl AsRef<[u8]>; 3]) -> [Result<R, Error>; 3] {
    [
        decode::<Udb, R>(bodies[0].as_ref()),
        decode::<Redis, R>(bodies[1].as_ref()),
        decode::<Hbr, R>(bodies[2].as_ref()),
    ]
}

/// The answer with these members. All three providers' must read alike.
fn answer(members: &str) -> Answer {
    answer_of(members)
}

fn answer_of<R: Response + PartialEq + Debug>(members: &str) -> R {
    let [first, second, third] = read::<R>(&bodies(members))
        .map(|answer| answer.unwrap_or_else(|error| panic!("{members}: {error}")));
    assert_eq!(first, second, "UCloud and Tencent Cloud: {members}");
    assert_eq!(first, third, "UCloud and Alibaba Cloud: {members}");
    first
}

/// The answer with these members as it is stored, without its request id and without empty lists.
fn stored(members: &str) -> Json {
    let mut stored = serde_json::to_value(with_secrets(&answer(members))).unwrap();
    assert_eq!(stored["RequestId"], REQUEST_ID, "{members}");
    stored.as_object_mut().unwrap().remove("RequestId");
    drop_empty_lists(&mut stored);
    stored
}

/// The answer with these members, which must be the same once it was stored: as text, and as a tree of values.
fn kinds(members: &str) -> Kinds {
    let answer: Kinds = answer_of(members);
    answer.read_all();
    let text = serde_json::to_string(&with_secrets(&answer)).unwrap();
    assert_eq!(serde_json::from_str::<Kinds>(&text).unwrap(), answer);
    let value = serde_json::to_value(with_secrets(&answer)).unwrap();
    assert_eq!(serde_json::from_value::<Kinds>(value).unwrap(), answer);
    let text = text.trim_start_matches('{').strip_suffix('}').unwrap();
    assert_eq!(answer_of::<Kinds>(text), answer);
    answer
}

/// One member of the answer as it is stored.
fn stored_kind(members: &str, name: &str) -> Json {
    serde_json::to_value(with_secrets(&kinds(members))).unwrap()[name].take()
}

/// Why the answer can't be read. All three providers' messages must be alike but for the wrapping.
fn kinds_refused(members: &str) -> String {
    let [first, second, third] = read::<Kinds>(&bodies(members)).map(|answer| match answer {
        Ok(answer) => panic!("{members} was read as {answer:?}"),
        Err(error) => error.message().to_owned(),
    });
    assert_eq!(second, format!("Response.{first}"), "{members}");
    assert_eq!(third, first, "{members}");
    first
}

fn drop_empty_lists(value: &mut Json) {
    match value {
        Json::Object(members) => {
            members.retain(|_, member| !member.as_array().is_some_and(Vec::is_empty));
            members.values_mut().for_each(drop_empty_lists);
        }
        Json::Array(items) => items.iter_mut().for_each(drop_empty_lists),
        _ => {}
    }
}

/// Why the answer with these members can't be read. All three providers' errors must be alike but for the wrapping.
fn refusals(members: &str) -> [Error; 3] {
    read::<Answer>(&bodies(members)).map(|answer| match answer {
        Ok(answer) => panic!("{members} was read as {answer:?}"),
        Err(error) => error,
    })
}
