//! A process as the standard writes it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::records::{Datum, Role};
use crate::site::desk::Desk;
use crate::site::format::amount::Amount;
use crate::site::format::datapackage::moment;
use crate::site::format::json::address;
use crate::site::format::ocds::process::{payments, settlements};
use crate::site::words;
use crate::text::Day;

/// What is known of a process.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Process {
    /// The identifier over its life.
    pub(super) ocid: String,
    id: String,
    date: String,
    tag: Vec<&'static str>,
    initiation_type: &'static str,
    language: &'static str,
    parties: Vec<Party>,
    buyer: Named,
    #[serde(skip_serializing_if = "Option::is_none")]
    planning: Option<Planning>,
    tender: Tender,
    awards: Vec<Award>,
    contracts: Vec<Contract>,
}

#[derive(Clone, Serialize)]
struct Named {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct Party {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<Identifier>,
    roles: Vec<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Identifier {
    id: String,
    legal_name: String,
}

#[derive(Serialize)]
struct Planning {
    budget: Budget,
    documents: Vec<Document>,
}

#[derive(Serialize)]
struct Budget {
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Amount>,
    project: String,
    #[serde(rename = "projectID")]
    project_id: String,
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    id: String,
    document_type: &'static str,
    title: String,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    format: &'static str,
    language: &'static str,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Tender {
    id: String,
    title: String,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    procurement_method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    procurement_method_details: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    main_procurement_category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number_of_tenderers: Option<i64>,
}

#[derive(Serialize)]
struct Award {
    id: String,
    title: String,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Amount>,
    suppliers: Vec<Named>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Contract {
    id: String,
    #[serde(rename = "awardID")]
    award_id: String,
    title: String,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<Span>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_signed: Option<String>,
    documents: Vec<Document>,
    #[serde(skip_serializing_if = "Option::is_none")]
    implementation: Option<Implementation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Span {
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<String>,
    end_date: String,
}

#[derive(Serialize)]
struct Implementation {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    transactions: Vec<Transaction>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    documents: Vec<Document>,
}

#[derive(Serialize)]
struct Transaction {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Amount>,
    payee: Named,
    uri: String,
}

/// Reads records for a process.
struct Reader<'d> {
    desk: &'d Desk<'d>,
}

impl Reader<'_> {
    fn datum(&self, at: usize, role: Role) -> Option<&Datum> {
        words::datum(self.desk.index.release, self.desk.index.record(at), role)
    }

    fn text(&self, at: usize, role: Role) -> Option<String> {
        match self.datum(at, role)? {
            Datum::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    fn moment(&self, at: usize, role: Role) -> Option<String> {
        match self.datum(at, role)? {
            Datum::Day(day) => Some(moment(*day)),
            _ => None,
        }
    }

    fn amount(&self, at: usize, role: Role) -> Option<Amount> {
        let record = self.desk.index.record(at);
        words::money(self.desk.index.release, record, role).map(Amount::from)
    }

    fn title(&self, at: usize) -> String {
        words::title(self.desk.index.release, self.desk.index.record(at))
    }

    /// Returns the name by which everything else knows a record.
    fn key(&self, at: usize) -> String {
        let record = self.desk.index.record(at);
        format!("{}/{}", words::kind_name(self.desk.index.release, record), record.id())
    }

    /// Returns what the standard calls a choice, and what it is called here.
    fn choice(&self, at: usize, role: Role) -> (Option<String>, Option<String>) {
        let index = &self.desk.index;
        let kind = &index.release.schema().kinds()[index.record(at).kind()];
        let (Some(Datum::Choice(choice)), Some((_, def))) =
            (self.datum(at, role), kind.with_role(role))
        else {
            return (None, None);
        };
        let choice = def.choices.get(*choice);
        let label = choice.map(|choice| choice.label.text(index.lang).to_owned());
        (choice.and_then(|choice| choice.code.clone()), label)
    }

    fn document(&self, at: usize, document_type: &'static str) -> Document {
        Document {
            id: self.key(at),
            document_type,
            title: self.title(at),
            url: address(self.desk, &self.desk.index.href(at)),
            date_published: self.moment(at, Role::PublishedOn),
            format: "text/html",
            language: LANGUAGE,
        }
    }

    fn supplier(&self, at: usize) -> Named {
        let name = self.text(at, Role::Supplier).unwrap_or_default();
        let id = self.text(at, Role::SupplierCode).unwrap_or_else(|| name.clone());
        Named { id, name }
    }

    fn buyer(&self, at: usize) -> Named {
        let name = words::publisher(self.desk.index.release, self.desk.index.record(at));
        Named { id: name.clone(), name }
    }
}

/// The language of everything.
const LANGUAGE: &str = "zh";

/// Writes a process that begins with a record and has some contracts.
pub(super) fn release(
    desk: &Desk<'_>,
    root: usize,
    contracts: &[usize],
    tag: Option<&'static str>,
) -> Process {
    let reader = Reader { desk };
    let index = &desk.index;
    let key = reader.key(root).replace('/', "-");
    let ocid = format!("{}-{key}", index.release.site().open_data.ocid_prefix);
    let written: Vec<Contract> =
        contracts.iter().map(|at| contract(&reader, root, *at, contracts.len() == 1)).collect();
    let planning = (!contracts.contains(&root)).then(|| planning(&reader, root));
    let is_under_way = written.iter().any(|contract| contract.implementation.is_some());
    let tags = [
        planning.as_ref().map(|_| "planning"),
        Some("tender"),
        Some("award"),
        Some("contract"),
        is_under_way.then_some("implementation"),
    ];
    let newest = newest(&reader, root, contracts);
    let buyer = reader.buyer(contracts.first().copied().unwrap_or(root));
    Process {
        id: format!("{ocid}-{}", tag.map_or_else(|| newest.to_string(), str::to_owned)),
        date: moment(newest),
        tag: tag.map_or_else(|| tags.into_iter().flatten().collect(), |tag| vec![tag]),
        initiation_type: "tender",
        language: LANGUAGE,
        parties: parties(&reader, contracts, &buyer),
        buyer,
        planning,
        tender: tender(&reader, root, contracts),
        awards: contracts.iter().map(|at| award(&reader, *at)).collect(),
        contracts: written,
        ocid,
    }
}

/// Returns the day on which something was last published about a process.
fn newest(reader: &Reader<'_>, root: usize, contracts: &[usize]) -> Day {
    let index = &reader.desk.index;
    let as_of = index.release.as_of();
    let later = contracts.iter().flat_map(|at| {
        let settled = if contracts.len() == 1 { settlements(index, root, *at) } else { Vec::new() };
        payments(index, *at).into_iter().chain(settled)
    });
    let all = contracts.iter().copied().chain([root]).chain(later);
    let days = all.filter_map(|at| index.days[at]).filter(|day| *day <= as_of);
    days.max().unwrap_or(as_of)
}

/// Returns everyone who has to do with a process, each once with all roles.
fn parties(reader: &Reader<'_>, contracts: &[usize], buyer: &Named) -> Vec<Party> {
    let mut parties: BTreeMap<String, Party> = BTreeMap::new();
    let mut add = |named: &Named, code: Option<String>, roles: &[&'static str]| {
        let party = parties.entry(named.id.clone()).or_insert_with(|| Party {
            id: named.id.clone(),
            name: named.name.clone(),
            identifier: code.map(|id| Identifier { id, legal_name: named.name.clone() }),
            roles: Vec::new(),
        });
        let new: Vec<&str> =
            roles.iter().filter(|role| !party.roles.contains(role)).copied().collect();
        party.roles.extend(new);
    };
    add(buyer, None, &["buyer"]);
    for at in contracts {
        let code = reader.text(*at, Role::SupplierCode);
        add(&reader.supplier(*at), code, &["supplier", "payee"]);
    }
    parties.into_values().collect()
}

/// Writes what was planned.
fn planning(reader: &Reader<'_>, root: usize) -> Planning {
    Planning {
        budget: Budget {
            amount: reader.amount(root, Role::Planned),
            project: reader.title(root),
            project_id: reader.key(root),
            uri: address(reader.desk, &reader.desk.index.href(root)),
        },
        documents: vec![reader.document(root, "projectPlan")],
    }
}

/// Returns what all contracts say alike; nothing when they differ.
fn agreed<T: PartialEq>(contracts: &[usize], say: impl Fn(usize) -> Option<T>) -> Option<T> {
    let mut said = contracts.iter().map(|at| say(*at));
    let first = said.next()??;
    said.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

/// Writes how those who were hired were chosen, as far as that is one way.
fn tender(reader: &Reader<'_>, root: usize, contracts: &[usize]) -> Tender {
    let bidders = |at: usize| match reader.datum(at, Role::Bidders)? {
        Datum::Number(number, None, _) => number.to_string().parse().ok(),
        _ => None,
    };
    let only = if let [one] = contracts { Some(*one) } else { None };
    Tender {
        id: format!("{}-tender", reader.key(root)),
        title: reader.title(only.unwrap_or(root)),
        status: "complete",
        value: only.and_then(|at| reader.amount(at, Role::Ceiling)),
        procurement_method: agreed(contracts, |at| reader.choice(at, Role::Method).0),
        procurement_method_details: agreed(contracts, |at| reader.choice(at, Role::Method).1),
        main_procurement_category: agreed(contracts, |at| reader.choice(at, Role::Category).0),
        number_of_tenderers: only.and_then(bidders),
    }
}

/// Writes who was chosen.
fn award(reader: &Reader<'_>, at: usize) -> Award {
    Award {
        id: reader.key(at),
        title: reader.title(at),
        status: "active",
        date: reader.moment(at, Role::AwardedOn),
        value: reader.amount(at, Role::ContractPrice),
        suppliers: vec![reader.supplier(at)],
    }
}

/// Writes a contract and what was paid for it. Only where a process has one contract is it plain
/// which one was settled.
fn contract(reader: &Reader<'_>, root: usize, at: usize, is_only: bool) -> Contract {
    let index = &reader.desk.index;
    let settled = if is_only { settlements(index, root, at) } else { Vec::new() };
    let transactions: Vec<Transaction> = payments(index, at)
        .into_iter()
        .map(|payment| Transaction {
            id: reader.key(payment),
            date: reader.moment(payment, Role::PaidOn),
            value: reader.amount(payment, Role::Paid),
            payee: reader.supplier(at),
            uri: address(reader.desk, &index.href(payment)),
        })
        .collect();
    let documents: Vec<Document> =
        settled.iter().map(|at| reader.document(*at, "completionCertificate")).collect();
    let is_under_way = !transactions.is_empty() || !documents.is_empty();
    let signed = reader.moment(at, Role::SignedOn);
    let due = reader.moment(at, Role::DueOn);
    Contract {
        id: reader.key(at),
        award_id: reader.key(at),
        title: reader.title(at),
        status: if settled.is_empty() { "active" } else { "terminated" },
        period: due.map(|end_date| Span { start_date: signed.clone(), end_date }),
        value: reader.amount(at, Role::ContractPrice),
        date_signed: signed,
        documents: vec![reader.document(at, "contractNotice")],
        implementation: is_under_way.then_some(Implementation { transactions, documents }),
    }
}
