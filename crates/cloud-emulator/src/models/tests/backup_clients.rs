//! Clients of Cloud Backup.

use super::*;

const ACTION: &str = "DescribeBackupClients";

fn ask(world: &World, pairs: &[(&str, &str)]) -> Value {
    world.ask(ACTION, flat(pairs)).unwrap()
}

fn clients() -> World {
    let ecs = |id: &str, more: Value| {
        let mut client =
            json!({ "ClientId": id, "ClientType": "ECS_CLIENT", "InstanceId": format!("i-{id}") });
        client
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        client
    };
    world_of(&json!({ "aliyun-hbr": { "clients": [
        ecs("a", json!({ "Tags": [{ "Key": "team", "Value": "shop" }, { "Key": "live", "Value": "yes" }] })),
        ecs("b", json!({ "Tags": [{ "Key": "team", "Value": "mail" }], "Hostname": "mx" })),
        ecs("c", json!({ "Region": "cn-shanghai", "Status": "INSTALLING", "finishes_after": { "polls": 1 }, "then": { "Status": "ACTIVATED" } })),
        ecs("d", json!({ "CrossAccountUserId": 7, "CrossAccountRoleName": "role" })),
        { "ClientId": "e", "ClientType": "CONTAINER_CLIENT", "ClusterId": "cl-1" },
    ] } }))
}

#[test]
fn clients_come_in_pages() {
    let world = world();
    let first = ask(&world, &[("ClientType", "ECS_CLIENT"), ("PageSize", "4")]);
    assert_fits(ACTION, &first);
    for (name, expected) in [
        ("PageNumber", json!(1)),
        ("PageSize", json!(4)),
        ("TotalCount", json!(10)),
    ] {
        assert_eq!(first[name], expected, "{name}");
    }
    let mut ids = members(&first["Clients"], "ClientId");
    for page in ["2", "3"] {
        let page = ask(
            &world,
            &[
                ("ClientType", "ECS_CLIENT"),
                ("PageSize", "4"),
                ("PageNumber", page),
            ],
        );
        ids.extend(members(&page["Clients"], "ClientId"));
    }
    ids.dedup();
    assert_eq!(ids.len(), 10);
    let last = ask(&world, &[("ClientType", "ECS_CLIENT"), ("PageNumber", "9")]);
    assert_eq!(
        (&last["Clients"], &last["PageSize"]),
        (&json!([]), &json!(10))
    );
}

#[test]
fn what_is_asked_for_is_found() {
    let world = clients();
    for (pairs, expected) in [
        (&[][..], &["a", "b", "c"][..]),
        (&[("ClientIds", r#"["a","c","z"]"#)], &["a", "c"]),
        (&[("ClientIds", "[]")], &["a", "b", "c"]),
        (&[("InstanceIds", r#"["i-b"]"#)], &["b"]),
        (&[("Tag.1.Key", "team")], &["a", "b"]),
        (&[("Tag.1.Key", "team"), ("Tag.1.Value", "shop")], &["a"]),
        (&[("Tag.1.Key", "team"), ("Tag.2.Key", "live")], &["a"]),
        (&[("Tag.1.Key", "live"), ("Tag.1.Value", "no")], &[]),
        (
            &[
                ("Filters.1.Key", "InstanceId"),
                ("Filters.1.Values.1", "i-a"),
                ("Filters.1.Values.2", "i-c"),
            ],
            &["a", "c"],
        ),
        (
            &[("Filters.1.Key", "Hostname"), ("Filters.1.Values.1", "mx")],
            &["b"],
        ),
        (&[("ClusterId", "cl-1")], &[]),
        (&[("CrossAccountType", "SELF_ACCOUNT")], &["a", "b", "c"]),
        (
            &[
                ("CrossAccountType", "CROSS_ACCOUNT"),
                ("CrossAccountUserId", "7"),
            ],
            &["d"],
        ),
        (
            &[
                ("CrossAccountType", "CROSS_ACCOUNT"),
                ("CrossAccountUserId", "8"),
            ],
            &[],
        ),
        (
            &[
                ("CrossAccountType", "CROSS_ACCOUNT"),
                ("CrossAccountRoleName", "other"),
            ],
            &[],
        ),
    ] {
        let answer = ask(&world, &[&[("ClientType", "ECS_CLIENT")], pairs].concat());
        assert_eq!(
            members(&answer["Clients"], "ClientId"),
            expected,
            "{pairs:?}"
        );
        assert_eq!(answer["TotalCount"], expected.len());
    }
    let cluster = ask(
        &world,
        &[("ClientType", "CONTAINER_CLIENT"), ("ClusterId", "cl-1")],
    );
    assert_eq!(
        cluster["Clients"],
        json!([{ "ClientId": "e", "ClientType": "CONTAINER_CLIENT" }])
    );
}

#[test]
fn a_region_has_its_own_clients() {
    let world = clients();
    let in_region = |region: &str| {
        let mut call = call(&tables(), ACTION, flat(&[("ClientType", "ECS_CLIENT")]));
        call.region = Some(region.to_owned());
        members(
            &world.answer(&call, after(0)).unwrap()["Clients"],
            "ClientId",
        )
    };
    assert_eq!(in_region("cn-shanghai"), ["a", "b", "c"]);
    assert_eq!(in_region("cn-beijing"), ["a", "b"]);
}

#[test]
fn a_client_is_installed_after_a_while() {
    let world = clients();
    let state = || {
        ask(
            &world,
            &[("ClientType", "ECS_CLIENT"), ("ClientIds", r#"["c"]"#)],
        )["Clients"][0]["Status"]
            .clone()
    };
    assert_eq!(
        (state(), state()),
        (json!("INSTALLING"), json!("ACTIVATED"))
    );
}

#[test]
fn a_condition_on_something_that_no_client_has_is_refused() {
    let pairs = [
        ("ClientType", "ECS_CLIENT"),
        ("Filters.1.Key", "Colour"),
        ("Filters.1.Values.1", "red"),
    ];
    let refusal = clients().ask(ACTION, flat(&pairs)).unwrap_err();
    let problem = "is no property of a client".to_owned();
    let parameter = "Filters.1.Key".to_owned();
    assert_eq!(refusal, Refusal::Invalid { parameter, problem });
}
