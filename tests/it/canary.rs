//! Canaries: registers in which everything that must stay behind is a mark of its own.
//!
//! A register is made from the kinds themselves, so a new kind or field has its marks on arrival.
//! Each mark is valid for its field and stands nowhere else: identity numbers of region 99 with a
//! right check digit, telephone numbers of a block that is nobody's, card numbers that pass the
//! Luhn check, names and words of characters that no page uses. The same seed makes the same
//! register.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mingbai::files::Files;
use mingbai::records::schema::Class;
use mingbai::records::{self, FieldDef, Kind, Role, Schema, TableDef};
use mingbai::text::{Day, Lang};
use toml::Table;

/// The folder of the built-in data, where the policies stand.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/records/schema");

/// The register around the records: who publishes.
pub(crate) const SITE: &str = "title = \"明白县惠民资金公开(示例)\"\npublisher = \"明白县农业农村局(示例)\"\n\
                    base_url = \"https://example.org/mingbai\"\nplace = \"990100\"\nexample = true\nlanguages = [\"zh-Hant\", \"en\"]\n\
                    [contact]\nhotlines = [\"12317\"]\n\
                    [index_number]\nscheme = \"{kind}-{id}/{serial}\"\n\
                    [metadata]\nfields = [\"index-number\", \"topic\", \"publisher\", \"formed-on\", \"title\", \"document-number\", \
                    \"published-on\", \"validity\", \"form\", \"unit\", \"keywords\", \"note\", \"responsible\"]\n";
/// Which places there are.
pub(crate) const PLACES: &str = "[[place]]\ncode = \"990100\"\nname = \"明白县\"\nlevel = \"county\"\n\
                      [[place]]\ncode = \"990101\"\nname = \"青溪镇\"\nlevel = \"township\"\nparent = \"990100\"\n\
                      [[place]]\ncode = \"990101001\"\nname = \"垭口村\"\nlevel = \"village\"\nparent = \"990101\"\n";

/// The periods in which lists hang; some lists have no notice at all.
const WINDOWS: [&str; 2] = ["2025-03-01/2025-03-10", "2025-05-01/2025-05-20"];

/// Rows of each table.
const ROWS: usize = 2;

/// A value that must stay behind.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    /// Where it stands: kind, table and field.
    pub(crate) place: String,
    /// The value and whatever else would give it away.
    pub(crate) forms: Vec<String>,
}

/// A register and its marks.
pub(crate) struct Canary {
    /// The files.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// The marks.
    pub(crate) marks: Vec<Mark>,
    /// How many lists of persons there are.
    pub(crate) lists: usize,
}

/// Whether values are written as their fields want them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writing {
    /// Every value is right.
    Sound,
    /// One mark of four is written in a way that gives a finding.
    Broken,
}

/// A source of numbers, the same for the same seed (the generator is known as `SplitMix64`).
pub(crate) struct Dice(u64);

impl Dice {
    /// Starts from a seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns a number below a limit.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (number ^ (number >> 31)) % limit
    }

    /// Returns a row of digits.
    fn digits(&mut self, length: usize) -> String {
        (0..length)
            .map(|_| char::from(b'0' + u8::try_from(self.below(10)).expect("a digit")))
            .collect()
    }

    /// Returns characters that no page uses: CJK extension A.
    fn rare(&mut self, length: usize) -> String {
        let letter = |dice: &mut Self| {
            u32::try_from(0x3400 + dice.below(0x19B0)).ok().and_then(char::from_u32)
        };
        (0..length).map(|_| letter(self).expect("a character of the block")).collect()
    }
}

/// Returns an identity number of region 99.
pub(crate) fn id_number(dice: &mut Dice) -> String {
    let (year, month, day) = (1940 + dice.below(60), 1 + dice.below(12), 1 + dice.below(28));
    with_check_digit(&format!("990101{year}{month:02}{day:02}{}", dice.digits(3)))
}

/// Returns an identity number of its first seventeen digits.
pub(crate) fn with_check_digit(number: &str) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        number.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = char::from(b"10X98765432"[sum as usize % 11]);
    format!("{number}{check}")
}

/// Returns a card number that passes the Luhn check.
pub(crate) fn card(dice: &mut Dice) -> String {
    let number = format!("9900{}", dice.digits(14));
    let double = |digit: u8| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let from_the_end = number.bytes().rev().map(|digit| digit - b'0').enumerate();
    let sum: u32 = from_the_end
        .map(|(at, digit)| u32::from(if at % 2 == 0 { double(digit) } else { digit }))
        .sum();
    format!("{number}{}", (10 - sum % 10) % 10)
}

/// Returns a telephone number of nobody.
pub(crate) fn phone(dice: &mut Dice) -> String {
    format!("1990000{}", dice.digits(4))
}

/// Returns a name of three or four characters.
pub(crate) fn name(dice: &mut Dice) -> String {
    let length = 3 + usize::from(dice.below(2) == 0);
    dice.rare(length)
}

/// Returns a text without its first characters.
fn without_first(text: &str, count: usize) -> String {
    text.chars().skip(count).collect()
}

/// Returns a text as a TOML string.
pub(crate) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// What an audience is given of each class: the two presets, and what kinds say for themselves.
struct Policies {
    audience: &'static str,
    ordinary: Table,
    sensitive: Table,
    own: BTreeMap<String, Table>,
}

impl Policies {
    /// Reads them where they stand.
    fn read(audience: &'static str) -> Self {
        let files = Files::read(Path::new(DATA)).expect("the built-in data can be read");
        let table = |path: &str| -> Table {
            files.text(path).and_then(|text| text.parse().ok()).expect("built-in data is TOML")
        };
        let part =
            |table: &Table, key: &str| table.get(key).and_then(toml::Value::as_table).cloned();
        let file = table("policy.toml");
        let sensitive = part(&file, "sensitive").expect("the stricter preset");
        let mut own = BTreeMap::new();
        for (path, _) in files.iter() {
            let name = path.strip_prefix("kinds/").and_then(|name| name.strip_suffix(".toml"));
            let policy = name.and_then(|_| part(&table(path), "policy"));
            if let (Some(name), Some(rules)) =
                (name, policy.as_ref().and_then(|policy| part(policy, audience)))
            {
                own.insert(name.to_owned(), rules);
            }
        }
        Self {
            audience,
            ordinary: part(&file, audience).expect("the default policy speaks of everyone"),
            sensitive: part(&sensitive, audience).expect("the stricter preset does, too"),
            own,
        }
    }

    /// Returns whether the audience is not given the value of a field as it is.
    fn hides(&self, kind: &Kind, field: &FieldDef) -> bool {
        let said =
            |table: &Table, class: Class| table.get(class.name())?.as_str().map(str::to_owned);
        let preset = if kind.sensitive { &self.sensitive } else { &self.ordinary };
        let treatment = field.class.and_then(|class| {
            let own = self.own.get(&kind.name).and_then(|own| said(own, class));
            own.or_else(|| said(preset, class))
        });
        treatment.as_deref() != Some("show")
    }

    /// Returns whether the audience is never given the lists of a kind.
    fn keeps_back(&self, kind: &Kind) -> bool {
        self.audience == "web" && !kind.web
    }
}

/// Makes registers.
pub(crate) struct Maker {
    schema: Schema,
    policies: Policies,
}

/// One register being made.
struct Making<'a> {
    maker: &'a Maker,
    dice: Dice,
    writing: Writing,
    marks: Vec<Mark>,
    used: BTreeSet<String>,
    lists: usize,
}

impl Maker {
    /// Reads the kinds, and the policies for the public site.
    pub(crate) fn new() -> Self {
        Self::of("web")
    }

    /// Reads the kinds, and the policies for an audience.
    pub(crate) fn of(audience: &'static str) -> Self {
        Self { schema: records::schema_of(&Files::default()), policies: Policies::read(audience) }
    }

    /// Makes a register with so many records of each kind that has lists of persons, and one of each
    /// other.
    pub(crate) fn make(&self, seed: u64, records: usize, writing: Writing) -> Canary {
        let mut making = Making {
            maker: self,
            dice: Dice::new(seed),
            writing,
            marks: Vec::new(),
            used: BTreeSet::new(),
            lists: 0,
        };
        let mut files = BTreeMap::from([
            ("site.toml".to_owned(), SITE.as_bytes().to_vec()),
            ("places.toml".to_owned(), PLACES.as_bytes().to_vec()),
            ("attachments/a.txt".to_owned(), b"a".to_vec()),
        ]);
        for kind in self.schema.kinds() {
            let has_lists = kind.tables.iter().any(TableDef::is_personal);
            for number in 0..if has_lists { records } else { 1 } {
                let text = making.record(kind, number);
                files.insert(format!("{}/2025/r{number}.toml", kind.folder), text.into_bytes());
            }
        }
        self.notices(records, &mut files);
        files.insert("pages/all.md".to_owned(), self.page().into_bytes());
        Canary { files, marks: making.marks, lists: making.lists }
    }

    /// Writes a page that shows of every kind whatever a short code can show.
    fn page(&self) -> String {
        let mut text = "+++\ntitle = \"全部\"\nmenu = true\n+++\n".to_owned();
        for Kind { name, .. } in self.schema.kinds() {
            text.push_str(&format!(
                "\n[看]({name}/r0)\n\n{{{{ record id=\"{name}/r0\" }}}}\n\n{{{{ table kind=\"{name}\" limit=100 }}}}\n"
            ));
        }
        for kind in self.schema.kinds().iter().filter(|kind| kind.money().is_some()) {
            let name = &kind.name;
            if kind
                .fields
                .iter()
                .any(|field| field.role.is_some_and(|role| Role::STATIONS.contains(&role)))
            {
                text.push_str(&format!("\n{{{{ fund id=\"{name}/r0\" }}}}\n"));
            }
            let by_use = kind.use_field().map(|_| "use");
            for by in ["year", "record"].into_iter().chain(by_use) {
                text.push_str(&format!("\n{{{{ chart kind=\"{name}\" by=\"{by}\" }}}}\n"));
            }
        }
        text
    }

    /// Hangs the lists that need it: one record of three in each window, one without a notice.
    fn notices(&self, records: usize, files: &mut BTreeMap<String, Vec<u8>>) {
        let hangs = |kind: &&Kind| {
            kind.with_role(Role::NoticePeriod).is_some() && kind.with_role(Role::About).is_some()
        };
        let notice = self.schema.kinds().iter().find(hangs).expect("a kind is for notices");
        let (_, period) = notice.with_role(Role::NoticePeriod).expect("a notice has a period");
        let (_, about) = notice.with_role(Role::About).expect("a notice is about something");
        for (index, window) in WINDOWS.iter().enumerate() {
            let subjects: Vec<String> = self
                .schema
                .kinds()
                .iter()
                .filter(|kind| kind.expires)
                .flat_map(|kind| (0..records).map(move |number| (kind, number)))
                .filter(|(_, number)| number % 3 == index)
                .map(|(kind, number)| quoted(&format!("{}/r{number}", kind.name)))
                .collect();
            let text = format!(
                "id = \"w{index}\"\ntitle = \"公示{index}\"\nplace = \"990101001\"\n{} = \"{window}\"\n{} = [{}]\n",
                period.key,
                about.key,
                subjects.join(", ")
            );
            files.insert(format!("{}/2025/w{index}.toml", notice.folder), text.into_bytes());
        }
    }
}

impl Making<'_> {
    /// Writes a record.
    fn record(&mut self, kind: &Kind, number: usize) -> String {
        let mut text = format!("id = \"r{number}\"\n");
        let policies = &self.maker.policies;
        for field in &kind.fields {
            let hidden = policies.hides(kind, field);
            if let Some(entry) = self.entry(kind, "", field, hidden) {
                text.push_str(&entry);
                text.push('\n');
            }
        }
        for table in &kind.tables {
            self.lists += usize::from(table.is_personal());
            text.push_str(&format!("{} = [\n", table.key));
            for _ in 0..ROWS {
                let row = self.row(kind, table);
                text.push_str(&format!("  {{ {row} }},\n"));
            }
            text.push_str("]\n");
        }
        text
    }

    /// Writes a row of a table.
    fn row(&mut self, kind: &Kind, table: &TableDef) -> String {
        let policies = &self.maker.policies;
        // A list that is never on the web keeps back all that is not public in itself.
        let kept_back = table.is_personal() && policies.keeps_back(kind);
        let mut entries = Vec::new();
        for field in &table.fields {
            let hidden =
                policies.hides(kind, field) || kept_back && field.class != Some(Class::Public);
            entries.extend(self.entry(kind, &table.key, field, hidden));
        }
        entries.join(", ")
    }

    /// Writes a field with its value.
    fn entry(
        &mut self,
        kind: &Kind,
        table: &str,
        field: &FieldDef,
        hidden: bool,
    ) -> Option<String> {
        let mark = if hidden { self.mark(field) } else { None };
        let Some((value, forms)) = mark else {
            let value = self.open(kind, field)?;
            return Some(format!(
                "{} = {}",
                field.key,
                if field.many { format!("[{value}]") } else { value }
            ));
        };
        self.marks.push(Mark { place: format!("{} {table} {}", kind.name, field.key), forms });
        let value = if field.many { format!("[{}]", quoted(&value)) } else { quoted(&value) };
        Some(match self.writing {
            // One in four is enough: a fault of syntax may take the rest of its file with it.
            Writing::Broken if self.dice.below(4) == 0 => self.broken(&field.key, &value),
            Writing::Sound | Writing::Broken => format!("{} = {value}", field.key),
        })
    }

    /// Writes a value so that it cannot be read.
    fn broken(&mut self, key: &str, value: &str) -> String {
        match self.dice.below(9) {
            0 => format!("{key} = [[{value}]]"),
            1 => format!("{key} = {{ of = {value} }}"),
            2 => format!("{key}s = {value}"),
            3 => format!("{key} = {value}, {key} = {value}"),
            4 => format!("{key} = {}", value.trim_matches('"')),
            5 => format!("{key} = {}", value.trim_end_matches('"')),
            6 => format!("{value} = 1"),
            7 => format!("{key} = {}左右\"", value.trim_end_matches('"')),
            _ => format!("{key} {value}"),
        }
    }

    /// Returns a value nobody must see, with the forms that would give it away. `None` for types
    /// whose values are too few to be told apart, such as choices.
    fn mark(&mut self, field: &FieldDef) -> Option<(String, Vec<String>)> {
        loop {
            let (value, forms) = self.mark_of_type(field)?;
            if self.used.insert(value.clone()) {
                return Some((value, forms));
            }
        }
    }

    /// Returns a value of the field's type and class.
    fn mark_of_type(&mut self, field: &FieldDef) -> Option<(String, Vec<String>)> {
        let dice = &mut self.dice;
        let alone = |value: String| Some((value.clone(), vec![value]));
        match (field.type_name(), field.format.as_deref()) {
            ("code", Some("id-number")) => {
                let number = id_number(dice);
                // Without the region, and the number of fifteen digits of old.
                let forms = vec![
                    number[6..].to_owned(),
                    format!("{}{}", &number[..6], &number[8..17]),
                    number.clone(),
                ];
                Some((number, forms))
            }
            ("code", Some("bank-card")) => {
                let number = card(dice);
                Some((number.clone(), vec![number[8..].to_owned(), number]))
            }
            ("phone", _) => alone(phone(dice)),
            ("person", _) => {
                let name = name(dice);
                Some((name.clone(), vec![without_first(&name, 1), name]))
            }
            ("text" | "long-text" | "code", _) if field.class == Some(Class::Address) => {
                let rare = dice.rare(4);
                Some((format!("白茶镇{rare}3组12号"), vec![rare]))
            }
            ("text" | "long-text" | "code", _) => alone(dice.rare(6)),
            ("date", _) => {
                let day = Day::new(1901, 1, 1)
                    .expect("a day")
                    .plus_months(i32::try_from(dice.below(400)).ok()?);
                let day =
                    Day::new(day.year(), day.month(), i8::try_from(1 + dice.below(28)).ok()?)?;
                Some((
                    day.to_string(),
                    vec![day.words(Lang::Zh), day.words(Lang::En), day.to_string()],
                ))
            }
            ("money", _) => {
                let (yuan, fen) = (10_000_000 + dice.below(80_000_000), 10 + dice.below(89));
                Some((format!("{yuan}.{fen}元"), vec![format!("{yuan}.{fen}")]))
            }
            ("number", _) => {
                let number = (100_000_000 + dice.below(800_000_000)).to_string();
                let unit =
                    field.unit.as_deref().or(field.units.first().map(String::as_str)).unwrap_or("");
                Some((format!("{number}{unit}"), vec![number]))
            }
            ("flag" | "choice", _) => None,
            (other, _) => panic!("{}: no mark is known for the type {other}", field.key),
        }
    }

    /// Returns a value that everyone may see, as TOML; `None` leaves the field out.
    fn open(&mut self, kind: &Kind, field: &FieldDef) -> Option<String> {
        Some(match (field.type_name(), field.format.as_deref()) {
            ("place", _) => quoted("990101001"),
            ("file", _) => quoted("a.txt"),
            ("url", _) => quoted("https://example.org/a"),
            ("reference", _) => quoted(&format!("{}/r0", field.to.first().unwrap_or(&kind.name))),
            ("code", Some("document-number")) => quoted("明财农〔2025〕3号"),
            ("code", Some("index-number")) => quoted("mz-1"),
            ("code", Some("credit-code" | "id-number" | "bank-card")) => return None,
            ("text" | "long-text" | "person" | "code", _) => {
                // No more than two digits: three could be the end of the person's own number.
                quoted(&format!("示例{}", self.dice.below(100)))
            }
            ("period", _) if field.role == Some(Role::NoticePeriod) => quoted(WINDOWS[0]),
            _ if field.many => field.example().trim_matches(['[', ']']).to_owned(),
            _ => field.example(),
        })
    }
}
