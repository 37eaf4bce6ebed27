//! How lists, records, maps and free JSON travel in a request.

use fixture_aliyun::create_policy::{Account, Rule, RuleFilter, RuleType};
use fixture_aliyun::describe_berths::BerthTag;
use fixture_aliyun::{CreatePolicy, DescribeBerths, SearchCargo};
use fixture_tencent::DescribeTrees;
use fixture_ucloud::label_box::NewLabel;
use fixture_ucloud::{DescribeBoxes, LabelBox};
use serde_json::json;

use crate::common::{body, json as sent_json, pairs, query, sent};

#[test]
fn lists_count_from_zero_in_a_form() {
    let request = DescribeBoxes::new().box_ids(["box-1", "box-2"]);
    let sent = body(&sent(request));
    assert_eq!((&*sent["BoxIds.0"], &*sent["BoxIds.1"]), ("box-1", "box-2"));
}

#[test]
fn records_in_lists_count_from_zero_in_a_form() {
    let labels = [NewLabel::new("colour").value("red"), NewLabel::new("size")];
    let request = LabelBox::new("box-1", labels).colours([("size", "blue")]);
    assert_eq!(
        body(&sent(request)),
        pairs([
            ("BoxId", "box-1"),
            ("Colours.size", "blue"),
            ("Labels.0.Key", "colour"),
            ("Labels.0.Value", "red"),
            ("Labels.1.Key", "size"),
            ("Region", "island"),
        ])
    );
}

#[test]
fn lists_count_from_one_in_a_query_and_form() {
    let tag = BerthTag::new("side").values(["north", "south"]);
    let sent = sent(DescribeBerths::new().page_size(2).free(true).tag([tag]));
    assert_eq!(query(&sent), pairs([("Free", "true"), ("PageSize", "2")]));
    assert_eq!(
        body(&sent),
        pairs([
            ("Tag.1.Key", "side"),
            ("Tag.1.Values.1", "north"),
            ("Tag.1.Values.2", "south"),
        ])
    );
}

#[test]
fn lists_are_json_in_a_json_body() {
    let request = DescribeTrees::new().grid([vec![1, 2], vec![3, 4]]);
    assert_eq!(sent_json(request), json!({"Grid": [[1, 2], [3, 4]]}));
}

#[test]
fn anything_travels_as_json_text() {
    let query = [
        json!({"field": "weight", "value": 12}),
        json!({"field": "name", "value": "anchor"}),
    ];
    let sent = sent(SearchCargo::new().query(query));
    assert_eq!(
        body(&sent),
        pairs([(
            "Query",
            r#"[{"field":"weight","value":12},{"field":"name","value":"anchor"}]"#
        )])
    );
}

#[test]
fn records_four_levels_deep_travel_both_ways_in_one_request() {
    let account = Account::new(7).roles(["a", "b"]);
    let filter = RuleFilter::new()
        .source_type("ore")
        .accounts([account.clone()]);
    let rule = Rule::new(RuleType::Keep).days(7).filters([filter]);
    let request = CreatePolicy::new("week")
        .rules([rule.clone()])
        .rule([rule])
        .owner(account)
        .options([("loud", json!(true)), ("level", json!([2]))]);
    let sent = sent(request);
    assert_eq!(
        query(&sent),
        pairs([
            ("Options", r#"{"level":[2],"loud":true}"#),
            ("Owner", r#"{"UserId":7,"Roles":["a","b"]}"#),
            ("PolicyName", "week"),
        ])
    );
    let text = r#"[{"RuleType":"KEEP","Filters":[{"SourceType":"ore","Accounts":[{"UserId":7,"Roles":["a","b"]}]}],"Days":7}]"#;
    assert_eq!(
        body(&sent),
        pairs([
            ("Rule.1.Days", "7"),
            ("Rule.1.Filters.1.Accounts.1.Roles.1", "a"),
            ("Rule.1.Filters.1.Accounts.1.Roles.2", "b"),
            ("Rule.1.Filters.1.Accounts.1.UserId", "7"),
            ("Rule.1.Filters.1.SourceType", "ore"),
            ("Rule.1.RuleType", "KEEP"),
            ("Rules", text),
        ])
    );
}
