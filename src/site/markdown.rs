//! Markdown to HTML, for prose of records and pages.
//!
//! Raw HTML is not passed on, pictures become their words, and links lead only to records and pages of
//! the register, to places on the page, or to addresses a citizen can open.

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// Returns prose as HTML; `link` turns `kind/id` into a link, if there is such a record.
#[must_use]
pub(crate) fn to_html(prose: &str, link: &dyn Fn(&str) -> Option<String>) -> String {
    written(parser(prose), link)
}

/// Returns prose as pieces of HTML, parted where the paragraphs stand that begin at some places; these
/// paragraphs are left out. There is one piece more than there are places.
pub(crate) fn to_pieces(
    prose: &str,
    places: &[usize],
    link: &dyn Fn(&str) -> Option<String>,
) -> Vec<String> {
    let mut pieces = Vec::with_capacity(places.len() + 1);
    let mut events = Vec::new();
    let (mut depth, mut left_out) = (0_usize, false);
    for (event, range) in parser(prose).into_offset_iter() {
        let opens = matches!(event, Event::Start(_));
        if opens && depth == 0 {
            left_out = is_paragraph_at(&event, &range, places);
            if left_out {
                pieces.push(written(std::mem::take(&mut events).into_iter(), link));
            }
        }
        depth = if opens { depth + 1 } else { depth - usize::from(matches!(event, Event::End(_))) };
        if !left_out {
            events.push(event);
        }
        left_out &= depth > 0;
    }
    pieces.push(written(events.into_iter(), link));
    pieces
}

/// Returns whether a paragraph begins at one of some places.
fn is_paragraph_at(event: &Event<'_>, range: &Range<usize>, places: &[usize]) -> bool {
    matches!(event, Event::Start(Tag::Paragraph)) && places.contains(&range.start)
}

/// Reads Markdown.
fn parser(prose: &str) -> Parser<'_> {
    Parser::new_ext(prose, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

/// Writes events as HTML.
fn written<'a>(
    events: impl Iterator<Item = Event<'a>>,
    link: &dyn Fn(&str) -> Option<String>,
) -> String {
    let events = Events { parser: events.peekable(), link, last_letter: None, dead_links: 0 };
    let mut page = String::new();
    html::push_html(&mut page, events);
    if page.contains("<table>") { with_scope_and_frame(&page) } else { page }
}

/// Returns a page of which each table scrolls in a frame that the keyboard reaches, and the heads
/// say that they head a column: the parser's own do neither. Raw HTML was not passed on, so all tags
/// are the parser's.
fn with_scope_and_frame(page: &str) -> String {
    page.replace("<th>", "<th scope=\"col\">")
        .replace("<table>", "<figure class=\"scroll\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></figure>")
}

/// Returns prose as plain words, a line for each block of it.
pub(crate) fn to_text(prose: &str) -> String {
    let parser = parser(prose).peekable();
    let mut text = String::with_capacity(prose.len());
    for event in (Events { parser, link: &|_| None, last_letter: None, dead_links: 0 }) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::End(
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link,
            ) => {}
            Event::HardBreak | Event::End(_) => text.push('\n'),
            _ => {}
        }
    }
    text
}

/// The parser's events, less what may not go on.
struct Events<'l, I: Iterator> {
    parser: Peekable<I>,
    link: &'l dyn Fn(&str) -> Option<String>,
    last_letter: Option<char>,
    dead_links: usize,
}

impl<'a, I: Iterator<Item = Event<'a>>> Iterator for Events<'_, I> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        loop {
            let event = self.parser.next()?;
            if let Event::Text(text) | Event::Code(text) = &event {
                self.last_letter = text.chars().next_back();
                return Some(event);
            }
            if matches!(event, Event::SoftBreak) {
                if self.is_between_han() {
                    continue;
                }
                return Some(Event::Text(CowStr::Borrowed(" ")));
            }
            if let Some(event) = self.allowed(event) {
                return Some(event);
            }
        }
    }
}

impl<'a, I: Iterator<Item = Event<'a>>> Events<'_, I> {
    /// Returns whether a line break stands between two Chinese characters, where it is no space.
    fn is_between_han(&mut self) -> bool {
        let next = match self.parser.peek() {
            Some(Event::Text(text) | Event::Code(text)) => text.chars().next(),
            _ => None,
        };
        self.last_letter.is_some_and(is_han) && next.is_some_and(is_han)
    }

    /// Returns an event, if it may go on.
    fn allowed(&mut self, event: Event<'a>) -> Option<Event<'a>> {
        match event {
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::Start(Tag::Image { .. })
            | Event::End(TagEnd::Image) => None,
            // Alignment would be a style attribute, which the pages' own policy forbids.
            Event::Start(Tag::Table(columns)) => {
                Some(Event::Start(Tag::Table(vec![Alignment::None; columns.len()])))
            }
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                Some(Event::Start(Tag::Heading { level: lower(level), id, classes, attrs }))
            }
            Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(lower(level)))),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let Some(dest_url) = target(&dest_url, self.link) else {
                    self.dead_links += 1;
                    return None;
                };
                Some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
            }
            // Links do not nest, so the next end belongs to the last beginning.
            Event::End(TagEnd::Link) if self.dead_links > 0 => {
                self.dead_links -= 1;
                None
            }
            other => Some(other),
        }
    }
}

/// Returns the level below: the page's own title is the only first one.
const fn lower(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H2,
        HeadingLevel::H3 => HeadingLevel::H3,
        HeadingLevel::H4 => HeadingLevel::H4,
        HeadingLevel::H5 => HeadingLevel::H5,
        HeadingLevel::H6 => HeadingLevel::H6,
    }
}

/// Returns where a link may lead, if it may lead anywhere.
fn target<'a>(url: &CowStr<'a>, link: &dyn Fn(&str) -> Option<String>) -> Option<CowStr<'a>> {
    let plain = ["https://", "http://", "tel:", "mailto:", "#"];
    if plain.iter().any(|start| url.starts_with(start)) {
        return Some(url.clone());
    }
    link(url).map(CowStr::from)
}

/// Returns whether a letter is written without spaces around it.
const fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3000}'..='\u{303F}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
}

#[cfg(test)]
mod tests {
    use super::{to_html, to_pieces, to_text};

    fn html(prose: &str) -> String {
        to_html(prose, &|key| (key == "wombat/1").then(|| "../wombat/1.html".to_owned()))
    }

    #[test]
    fn tables_have_heads_of_columns_a_frame_and_no_styles() {
        let page = html("| a | b |\n| ---: | --- |\n| 1 | 2 |\n");
        assert!(page.contains("<th scope=\"col\">a</th>") && !page.contains("style"), "{page}");
        assert!(page.starts_with("<figure class=\"scroll\" tabindex=\"0\"><table>"), "{page}");
        assert!(page.trim_end().ends_with("</table></figure>"), "{page}");
    }

    #[test]
    fn raw_html_is_not_passed_on() {
        let page = html("前<script>alert(1)</script>后\n\n<div onclick=\"x\">块</div>\n");
        assert!(!page.contains("<script") && !page.contains("onclick"), "{page}");
    }

    #[test]
    fn links_lead_to_records_and_open_addresses_only() {
        assert_eq!(html("[看](wombat/1)"), "<p><a href=\"../wombat/1.html\">看</a></p>\n");
        assert_eq!(html("[看](wombat/2) [x](javascript:alert(1))"), "<p>看 x</p>\n");
    }

    #[test]
    fn prose_is_parted_where_something_else_stands() {
        let prose = "甲 [x]\n\n{{}}\n\n- 乙\n\n{{}}\n\n> {{}}\n\n[x]: https://example.org\n";
        let places: Vec<usize> = prose.match_indices("{{}}").map(|(at, _)| at).take(2).collect();
        let pieces = to_pieces(prose, &places, &|_| None);
        assert_eq!(pieces.len(), 3);
        assert_eq!(pieces[0], "<p>甲 <a href=\"https://example.org\">x</a></p>\n");
        assert!(pieces[1].contains("<li>乙</li>") && !pieces[1].contains('{'), "{}", pieces[1]);
        assert!(pieces[2].contains("<blockquote>"), "what stands in something else stays");
        assert_eq!(to_pieces("甲", &[], &|_| None), ["<p>甲</p>\n"]);
    }

    #[test]
    fn plain_words_have_a_line_for_each_block() {
        let text = to_text("# 题\n\n甲**乙**[丙](wombat/1)\n丁\n\n- 戊\n- `己`\n\n<b>x</b>");
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, ["题", "甲乙丙丁", "戊", "己", "x"]);
    }

    #[test]
    fn a_line_break_between_chinese_characters_is_no_space() {
        assert_eq!(html("公示\n内容\nand more"), "<p>公示内容 and more</p>\n");
    }

    #[test]
    fn the_title_of_the_page_stays_the_only_first_heading() {
        assert_eq!(html("# 一\n### 三"), "<h2>一</h2>\n<h3>三</h3>\n");
    }
}
