//! `theme.toml`: what a theme builds on, its colours, logo, letters and menu.
//!
//! The built-in theme's own file is read first, a register's on top of it, key by key.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::diag::code::{LOW_CONTRAST, THEME_FAULT};
use crate::diag::{Finding, Report, Span};
use crate::site::theme::palette::{Colour, Faint, Follow, Palette, Rule, Scheme};
use crate::syntax::{self, Node, Reader};
use crate::text::{Phrase, nearest};

/// The file with the settings of a theme.
pub(super) const FILE: &str = "theme.toml";

/// The themes that a theme may extend.
const BASES: [&str; 1] = ["mingbai"];

/// Families of letters that every device has under a name that is no name of a font.
const GENERIC: [&str; 6] =
    ["system-ui", "-apple-system", "sans-serif", "serif", "monospace", "ui-sans-serif"];

/// What a theme sets.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// The colours.
    pub(super) palette: Palette,
    /// The order of the menu.
    pub(super) menu: Vec<String>,
    /// Where that is said.
    pub(super) menu_at: Option<Span>,
    /// The families of letters, the first wanted first.
    fonts: Vec<String>,
    /// The asset that is the logo, and where that is said.
    logo: Option<(String, Span)>,
}

impl Settings {
    /// Reads a `theme.toml` on top of what is set; one that is a register's own may not name colours
    /// that the theme does not know.
    pub(super) fn absorb(
        &mut self,
        (path, bytes): (&Arc<str>, &[u8]),
        own: bool,
        report: &mut Report,
    ) {
        let Some(source) = syntax::utf8(path, bytes, report) else {
            return;
        };
        let table = syntax::parse(path, source, bytes.len() - source.len(), report);
        let mut reader = Reader::new(path, &table, THEME_FAULT);
        check_base(&mut reader, report);
        reader.node("name");
        reader.node("label");
        if let Some(node) = reader.node("menu") {
            self.menu_at = Some(reader.span(node.span()));
            self.menu = reader.texts("menu", report);
        }
        if let Some(node) = reader.node("logo") {
            let span = reader.span(node.span());
            self.logo = reader
                .text("logo", report)
                .filter(|logo| !logo.is_empty())
                .map(|logo| (logo, span));
        }
        self.read_fonts(&mut reader, report);
        self.read_colours(&mut reader, own, report);
        self.read_rules(&mut reader, report);
        self.read_follows(&mut reader, report);
        reader.finish(report);
    }

    /// Reads `fonts`.
    fn read_fonts(&mut self, reader: &mut Reader<'_, '_>, report: &mut Report) {
        let Some(node) = reader.node("fonts") else {
            return;
        };
        let plain = |letter: char| letter.is_alphanumeric() || " -_.".contains(letter);
        let fonts = reader.texts("fonts", report);
        if fonts.iter().all(|font| !font.is_empty() && font.chars().all(plain)) {
            self.fonts = fonts;
            return;
        }
        let message = Phrase::new(
            "`fonts` 里只能写设备上字体的名字",
            "`fonts` holds names of fonts that devices have",
        );
        let help = Phrase::new(
            "网站不从别处加载字体,也不自带字体;写名字就行,例如 [\"KaiTi\", \"serif\"]",
            "a site loads no fonts; write names such as [\"KaiTi\", \"serif\"]",
        );
        report.push(Finding::new(THEME_FAULT, reader.span(node.span()), message).help(help));
    }

    /// Reads `[colours.light]` and `[colours.dark]`.
    fn read_colours(&mut self, reader: &mut Reader<'_, '_>, own: bool, report: &mut Report) {
        let Some(schemes) = reader.table("colours", report) else {
            return;
        };
        for (key, node) in schemes {
            let scheme = Scheme::ALL.iter().find(|(_, name)| key.get_ref() == name);
            let (Some((scheme, _)), DeValue::Table(colours)) = (scheme, node.get_ref()) else {
                let message = Phrase::new(
                    "颜色要写在 [colours.light](浅色)或 [colours.dark](深色)下面",
                    "colours stand below [colours.light] or [colours.dark]",
                );
                report.push(Finding::new(THEME_FAULT, reader.span(key.span()), message));
                continue;
            };
            for (key, node) in colours {
                let name = &**key.get_ref();
                if own && !self.palette.names(*scheme).any(|known| known == name) {
                    report.push(self.unknown_colour(*scheme, name, reader.span(key.span())));
                    continue;
                }
                let span = reader.span(node.span());
                let colour = match node.get_ref() {
                    DeValue::String(text) => Colour::parse(text),
                    _ => None,
                };
                match colour {
                    Some(colour) => self.palette.set(*scheme, name, colour, own.then_some(span)),
                    None => {
                        let message = Phrase::new(
                            "颜色要写成 \"#rrggbb\"",
                            "a colour is written as \"#rrggbb\"",
                        );
                        report.push(Finding::new(THEME_FAULT, span, message));
                    }
                }
            }
        }
    }

    /// Makes the finding about a colour that nothing is painted with.
    fn unknown_colour(&self, scheme: Scheme, name: &str, span: Span) -> Finding {
        let message = Phrase::new("主题里没有这个颜色", "the theme has no such colour");
        let names = || self.palette.names(scheme);
        let help = nearest(name, names()).map_or_else(
            || {
                let all = names().collect::<Vec<_>>().join(", ");
                Phrase::new(format!("可以改的颜色:{all}"), format!("the colours are {all}"))
            },
            |near| Phrase::new(format!("是不是 `{near}`?"), format!("did you mean `{near}`?")),
        );
        Finding::new(THEME_FAULT, span, message).help(help)
    }

    /// Reads `[[contrast]]`.
    fn read_rules(&mut self, reader: &mut Reader<'_, '_>, report: &mut Report) {
        let Some(node) = reader.node("contrast") else {
            return;
        };
        let DeValue::Array(rules) = node.get_ref() else {
            let message = Phrase::new(
                "对比度的要求要写成 [[contrast]],两层方括号",
                "what must be readable is written as [[contrast]], with two brackets",
            );
            report.push(Finding::new(THEME_FAULT, reader.span(node.span()), message));
            return;
        };
        for rule in rules {
            let span = reader.span(rule.span());
            let read = match rule.get_ref() {
                DeValue::Table(table) => rule_of(table, &span, report),
                _ => None,
            };
            match read {
                Some(rule) => self.palette.rules.push(rule),
                None => {
                    let message = Phrase::new(
                        "一条对比度要求有三项:text、on 和 least(1 到 21)",
                        "a rule of contrast has text, on and least (1 to 21)",
                    );
                    report.push(Finding::new(THEME_FAULT, span, message));
                }
            }
        }
    }

    /// Reads `[[follow]]`.
    fn read_follows(&mut self, reader: &mut Reader<'_, '_>, report: &mut Report) {
        let Some(node) = reader.node("follow") else {
            return;
        };
        let nodes: &[Node<'_>] = match node.get_ref() {
            DeValue::Array(array) => array,
            _ => std::slice::from_ref(node),
        };
        for node in nodes {
            let span = reader.span(node.span());
            let read = match node.get_ref() {
                DeValue::Table(table) => follow_of(table, &span, report),
                _ => None,
            };
            match read {
                Some(follow) => self.palette.follows.push(follow),
                None => {
                    let message = Phrase::new(
                        "颜色跟着颜色要写三项:colour、of 和 percent(1 到 100)",
                        "what goes with what has colour, of and percent (1 to 100)",
                    );
                    report.push(Finding::new(THEME_FAULT, span, message));
                }
            }
        }
    }

    /// Returns the variables of the style sheet.
    pub(super) fn css(&self) -> String {
        let quoted = |font: &String| {
            if GENERIC.contains(&font.as_str()) { font.clone() } else { format!("\"{font}\"") }
        };
        let fonts: Vec<String> = self.fonts.iter().map(quoted).collect();
        let fonts = if fonts.is_empty() {
            String::new()
        } else {
            format!(":root{{--font:{}}}\n", fonts.join(","))
        };
        self.palette.css() + &fonts
    }

    /// Returns the asset that is the logo, if the theme has one by this name.
    pub(super) fn logo(
        &self,
        is_asset: impl Fn(&str) -> bool,
        report: &mut Report,
    ) -> Option<String> {
        let (logo, span) = self.logo.as_ref()?;
        if is_asset(logo) {
            return Some(logo.clone());
        }
        let message = Phrase::new(
            "主题的 assets/ 里没有这个图标文件",
            "the theme has no such file in assets/",
        );
        let help = Phrase::new(
            "把图片放进 content/theme/assets/,这里写它的文件名",
            "put the picture into content/theme/assets/ and write its name here",
        );
        report.push(Finding::new(THEME_FAULT, span.clone(), message).help(help));
        None
    }

    /// Reports colours of a register that are hard to read on one another.
    pub(super) fn check_contrast(&self, report: &mut Report) {
        let faint = self.palette.faint();
        report.extend(faint.into_iter().filter_map(|faint| {
            let span = faint.span.clone()?;
            Some(low_contrast(&faint, span))
        }));
    }
}

/// Reports a base that there is not.
fn check_base(reader: &mut Reader<'_, '_>, report: &mut Report) {
    let Some(node) = reader.node("extends") else {
        return;
    };
    let known = reader.text("extends", report).is_none_or(|base| BASES.contains(&base.as_str()));
    if !known {
        let names = BASES.join(", ");
        let message = Phrase::new("没有这个主题可以继承", "there is no such theme to extend");
        let help = Phrase::new(
            format!("`extends` 可以写:{names};不写也是它"),
            format!("`extends` may be {names}, which it is when not said"),
        );
        report.push(Finding::new(THEME_FAULT, reader.span(node.span()), message).help(help));
    }
}

/// Reads a rule of contrast.
fn rule_of(table: &DeTable<'_>, span: &Span, report: &mut Report) -> Option<Rule> {
    let mut reader = Reader::new(&span.path, table, THEME_FAULT).standing_at(span);
    let rule = Rule {
        text: reader.texts("text", report),
        on: reader.texts("on", report),
        least: match reader.node("least")?.get_ref() {
            DeValue::Float(number) => number.as_str().parse().ok()?,
            DeValue::Integer(number) => number.as_str().parse().ok()?,
            _ => return None,
        },
    };
    reader.finish(report);
    let sound = !rule.text.is_empty() && !rule.on.is_empty() && (1.0..=21.0).contains(&rule.least);
    sound.then_some(rule)
}

/// Reads what goes with what.
fn follow_of(table: &DeTable<'_>, span: &Span, report: &mut Report) -> Option<Follow> {
    let mut reader = Reader::new(&span.path, table, THEME_FAULT).standing_at(span);
    let follow = Follow {
        colour: reader.text("colour", report)?,
        of: reader.text("of", report)?,
        percent: match reader.node("percent")?.get_ref() {
            DeValue::Integer(number) => number.as_str().parse().ok()?,
            _ => return None,
        },
    };
    reader.finish(report);
    (1..=100).contains(&follow.percent).then_some(follow)
}

/// Makes the finding about two colours that are too much alike.
fn low_contrast(faint: &Faint, span: Span) -> Finding {
    let tenths = |number: i64| format!("{}.{}", number / 10, number % 10);
    let (contrast, least) = (tenths(faint.tenths), tenths(faint.least));
    let Faint { text, on, scheme, .. } = faint;
    let message = Phrase::new(
        format!("{scheme} 里 `{text}` 写在 `{on}` 上看不清:对比度 {contrast},至少要 {least}"),
        format!(
            "in {scheme}, `{text}` on `{on}` is hard to read: contrast {contrast}, least {least}"
        ),
    );
    Finding::new(LOW_CONTRAST, span, message)
        .help(Phrase::new("把其中一个颜色调深或者调浅", "make one of the two darker or lighter"))
}
