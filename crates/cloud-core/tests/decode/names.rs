//! Names: second names of a field, the same name twice, names with escapes in them.

use serde_json::json;

use crate::stored;

#[test]
fn each_alias_fills_the_field() {
    assert_eq!(stored(r#""Total":5"#), json!({"TotalCount": 5}));
    assert_eq!(stored(r#""Count":5"#), json!({"TotalCount": 5}));
    assert_eq!(
        stored(r#""RedisBackupSet":[{"BackupId":"b"}],"Location":{"Zone":"z"},"Title":"t""#),
        json!({"BackupSet": [{"BackupId": "b"}], "Place": {"Zone": "z"}, "Name": "t"})
    );
}

#[test]
fn the_name_wins_over_its_alias_in_either_order() {
    for (name, alias, expected) in [
        (
            r#""TotalCount":1"#,
            r#""Total":2"#,
            json!({"TotalCount": 1}),
        ),
        // A value counts even if it looks like none.
        (
            r#""TotalCount":0"#,
            r#""Total":2"#,
            json!({"TotalCount": 0}),
        ),
        (r#""Name":"""#, r#""Title":"t""#, json!({"Name": ""})),
        (
            r#""Place":{"Zone":"a"}"#,
            r#""Location":{"Floor":2}"#,
            json!({"Place": {"Zone": "a"}}),
        ),
        (
            r#""Place":{}"#,
            r#""Location":{"Floor":2}"#,
            json!({"Place": {}}),
        ),
        (
            r#""BackupSet":[{"BackupId":"a"}]"#,
            r#""RedisBackupSet":[{"BackupId":"b"},{"BackupId":"c"}]"#,
            json!({"BackupSet": [{"BackupId": "a"}]}),
        ),
    ] {
        assert_eq!(stored(&format!("{name},{alias}")), expected, "name first");
        assert_eq!(stored(&format!("{alias},{name}")), expected, "alias first");
    }
}

#[test]
fn an_alias_counts_where_the_name_holds_nothing() {
    for (name, alias, expected) in [
        (
            r#""TotalCount":null"#,
            r#""Total":2"#,
            json!({"TotalCount": 2}),
        ),
        (
            r#""TotalCount":"""#,
            r#""Total":2"#,
            json!({"TotalCount": 2}),
        ),
        (
            r#""BackupSet":null"#,
            r#""RedisBackupSet":[{"BackupId":"b"}]"#,
            json!({"BackupSet": [{"BackupId": "b"}]}),
        ),
        (
            r#""Place":null"#,
            r#""Location":{"Floor":2}"#,
            json!({"Place": {"Floor": 2}}),
        ),
    ] {
        assert_eq!(stored(&format!("{name},{alias}")), expected, "name first");
        assert_eq!(stored(&format!("{alias},{name}")), expected, "alias first");
    }
    assert_eq!(
        stored(r#""TotalCount":1,"Total":null"#),
        json!({"TotalCount": 1})
    );
    assert_eq!(
        stored(r#""Total":null,"TotalCount":1"#),
        json!({"TotalCount": 1})
    );
}

#[test]
fn an_empty_list_beside_its_alias_means_the_same_in_either_order() {
    // Members of an object have no order, so whichever of the two wins, it must be the same one.
    let (name, alias) = (
        r#""BackupSet":[]"#,
        r#""RedisBackupSet":[{"BackupId":"b"}]"#,
    );
    assert_eq!(
        stored(&format!("{name},{alias}")),
        stored(&format!("{alias},{name}"))
    );
}

#[test]
fn the_alias_of_a_field_that_is_there_may_hold_anything() {
    assert_eq!(
        stored(r#""TotalCount":1,"Total":{"Of":"what"},"Count":[]"#),
        json!({"TotalCount": 1})
    );
}

#[test]
fn of_a_name_that_comes_twice_the_last_value_counts() {
    assert_eq!(
        stored(r#""TotalCount":1,"Name":"a","TotalCount":2,"Name":"b""#),
        json!({"TotalCount": 2, "Name": "b"})
    );
    assert_eq!(
        stored(r#""Sizes":[1,2,3],"Sizes":[4],"BackupSet":[{},{}],"BackupSet":[{"BackupId":"b"}]"#),
        json!({"Sizes": [4], "BackupSet": [{"BackupId": "b"}]})
    );
    assert_eq!(
        stored(r#""Place":{"Zone":"a","Floor":1},"Place":{"Floor":2}"#),
        json!({"Place": {"Floor": 2}})
    );
}

#[test]
fn null_takes_no_value_away() {
    assert_eq!(
        stored(r#""TotalCount":1,"TotalCount":null,"Sizes":[1],"Sizes":null"#),
        json!({"TotalCount": 1, "Sizes": [1]})
    );
}

#[test]
fn names_may_be_escaped_and_are_compared_exactly() {
    assert_eq!(
        stored(r#""Tot\u0061lCount":1,"\u0054itle":"t","B\u0061ckupSet":[{"B\u0061ckupId":"b"}]"#),
        json!({"TotalCount": 1, "Name": "t", "BackupSet": [{"BackupId": "b"}]})
    );
    assert_eq!(
        stored(r#""totalCount":1,"TotalCount ":2,"":3,"Total\u0000Count":4"#),
        json!({})
    );
}

#[test]
fn members_may_come_in_any_order() {
    assert_eq!(
        stored(r#""Sizes":[1],"Small":2,"Name":"n","TotalCount":3,"Ratio":0.5,"Large":4"#),
        json!({"TotalCount": 3, "Small": 2, "Large": 4, "Ratio": 0.5, "Name": "n", "Sizes": [1]})
    );
}
