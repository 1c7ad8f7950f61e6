//! The page of one record: its figures, where its money came from and went, what hangs about it.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use crate::diag::Code;
use crate::records::{
    Class, Datum, FieldDef, KeptBack, Kind, PublicField, PublicRecord, PublicTable, PublicValue,
    Question, Role, TableDef,
};
use crate::site::chart::Figure;
use crate::site::index::Index;
use crate::site::ledger::Rung;
use crate::site::notice::Standing;
use crate::site::view::legend::{self, LegendLine};
use crate::site::view::money::{self, StepRow};
use crate::site::view::overview::validity::{self, StandingView};
use crate::site::view::particulars::{self, Particular};
use crate::site::view::stages::{self, Stage};
use crate::site::{card, columns, markdown, sentence, url, words};
use crate::text::{Lang, Money, Period, Phrase};

/// How many of the records that name a record its page shows.
const RELATED: usize = 40;

/// Up to how many columns, and rows, each row of a table is a card on a telephone.
const CARD_COLUMNS: usize = 6;
const CARD_ROWS: usize = 60;

/// How many boards are named one by one.
const BOARDS: usize = 6;

/// The view of a record's page.
#[derive(Serialize)]
pub(crate) struct RecordView {
    id: String,
    kind: String,
    kind_label: String,
    title: String,
    sentence: String,
    body_html: String,
    place: Option<PlaceLink>,
    stages: Vec<Stage>,
    notice: Option<Standing>,
    particulars: Vec<Particular>,
    groups: Vec<FieldGroup>,
    standing: Option<StandingView>,
    tables: Vec<TableView>,
    ladder: Vec<Rung>,
    ladder_sum: String,
    money_note: String,
    steps: Vec<StepRow>,
    sankey: Option<Figure>,
    timeline: Option<Figure>,
    flows: Vec<FlowView>,
    checks: Vec<CheckView>,
    about: Value,
    notices: Value,
    related: Value,
    related_count: usize,
    legend: Vec<LegendLine>,
    accepted: Vec<AcceptedView>,
    tombstone: Option<Tombstone>,
    published_text: String,
    publisher: String,
    formed_text: String,
    source_text: String,
    source_url: String,
    basis: Vec<String>,
    files: Vec<FileLink>,
    files_note: String,
}

#[derive(Serialize)]
struct PlaceLink {
    text: String,
    href: String,
}

#[derive(Serialize)]
struct FileLink {
    text: String,
    href: String,
    note: String,
    picture: Option<Picture>,
}

/// An image as a page shows it.
#[derive(Serialize)]
struct Picture {
    href: String,
    width: u32,
    height: u32,
}

/// The fields that answer one question of a reader.
#[derive(Serialize)]
struct FieldGroup {
    question: &'static str,
    fields: Vec<FieldView>,
}

#[derive(Serialize)]
struct FieldView {
    key: String,
    label: String,
    #[serde(rename = "type")]
    type_name: &'static str,
    values: Vec<CellView>,
    role: &'static str,
}

#[derive(Serialize)]
struct CellView {
    text: String,
    href: String,
    masked: bool,
    date: String,
}

#[derive(Serialize)]
struct TableView {
    key: String,
    label: String,
    note: String,
    withheld: bool,
    /// Whether each row is a card on a telephone.
    cards: bool,
    columns: Vec<ColumnView>,
    rows: Vec<Vec<CellView>>,
    totals: Vec<String>,
    count: Option<usize>,
}

#[derive(Serialize)]
struct ColumnView {
    key: String,
    label: String,
    numeric: bool,
    masked: bool,
}

#[derive(Serialize)]
struct FlowView {
    label: String,
    total_text: String,
    items: Vec<FlowItem>,
}

#[derive(Serialize)]
struct FlowItem {
    card: Value,
    amount_text: String,
}

#[derive(Serialize)]
struct CheckView {
    label: String,
    left_text: String,
    right_text: String,
    parts: Vec<PartView>,
    ok: bool,
    difference_text: String,
    reason: String,
}

#[derive(Serialize)]
struct PartView {
    label: String,
    amount_text: String,
}

#[derive(Serialize)]
struct AcceptedView {
    title: String,
    reason: String,
}

#[derive(Serialize)]
struct Tombstone {
    text: String,
    /// What the list was called.
    what: String,
    /// The first day on which it is not shown.
    withdrawn_text: String,
    /// The amount the record is about, which stays.
    total_text: String,
    /// The rule by which it went.
    rule: String,
}

/// Makes the view of a record.
pub(crate) fn record(index: &Index<'_>, at: usize) -> RecordView {
    let record = index.record(at);
    let (release, lang) = (index.release, index.lang);
    let kind = &release.schema().kinds()[record.kind()];
    let root = url::Route::new(index.href(at)).root();
    let link = |key: &str| index.target(key).map(|path| format!("{root}{path}"));
    let text_of = |role: Role| {
        words::with_role(release, record, role)
            .map(|field| words::field(release, &kind.fields[field.field()], field, lang))
            .unwrap_or_default()
    };
    let named = |key: &str| {
        let (field_index, def) = kind.field(key)?;
        let field = record.fields().iter().find(|field| field.field() == field_index)?;
        Some(words::field(release, def, field, lang))
    };
    let view = Viewer { index, kind };
    let money = money::money(index, at);
    RecordView {
        id: record.id().to_owned(),
        kind: kind.name.clone(),
        kind_label: kind.label.text(lang).to_owned(),
        title: words::title(release, record),
        sentence: sentence::sentence(release, record, lang),
        body_html: record.body().map(|body| markdown::to_html(body, &link)).unwrap_or_default(),
        place: words::place_code(release, record).map(|code| PlaceLink {
            text: words::place_name(release, code).to_owned(),
            href: url::place(code),
        }),
        stages: stages::stages(index, at),
        notice: card::standing(release, record, lang),
        particulars: particulars::particulars(index, at),
        groups: view.groups(record),
        standing: validity::standing(index, at),
        tables: record.tables().iter().map(|table| view.table(record, table)).collect(),
        ladder: money.ladder,
        ladder_sum: money.sum,
        money_note: money.note,
        steps: money.steps,
        sankey: money.sankey,
        timeline: money::timeline(index, at),
        flows: view.flows(at),
        checks: view.checks(record),
        about: view.about(record),
        notices: index.cards_of(&index.notices_of[at]),
        related: index.cards_of(&index.naming[at][..index.naming[at].len().min(RELATED)]),
        related_count: index.naming[at].len(),
        legend: legend::legend(release, record, lang),
        accepted: view.accepted(record),
        tombstone: view.tombstone(record),
        published_text: text_of(Role::PublishedOn),
        publisher: words::publisher(release, record),
        formed_text: text_of(Role::FormedOn),
        source_text: named("source").unwrap_or_default(),
        source_url: named("source_url").unwrap_or_default(),
        basis: view.basis(record),
        files: view.files(record),
        files_note: record.files_kept_back().map_or_else(String::new, |why| view.files_note(why)),
    }
}

/// Makes the parts of a view.
struct Viewer<'a> {
    index: &'a Index<'a>,
    kind: &'a Kind,
}

impl Viewer<'_> {
    /// Returns words in the page's language.
    fn say(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        Phrase::new(zh, en).text(self.index.lang).to_owned()
    }

    /// Returns one value.
    fn cell(&self, def: &FieldDef, value: &PublicValue) -> CellView {
        let text = words::value(self.index.release, def, value, self.index.lang);
        let href = match value.datum() {
            Datum::Record(to) => self.index.href(*to),
            Datum::Place(code) => url::place(code),
            Datum::Text(words) if def.type_name() == "url" => words.clone(),
            _ => String::new(),
        };
        let date = match value.datum() {
            Datum::Day(day) | Datum::DateTime(day, _) => day.to_string(),
            _ => String::new(),
        };
        CellView { text, href, masked: value.is_masked(), date }
    }

    /// Returns one value; an amount in the unit of its column.
    fn cell_like(&self, def: &FieldDef, value: &PublicValue, like: Option<Money>) -> CellView {
        let cell = self.cell(def, value);
        match (value.datum(), like) {
            (Datum::Money(money), Some(like)) => {
                CellView { text: Money::shown_like(money.fen(), like).to_string(), ..cell }
            }
            _ => cell,
        }
    }

    /// Returns the fields that the page does not show elsewhere, by the question they answer.
    fn groups(&self, record: &PublicRecord) -> Vec<FieldGroup> {
        let elsewhere = ["source", "source_url"];
        let mut groups: BTreeMap<Question, Vec<FieldView>> = BTreeMap::new();
        let fields = record
            .fields()
            .iter()
            .map(|field| (&self.kind.fields[field.field()], field))
            .filter(|(def, _)| {
                let role_shown = matches!(
                    def.role,
                    Some(
                        Role::Title
                            | Role::Place
                            | Role::About
                            | Role::FormedOn
                            | Role::PublishedOn
                            | Role::Publisher
                            | Role::Basis
                    )
                );
                !role_shown && !elsewhere.contains(&def.key.as_str())
            })
            .map(|(def, field)| {
                let view = FieldView {
                    key: def.key.clone(),
                    label: def.label.text(self.index.lang).to_owned(),
                    type_name: def.type_name(),
                    values: field.values().iter().map(|value| self.cell(def, value)).collect(),
                    role: def.role.map_or("", Role::name),
                };
                (def.ask, view)
            });
        for (question, view) in fields {
            groups.entry(question).or_default().push(view);
        }
        // What is short is seen at a glance; what has to be read comes behind it.
        for views in groups.values_mut() {
            views.sort_by_key(|view| view.type_name == "long-text");
        }
        let group = |(question, fields): (Question, Vec<FieldView>)| FieldGroup {
            question: question.name(),
            fields,
        };
        groups.into_iter().map(group).collect()
    }

    /// Returns a table.
    fn table(&self, record: &PublicRecord, table: &PublicTable) -> TableView {
        let def = &self.kind.tables[table.table()];
        let lang = self.index.lang;
        let order = in_reading_order(def, table.columns());
        let columns: Vec<&FieldDef> = order.iter().map(|column| &def.fields[*column]).collect();
        let find = |row: &'_ [PublicField], column: usize| {
            row.iter().position(|cell| cell.field() == column)
        };
        let units = columns::units(table, &order);
        let rows: Vec<Vec<CellView>> = table
            .rows()
            .iter()
            .map(|row| {
                let columns = order.iter().zip(&columns).zip(&units);
                columns
                    .map(|((column, def), like)| {
                        match find(row, *column).map(|at| row[at].values()) {
                            Some([value]) => self.cell_like(def, value, *like),
                            Some(values) => self.joined(def, values),
                            None => CellView {
                                text: String::new(),
                                href: String::new(),
                                masked: false,
                                date: String::new(),
                            },
                        }
                    })
                    .collect()
            })
            .collect();
        let masked = |column: usize| rows.iter().any(|row| row[column].masked);
        TableView {
            key: def.key.clone(),
            label: def.label.text(lang).to_owned(),
            cards: columns.len() <= CARD_COLUMNS && rows.len() <= CARD_ROWS,
            note: table.kept_back().map_or_else(String::new, |why| self.why(why, record, table)),
            withheld: table.kept_back().is_some(),
            columns: columns
                .iter()
                .enumerate()
                .map(|(at, def)| ColumnView {
                    key: def.key.clone(),
                    label: def.label.text(lang).to_owned(),
                    numeric: def.is_numeric(),
                    masked: masked(at),
                })
                .collect(),
            totals: totals(&order, &table.rows().iter().collect::<Vec<_>>(), &def.fields)
                .into_iter()
                .zip(&units)
                .map(|(sum, like)| {
                    like.map_or_else(|| sum.clone(), |like| columns::written_like(&sum, like))
                })
                .collect(),
            rows,
            count: table.count(),
        }
    }

    /// Returns several values as one cell.
    fn joined(&self, def: &FieldDef, values: &[PublicValue]) -> CellView {
        let cells: Vec<CellView> = values.iter().map(|value| self.cell(def, value)).collect();
        CellView {
            text: cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("、"),
            href: String::new(),
            masked: cells.iter().any(|cell| cell.masked),
            date: String::new(),
        }
    }

    /// Returns why a list is not shown.
    fn why(&self, why: KeptBack, record: &PublicRecord, table: &PublicTable) -> String {
        let small = &self.index.release.schema().legend().small;
        let (zh, en) = table.count().map_or_else(
            || (format!("名单条数:{}", small.zh), format!("entries: {}", small.en)),
            |count| (format!("名单共{count}条"), format!("entries: {count}")),
        );
        match why {
            KeptBack::BoardOnly => {
                let (where_zh, where_en) = self.boards(record, table);
                self.say(
                    format!("按规定,名单只在村公示栏张贴,不上网。{where_zh}{zh}。"),
                    format!("The list hangs on the village notice board only and is not put online. {where_en} ({en}.)"),
                )
            }
            KeptBack::WebOnly => self.say(
                format!("名单不在村公示栏张贴。{zh}。"),
                format!("The list does not hang on the village notice board ({en})."),
            ),
            KeptBack::Ended(day) => self.say(
                format!(
                    "公示期已于{}结束,名单按规定撤下,金额和人数继续公开。{zh}。",
                    day.words(Lang::Zh)
                ),
                format!(
                    "The list was withdrawn when its notice ended on {}; the totals stay ({en}).",
                    day.words(Lang::En)
                ),
            ),
            KeptBack::NotYet(day) => self.say(
                format!("名单{}起公示。{zh}。", day.words(Lang::Zh)),
                format!("The list will be shown from {} ({en}).", day.words(Lang::En)),
            ),
            KeptBack::NoNotice => self.say(
                format!("没有关于这份名单的公示,不知道能公示到哪一天,因此不显示。{zh}。"),
                format!("The list is not shown: no notice says for how long it may be ({en})."),
            ),
        }
    }

    /// Returns on which boards a list hangs that is never online, and until when.
    fn boards(&self, record: &PublicRecord, table: &PublicTable) -> (String, String) {
        if self.kind.expires && record.hangs().is_none() {
            return (
                "现在没有张贴:公示期还没到,或者已经过了。要问情况,请拨打本页电话。".to_owned(),
                "It does not hang now: its notice has not begun, or is over.".to_owned(),
            );
        }
        let release = self.index.release;
        // Which villages a handful of people live in says who they are.
        let few = table.count().is_none();
        let names: Vec<&str> =
            table.places().take(BOARDS).map(|code| words::place_name(release, code)).collect();
        let (place_zh, place_en) = if few || names.is_empty() {
            ("所在村的公示栏".to_owned(), "the board of each village concerned".to_owned())
        } else if table.places().len() > names.len() {
            let all = table.places().len();
            (
                format!("{}等{all}个村的公示栏", names.join("、")),
                format!("the boards of {} and others, {all} in all", names.join(", ")),
            )
        } else {
            (format!("{}的公示栏", names.join("、")), format!("the board of {}", names.join(", ")))
        };
        let until = record.hangs().and_then(Period::last);
        let zh = until.map_or_else(String::new, |day| format!(",贴到{}", day.words(Lang::Zh)));
        let en = until.map_or_else(String::new, |day| format!(" until {}", day.words(Lang::En)));
        (
            format!("现在贴在{place_zh}{zh}。请到公示栏查看,或拨打本页电话。"),
            format!("It hangs on {place_en}{en}."),
        )
    }

    /// Returns where money came from and where it went.
    fn flows(&self, at: usize) -> Vec<FlowView> {
        let release = self.index.release;
        let mut views = Vec::new();
        let incoming: Vec<FlowItem> = self.index.inflows[at]
            .iter()
            .flat_map(|number| {
                let flow = &release.flows()[*number];
                let amount_text = flow.amount().to_string();
                flow.sources().iter().map(move |source| FlowItem {
                    card: self.index.cards[*source].clone(),
                    amount_text: amount_text.clone(),
                })
            })
            .collect();
        if !incoming.is_empty() {
            let total_text = String::new();
            views.push(FlowView {
                label: self.say("钱从哪里来", "Where the money came from"),
                total_text,
                items: incoming,
            });
        }
        for station in Role::STATIONS {
            let flows: Vec<_> = self.index.outflows[at]
                .iter()
                .map(|number| &release.flows()[*number])
                .filter(|flow| flow.station() == station)
                .collect();
            let Some(first) = flows.first() else {
                continue;
            };
            let fen: i64 = flows.iter().map(|flow| flow.amount().fen()).sum();
            let label = match station {
                Role::Allocated => self.say("分给了谁", "Whom it was allocated to"),
                Role::Planned => self.say("安排到哪些项目", "Which projects it was planned for"),
                Role::ContractPrice => self.say("签了哪些合同", "Contracts"),
                Role::Settled => self.say("结算", "Settlements"),
                _ => self.say("付给了谁", "Payments"),
            };
            views.push(FlowView {
                label,
                // Where more went on than is listed, a sum would be no sum.
                total_text: if self.index.unlisted[at].contains(&station) {
                    String::new()
                } else {
                    Money::shown_like(fen, first.amount()).to_string()
                },
                items: flows
                    .iter()
                    .map(|flow| FlowItem {
                        card: self.index.cards[flow.target()].clone(),
                        amount_text: flow.amount().to_string(),
                    })
                    .collect(),
            });
        }
        views.extend(self.payouts(at));
        views
    }

    /// Returns the lists of those who were paid out of a record.
    fn payouts(&self, at: usize) -> Option<FlowView> {
        let release = self.index.release;
        let lists = self.index.payouts[at].iter().filter_map(|list| {
            let (_, money) = words::amount(release, self.index.record(*list))?;
            Some((*list, money))
        });
        let lists: Vec<(usize, Money)> = lists.collect();
        let (_, first) = lists.first()?;
        let fen = lists.iter().map(|(_, money)| money.fen()).sum();
        Some(FlowView {
            label: self.say("按名单发放的", "Paid out by lists"),
            total_text: Money::shown_like(fen, *first).to_string(),
            items: lists
                .iter()
                .map(|(list, money)| FlowItem {
                    card: self.index.cards[*list].clone(),
                    amount_text: money.to_string(),
                })
                .collect(),
        })
    }

    /// Returns the sums with their parts.
    fn checks(&self, record: &PublicRecord) -> Vec<CheckView> {
        let lang = self.index.lang;
        let reason = |codes: [&str; 2]| {
            let found = record.accepted().find(|(code, _)| codes.contains(code));
            found.map_or_else(String::new, |(_, reason)| reason.to_owned())
        };
        record
            .sums()
            .iter()
            .map(|sum| CheckView {
                label: sum.label().text(lang).to_owned(),
                left_text: sum.total().to_owned(),
                right_text: sum.computed().to_owned(),
                parts: sum
                    .parts()
                    .iter()
                    .map(|(label, amount)| PartView {
                        label: label.text(lang).to_owned(),
                        amount_text: amount.clone(),
                    })
                    .collect(),
                ok: sum.difference().is_none(),
                difference_text: sum.difference().unwrap_or("").to_owned(),
                reason: if sum.difference().is_some() {
                    reason(["list-total", "parts-total"])
                } else {
                    String::new()
                },
            })
            .collect()
    }

    /// Returns the records a notice or correction speaks of.
    fn about(&self, record: &PublicRecord) -> Value {
        let about = words::with_role(self.index.release, record, Role::About);
        let list: Vec<usize> = about
            .into_iter()
            .flat_map(PublicField::values)
            .filter_map(|value| match value.datum() {
                Datum::Record(to) => Some(*to),
                _ => None,
            })
            .collect();
        self.index.cards_of(&list)
    }

    /// Returns the findings the record accepts.
    fn accepted(&self, record: &PublicRecord) -> Vec<AcceptedView> {
        record
            .accepted()
            .map(|(code, reason)| AcceptedView {
                title: Code::named(code).map_or_else(String::new, |code| {
                    crate::diag::pages::title(code, self.index.lang).to_owned()
                }),
                reason: reason.to_owned(),
            })
            .collect()
    }

    /// Returns what stands where a list was withdrawn: what it was, when and why it went.
    fn tombstone(&self, record: &PublicRecord) -> Option<Tombstone> {
        let release = self.index.release;
        let withdrawn = words::withdrawn_on(release, record)?;
        let table = record
            .tables()
            .iter()
            .find(|table| matches!(table.kept_back(), Some(KeptBack::Ended(_))))?;
        let total = words::amount(release, record).map(|(_, money)| money.to_string());
        Some(Tombstone {
            text: table.kept_back().map_or_else(String::new, |why| self.why(why, record, table)),
            what: self.kind.tables[table.table()].label.text(self.index.lang).to_owned(),
            withdrawn_text: withdrawn.words(self.index.lang),
            total_text: total.unwrap_or_default(),
            rule: release.schema().legend().withdrawn.text(self.index.lang).to_owned(),
        })
    }

    /// Returns the attachments; those that do not go along are named without a link.
    fn files(&self, record: &PublicRecord) -> Vec<FileLink> {
        let fields = record.fields().iter();
        let named = fields.filter(|field| self.kind.fields[field.field()].type_name() == "file");
        named
            .flat_map(PublicField::values)
            .filter_map(|value| match value.datum() {
                Datum::Text(path) => self.index.release.attachment(path),
                _ => None,
            })
            .map(|file| FileLink {
                // In which folder somebody keeps it tells a reader nothing.
                text: file.path().rsplit('/').next().unwrap_or_default().to_owned(),
                href: url::attachment(file.path()),
                note: self.say(
                    format!("{},{}", file.label().zh, size(file.bytes().len())),
                    format!("{}, {}", file.label().en, size(file.bytes().len())),
                ),
                picture: file.size().map(|(width, height)| Picture {
                    href: match file.preview() {
                        Some(_) => url::picture(file.path()),
                        None => url::attachment(file.path()),
                    },
                    width,
                    height,
                }),
            })
            .collect()
    }

    /// Returns the words that stand where attachments went with the list they belong to.
    fn files_note(&self, why: KeptBack) -> String {
        match why {
            KeptBack::BoardOnly => self.say(
                "附件和名单一起只在村公示栏公开,不上网。".to_owned(),
                "The attachments stay with the list on the village notice board.".to_owned(),
            ),
            KeptBack::WebOnly => self.say(
                "附件和名单一起只在网站公开,不上公示栏。".to_owned(),
                "The attachments are shown with the list on the web only.".to_owned(),
            ),
            KeptBack::Ended(day) => self.say(
                format!("公示期已于{}结束,附件和名单一起撤下。", day.words(Lang::Zh)),
                format!("The attachments were withdrawn with the list on {}.", day.words(Lang::En)),
            ),
            KeptBack::NotYet(day) => self.say(
                format!("附件和名单一起从{}起公示。", day.words(Lang::Zh)),
                format!(
                    "The attachments will be shown with the list from {}.",
                    day.words(Lang::En)
                ),
            ),
            KeptBack::NoNotice => self.say(
                "没有关于名单的公示,附件不显示。".to_owned(),
                "The attachments are not shown: no notice says for how long the list may be."
                    .to_owned(),
            ),
        }
    }

    /// Returns the rules behind the publication: the record's own, else its kind's.
    fn basis(&self, record: &PublicRecord) -> Vec<String> {
        let own = words::with_role(self.index.release, record, Role::Basis);
        if let Some(field) = own {
            let def = &self.kind.fields[field.field()];
            return field
                .values()
                .iter()
                .map(|value| words::value(self.index.release, def, value, self.index.lang))
                .collect();
        }
        self.kind.basis.iter().map(|basis| basis.text(self.index.lang).to_owned()).collect()
    }
}

/// Returns the columns of a table as they are read: in a wide table the amount stands behind the name,
/// where a telephone still shows it.
fn in_reading_order(def: &TableDef, columns: &[usize]) -> Vec<usize> {
    let mut order = columns.to_vec();
    if order.len() <= CARD_COLUMNS {
        return order;
    }
    let is_amount = |at: &usize| def.fields[*at].role == Some(Role::Amount);
    let is_money = |at: &usize| def.fields[*at].type_name() == "money";
    let amount = order.iter().position(is_amount).or_else(|| order.iter().position(is_money));
    let name = order
        .iter()
        .position(|at| def.fields[*at].class.is_some_and(Class::is_personal))
        .unwrap_or(0);
    if let Some(amount) = amount.filter(|amount| *amount > name + 1) {
        let column = order.remove(amount);
        order.insert(name + 1, column);
    }
    order
}

/// Returns a size as people say it.
pub(crate) fn size(bytes: usize) -> String {
    const KILO: usize = 1024;
    match bytes {
        0..KILO => format!("{bytes} B"),
        // Rounded up: nothing has no size.
        _ if bytes < KILO * KILO => format!("{} KB", bytes.div_ceil(KILO)),
        _ => format!("{:.1} MB", bytes as f64 / (KILO * KILO) as f64),
    }
}

/// Returns the sums of the money columns; none when a table has no such column or no rows.
pub(crate) fn totals(
    columns: &[usize],
    rows: &[&Vec<PublicField>],
    fields: &[FieldDef],
) -> Vec<String> {
    let mut any = false;
    let totals: Vec<String> = columns
        .iter()
        .map(|column| {
            // A price, a limit or a standard is no amount to be added up: only what says so is.
            let def = &fields[*column];
            if def.role != Some(Role::Amount) && !def.sum {
                return String::new();
            }
            let cells = rows.iter().copied().flatten().filter(|cell| cell.field() == *column);
            let mut sum: Option<Money> = None;
            for cell in cells {
                let [value] = cell.values() else {
                    return String::new();
                };
                let Datum::Money(money) = value.datum() else {
                    return String::new();
                };
                sum =
                    Some(sum.map_or(*money, |sum| Money::shown_like(sum.fen() + money.fen(), sum)));
            }
            any |= sum.is_some();
            sum.map_or_else(String::new, |sum| sum.to_string())
        })
        .collect();
    if any && rows.len() > 1 { totals } else { Vec::new() }
}
