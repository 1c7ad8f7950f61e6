//! The prose of a page: where its short codes stand, and what stands where it should not.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// What opens a short code.
pub(super) const OPENING: &str = "{{";

/// What was found in the prose of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Scan {
    /// Paragraphs that are short codes, a line each.
    pub(super) codes: Vec<Range<usize>>,
    /// Openings of short codes in other places.
    pub(super) misplaced: Vec<Range<usize>>,
    /// Tags of HTML.
    pub(super) tags: Vec<Range<usize>>,
}

/// Looks through prose.
pub(super) fn scan(body: &str) -> Scan {
    let mut scan = Scan::default();
    let (mut depth, mut in_code, mut in_short) = (0_usize, false, false);
    for (event, range) in parser(body).into_offset_iter() {
        match &event {
            Event::Start(tag) => {
                if depth == 0 && matches!(tag, Tag::Paragraph) {
                    let text = body[range.clone()].trim_end();
                    in_short = text.trim_start().starts_with(OPENING);
                    if in_short {
                        scan.codes.push(range.start..range.start + text.len());
                    }
                }
                in_code |= matches!(tag, Tag::CodeBlock(_));
                depth += 1;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                in_code &= !matches!(tag, TagEnd::CodeBlock);
                in_short &= depth > 0;
            }
            Event::Text(text) if !in_code && !in_short => {
                if let Some(at) = text.find(OPENING) {
                    // Where an entity stands before it, the text is shorter than what was written.
                    let start = (range.start + at).min(range.end);
                    scan.misplaced.push(start..range.end.max(start));
                }
            }
            Event::Html(text) | Event::InlineHtml(text) if !in_short => {
                let text = text.trim_start();
                let is_tag = text.starts_with('<') && !text.starts_with("<!--");
                if is_tag && !text.starts_with("</") {
                    scan.tags.push(range);
                }
            }
            _ => {}
        }
    }
    scan
}

/// Returns every link of some prose, and where it stands.
pub(super) fn links(body: &str) -> Vec<(String, Range<usize>)> {
    let events = parser(body).into_offset_iter();
    let links = events.filter_map(|(event, range)| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some((dest_url.into_string(), range)),
        _ => None,
    });
    links.collect()
}

/// Reads Markdown as pages do.
fn parser(body: &str) -> Parser<'_> {
    Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

#[cfg(test)]
mod tests {
    use super::scan;

    /// Returns what stands in the ranges.
    fn texts<'b>(body: &'b str, ranges: &[std::ops::Range<usize>]) -> Vec<&'b str> {
        ranges.iter().map(|range| &body[range.clone()]).collect()
    }

    #[test]
    fn short_codes_are_paragraphs_of_their_own() {
        let body = "前\n\n{{ record id=\"a_b_c/1\" }}\n\n{{ a }}\n{{ b }}\n\n后\n";
        let found = scan(body);
        assert_eq!(texts(body, &found.codes), ["{{ record id=\"a_b_c/1\" }}", "{{ a }}\n{{ b }}"]);
        assert!(found.misplaced.is_empty());
    }

    #[test]
    fn elsewhere_they_are_misplaced() {
        for body in
            ["见 {{ a }}\n", "- {{ a }}\n", "> {{ a }}\n", "## {{ a }}\n", "|x|\n|-|\n|{{ a }}|\n"]
        {
            let found = scan(body);
            assert_eq!((found.codes.len(), found.misplaced.len()), (0, 1), "{body}");
            assert!(body[found.misplaced[0].clone()].starts_with("{{ a }}"), "{body}");
        }
    }

    #[test]
    fn code_and_escapes_show_how_one_is_written() {
        for body in ["```\n{{ a }}\n```\n", "    {{ a }}\n", "`{{ a }}`\n", "\\{\\{ a }}\n"] {
            let found = scan(body);
            assert_eq!((found.codes.len(), found.misplaced.len()), (0, 0), "{body}");
        }
    }

    #[test]
    fn tags_are_found_and_comments_are_not() {
        let found = scan("<div>甲</div>\n\n<!-- 乙 -->\n\n丙<b>丁</b>\n");
        assert_eq!(found.tags.len(), 2);
    }
}
