//! Tables that are written in lines of plain text: lines one after the other that are split alike.

/// Rows of cells.
type Rows = Vec<Vec<String>>;

/// What splits a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Split {
    /// Tabs.
    Tab,
    /// Upright strokes.
    Stroke,
    /// Commas, which stand in sentences, too.
    Comma,
    /// Two and more spaces.
    Spaces,
}

/// Every way of splitting a line.
const SPLITS: [Split; 4] = [Split::Tab, Split::Stroke, Split::Comma, Split::Spaces];

/// Returns the tables of a text: at least two lines each.
pub(super) fn tables(text: &str) -> Vec<Rows> {
    let mut tables = Vec::new();
    for split in SPLITS {
        let mut rows = Rows::new();
        for line in text.lines().map(|line| line.trim_start_matches('\u{feff}')) {
            // Empty lines and the line below a head are nobody's.
            if line.chars().all(|sign| sign.is_whitespace() || "|-:=+".contains(sign)) {
                continue;
            }
            let cells = cells(line, split);
            let alike = |row: &Vec<String>| row.len() == cells.len() || split != Split::Comma;
            if !rows.last().is_none_or(alike) || cells.len() < 2 {
                tables.push(std::mem::take(&mut rows));
            }
            if cells.len() > 1 {
                rows.push(cells);
            }
        }
        tables.push(rows);
    }
    tables.retain(|rows| rows.len() > 1);
    tables
}

/// Returns the cells of a line; a sentence has none.
fn cells(line: &str, split: Split) -> Vec<String> {
    let line = line.trim_matches([' ', '\r', '\u{3000}']);
    let sentence = line.ends_with(['。', ';', '；', '!', '?', '！', '？', ':', '：', '，']);
    let own = |cells: Vec<&str>| cells.iter().map(|cell| cell.trim().to_owned()).collect();
    match split {
        Split::Tab => own(line.split('\t').collect()),
        Split::Stroke => {
            let inner = line.strip_prefix(['|', '｜']).unwrap_or(line);
            own(inner.strip_suffix(['|', '｜']).unwrap_or(inner).split(['|', '｜']).collect())
        }
        Split::Comma if !sentence => own(line.split([',', '，']).collect()),
        // Wide spaces count as two: people type them between columns.
        Split::Spaces if !sentence => {
            let wide = line.replace('\u{3000}', "  ");
            own(wide.split("  ").filter(|cell| !cell.trim().is_empty()).collect())
        }
        Split::Comma | Split::Spaces => Vec::new(),
    }
}
