//! The years of a place: what was planned for it this year and last, by what it is for, with the sums
//! for each person and household, and the years before.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::project::Place;
use crate::records::Role;
use crate::site::chart::{Amount, Figure, Part, Row, Stacked, TableRow, figure};
use crate::site::index::Index;
use crate::site::tally::{self, By, Entry, Sort};
use crate::site::words;
use crate::text::{Money, Phrase};

/// How many years the line shows.
const YEARS: i16 = 5;

/// The years of a place.
#[derive(Serialize)]
pub(crate) struct Years {
    /// This year and last in one sentence.
    sentence: String,
    /// The sums for each person and household, in the columns of `compare`.
    each: Vec<TableRow>,
    /// Last year and this, by what the money is for.
    compare: Option<Figure>,
    /// The last years.
    line: Option<Figure>,
}

/// Makes the years of a place of its records and those below.
pub(crate) fn years(index: &Index<'_>, place: &Place, records: &[usize]) -> Years {
    let now = index.release.as_of().year();
    let all = tally::entries(index, records, Role::Planned);
    let of = |year: i16| -> Vec<Entry> {
        let own =
            |entry: &&Entry| words::year(index.release, index.record(entry.record)) == Some(year);
        all.iter().filter(own).copied().collect()
    };
    let (before, this) = (of(now - 1), of(now));
    let total = |list: &[Entry]| Amount::sum(list.iter().map(|entry| entry.amount));
    let totals = [total(&before), total(&this)];
    let label =
        |year: i16| Phrase::new(format!("{year}年"), year.to_string()).text(index.lang).to_owned();
    // A year without a record is no year without money: it has no point, no bar and no column.
    let years = (now + 1 - YEARS..=now).map(|year| (year, of(year)));
    let kept: Vec<(i16, Vec<Entry>)> = years.filter(|(_, own)| !own.is_empty()).collect();
    let line = kept.iter().map(|(year, own)| Part {
        label: label(*year),
        amount: total(own),
        href: String::new(),
    });
    let line: Vec<Part> = line.collect();
    let two: Vec<&(i16, Vec<Entry>)> = kept.iter().filter(|(year, _)| *year >= now - 1).collect();
    let columns: Vec<(i16, Amount)> = two.iter().map(|(year, own)| (*year, total(own))).collect();
    let rows: Vec<(String, &[Entry])> =
        two.iter().map(|(year, own)| (label(*year), own.as_slice())).collect();
    // Years that do not follow one another are not joined by a line.
    let joined = kept.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0);
    Years {
        sentence: sentence(index, place, now, totals),
        each: if columns.is_empty() {
            Vec::new()
        } else {
            let mut rows = each(index, place, &columns);
            rows.extend(around(index, place, &columns));
            rows
        },
        compare: compare(index, &rows),
        line: (line.len() > 1)
            .then(|| {
                let caption = Phrase::new("近五年安排的钱", "Planned in the last five years");
                let caption = caption.text(index.lang).to_owned();
                let sort = if joined { Sort::Line } else { Sort::Bars };
                tally::draw(index, ("years", caption), line, sort)
            })
            .flatten(),
    }
}

/// Returns an amount for each of some people or households, in words without the unit: rounded to whole
/// yuan, or to whole fen where that would leave nothing of what is something.
pub(crate) fn each_of(amount: Amount, count: i64) -> Option<String> {
    let fen = amount.known()?;
    let rounded = |unit: i64| {
        let (whole, part) = (fen.div_euclid(count * unit), fen.rem_euclid(count * unit));
        whole + i64::from(part * 2 >= count * unit)
    };
    let words = match rounded(100) {
        0 => Money::of_fen(rounded(1)),
        yuan => Money::of_fen(yuan * 100),
    };
    // Sums have no marks between thousands anywhere on these pages.
    Some(words.exact_yuan().trim_end_matches(".00").replace(',', ""))
}

/// Returns this year and last in one sentence.
fn sentence(index: &Index<'_>, place: &Place, now: i16, [before, this]: [Amount; 2]) -> String {
    let lang = index.lang;
    let mut phrase = if this == Amount::Known(0) {
        Phrase::new(
            format!("{now}年没有登记安排给{}的资金", place.name),
            format!("No money is on record as planned for {} in {now}", place.name),
        )
    } else {
        let amount = this.words(lang);
        Phrase::new(
            format!("{now}年给{}安排了{amount}", place.name),
            format!("{amount} planned for {} in {now}", place.name),
        )
    };
    let counts = [(place.persons, "人", "person"), (place.households, "户", "household")];
    for (count, zh, en) in counts {
        let each = count.filter(|count| *count > 0).and_then(|count| each_of(this, count));
        if let Some(yuan) = each.filter(|_| this != Amount::Known(0)) {
            phrase.zh.push_str(&format!(",平均每{zh}约{yuan}元"));
            phrase.en.push_str(&format!(", about {yuan} yuan a {en}"));
        }
    }
    let year = now - 1;
    if before == Amount::Known(0) {
        phrase.zh.push_str(&format!(";{year}年没有登记。"));
        phrase.en.push_str(&format!("; none in {year}."));
    } else {
        let amount = before.words(lang);
        phrase.zh.push_str(&format!(";{year}年是{amount}。"));
        phrase.en.push_str(&format!("; {amount} in {year}."));
    }
    phrase.text(lang).to_owned()
}

/// Returns the sums for each person and household.
fn each(index: &Index<'_>, place: &Place, columns: &[(i16, Amount)]) -> Vec<TableRow> {
    let counts = [(place.persons, "人", "person"), (place.households, "户", "household")];
    let rows = counts.into_iter().filter_map(|(count, zh, en)| {
        let count = count.filter(|count| *count > 0)?;
        let words = Phrase::new(
            format!("平均每{zh}(按{count}{zh}算)"),
            format!("for each {en} (of {count})"),
        );
        let cell = |(_, amount): &(i16, Amount)| {
            each_of(*amount, count).map_or_else(
                || amount.words(index.lang),
                |yuan| {
                    Phrase::new(format!("{yuan}元"), format!("{yuan} yuan"))
                        .text(index.lang)
                        .to_owned()
                },
            )
        };
        let cells = columns.iter().map(cell).collect();
        Some(TableRow { label: words.text(index.lang).to_owned(), href: String::new(), cells })
    });
    rows.collect()
}

/// Returns what the place above has for each person, to compare with.
fn around(index: &Index<'_>, place: &Place, columns: &[(i16, Amount)]) -> Option<TableRow> {
    let above = index.release.places().find(&place.parent)?;
    let count = above.persons.filter(|count| *count > 0)?;
    // Without a figure of its own there is nothing to compare.
    place.persons.filter(|count| *count > 0)?;
    let planned = index.planned.get(&above.code)?;
    let words = Phrase::new(
        format!("{}平均每人(按{count}人算)", above.name),
        format!("for each person in {} (of {count})", above.name),
    );
    let cell = |year: i16| {
        let amount = planned.get(&year).copied().unwrap_or(Amount::Known(0));
        each_of(amount, count).map_or_else(
            || amount.words(index.lang),
            |yuan| {
                Phrase::new(format!("{yuan}元"), format!("{yuan} yuan")).text(index.lang).to_owned()
            },
        )
    };
    Some(TableRow {
        label: words.text(index.lang).to_owned(),
        href: crate::site::url::place(&above.code),
        cells: columns.iter().map(|(year, _)| cell(*year)).collect(),
    })
}

/// Draws the years, by what the money is for.
fn compare(index: &Index<'_>, years: &[(String, &[Entry])]) -> Option<Figure> {
    let mut uses: BTreeMap<String, (String, Vec<Amount>)> = BTreeMap::new();
    for (at, (_, entries)) in years.iter().enumerate() {
        for entry in *entries {
            let (order, label, _) = tally::group(index, entry.record, By::Use);
            let zero = vec![Amount::Known(0); years.len()];
            let (_, amounts) = uses.entry(order).or_insert((label, zero));
            amounts[at] = Amount::sum([amounts[at], entry.amount]);
        }
    }
    let parts = uses.values().map(|(label, _)| label.clone()).collect();
    let rows = years.iter().enumerate().map(|(at, (label, _))| Row {
        label: label.clone(),
        amounts: uses.values().map(|(_, amounts)| amounts[at]).collect(),
    });
    let chart = Stacked::new(parts, rows.collect())?;
    let caption = match years {
        [(label, _)] => Phrase::new(
            format!("{label}安排的钱,按用途"),
            format!("Planned in {label}, by what it is for"),
        ),
        _ => Phrase::new(
            "今年和去年安排的钱,按用途",
            "Planned this year and last, by what it is for",
        ),
    };
    Some(figure("compare", caption.text(index.lang), &chart, index.lang))
}

#[cfg(test)]
mod tests {
    use super::each_of;
    use crate::site::chart::Amount;

    #[test]
    fn what_each_has_is_rounded_and_never_nothing_of_something() {
        let each = |yuan: i64, count| each_of(Amount::Known(yuan * 100), count);
        // 4000 yuan for 5000 people are 80 fen, nearer to one yuan than to none.
        assert_eq!(each(4000, 5000).as_deref(), Some("1"));
        assert_eq!(each(673_100, 40).as_deref(), Some("16828"), "16,827.50 goes up");
        assert_eq!(each(673_099, 40).as_deref(), Some("16827"), "16,827.475 goes down");
        assert_eq!(each(1500, 5000).as_deref(), Some("0.30"));
        assert_eq!(each(0, 5000).as_deref(), Some("0"));
        assert_eq!(each_of(Amount::Unlisted, 5000), None);
    }
}
