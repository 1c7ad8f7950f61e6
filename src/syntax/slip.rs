//! Slips of the pen: what was probably meant where the parser only knows that it is stuck.
//!
//! A file that the parser refused is read once more, statement by statement and far more loosely: full
//! width signs, quotes that nobody closed, a comma that is not there. Each statement has at most one
//! slip, its first, since the rest follows from it. The words never hold what is written.

use std::ops::Range;

use crate::syntax::pen::Pen;

/// One statement of a file.
pub(super) struct Statement {
    /// Where it begins.
    pub(super) start: usize,
    /// What is wrong with it, and where, if that can be told.
    pub(super) slip: Option<(Pen, Range<usize>)>,
    /// Whether its end is missing, so that the parser takes what follows for a part of it.
    pub(super) runs_on: bool,
}

/// Returns the statements of a file, in their order.
pub(super) fn statements(source: &str) -> Vec<Statement> {
    let mut lexer = Lexer { source, at: 0 };
    let mut statements = Vec::new();
    while lexer.skip_to_statement() {
        statements.push(Reading::of(&mut lexer));
    }
    statements
}

/// A sign or a word.
enum Token {
    End,
    Newline,
    Open(u8),
    Close(u8),
    Comma,
    Equals,
    Text,
    Bare,
    Slip(Pen),
}

/// Reads signs and words.
struct Lexer<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    /// Returns where the line ends.
    fn end_of_line(&self) -> usize {
        self.rest().find('\n').map_or(self.source.len(), |length| self.at + length)
    }

    /// Goes to the first sign of the next statement; returns whether there is one.
    fn skip_to_statement(&mut self) -> bool {
        loop {
            let rest = self.rest().trim_start();
            self.at = self.source.len() - rest.len();
            if !rest.starts_with('#') {
                return !rest.is_empty();
            }
            self.at = self.end_of_line();
        }
    }

    /// Returns the next token and where it stands.
    fn token(&mut self) -> (Token, Range<usize>) {
        let blank = |letter: char| letter != '\n' && letter.is_whitespace();
        self.at += self.rest().len() - self.rest().trim_start_matches(blank).len();
        if self.rest().starts_with('#') {
            self.at = self.end_of_line();
        }
        let start = self.at;
        let Some(first) = self.rest().chars().next() else {
            return (Token::End, start..start);
        };
        let token = match first {
            '"' | '\'' => return self.text(first),
            '\n' => Token::Newline,
            '[' => Token::Open(b'['),
            '{' => Token::Open(b'{'),
            ']' => Token::Close(b'['),
            '}' => Token::Close(b'{'),
            ',' => Token::Comma,
            '=' => Token::Equals,
            sign => match Pen::of_sign(sign) {
                Some(pen) => Token::Slip(pen),
                None => return self.bare(),
            },
        };
        self.at += first.len_utf8();
        (token, start..self.at)
    }

    /// Reads a word without quotes.
    fn bare(&mut self) -> (Token, Range<usize>) {
        let start = self.at;
        let ends = |letter: char| {
            letter.is_whitespace()
                || ",=[]{}#\"'".contains(letter)
                || Pen::of_sign(letter).is_some()
        };
        let length = self.rest().find(ends).unwrap_or(self.rest().len());
        self.at += length;
        (Token::Bare, start..self.at)
    }

    /// Reads a text in quotes.
    fn text(&mut self, quote: char) -> (Token, Range<usize>) {
        let start = self.at;
        let triple = quote.to_string().repeat(3);
        if let Some(inside) = self.rest().strip_prefix(&triple) {
            let Some(length) = inside.find(&triple) else {
                let line = start..self.end_of_line();
                self.at = self.source.len();
                return (Token::Slip(Pen::NoQuote), line);
            };
            self.at += 3 + length + 3;
            return (Token::Text, start..self.at);
        }
        let mut escaped = false;
        let line = &self.source[start + 1..self.end_of_line()];
        for (at, letter) in line.char_indices() {
            if !escaped && letter == quote {
                self.at = start + 1 + at + 1;
                return (Token::Text, start..self.at);
            }
            escaped = !escaped && quote == '"' && letter == '\\';
        }
        self.at = self.end_of_line();
        (Token::Slip(Pen::NoQuote), start..self.at)
    }

    /// Returns whether a statement begins here, at the beginning of a line: a key with its sign, or the
    /// head of a table.
    fn is_at_statement(&self) -> bool {
        let line = &self.source[self.at..self.end_of_line()];
        if line.starts_with('[') {
            let name = line.trim().trim_matches(['[', ']']);
            return !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase());
        }
        let key = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        let name = line.bytes().take_while(|byte| key(*byte)).count();
        name > 0 && line[name..].trim_start().starts_with('=')
    }
}

/// What stands before a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing.
    Start,
    /// A key.
    Key,
    /// The sign behind a key.
    Equals,
    /// A comma or an opening bracket.
    Gap,
    /// A text in quotes.
    Text,
    /// Another value.
    Value,
}

/// A statement that is being read.
struct Reading {
    statement: Statement,
    brackets: Vec<u8>,
    before: Before,
    /// Where the last token stands.
    last: Range<usize>,
}

impl Reading {
    /// Reads one statement.
    fn of(lexer: &mut Lexer<'_>) -> Statement {
        let start = lexer.at;
        let statement = Statement { start, slip: None, runs_on: false };
        let mut reading =
            Self { statement, brackets: Vec::new(), before: Before::Start, last: start..start };
        if lexer.is_at_statement() && lexer.rest().starts_with('[') {
            lexer.at = lexer.end_of_line();
            return reading.statement;
        }
        while reading.takes(lexer) {}
        reading.statement
    }

    /// Notes the first slip.
    fn slip(&mut self, pen: Pen, range: Range<usize>) {
        self.statement.slip.get_or_insert((pen, range));
    }

    /// Notes that something is missing behind the last token.
    fn lacks(&mut self, pen: Pen) {
        let range = self.last.clone();
        self.slip(pen, range);
    }

    /// Takes one token; returns whether the statement goes on.
    fn takes(&mut self, lexer: &mut Lexer<'_>) -> bool {
        let (token, range) = lexer.token();
        match token {
            Token::End => return self.ends(),
            Token::Newline if self.brackets.is_empty() => return false,
            Token::Newline if lexer.is_at_statement() => return self.ends(),
            Token::Newline => return true,
            Token::Open(bracket) => {
                self.opens(bracket);
                self.brackets.push(bracket);
                self.before = Before::Gap;
            }
            Token::Close(bracket) => {
                if self.brackets.last().is_some_and(|open| *open != bracket) {
                    self.statement.runs_on = true;
                    self.lacks(if bracket == b'[' { Pen::NoBrace } else { Pen::NoBracket });
                    let _wrong = self.brackets.pop();
                }
                let _own = self.brackets.pop();
                self.before = Before::Value;
            }
            Token::Comma => {
                if self.brackets.is_empty() && self.before == Before::Value {
                    self.lacks(Pen::Grouped);
                }
                self.before = Before::Gap;
            }
            Token::Equals => self.before = Before::Equals,
            Token::Text => {
                let is_key = self.is_key();
                if !is_key {
                    self.follows_a_value(false);
                }
                self.before = if is_key { Before::Key } else { Before::Text };
            }
            Token::Bare => self.bare(&lexer.source[range.clone()], range.clone()),
            Token::Slip(pen) => {
                // Whatever closed the row is on the line that the text swallowed.
                if pen == Pen::NoQuote && lexer.source[range.clone()].contains('}') {
                    let _row = self.brackets.pop();
                }
                self.slip(pen, range.clone());
                self.before = Before::Gap;
            }
        }
        self.last = range;
        true
    }

    /// Ends a statement, perhaps before its brackets are closed.
    fn ends(&mut self) -> bool {
        if let Some(open) = self.brackets.last() {
            self.statement.runs_on = true;
            self.lacks(if *open == b'{' { Pen::NoBrace } else { Pen::NoBracket });
        }
        false
    }

    /// Returns whether a key is to be expected.
    fn is_key(&self) -> bool {
        match self.before {
            Before::Start => true,
            Before::Gap => self.brackets.last() == Some(&b'{'),
            _ => false,
        }
    }

    /// Looks at an opening bracket.
    fn opens(&mut self, bracket: u8) {
        if self.is_key() && bracket == b'{' && self.before == Before::Gap {
            // A row begins where the one before has not ended.
            self.statement.runs_on = true;
            self.lacks(Pen::NoBrace);
            let _row = self.brackets.pop();
        } else {
            self.follows_a_value(false);
        }
    }

    /// Notes a comma that is missing between a value and the next, or a quote inside a text.
    fn follows_a_value(&mut self, foreign: bool) {
        match self.before {
            Before::Text if foreign => self.lacks(Pen::InnerQuote),
            Before::Text | Before::Value if !self.brackets.is_empty() => self.lacks(Pen::NoComma),
            Before::Key if self.brackets.is_empty() => self.lacks(Pen::NoEquals),
            _ => {}
        }
    }

    /// Looks at a word without quotes.
    fn bare(&mut self, word: &str, range: Range<usize>) {
        if self.is_key() {
            if word.ends_with(':') {
                self.slip(Pen::Sign, range);
            }
            self.before = Before::Key;
            return;
        }
        let foreign = !word.starts_with(|letter: char| letter.is_ascii());
        match self.before {
            Before::Equals | Before::Gap => {
                if let Some(pen) = Pen::of_bare(word) {
                    self.slip(pen, range);
                }
                self.before = Before::Value;
            }
            // The time behind a day belongs to it.
            Before::Value if self.brackets.is_empty() => {}
            _ => {
                self.follows_a_value(foreign);
                self.before = Before::Key;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::statements;
    use crate::syntax::pen::Pen;

    /// Returns the slips of a text, each with the words it points at.
    fn slips(source: &str) -> Vec<(Pen, &str)> {
        let slips = statements(source).into_iter().filter_map(|statement| statement.slip);
        slips.map(|(pen, range)| (pen, &source[range])).collect()
    }

    #[test]
    fn what_a_clerk_wrote_is_recognised() {
        for (source, pen, at) in [
            ("id = “2026-02”", Pen::Quote, "“"),
            ("about = [\"project/1\"，\"project/2\"]", Pen::Comma, "，"),
            ("about = 【\"project/1\"】", Pen::Bracket, "【"),
            ("title： \"路灯\"", Pen::Sign, "："),
            ("title: \"路灯\"", Pen::Sign, "title:"),
            ("title ＝ \"路灯\"", Pen::Sign, "＝"),
            ("formed_on = 2025/3/1", Pen::DateForm, "2025/3/1"),
            ("formed_on = 2026-1-6", Pen::DateForm, "2026-1-6"),
            ("formed_on = 2026.01.06", Pen::DateForm, "2026.01.06"),
            ("formed_on = 2026年1月6日", Pen::DateForm, "2026年1月6日"),
            ("formed_on = 2026-11-31", Pen::NoSuchDay, "2026-11-31"),
            ("title = 垭口村公示", Pen::BareText, "垭口村公示"),
            ("id = 2026-02", Pen::BareCode, "2026-02"),
            ("code = 9901X", Pen::BareCode, "9901X"),
            ("planned = 38.5万元", Pen::BareUnit, "38.5万元"),
            ("share = 25%", Pen::BareUnit, "25%"),
            ("households = 1,204", Pen::Grouped, "1"),
            ("title \"路灯\"", Pen::NoEquals, "title"),
            ("title = \"路灯", Pen::NoQuote, "\"路灯"),
            ("title = \"说\"好\"的\"", Pen::InnerQuote, "\"说\""),
            ("about = [\"a\" \"b\"]", Pen::NoComma, "\"a\""),
            ("list = [{ a = \"x\" b = \"y\" }]", Pen::NoComma, "\"x\""),
        ] {
            assert_eq!(slips(source), [(pen, at)], "{source}");
        }
    }

    #[test]
    fn a_row_without_its_end_is_one_slip_at_the_end_of_that_row() {
        let rows = |first: &str| {
            format!(
                "list = [\n  {first}\n  {{ a = \"2\" }},\n  {{ a = \"3\" }},\n]\ntotal = \"5元\"\n"
            )
        };
        assert_eq!(slips(&rows("{ a = \"1\",")), [(Pen::NoBrace, ",")]);
        assert_eq!(slips(&rows("{ a = \"1\" }")), [(Pen::NoComma, "}")]);
        assert_eq!(slips(&rows("{ a = \"1 },")), [(Pen::NoQuote, "\"1 },")]);
        let open = "list = [\n  { a = \"1\" },\ntotal = \"5元\"\nid = “a”\n";
        assert_eq!(slips(open), [(Pen::NoBracket, ","), (Pen::Quote, "“")]);
        assert!(statements(open)[0].runs_on && !statements(open)[1].runs_on);
    }

    #[test]
    fn what_is_well_written_has_no_slip() {
        let good = "# 注释“引号”,逗号\nid = \"a，b\"\nn = -1_000.5e3\nd = 2025-03-01 08:30:00\n\
                    t = 2025-03-01T08:30:00Z\nok = true\nlong = \"\"\"\n一行,“二”\nid = 3\n\"\"\"\n\
                    lit = 'C:\\x'\nlist = [\n  # 说明\n  { a = \"1\", b = [1, 2] },\n  { a = \"\\\"\" }\n]\n\
                    \"键\" = 1\na.b = 2\n\n[contact]\nhotlines = [\"12317\"]\n\n[[place]]\ncode = \"1\"\n";
        assert!(good.parse::<toml::Table>().is_ok());
        assert_eq!(slips(good), []);
    }
}
