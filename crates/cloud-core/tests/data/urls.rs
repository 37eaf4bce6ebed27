//! Addresses that are as good as a key: what may be seen of them.

use cloud_core::DownloadUrl;

#[test]
fn the_query_is_not_shown() {
    for (text, shown) in [
        (
            "https://host.example.com/a/b.rdb?Expires=1&Signature=abc",
            "https://host.example.com/a/b.rdb?…",
        ),
        (
            "http://10.0.0.1:8080/x?sign=a?b#c",
            "http://10.0.0.1:8080/x?…",
        ),
        ("https://[::1]:80/x", "https://[::1]:80/x"),
        ("https://host?sign=a", "https://host?…"),
        ("https://host#sign=a", "https://host#…"),
        ("https://host/path?", "https://host/path?…"),
        ("https://host/备份.rdb?sign=a", "https://host/备份.rdb?…"),
        // What is no address may be anything.
        ("https://id:s3cr3t@host/path", "…"),
        ("https:///path?sign=a", "…"),
        ("://host/path", "…"),
        ("host/path?sign=a", "…"),
        ("sign=a", "…"),
        ("", "…"),
        ("sign=a&url=https://host/path", "…"),
        ("https://host/a b", "…"),
        ("https://host/a\nb?sign=a", "…"),
        ("https://host\\@other/", "…"),
    ] {
        let url = DownloadUrl::from(text);
        assert_eq!(format!("{url:?}"), shown);
        assert_eq!(format!("{:?}", Some(&url)), format!("Some({shown})"));
        assert_eq!(url.as_str(), text);
        assert_eq!(url.clone().into_string(), text);
        assert_eq!(url, DownloadUrl::from(text.to_owned()));
    }
}
