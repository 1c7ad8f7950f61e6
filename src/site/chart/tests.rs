//! What holds for every chart, whatever it is given.

use super::{
    Amount, Bars, Donut, Draw, Event, Line, Link, Node, Part, Parts, Row, Sankey, Stacked, TileMap,
    Timeline, figure,
};
use crate::text::{Day, Lang};

/// Makes parts of amounts, with names that need care.
fn parts(amounts: &[Amount]) -> Vec<Part> {
    let long = "一个<很长>的\"名字\"&没有尽头的".repeat(8);
    let part = |(at, amount): (usize, &Amount)| Part {
        label: if at % 3 == 1 { format!("{at}{long}") } else { format!("第{at}项") },
        amount: *amount,
        href: String::new(),
    };
    amounts.iter().enumerate().map(part).collect()
}

/// Amounts that have broken charts before, or could.
fn hard() -> Vec<Vec<Amount>> {
    use Amount::{Known, Unlisted};
    vec![
        vec![Known(0)],
        vec![Known(1)],
        vec![Known(0); 3],
        vec![Known(i64::MAX)],
        vec![Known(i64::MAX - 1), Known(1)],
        vec![Unlisted],
        vec![Known(5), Unlisted, Known(i64::MAX / 2)],
        (0..200).map(|number| Known(number * 1_234_567)).collect(),
        (0..200).map(|at| if at == 77 { Unlisted } else { Known(at * at) }).collect(),
        (0..6).map(|number| Known(number * 31_415_926_535)).collect(),
    ]
}

/// Every chart of some amounts.
fn charts(amounts: &[Amount]) -> Vec<(&'static str, Box<dyn Draw>)> {
    let of = || Parts::new(parts(amounts)).expect("amounts are good");
    let names = parts(amounts).into_iter().map(|part| part.label).collect();
    let row = |label: &str| Row { label: label.to_owned(), amounts: amounts.to_vec() };
    let stacked = Stacked::new(names, vec![row("去年")]).expect("a row is good");
    let mut nodes = vec![Node { label: "来源".to_owned(), column: 0 }];
    nodes.extend(parts(amounts).into_iter().map(|part| Node { label: part.label, column: 1 }));
    let link = |(at, amount): (usize, &Amount)| Link { from: 0, to: at + 1, amount: *amount };
    let links = amounts.iter().enumerate().map(link).collect();
    vec![
        ("bars", Box::new(Bars { parts: of() })),
        ("donut", Box::new(Donut { parts: of() })),
        ("line", Box::new(Line { parts: of() })),
        ("tiles", Box::new(TileMap { parts: of() })),
        ("stacked", Box::new(stacked)),
        ("sankey", Box::new(Sankey::new(nodes, links).expect("flows are good"))),
    ]
}

/// Returns the numbers of an attribute, wherever it stands.
fn numbers(svg: &str, name: &str) -> Vec<i64> {
    let sign = format!(" {name}=\"");
    let found = svg.split(sign.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap_or(""));
    found.map(|number| number.parse().expect("coordinates are whole numbers")).collect()
}

#[test]
fn charts_stay_within_themselves_and_are_the_same_again() {
    for amounts in hard() {
        for lang in [Lang::Zh, Lang::En] {
            for (name, chart) in charts(&amounts) {
                let Some(drawing) = chart.draw(lang) else {
                    continue;
                };
                let again = chart.draw(lang).expect("it was drawn before");
                assert_eq!(drawing.body, again.body, "{name}");
                let (wide, high) = (drawing.width, drawing.height);
                for (place, size, most) in [("x", "width", wide), ("y", "height", high)] {
                    let rects = drawing.body.split("<rect").skip(1);
                    for rect in rects.map(|rest| rest.split("/>").next().unwrap_or("")) {
                        let end = numbers(rect, place)[0] + numbers(rect, size)[0];
                        assert!(numbers(rect, size)[0] >= 0 && end <= most, "{name}: {rect}");
                    }
                    let all = numbers(&drawing.body, place);
                    assert!(all.iter().all(|at| (0..=most).contains(at)), "{name} {place}");
                }
                for sign in ["style=", "<script", "href=", "url(", " on", "很长>"] {
                    assert!(!drawing.body.contains(sign), "{name} has {sign}");
                }
            }
        }
    }
}

/// Returns a chart with one figure that is not listed, and the figures beside it.
fn with_unlisted(beside: i64) -> Vec<(&'static str, Box<dyn Draw>)> {
    charts(&[Amount::Known(beside), Amount::Unlisted, Amount::Known(300)])
}

#[test]
fn nothing_is_worked_out_from_what_is_not_listed() {
    for (name, chart) in with_unlisted(700) {
        let table = chart.table(Lang::Zh);
        let said = serde_json::to_string(&table).expect("tables are plain");
        assert!(said.contains("若干"), "{name} says so");
        // A total or a share beside the other figures would be the figure.
        assert!(!said.contains('%'), "{name}: {said}");
        for total in table.total.iter().filter(|total| !total.is_empty()) {
            assert_eq!(total, "若干", "{name}");
        }
        assert!(!chart.sentence(Lang::Zh).contains("共10元"), "{name}");
    }
    // Neither a ring nor flows can have a part of unknown size.
    let drawn = with_unlisted(700);
    let drawn = drawn.iter().filter(|(_, chart)| chart.draw(Lang::Zh).is_some());
    assert_eq!(
        drawn.map(|(name, _)| *name).collect::<Vec<_>>(),
        ["bars", "line", "tiles", "stacked"]
    );
}

#[test]
fn a_merged_rest_with_something_unlisted_in_it_is_unlisted() {
    let mut amounts: Vec<Amount> = (1..=20).map(|number| Amount::Known(number * 100)).collect();
    amounts.push(Amount::Unlisted);
    let parts = Parts::new(parts(&amounts)).expect("amounts are good");
    let few = parts.few(Lang::Zh);
    assert_eq!(few.len(), 6);
    assert_eq!(few[5].label, "其他16项");
    assert_eq!(few[5].amount, Amount::Unlisted);
    assert_eq!(few[0].amount, Amount::Known(2000));
}

#[test]
fn many_parts_become_five_and_the_rest_and_nothing_is_lost() {
    let amounts: Vec<Amount> = (1..=200).map(Amount::Known).collect();
    let parts = Parts::new(parts(&amounts)).expect("amounts are good");
    let few = parts.few(Lang::Zh);
    assert_eq!(few.len(), 6);
    assert_eq!(Amount::sum(few.iter().map(|part| part.amount)), parts.total());
    assert_eq!(parts.table(Lang::Zh).rows.len(), 200);
}

#[test]
fn what_cannot_be_a_chart_is_refused() {
    use Amount::Known;
    assert!(Parts::new(Vec::new()).is_none());
    assert!(Parts::new(parts(&[Known(3), Known(-1)])).is_none());
    assert!(Parts::new(parts(&[Known(i64::MAX), Known(1)])).is_none());
    let row = |amounts: &[Amount]| Row { label: String::new(), amounts: amounts.to_vec() };
    assert!(Stacked::new(vec!["a".to_owned()], vec![row(&[Known(-1)])]).is_none());
    assert!(Stacked::new(vec!["a".to_owned()], vec![row(&[])]).is_none());
    let node = |column| Node { label: String::new(), column };
    let link = |to, amount| vec![Link { from: 0, to, amount: Known(amount) }];
    assert!(Sankey::new(vec![node(0), node(1)], link(1, -1)).is_none());
    assert!(Sankey::new(vec![node(0), node(2)], link(1, 1)).is_none());
    assert!(Sankey::new(vec![node(0)], link(1, 1)).is_none());
    let day = Day::parse("2025-01-02").expect("a day");
    let event = Event { day, label: "开工".to_owned() };
    assert!(Timeline::new(vec![event.clone(), event], day).is_none());
}

#[test]
fn shares_of_a_table_add_up_to_the_whole() {
    for amounts in hard() {
        let table = Parts::new(parts(&amounts)).expect("amounts are good").table(Lang::Zh);
        let cells = table.rows.iter().map(|row| row.cells[1].trim_end_matches('%'));
        let permille = |cell: &str| -> i64 {
            let (whole, tenth) = cell.split_once('.').unwrap_or((cell, "0"));
            whole.parse::<i64>().map_or(0, |whole| whole * 10) + tenth.parse::<i64>().unwrap_or(0)
        };
        let sum: i64 = cells.map(permille).sum();
        assert!(sum == 1000 || sum == 0, "{sum}");
        assert_eq!(table.total[1] == "100%", sum == 1000);
    }
}

#[test]
fn days_stand_in_their_order_with_what_lies_between() {
    let event = |day: &str, label: &str| Event {
        day: Day::parse(day).expect("a day"),
        label: label.to_owned(),
    };
    let as_of = Day::parse("2024-02-01").expect("a day");
    let events = vec![event("2024-03-01", "完工"), event("2023-12-31", "开工")];
    let chart = Timeline::new(events, as_of).expect("two events");
    let table = chart.table(Lang::Zh);
    assert_eq!(table.rows[0].label, "开工");
    assert_eq!(table.rows[1].cells[1], "过了61天");
    let drawing = chart.draw(Lang::Zh).expect("days can be drawn");
    assert_eq!(drawing.body.matches("dot todo").count(), 1);
    assert_eq!(chart.sentence(Lang::Zh), "2023年12月31日开工,2024年3月1日完工,前后61天。");
}

#[test]
fn a_figure_has_a_title_and_a_description_of_its_own() {
    let parts = Parts::new(parts(&[Amount::Known(300), Amount::Known(700)])).expect("good");
    let figure = figure("use", "钱<做>什么用", &Donut { parts }, Lang::Zh);
    let svg = figure.svg_html;
    assert!(
        svg.starts_with("<svg role=\"img\" aria-labelledby=\"use-t use-d\" viewBox=\"0 0 320 ")
    );
    assert!(svg.contains("<title id=\"use-t\">钱&lt;做&gt;什么用</title>"), "{svg}");
    assert!(svg.contains("<desc id=\"use-d\">共10元,分2项;最多的是1一个"), "{svg}");
    // Two arcs that make a whole round, the larger first.
    assert!(svg.contains("stroke-dasharray=\"7000 3000\" stroke-dashoffset=\"-0\""), "{svg}");
    assert!(svg.contains("stroke-dasharray=\"3000 7000\" stroke-dashoffset=\"-7000\""), "{svg}");
}
