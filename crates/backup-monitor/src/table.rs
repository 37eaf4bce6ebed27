//! The table, for people.

use std::fmt::Write;

use annotate_snippets::renderer::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use crate::report::Report;
use crate::row::{Row, Verdict};
use crate::span;

const HEADS: [&str; 8] = [
    "verdict", "service", "account", "place", "id", "state", "age", "detail",
];

/// The rows under their heads, and how many there are of each kind.
pub(crate) fn write(report: &Report, colour: bool) -> String {
    let rows: Vec<[String; 8]> = report.rows.iter().map(cells).collect();
    let mut widths = HEADS.map(UnicodeWidthStr::width);
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let mut text = String::new();
    let bold = colour.then(|| Style::new().bold());
    line(&mut text, &HEADS, &widths, [bold; 8]);
    for (row, cells) in report.rows.iter().zip(&rows) {
        let mut styles = [None; 8];
        styles[0] = colour.then(|| style(row.verdict));
        line(
            &mut text,
            &cells.each_ref().map(|cell| &**cell),
            &widths,
            styles,
        );
    }
    text.push('\n');
    text.push_str(&summary(report));
    text.push('\n');
    text
}

/// `9 watched: 5 ok, 1 running, 1 too old, 2 missing`.
fn summary(report: &Report) -> String {
    let counts = Verdict::ALL.map(|verdict| (report.count(verdict), verdict.title()));
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, title)| format!("{number} {title}"))
        .collect();
    format!("{} watched: {}", report.rows.len(), counts.join(", "))
}

fn cells(row: &Row) -> [String; 8] {
    let subject = &row.subject;
    let age = row.moment.map(|moment| span::short(moment.age));
    [
        row.verdict.title(),
        subject.service.title(),
        &subject.account,
        subject.place(),
        &subject.id,
        row.state.as_deref().unwrap_or("-"),
        age.as_deref().unwrap_or("-"),
        &row.detail,
    ]
    .map(printable)
}

/// Texts of a provider may hold anything, but shall not steer a terminal.
fn printable(text: &str) -> String {
    let visible = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(visible).collect()
}

fn line(text: &mut String, cells: &[&str; 8], widths: &[usize; 8], styles: [Option<Style>; 8]) {
    let mut spaces = 0;
    for ((cell, width), style) in cells.iter().zip(widths).zip(styles) {
        if cell.is_empty() {
            continue;
        }
        // Only between cells: a line does not end in blanks.
        text.extend(std::iter::repeat_n(' ', spaces));
        let _ = match style {
            Some(style) => write!(text, "{style}{cell}{style:#}"),
            None => write!(text, "{cell}"),
        };
        spaces = width.saturating_sub(cell.width()) + 2;
    }
    text.push('\n');
}

fn style(verdict: Verdict) -> Style {
    let colour = match verdict {
        Verdict::Ok => AnsiColor::Green,
        Verdict::Running => AnsiColor::Cyan,
        Verdict::TooOld | Verdict::Unknown => AnsiColor::Yellow,
        Verdict::Missing | Verdict::Failed => AnsiColor::Red,
    };
    colour.on_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::report;
    use crate::row::tests::subject;
    use crate::row::{Moment, Service};
    use cloud_core::UnixSeconds;

    fn two_rows() -> Report {
        let now = UnixSeconds(1_700_000_000);
        let moment = Moment::seen(UnixSeconds(now.0 - 7_200), now);
        let good = Row::new(subject(Service::Udb, "8880"), Verdict::Ok, "700 MiB");
        let wide = Row::new(subject(Service::Redis, "订单"), Verdict::TooOld, "\x1b[2Jx");
        let mut report = report(&[]);
        report.rows = vec![
            good.state(Some("Success")).moment(Some(moment)),
            wide.state(Some("Normal")),
        ];
        report
    }

    #[test]
    fn columns_stand_under_one_another_whatever_the_script() {
        assert_eq!(
            write(&two_rows(), false),
            "\
verdict  service  account  place   id    state    age  detail
ok       UDB      shop     cn-bj2  8880  Success  2h   700 MiB
too old  Redis    shop     cn-bj2  订单  Normal   -     [2Jx

2 watched: 1 ok, 1 too old
"
        );
    }

    #[test]
    fn colours_change_nothing_but_colours() {
        let coloured = write(&two_rows(), true);
        assert!(
            coloured.contains("\x1b[32mok\x1b[0m       UDB"),
            "{coloured:?}"
        );
        let mut plain = String::new();
        let mut rest = coloured.as_str();
        while let Some((before, after)) = rest.split_once('\x1b') {
            plain.push_str(before);
            rest = after.split_once('m').map_or("", |(_, rest)| rest);
        }
        plain.push_str(rest);
        assert_eq!(plain, write(&two_rows(), false));
    }
}
