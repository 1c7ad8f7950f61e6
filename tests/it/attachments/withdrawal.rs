//! Attachments come and go with the list they belong to: in practice the annex is the list.

use std::collections::BTreeMap;

use super::{base, build, published};

/// The files a grant and the notice about it name, and one that a policy-like record names.
const GRANT: &str = "grant.txt";
const NOTICE: &str = "notice.txt";
const PROJECT: &str = "project.txt";

/// Returns a register with a grant, the notice about it and a project, each with an attachment.
fn register() -> BTreeMap<String, Vec<u8>> {
    let mut files = base();
    for name in [GRANT, NOTICE, PROJECT] {
        files.insert(format!("attachments/{name}"), "附件(示例)\n".into());
    }
    let grant = format!(
        "id = \"2025-01\"\ntitle = \"外出务工交通补助(示例)\"\nplace = \"990101001\"\ncategory = \"travel\"\n\
         scheme = \"外出务工交通补助\"\ntotal = \"500元\"\nhouseholds = \"1户\"\nattachments = [\"{GRANT}\"]\n\
         entries = [\n  {{ name = \"高样俭\", village = \"990101001\", amount = \"500元\" }},\n]\n"
    );
    files.insert("grants/2025/2025-01.toml".to_owned(), grant.into());
    let notice = format!(
        "id = \"2025-01\"\ntitle = \"交通补助公示(示例)\"\nplace = \"990101001\"\ntype = \"list\"\n\
         about = [\"grant/2025-01\"]\nperiod = \"2025-05-01/2025-05-20\"\nhotline = [\"12317\"]\n\
         attachments = [\"{NOTICE}\"]\n"
    );
    files.insert("notices/2025/2025-01.toml".to_owned(), notice.into());
    let project = format!("{}attachments = [\"{PROJECT}\"]\n", super::PROJECT);
    files.insert("projects/2024/2024-01.toml".to_owned(), project.into());
    files
}

/// Returns the attachments that are published on a day.
fn on(files: &BTreeMap<String, Vec<u8>>, day: &str) -> Vec<String> {
    let outcome = build(files.clone(), day);
    assert!(!outcome.artifacts.is_empty(), "{:?}", outcome.report);
    published(&outcome).into_iter().map(|(path, _)| path.to_owned()).collect()
}

#[test]
fn attachments_come_and_go_with_the_list() {
    let files = register();
    assert_eq!(on(&files, "2025-04-30"), [PROJECT]);
    assert_eq!(on(&files, "2025-05-01"), [GRANT, NOTICE, PROJECT]);
    assert_eq!(on(&files, "2025-05-20"), [GRANT, NOTICE, PROJECT]);
    assert_eq!(on(&files, "2025-05-21"), [PROJECT]);
}

#[test]
fn a_list_that_stands_in_the_annex_alone_goes_too() {
    let mut files = register();
    let grant = String::from_utf8(files["grants/2025/2025-01.toml"].clone()).expect("text");
    let (head, _) = grant.split_once("entries = [").expect("there is a list");
    files.insert("grants/2025/2025-01.toml".to_owned(), head.into());
    assert_eq!(on(&files, "2025-05-10"), [GRANT, NOTICE, PROJECT]);
    assert_eq!(on(&files, "2025-05-21"), [PROJECT]);
}

#[test]
fn pages_say_where_the_attachments_went() {
    let files = register();
    for (day, words) in [
        ("2025-04-30", "附件和名单一起从2025年5月1日起公示。"),
        ("2025-05-21", "公示期已于2025年5月20日结束,附件和名单一起撤下。"),
    ] {
        let outcome = build(files.clone(), day);
        for page in ["grant/2025-01.html", "notice/2025-01.html"] {
            let found = outcome.artifacts.iter().find(|it| it.route().as_str().ends_with(page));
            let html = String::from_utf8_lossy(found.expect("the page is there").bytes());
            assert!(html.contains(words), "{page} on {day}");
        }
        for artifact in &outcome.artifacts {
            let text = String::from_utf8_lossy(artifact.bytes());
            assert!(
                !text.contains(GRANT) && !text.contains(NOTICE),
                "{}",
                artifact.route().as_str()
            );
        }
    }
}

#[test]
fn a_kind_can_say_that_its_files_are_no_lists() {
    let mut files = register();
    files.insert("kinds/grant.toml".to_owned(), "[fields.attachments]\nkeeps = true\n".into());
    assert_eq!(on(&files, "2025-05-21"), [GRANT, PROJECT]);
}

#[test]
fn a_picture_of_the_list_goes_with_it() {
    let mut files = register();
    let grant = String::from_utf8(files["grants/2025/2025-01.toml"].clone()).expect("text");
    files.insert("grants/2025/2025-01.toml".to_owned(), grant.replace(GRANT, "board.jpg").into());
    let board = image::GrayImage::from_fn(1600, 400, |x, y| image::Luma([(x * y % 251) as u8]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    board.write_to(&mut bytes, image::ImageFormat::Jpeg).expect("the picture can be written");
    files.insert("attachments/board.jpg".to_owned(), bytes.into_inner());
    let shown = |day: &str| {
        let outcome = build(files.clone(), day);
        let routes = outcome.artifacts.iter().map(|artifact| artifact.route().as_str());
        routes.filter(|route| route.contains("board.jpg")).count()
    };
    assert_eq!(shown("2025-05-10"), 2, "the picture, and a smaller one for the page");
    assert_eq!(shown("2025-05-21"), 0);
}
