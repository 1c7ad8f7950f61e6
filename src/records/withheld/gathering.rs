//! Withheld values while they are gathered, and how they are made findable.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::records::schema::Class;
use crate::records::withheld::forms::{self, Form};
use crate::records::withheld::{Mark, Origin, Withheld};
use crate::text::normal::fold;
use crate::text::{Day, Script};

/// What is known of a form while values are gathered.
struct Kept {
    origin: Origin,
    is_name: bool,
    /// Whether it is one person's alone.
    identifies: bool,
    own_pages: bool,
    /// Which value it is a form of.
    value: usize,
    /// How many values have it.
    times: usize,
}

/// Withheld values being gathered.
#[derive(Default)]
pub(in crate::records) struct Gathering {
    values: BTreeMap<Vec<u8>, Kept>,
    /// Days of birth by their folded form and record: one day has many records.
    births: BTreeMap<(Vec<u8>, String), (Origin, usize)>,
    shown_days: BTreeSet<(String, Day)>,
    written: BTreeMap<Box<str>, Origin>,
    allowed: BTreeSet<Vec<u8>>,
    /// Folded values that were taken off.
    gone: BTreeSet<Vec<u8>>,
    short: usize,
    total: usize,
    /// The scripts that pages are turned into: a value is looked for in each of them.
    scripts: Vec<Arc<Script>>,
}

impl Gathering {
    /// Opens a gathering of values that pages may show in other scripts.
    pub(in crate::records) fn written_in(scripts: &[Arc<Script>]) -> Self {
        Self { scripts: scripts.to_vec(), ..Self::default() }
    }

    /// Returns a folded value as the scripts write it, where that is something else.
    fn in_scripts(&self, folded: &[u8]) -> Vec<Vec<u8>> {
        let Ok(words) = std::str::from_utf8(folded) else {
            return Vec::new();
        };
        let written = self.scripts.iter().map(|script| script.write(words).into_bytes());
        written.filter(|written| written != folded).collect()
    }

    /// Adds a value that stays behind.
    pub(in crate::records) fn withhold(
        &mut self,
        class: Option<Class>,
        value: &str,
        origin: impl Fn() -> Origin,
    ) {
        self.total += 1;
        // One sentence of a long text gives it away as well as the whole.
        if value.chars().count() > LONG_TEXT {
            for stretch in stretches(value) {
                self.keep(stretch, (false, false), &origin);
            }
            return;
        }
        let folded = fold(value);
        if !is_searchable(class, &folded) {
            self.short += 1;
            return;
        }
        for form in forms::derived(class, &folded) {
            match form {
                Form::Anywhere(form) => self.keep(form, (false, true), &origin),
                Form::Birth(day) => self.withhold_birth(day, &origin),
            }
        }
        self.written.entry(value.into()).or_insert_with(&origin);
        // A villagers' group, too, is many people's and may be shown in another list.
        let is_name = matches!(class, Some(Class::PersonName | Class::Minor | Class::Address));
        let identifies = class.is_none_or(Class::identifies);
        for written in self.in_scripts(&folded) {
            self.keep(written, (is_name, identifies), &origin);
        }
        self.keep(folded, (is_name, identifies), &origin);
    }

    /// Keeps one form of a value.
    fn keep(
        &mut self,
        folded: Vec<u8>,
        (is_name, identifies): (bool, bool),
        origin: &impl Fn() -> Origin,
    ) {
        let value = self.total;
        let kept = self.values.entry(folded).or_insert_with(|| Kept {
            origin: origin(),
            is_name,
            identifies,
            own_pages: false,
            value,
            times: 1,
        });
        kept.identifies |= identifies;
        if kept.value != value {
            kept.value = value;
            kept.times += 1;
        }
    }

    /// Adds a day of birth. It is also a day on which other things happened: it proves something
    /// where its own record is shown, unless that record shows the day.
    pub(in crate::records) fn withhold_birth(&mut self, day: Day, origin: &impl Fn() -> Origin) {
        for form in forms::of_day(day) {
            let origin = origin();
            self.births.entry((form, origin.record.clone())).or_insert((origin, self.total));
        }
    }

    /// Notes that a record shows a day.
    pub(in crate::records) fn show_day(&mut self, record: String, day: Day) {
        self.shown_days.insert((record, day));
    }

    /// Adds a value of a type that has no text of its own to look for, such as an amount.
    pub(in crate::records) const fn withhold_unsearchable(&mut self) {
        self.total += 1;
        self.short += 1;
    }

    /// Lets a value pass that is public, whatever it looks like.
    pub(in crate::records) fn allow(&mut self, value: &str) {
        let folded = fold(value);
        self.allowed.extend(self.in_scripts(&folded));
        self.allowed.insert(folded);
    }

    /// Takes off a folded value that somebody looked at and that may be published.
    pub(in crate::records) fn except(&mut self, folded: &[u8]) {
        if self.values.remove(folded).is_some() {
            self.short += 1;
            self.gone.insert(folded.to_vec());
        }
        self.allowed.insert(folded.to_vec());
        for written in self.in_scripts(folded) {
            self.values.remove(&written);
            self.allowed.insert(written);
        }
    }

    /// Takes off names, and villagers' groups, that the policy itself shows elsewhere: such a value
    /// proves nothing.
    pub(in crate::records) fn allow_name(&mut self, name: &str) {
        let folded = fold(name);
        if self.values.get(&folded).is_some_and(|kept| kept.is_name) {
            self.values.remove(&folded);
            for written in self.in_scripts(&folded) {
                self.values.remove(&written);
            }
            self.short += 1;
            self.gone.insert(folded);
        }
    }

    /// Takes off names of two characters, and words of many people, that stand in the program's own
    /// words, on every page and about nobody: finding one of them there proves nothing.
    pub(in crate::records) fn allow_common(&mut self, frame: &[u8], kinds: &[u8]) {
        // Two Chinese characters, as folded.
        const TWO: usize = 6;
        let is_short = |folded: &[u8], kept: &Kept| kept.is_name && folded.len() <= TWO;
        let before = self.values.len();
        let asked: Vec<&Vec<u8>> = self
            .values
            .iter()
            .filter(|(folded, kept)| is_short(folded, kept) || !kept.identifies)
            .map(|(folded, _)| folded)
            .collect();
        if asked.is_empty() {
            return;
        }
        let finder = AhoCorasick::new(&asked).expect("the values of a register fit");
        let mut common: BTreeSet<Vec<u8>> = BTreeSet::new();
        for (words, is_frame) in [(frame, true), (kinds, false)] {
            for hit in finder.find_overlapping_iter(words) {
                let folded = asked[hit.pattern().as_usize()];
                // The frame is the register's own to change; what many have in common is in the kinds.
                if !is_frame || folded.len() <= TWO {
                    common.insert(folded.clone());
                }
            }
        }
        self.values.retain(|folded, _| !common.contains(folded));
        self.short += before - self.values.len();
        // What is common is so in every script.
        let written: Vec<Vec<u8>> =
            common.iter().flat_map(|folded| self.in_scripts(folded)).collect();
        self.values.retain(|folded, _| !written.contains(folded));
    }

    /// Makes the values findable.
    pub(in crate::records) fn seal(mut self) -> Withheld {
        for (record, day) in std::mem::take(&mut self.shown_days) {
            for form in forms::of_day(day) {
                self.births.remove(&(form, record.clone()));
            }
        }
        // What many rows say is a phrase of the office and says nothing of one of them.
        let before = self.values.len();
        self.values.retain(|_, kept| kept.identifies || kept.times < COMMON);
        self.short += before - self.values.len();
        let gone = std::mem::take(&mut self.gone);
        if !gone.is_empty() {
            self.written.retain(|written, _| !gone.contains(&fold(written)));
        }
        let mut patterns = Vec::with_capacity(self.values.len() + self.births.len());
        let mut marks = Vec::with_capacity(patterns.capacity());
        let births = self.births.into_iter().map(|((folded, _), (origin, value))| {
            (
                folded,
                Kept { origin, is_name: false, identifies: true, own_pages: true, value, times: 1 },
            )
        });
        for (folded, kept) in self.values.into_iter().chain(births) {
            patterns.push(folded);
            marks.push(Mark { origin: kept.origin, own_pages: kept.own_pages, value: kept.value });
        }
        // The fastest automaton is also the largest: fit for identity numbers, not for long texts.
        const DFA_BYTES: usize = 200_000;
        let bytes: usize = patterns.iter().map(Vec::len).sum();
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            // Folded text is all letters and digits: skipping ahead costs more than it saves.
            .prefilter(false)
            .kind((bytes < DFA_BYTES).then_some(AhoCorasickKind::DFA))
            .build(&patterns)
            .expect("the values of a register fit into one automaton");
        let mut written = Vec::with_capacity(self.written.len());
        for (value, origin) in self.written {
            written.push((value, marks.len()));
            marks.push(Mark { origin, own_pages: false, value: 0 });
        }
        Withheld {
            finder,
            marks,
            written,
            allowed: self.allowed,
            total: self.total,
            short: self.short,
        }
    }
}

/// Texts with more characters than this are looked for piece by piece.
const LONG_TEXT: usize = 60;

/// Clauses of fewer characters stand in many texts and prove nothing.
const CLAUSE: usize = 12;

/// Pieces of a long text are this long and begin so many characters apart: whoever quotes a little
/// more than one piece quotes a whole one.
const PIECE: usize = 16;
const STEP: usize = 4;

/// What this many rows have in common is a phrase.
const COMMON: usize = 3;

/// Returns the clauses of a long text, and pieces of it that overlap, all folded.
fn stretches(text: &str) -> BTreeSet<Vec<u8>> {
    let ends = |letter: char| "。；;！!？?，,、：:\n".contains(letter);
    let letters = |folded: &[u8]| String::from_utf8_lossy(folded).chars().count();
    let mut stretches: BTreeSet<Vec<u8>> =
        text.split(ends).map(fold).filter(|clause| letters(clause) >= CLAUSE).collect();
    let whole: Vec<char> = String::from_utf8_lossy(&fold(text)).chars().collect();
    let pieces = whole.windows(PIECE).step_by(STEP);
    stretches.extend(pieces.map(|piece| piece.iter().collect::<String>().into_bytes()));
    stretches
}

/// Returns whether a folded value is long enough to prove a leak when it is found.
pub(in crate::records) fn is_searchable(class: Option<Class>, folded: &[u8]) -> bool {
    let letters = String::from_utf8_lossy(folded).chars().count();
    match class {
        Some(Class::PersonName | Class::Minor) => letters >= 2,
        // A day of birth is also a day on which other things happened.
        Some(Class::BirthDate) => false,
        // A village and its group are on every map.
        Some(Class::Address) => letters >= 4 && !is_group(folded),
        _ => letters >= 6,
    }
}

/// Returns whether an address goes no further than a villagers' group.
fn is_group(folded: &[u8]) -> bool {
    let text = String::from_utf8_lossy(folded);
    let door = text.contains(['号', '栋', '幢', '室', '座']);
    !door && text.ends_with(['组', '屯', '社', '队', '村', '寨', '庄'])
}
