//! Markdown to HTML, for prose of records.
//!
//! Raw HTML is not passed on, pictures become their words, and links lead only to records of the
//! register, to places on the page, or to addresses a citizen can open.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// Returns prose as HTML; `link` turns `kind/id` into a link, if there is such a record.
#[must_use]
pub(crate) fn to_html(prose: &str, link: &dyn Fn(&str) -> Option<String>) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let parser = Parser::new_ext(prose, options);
    let mut events = Vec::new();
    let mut last_letter = None;
    let mut pending_break = false;
    let mut dead_links = 0_usize;
    for event in parser {
        let event = match event {
            Event::SoftBreak => {
                pending_break = true;
                continue;
            }
            Event::Html(_) | Event::InlineHtml(_) => continue,
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                Event::Start(Tag::Heading { level: lower(level), id, classes, attrs })
            }
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => continue,
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                match target(&dest_url, link) {
                    Some(dest_url) if dead_links == 0 => {
                        Event::Start(Tag::Link { link_type, dest_url, title, id })
                    }
                    _ => {
                        dead_links += 1;
                        continue;
                    }
                }
            }
            Event::End(TagEnd::Link) if dead_links > 0 => {
                dead_links -= 1;
                continue;
            }
            other => other,
        };
        if let Event::Text(text) | Event::Code(text) = &event {
            // Between two Chinese characters a line break is no space.
            let tight = last_letter.is_some_and(is_han) && text.chars().next().is_some_and(is_han);
            if pending_break && !tight {
                events.push(Event::Text(CowStr::Borrowed(" ")));
            }
            last_letter = text.chars().next_back();
        } else if pending_break {
            events.push(Event::Text(CowStr::Borrowed(" ")));
        }
        pending_break = false;
        events.push(event);
    }
    let mut page = String::with_capacity(prose.len() * 2);
    html::push_html(&mut page, events.into_iter());
    page
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
    use super::to_html;

    fn html(prose: &str) -> String {
        to_html(prose, &|key| (key == "wombat/1").then(|| "../wombat/1.html".to_owned()))
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
    fn a_line_break_between_chinese_characters_is_no_space() {
        assert_eq!(html("公示\n内容\nand more"), "<p>公示内容 and more</p>\n");
    }

    #[test]
    fn the_title_of_the_page_stays_the_only_first_heading() {
        assert_eq!(html("# 一\n### 三"), "<h2>一</h2>\n<h3>三</h3>\n");
    }
}
