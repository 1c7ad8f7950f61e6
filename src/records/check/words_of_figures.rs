//! Figures that are not shown, said in words: in the title, the texts or the prose of the same record,
//! or of a notice about it.
//!
//! A figure that the record shows somewhere else as well, such as what each household gets, is no
//! secret. Which figure it is, is in no message.

use std::ops::Range;

use crate::diag::code::UNSAFE_AGGREGATE;
use crate::diag::{Finding, Report, Span};
use crate::records::catalog::{Cell, Record};
use crate::records::check::Book;
use crate::records::disclosure::Spot;
use crate::records::policy::{class_treatment, treatment};
use crate::records::schema::{Audience, Class, FieldDef, Kind, Role, Treatment};
use crate::records::value::Value;
use crate::text::normal::{Clear, Escapes, Writing};
use crate::text::{Decimal, Money, MoneyUnit, Phrase};

/// A figure as words say it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Said {
    /// In fen.
    Money(i64),
    /// A number and its unit.
    Count(Decimal, Box<str>),
}

/// Holds the words of every record, and of the notices about it, against its hidden figures.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    let records = book.catalog.records();
    let hidden: Vec<Vec<Said>> = (0..records.len()).map(|index| hidden(book, index)).collect();
    report.extend(in_pages(book, &hidden).into_iter().map(finding));
    for (index, record) in records.iter().enumerate() {
        let about = record.with_role(book.schema, Role::About);
        let others = about.iter().flat_map(|cell| cell.references());
        let others = others.filter_map(|key| book.catalog.find(key));
        let secrets: Vec<&Said> = std::iter::once(index)
            .chain(others.filter(|other| *other != index))
            .flat_map(|of| &hidden[of])
            .collect();
        if !secrets.is_empty() {
            for span in spans(book, record, &secrets) {
                report.push(finding(span));
            }
        }
    }
}

/// Returns where the prose and the titles of pages say figures that records hide which they name.
fn in_pages(book: &Book<'_>, hidden: &[Vec<Said>]) -> Vec<Span> {
    let mut spans = Vec::new();
    for page in &book.pages.all {
        let named = page.named(book.catalog).into_iter();
        let secrets: Vec<&Said> = named.flat_map(|of| &hidden[of]).collect();
        if secrets.is_empty() {
            continue;
        }
        for line in std::iter::once(&page.front.title).chain(&page.front.summary) {
            if !find(&line.text, &secrets).is_empty() {
                spans.push(page.span(&line.range));
            }
        }
        let start = page.start;
        let places = find(&page.body, &secrets).into_iter();
        spans.extend(
            places.map(|inside| Span::new(&page.path, start + inside.start..start + inside.end)),
        );
    }
    spans
}

/// Returns what is wrong with a text, and what to do.
fn finding(span: Span) -> Finding {
    let message = Phrase::new(
        "这里的文字写出了网上遮住的小数字",
        "these words say a small figure that the web does not show",
    );
    let help = Phrase::new(
        "把这个数字从文字里拿掉,只留表里的;公告里提到它的也一样",
        "take the number out of the words and leave it to the record's own figures, in notices about it, too",
    );
    Finding::new(UNSAFE_AGGREGATE, span, message).help(help)
}

/// Returns the figures that a record hides and does not show elsewhere.
fn hidden(book: &Book<'_>, index: usize) -> Vec<Said> {
    if !book.suppressed.is_touched(index) {
        return Vec::new();
    }
    let record = &book.catalog.records()[index];
    let kind = record.kind_of(book.schema);
    let (mut hidden, mut shown) = (Vec::new(), Vec::new());
    let mut sort = |spot: Spot, field: &FieldDef, cell: &Cell| {
        if book.suppressed.hides(index, spot) {
            hidden.extend(cell.values.iter().filter_map(said));
        } else if treatment(kind, Audience::Web, field) == Treatment::Show {
            shown.extend(cell.values.iter().filter_map(said));
        }
    };
    for cell in &record.cells {
        sort(Spot::Field(cell.field), &kind.fields[cell.field], cell);
    }
    for rows in &record.tables {
        let table = &kind.tables[rows.table];
        if table.is_personal() {
            continue;
        }
        for (number, row) in rows.rows.iter().enumerate() {
            for cell in &row.cells {
                let spot = Spot::Cell(rows.table, number, cell.field);
                sort(spot, &table.fields[cell.field], cell);
            }
        }
    }
    for rows in &record.tables {
        if book.suppressed.hides(index, Spot::Length(rows.table)) {
            let count = i64::try_from(rows.rows.len()).map_or(Decimal::whole(0), Decimal::whole);
            let units = book.schema.anonymity.people.iter();
            hidden.extend(units.map(|unit| Said::Count(count, unit.as_str().into())));
        }
    }
    hidden.retain(|figure| !shown.iter().any(|other| is_same(figure, other)));
    hidden
}

/// Returns a value as words would say it.
fn said(value: &Value) -> Option<Said> {
    match value {
        Value::Money(money) => Some(Said::Money(money.fen())),
        Value::Percent(share) => Some(Said::Count(*share, "%".into())),
        Value::Number(quantity) if quantity.to.is_none() => {
            Some(Said::Count(quantity.number, quantity.unit.clone()))
        }
        _ => None,
    }
}

/// Returns whether two figures say the same.
fn is_same(one: &Said, other: &Said) -> bool {
    match (one, other) {
        (Said::Money(one), Said::Money(other)) => one == other,
        (Said::Count(one, unit), Said::Count(other, with)) => {
            unit == with && is_equal(*one, *other)
        }
        _ => false,
    }
}

/// Returns whether two numbers are equal, however many noughts they end with.
fn is_equal(one: Decimal, other: Decimal) -> bool {
    one.checked_add(other.negated()).is_some_and(|rest| rest.scaled(0) == Some(0))
}

/// Returns where the words of a record that the web shows say one of the figures.
fn spans(book: &Book<'_>, record: &Record, secrets: &[&Said]) -> Vec<Span> {
    let kind = record.kind_of(book.schema);
    let mut spans = Vec::new();
    for accepted in &record.accepted {
        if !find(&accepted.reason, secrets).is_empty() {
            spans.push(record.span(&accepted.range));
        }
    }
    for cell in &record.cells {
        if is_told(kind, &kind.fields[cell.field], cell, secrets) {
            spans.push(record.span(&cell.range));
        }
    }
    for rows in &record.tables {
        let table = &kind.tables[rows.table];
        if table.is_personal() && !kind.web {
            continue;
        }
        for cell in rows.rows.iter().flat_map(|row| &row.cells) {
            if is_told(kind, &table.fields[cell.field], cell, secrets) {
                spans.push(record.span(&cell.range));
            }
        }
    }
    let class = kind.body.as_ref().and_then(|body| body.class);
    if let Some(body) = &record.body
        && class_treatment(kind, Audience::Web, class) == Treatment::Show
    {
        // The prose is the end of its file.
        let end = book.files.bytes(&record.path).map_or(0, <[u8]>::len);
        let start = end - body.len().min(end);
        let places = find(body, secrets).into_iter();
        let places = places.map(|inside| start + inside.start..start + inside.end);
        spans.extend(places.map(|place| Span::new(&record.path, place)));
    }
    spans
}

/// Returns whether the words of a cell that the web shows say one of the figures.
fn is_told(kind: &Kind, field: &FieldDef, cell: &Cell, secrets: &[&Said]) -> bool {
    !field.class.is_some_and(Class::is_personal)
        && treatment(kind, Audience::Web, field) == Treatment::Show
        && cell.values.iter().any(|value| match value {
            Value::Text(text) => !find(text, secrets).is_empty(),
            _ => false,
        })
}

/// Returns where a text says one of some figures.
fn find(text: &str, secrets: &[&Said]) -> Vec<Range<usize>> {
    let clear = Clear::read(text.as_bytes(), (Writing::Markup, Escapes::Decoded));
    let words = clear.text();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(number) = next_number(words, at) {
        at = number.end;
        let digits: String = words[number.clone()].chars().filter(|sign| *sign != ',').collect();
        let value = Decimal::parse(&digits).or_else(|| numeral(&digits).map(Decimal::whole));
        let Some(value) = value.filter(|_| !is_idiom(words, &number)) else {
            continue;
        };
        // Signs of emphasis in prose part nothing.
        let rest = words[number.end..].trim_start_matches([' ', '*', '_', '`', '~']);
        if secrets.iter().any(|figure| is_said(figure, value, rest)) {
            let range = clear.origin(number);
            // What stands inside tags is read a second time, behind the text.
            if !found.contains(&range) {
                found.push(range);
            }
        }
    }
    found
}

/// Returns whether a number and the words behind it say a figure.
fn is_said(figure: &Said, value: Decimal, rest: &str) -> bool {
    match figure {
        Said::Money(fen) => MoneyUnit::ALL.iter().any(|unit| {
            let written = format!("{value}{}", unit.name());
            rest.starts_with(unit.name())
                && Money::parse(&written, None).is_ok_and(|money| money.fen() == *fen)
        }),
        Said::Count(number, unit) => {
            // 4人 is said as 4口人 and 4个人, too; 户次 and 户 are two units.
            let counted = rest.trim_start_matches(['口', '名', '个']);
            let has_unit = [rest, counted].iter().any(|rest| {
                rest.strip_prefix(&**unit).is_some_and(|after| !after.starts_with('次'))
            });
            has_unit && is_equal(*number, value)
        }
    }
}

/// Numerals that a small number is written with.
const NUMERALS: &str = "零一二三四五六七八九";

/// Returns whether a sign belongs to a number.
fn is_numeral(sign: char) -> bool {
    NUMERALS.contains(sign) || matches!(sign, '两' | '十' | '百')
}

/// Returns the next number in a text, in digits or in numerals.
fn next_number(words: &str, from: usize) -> Option<Range<usize>> {
    let start =
        from + words[from..].find(|sign: char| sign.is_ascii_digit() || is_numeral(sign))?;
    let digits = words[start..].starts_with(|sign: char| sign.is_ascii_digit());
    let belongs = |sign: char| {
        if digits { sign.is_ascii_digit() || matches!(sign, '.' | ',') } else { is_numeral(sign) }
    };
    let length = words[start..].find(|sign| !belongs(sign)).unwrap_or(words.len() - start);
    Some(start..start + length)
}

/// Returns the number that some numerals say, up to the hundreds.
fn numeral(written: &str) -> Option<i64> {
    let (mut whole, mut last) = (0_i64, None);
    for sign in written.chars() {
        match sign {
            '十' => whole += 10 * last.take().unwrap_or(1),
            '百' => whole += 100 * last.take().unwrap_or(1),
            '两' => last = Some(2),
            _ => {
                let at = NUMERALS.chars().position(|numeral| numeral == sign)?;
                last = Some(i64::try_from(at).ok()?);
            }
        }
    }
    Some(whole + last.unwrap_or(0))
}

/// Returns whether a number only belongs to a turn of phrase: 一户一册, 每一户, 第一人.
fn is_idiom(words: &str, number: &Range<usize>) -> bool {
    let before = words[..number.start].chars().next_back();
    let counted = before.is_some_and(|sign| matches!(sign, '第' | '每' | '任' | '何' | '哪'));
    let pair = &words[number.clone()] == "一" && words[number.end..].chars().nth(1) == Some('一');
    counted || pair
}
