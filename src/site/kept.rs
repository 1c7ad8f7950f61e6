//! Kept: what a page says that is never put into other characters: names of places, persons, units
//! and projects, codes and numbers of documents.
//!
//! A name is an identifier: 范 written as 範 is somebody else. Which values are names is said by the
//! classes, roles and types of their fields; no kind is known here.

use std::collections::BTreeSet;
use std::ops::Bound;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::records::{
    Class, Datum, FieldDef, Form, PublicField, PublicPage, Release, Role, Schema,
};
use crate::site::words;
use crate::text::script::is_chinese;

/// How the names of units end.
const UNITS: &[&str] = &[
    "公司",
    "合作社",
    "联社",
    "政府",
    "村委会",
    "居委会",
    "委员会",
    "办公室",
    "办事处",
    "党委",
    "支部",
    "局",
    "厅",
    "中心",
    "银行",
    "支行",
    "信用社",
    "学校",
    "小学",
    "中学",
    "大学",
    "学院",
    "幼儿园",
    "医院",
    "卫生院",
    "卫生室",
    "厂",
    "协会",
    "商会",
    "基金会",
    "联合会",
    "工作队",
    "工作站",
    "服务站",
    "农场",
    "林场",
    "基地",
    "集团",
    "研究院",
    "设计院",
    "事务所",
];

/// What a place has that is called after it.
const FACILITIES: &[&str] =
    &["安置点", "安置区", "水厂", "水库", "电站", "泵站", "加工厂", "学校", "卫生院", "敬老院"];

/// Words of up to this many characters may be the name of a unit, a document or a thing.
const LONGEST: usize = 40;

/// What is never put into other characters.
pub(crate) struct Kept {
    /// Names, wherever they stand.
    names: AhoCorasick,
    /// The same in order: a drawing may break one over two lines.
    whole: BTreeSet<String>,
    /// Short words of the register, where they stand alone.
    alone: BTreeSet<String>,
}

/// A part of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part<'w> {
    /// It stays as it is.
    Name(&'w str),
    /// It is prose.
    Prose(&'w str),
}

impl Kept {
    /// Gathers the names of a release.
    pub(crate) fn of(release: &Release) -> Self {
        let mut gathering = Gathering::default();
        let site = release.site();
        for name in [&site.title, &site.contact.address, &site.footer.icp, &site.footer.police] {
            gathering.name(name);
        }
        gathering.unit(&site.publisher);
        gathering.unit(&site.footer.organizer);
        for place in release.places().iter() {
            gathering.name(&place.name);
        }
        for (_, file) in release.attachments() {
            gathering.name(file.path());
        }
        for record in release.records() {
            let kind = &release.schema().kinds()[record.kind()];
            gathering.name(record.id());
            // Of a kind that does not say, a title is a name: a name must never become another.
            if !kind.prose_titles {
                gathering.name(&words::title(release, record));
            }
            for field in record.fields() {
                let def = &kind.fields[field.field()];
                if def.role != Some(Role::Title) {
                    gathering.field(def, field);
                }
            }
            for table in record.tables() {
                let fields = &kind.tables[table.table()].fields;
                for field in table.rows().iter().flatten() {
                    gathering.field(&fields[field.field()], field);
                }
            }
        }
        // Somebody wrote these in the characters of their language.
        for (_, text) in release.pages().iter().flat_map(PublicPage::translations) {
            gathering.name(text.title());
            gathering.name(text.summary());
        }
        gathering.facilities(release);
        gathering.without_labels(release.schema());
        gathering.close()
    }

    /// Returns whether two lines are a name together, or all that there was room for.
    pub(crate) fn is_broken_name(&self, first: &str, second: &str) -> bool {
        let all = format!("{first}{second}");
        let shown = all.trim_end_matches('…');
        let found = self.whole.range::<str, _>((Bound::Included(shown), Bound::Unbounded)).next();
        found
            .is_some_and(|name| name == shown || shown.len() < all.len() && name.starts_with(shown))
    }

    /// Parts words of a page into names and prose.
    pub(crate) fn part<'w>(&self, words: &'w str) -> Vec<Part<'w>> {
        if self.alone.contains(words.trim()) {
            return vec![Part::Name(words)];
        }
        let (mut parts, mut at) = (Vec::new(), 0);
        for found in self.names.find_iter(words) {
            if at < found.start() {
                parts.push(Part::Prose(&words[at..found.start()]));
            }
            parts.push(Part::Name(&words[found.range()]));
            at = found.end();
        }
        if at < words.len() {
            parts.push(Part::Prose(&words[at..]));
        }
        parts
    }
}

/// Names while they are gathered.
#[derive(Default)]
struct Gathering {
    names: BTreeSet<String>,
    alone: BTreeSet<String>,
}

impl Gathering {
    /// Adds a name.
    fn name(&mut self, name: &str) {
        // One character alone is in too many words.
        if is_chinese(name) && name.chars().count() > 1 {
            self.names.insert(escaped(name));
        }
    }

    /// Adds what of the values of a field is a name.
    fn field(&mut self, def: &FieldDef, field: &PublicField) {
        let personal = def.class.is_some_and(Class::identifies);
        let named = matches!(def.type_name(), "code" | "person" | "phone" | "url");
        for value in field.values() {
            let Datum::Text(words) = value.datum() else {
                continue;
            };
            let whose = matches!(value.form(), Form::Whole | Form::Masked | Form::Brief);
            if personal && whose || named {
                self.name(words);
            } else if def.role == Some(Role::Publisher) {
                self.unit(words);
            } else if def.type_name() == "text" && def.class == Some(Class::Public) {
                self.short(words);
            }
        }
    }

    /// Adds the name of a unit; what stands in brackets behind it is not a part of it.
    fn unit(&mut self, name: &str) {
        self.name(name);
        self.name(name.split(['(', '（']).next().unwrap_or(name));
    }

    /// Adds the names of what is called after a place and named by a title that is kept: 云岭水厂 of
    /// 云岭水厂改扩建项目, so that it is written alike in the prose of other records.
    fn facilities(&mut self, release: &Release) {
        let stems: BTreeSet<&str> = release
            .places()
            .iter()
            .filter_map(|place| {
                let (end, _) = place.name.char_indices().next_back()?;
                let stem = &place.name[..end];
                (stem.chars().count() > 1).then_some(stem)
            })
            .collect();
        let kept = release
            .records()
            .iter()
            .filter(|record| !release.schema().kinds()[record.kind()].prose_titles);
        for record in kept {
            let title = words::title(release, record);
            let ends =
                FACILITIES.iter().filter_map(|word| title.find(word).map(|at| at + word.len()));
            let Some(name) = ends.min().map(|end| &title[..end]) else {
                continue;
            };
            // Titles may begin with the year.
            let name =
                name.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '年');
            if stems.iter().any(|stem| name.starts_with(stem)) {
                self.name(name);
            }
        }
    }

    /// Takes off short words that are also labels of kinds: these stand on pages as prose.
    fn without_labels(&mut self, schema: &Schema) {
        for kind in schema.kinds() {
            self.alone.remove(&kind.label.zh);
            let fields = kind.tables.iter().flat_map(|table| &table.fields).chain(&kind.fields);
            for def in fields {
                self.alone.remove(&def.label.zh);
                for choice in &def.choices {
                    self.alone.remove(&choice.label.zh);
                }
            }
        }
    }

    /// Adds short public words: a name of a unit wherever it stands, others where they stand alone.
    fn short(&mut self, words: &str) {
        let long = words.chars().count() > LONGEST;
        let sentence = words.contains(['。', ';', '；', '!', '！', '?', '？', '\n']);
        if long || sentence {
            return;
        }
        for part in words.split(['、', ',', '，']).map(str::trim) {
            let name = part.split(['(', '（']).next().unwrap_or(part);
            if name.chars().count() > 3 && UNITS.iter().any(|unit| name.ends_with(unit)) {
                self.unit(part);
            }
        }
        let prose = words.contains([',', '，', ':', '：']);
        if !prose && is_chinese(words) && words.chars().count() > 3 {
            self.alone.insert(escaped(words.trim()));
        }
    }

    /// Makes the names findable.
    fn close(self) -> Kept {
        let names = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&self.names)
            .expect("the names of a register fit into one automaton");
        Kept { names, whole: self.names, alone: self.alone }
    }
}

/// Returns words as templates write them.
fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{Gathering, Part};

    #[test]
    fn the_longest_name_is_kept_and_the_rest_is_prose() {
        let mut gathering = Gathering::default();
        for name in ["余家", "余家坪村", "里"] {
            gathering.name(name);
        }
        gathering.short("明白县示例建设有限公司、青溪镇人民政府");
        gathering.short("砂石路面");
        let kept = gathering.close();
        assert_eq!(
            kept.part("在余家坪村里由青溪镇人民政府修砂石路面"),
            [
                Part::Prose("在"),
                Part::Name("余家坪村"),
                Part::Prose("里由"),
                Part::Name("青溪镇人民政府"),
                Part::Prose("修砂石路面"),
            ]
        );
        assert_eq!(kept.part(" 砂石路面 "), [Part::Name(" 砂石路面 ")]);
        assert!(kept.is_broken_name("余家", "坪村") && kept.is_broken_name("余家坪", "…"));
        assert!(!kept.is_broken_name("余家", "坪") && !kept.is_broken_name("在余家", "坪村"));
    }
}
