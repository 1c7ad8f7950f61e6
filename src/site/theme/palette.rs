//! The colours of a theme: names, two schemes, and what must be readable on what.
//!
//! A palette becomes the variables of the style sheet, and every pair that a theme names is held
//! against the contrast formula of WCAG 2. It knows nothing of pages.

use std::collections::BTreeMap;

use crate::diag::Span;

/// A colour as screens have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

impl Colour {
    /// Reads a colour, `#rgb` or `#rrggbb`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits: Option<Vec<u8>> = text
            .strip_prefix('#')?
            .chars()
            .map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect();
        match digits?[..] {
            [red, green, blue] => Some(Self { red: red * 17, green: green * 17, blue: blue * 17 }),
            [r1, r2, g1, g2, b1, b2] => {
                Some(Self { red: r1 * 16 + r2, green: g1 * 16 + g2, blue: b1 * 16 + b2 })
            }
            _ => None,
        }
    }

    /// Returns the relative luminance, from 0 for black to 1 for white.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Returns the contrast of two colours, from 1 for equal ones to 21.
    pub(crate) fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Returns the colour so much darker that a share of it in percent is left.
    fn darker(self, percent: u16) -> Self {
        let part =
            |part: u8| u8::try_from(u16::from(part) * percent.min(100) / 100).unwrap_or(u8::MAX);
        Self { red: part(self.red), green: part(self.green), blue: part(self.blue) }
    }

    /// Returns the colour as style sheets write it.
    fn css(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// The schemes of colours, with their names in `theme.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Scheme {
    /// Every scheme with its name.
    pub(crate) const ALL: [(Self, &'static str); 2] =
        [(Self::Light, "light"), (Self::Dark, "dark")];
}

/// What must be readable on what.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    /// The names of the colours in front.
    pub(crate) text: Vec<String>,
    /// The names of the colours behind.
    pub(crate) on: Vec<String>,
    /// The least contrast.
    pub(crate) least: f64,
}

/// A colour that goes with another: where a register chooses that one and says nothing of this one, it is
/// made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Follow {
    /// The name of the colour.
    pub(crate) colour: String,
    /// The name of the colour that it is made of.
    pub(crate) of: String,
    /// How much of that is left, in percent; less is darker.
    pub(crate) percent: u16,
}

/// A pair of colours that is too much alike.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Faint {
    /// Where the register chose one of the two; `None` for colours of the built-in theme.
    pub(crate) span: Option<Span>,
    /// The name of the colour in front.
    pub(crate) text: String,
    /// The name of the colour behind.
    pub(crate) on: String,
    /// The scheme.
    pub(crate) scheme: &'static str,
    /// The contrast, in tenths and rounded down.
    pub(crate) tenths: i64,
    /// The least contrast, in tenths.
    pub(crate) least: i64,
}

/// The colours of a theme.
#[derive(Clone, Debug, Default)]
pub(crate) struct Palette {
    colours: BTreeMap<(Scheme, String), (Colour, Option<Span>)>,
    /// What must be readable on what.
    pub(crate) rules: Vec<Rule>,
    /// What goes with what.
    pub(crate) follows: Vec<Follow>,
}

impl Palette {
    /// Sets a colour; `span` is where a register does so.
    pub(crate) fn set(&mut self, scheme: Scheme, name: &str, colour: Colour, span: Option<Span>) {
        self.colours.insert((scheme, name.to_owned()), (colour, span));
    }

    /// Lets colours go with those that a register chose.
    pub(crate) fn follow(&mut self) {
        for (scheme, _) in Scheme::ALL {
            for follow in &self.follows {
                let of = self.colours.get(&(scheme, follow.of.clone())).cloned();
                let own = self.colours.get(&(scheme, follow.colour.clone()));
                if let (Some((colour, Some(span))), Some((_, None))) = (of, own) {
                    let made = (colour.darker(follow.percent), Some(span));
                    self.colours.insert((scheme, follow.colour.clone()), made);
                }
            }
        }
    }

    /// Returns the names of the colours of a scheme.
    pub(crate) fn names(&self, scheme: Scheme) -> impl Iterator<Item = &str> {
        self.colours.keys().filter(move |(own, _)| *own == scheme).map(|(_, name)| name.as_str())
    }

    /// Returns every pair that has less contrast than its rule asks for.
    pub(crate) fn faint(&self) -> Vec<Faint> {
        let mut faint = Vec::new();
        for (scheme, name) in Scheme::ALL {
            for rule in &self.rules {
                let pairs =
                    rule.text.iter().flat_map(|text| rule.on.iter().map(move |on| (text, on)));
                for (text, on) in pairs {
                    let colour = |name: &String| self.colours.get(&(scheme, name.clone()));
                    let (Some((front, own)), Some((back, other))) = (colour(text), colour(on))
                    else {
                        continue;
                    };
                    let contrast = front.contrast(*back);
                    if contrast < rule.least {
                        faint.push(Faint {
                            span: own.clone().or_else(|| other.clone()),
                            text: text.clone(),
                            on: on.clone(),
                            scheme: name,
                            tenths: tenths(contrast),
                            least: tenths(rule.least),
                        });
                    }
                }
            }
        }
        faint
    }

    /// Returns the variables of the style sheet: for light, for dark where the reader's device or
    /// the reader wants it, and never for paper, which is white.
    pub(crate) fn css(&self) -> String {
        let block = |scheme: Scheme| -> String {
            let own = self.colours.iter().filter(|((of, _), _)| *of == scheme);
            own.map(|((_, name), (colour, _))| format!("--{name}:{};", colour.css())).collect()
        };
        let (light, dark) = (block(Scheme::Light), block(Scheme::Dark));
        format!(
            ":root{{color-scheme:light dark;{light}}}\n\
             @media screen and (prefers-color-scheme:dark){{:root:where(:not([data-look=light])){{{dark}}}}}\n\
             @media screen{{:root[data-look=light]{{color-scheme:light}}:root:where([data-look=dark]){{color-scheme:dark;{dark}}}}}\n"
        )
    }
}

/// Returns a contrast in tenths, rounded down: 4.49 is not 4.5.
fn tenths(contrast: f64) -> i64 {
    (contrast * 10.0).floor() as i64
}

#[cfg(test)]
mod tests {
    use super::{Colour, Follow, Palette, Rule, Scheme};
    use crate::diag::Span;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("a colour")
    }

    /// Ratios that `WebAIM` and the W3C name as examples.
    #[test]
    fn contrast_is_what_the_w3c_says_it_is() {
        for (front, back, wanted) in [
            ("#000", "#fff", "21.00"),
            ("#767676", "#ffffff", "4.54"),
            ("#777777", "#ffffff", "4.48"),
            ("#0000ff", "#ffffff", "8.59"),
            ("#ff0000", "#ffffff", "4.00"),
            ("#595959", "#fff", "7.00"),
        ] {
            let found = colour(front).contrast(colour(back));
            assert_eq!(format!("{found:.2}"), wanted, "{front} on {back}");
        }
    }

    #[test]
    fn a_colour_goes_with_the_one_that_a_register_chose() {
        let span = || Span::whole(&std::sync::Arc::from("theme.toml"));
        let palette = |band: Option<Span>, deep: Option<Span>| {
            let mut palette = Palette::default();
            palette.set(Scheme::Light, "band", colour("#0a3d6e"), band);
            palette.set(Scheme::Light, "deep", colour("#731215"), deep);
            let (colour, of) = ("deep".to_owned(), "band".to_owned());
            palette.follows.push(Follow { colour, of, percent: 80 });
            palette.follow();
            palette.colours[&(Scheme::Light, "deep".to_owned())].0.css()
        };
        assert_eq!(palette(Some(span()), None), "#083058");
        assert_eq!(palette(None, None), "#731215", "the theme's own colours stay");
        assert_eq!(palette(Some(span()), Some(span())), "#731215", "and the register's");
    }

    #[test]
    fn colours_are_three_or_six_digits() {
        assert_eq!(Colour::parse("#abc"), Colour::parse("#aabbcc"));
        for text in ["abc", "#ab", "#abcd", "#gggggg", "red", "#aabbccd", ""] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_pair_that_is_too_much_alike_is_named_and_one_at_the_limit_is_not() {
        let mut palette = Palette::default();
        palette.set(Scheme::Light, "ink", colour("#777"), None);
        palette.set(Scheme::Light, "muted", colour("#767676"), None);
        palette.set(Scheme::Light, "paper", colour("#fff"), None);
        let text = vec!["ink".to_owned(), "muted".to_owned()];
        palette.rules.push(Rule { text, on: vec!["paper".to_owned()], least: 4.5 });
        let faint = palette.faint();
        assert_eq!(faint.len(), 1);
        assert_eq!((faint[0].text.as_str(), faint[0].tenths, faint[0].least), ("ink", 44, 45));
    }
}
