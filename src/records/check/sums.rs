//! Totals that are not the sum of their parts, and units that the figures contradict.

use crate::diag::code::{LIST_TOTAL, PARTS_TOTAL, UNIT_CONTRADICTION};
use crate::diag::{Finding, Report};
use crate::records::check::Book;
use crate::records::schema::Part;
use crate::records::sums::{Sum, work_out};
use crate::text::{Decimal, Phrase};

/// How far a number is off when 元 was taken for 万元.
const WAN: i64 = 10_000;

/// Checks every sum of every record.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    for record in book.catalog.records() {
        for equation in &record.kind_of(book.schema).equations {
            let Some(sum) = work_out(equation, record, book.schema) else {
                continue;
            };
            if sum.holds() {
                continue;
            }
            let cell = record.named(book.schema, &equation.total).expect("a sum has its total");
            report.push(difference(&sum, record.span(&cell.range)));
        }
    }
}

/// Makes the finding about a total that does not hold.
fn difference(sum: &Sum<'_>, span: crate::diag::Span) -> Finding {
    if sum.money.is_some() && off_by_wan(sum.stated, sum.computed) {
        return unit_contradiction(span);
    }
    let rows = |part: &Part| !matches!(part, Part::Field(_));
    let from_rows = sum.equation.plus.iter().chain(&sum.equation.minus).any(rows);
    let code = if from_rows { LIST_TOTAL } else { PARTS_TOTAL };
    if !sum.open {
        let message = Phrase::new("合计和各项相加对不上", "the total is not the sum of its parts");
        return Finding::new(code, span, message).label(sum.equation.label.clone());
    }
    let (stated, computed) = (sum.words(sum.stated), sum.words(sum.computed));
    let gap = sum.stated.checked_add(sum.computed.negated()).unwrap_or_else(|| Decimal::whole(0));
    let more = gap.partial_cmp(&Decimal::whole(0)) == Some(std::cmp::Ordering::Greater);
    let (zh, en) = if more { ("多", "more") } else { ("少", "less") };
    let gap = sum.words(gap.abs());
    let message = Phrase::new(
        format!("合计对不上:写的是{stated},各项相加是{computed},合计{zh}了{gap}"),
        format!(
            "the total does not add up: stated {stated}, {gap} {en} than its parts, which come to {computed}"
        ),
    );
    let parts: Vec<(String, String)> = sum
        .parts
        .iter()
        .map(|(label, number)| {
            let number = sum.words(*number);
            (format!("{}{number}", label.zh), format!("{} {number}", label.en))
        })
        .collect();
    let joined = |parts: Vec<String>| parts.join(" + ");
    let (zh, en): (Vec<String>, Vec<String>) = parts.into_iter().unzip();
    Finding::new(code, span, message).label(sum.equation.label.clone()).help(Phrase::new(
        format!("核对原件({});原件如此就在 accepted 里写明原因", joined(zh)),
        format!(
            "check the original ({}); if it says so, give the reason in `accepted`",
            joined(en)
        ),
    ))
}

/// Returns whether two numbers are the same but for a factor of ten thousand.
pub(super) fn off_by_wan(left: Decimal, right: Decimal) -> bool {
    let times = |number: Decimal| number.checked_mul(Decimal::whole(WAN));
    let same = |a: Option<Decimal>, b: Decimal| {
        a.is_some_and(|a| a.partial_cmp(&b) == Some(std::cmp::Ordering::Equal))
    };
    right.partial_cmp(&Decimal::whole(0)) != Some(std::cmp::Ordering::Equal)
        && (same(times(left), right) || same(times(right), left))
}

/// Makes the finding about a unit that the figures contradict.
pub(super) fn unit_contradiction(span: crate::diag::Span) -> Finding {
    let message = Phrase::new(
        "单位和数字矛盾:正好相差一万倍,元和万元大概写混了",
        "unit and figures contradict: exactly ten thousand times apart, so 元 and 万元 are probably mixed up",
    );
    Finding::new(UNIT_CONTRADICTION, span, message)
        .help(Phrase::new("核对金额的单位", "check the unit of the amount"))
}
