//! Attachments: what goes onto the site is written anew or searched through, and everything else
//! stays behind with a reason.
//!
//! Each file is made here by the libraries that make such files, with a mark in every place where
//! something can hide. No mark may stand in what is published, packed or unpacked.

mod documents;
mod images;
mod sheets;
mod withdrawal;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::Path;

use flate2::read::ZlibDecoder;
use mingbai::files::Files;
use mingbai::pipeline::{self, Outcome, Settings};
use mingbai::text::Day;
use zip::ZipArchive;

use crate::canary::{Dice, id_number, phone, quoted};

/// The small register of the rules' fixtures.
const BASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/base");

/// A word that stands nowhere else.
const MARK: &str = "Qzxwvplanted";

/// What a record of the register says beside its attachments.
const PROJECT: &str = "id = \"2024-01\"\ntitle = \"垭口村白茶加工车间(示例)\"\nplace = \"990101001\"\n\
                       category = \"industry\"\ncontent = \"新建加工车间300平方米。\"\nstage = \"completed\"\n\
                       planned = \"38.50万元\"\n";

/// Returns the base register as files.
fn base() -> BTreeMap<String, Vec<u8>> {
    let files = Files::read(Path::new(BASE)).expect("the base can be read");
    files.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect()
}

/// Builds a register on a day, in spite of findings.
fn build(files: BTreeMap<String, Vec<u8>>, day: &str) -> Outcome {
    let as_of = Day::parse(day).expect("the day is one");
    let settings =
        Settings { as_of, as_of_asked: true, base_url: None, keep_going: true, key: None };
    pipeline::run(&Files::of(files), &settings, &|_| {})
}

/// Builds a register in which a project names one attachment.
fn attach(name: &str, bytes: &[u8]) -> Outcome {
    attach_with(name, bytes, "")
}

/// Builds a register in which a project names one attachment and says something else.
fn attach_with(name: &str, bytes: &[u8], more: &str) -> Outcome {
    let mut files = base();
    files.insert(format!("attachments/{name}"), bytes.to_vec());
    let record = format!("{PROJECT}attachments = [{}]\n{more}", quoted(name));
    files.insert("projects/2024/2024-01.toml".to_owned(), record.into());
    build(files, "2025-06-30")
}

/// Returns what was published below `attachments/`: path and bytes.
fn published(outcome: &Outcome) -> Vec<(&str, &[u8])> {
    let artifacts = outcome.artifacts.iter();
    artifacts
        .filter_map(|artifact| {
            let path = artifact.route().as_str().strip_prefix("attachments/")?;
            Some((path, artifact.bytes()))
        })
        .collect()
}

/// Returns the one file that was published under a name.
#[track_caller]
fn published_as<'a>(outcome: &'a Outcome, name: &str) -> &'a [u8] {
    let found = reasons(outcome);
    let [(path, bytes)] = published(outcome)[..] else {
        panic!("one file is published: {found:?}");
    };
    assert_eq!(path, name);
    assert!(found.is_empty(), "{found:?}");
    bytes
}

/// Returns the findings about attachments: code and words.
fn reasons(outcome: &Outcome) -> Vec<(&'static str, String)> {
    let findings = outcome.report.findings().iter();
    findings
        .filter(|finding| finding.code.name().ends_with("attachment"))
        .map(|finding| (finding.code.name(), finding.message.zh.clone()))
        .collect()
}

/// Fails unless a file stays behind with a finding that has this code and these words.
#[track_caller]
fn refused(outcome: &Outcome, code: &str, words: &str) {
    assert_eq!(published(outcome), [], "nothing is published");
    assert!(!outcome.artifacts.is_empty(), "the site itself is built");
    let found = reasons(outcome);
    let matching = |(name, message): &(&str, String)| *name == code && message.contains(words);
    assert!(found.iter().any(matching), "{code} with {words}: {found:?}");
}

/// Returns the parts of a packed file.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("it is packed");
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).expect("the part is there");
            let name = file.name().expect("the name is readable").into_owned();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("the part can be unpacked");
            (name, bytes)
        })
        .collect()
}

/// Fails when a mark stands in some bytes, or in anything compressed within them.
#[track_caller]
fn bare(bytes: &[u8], mark: &str) {
    let wide: Vec<u8> = mark.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let narrow: Vec<u8> = mark.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let has = |bytes: &[u8]| {
        [mark.as_bytes(), &wide, &narrow]
            .iter()
            .any(|sign| bytes.windows(sign.len()).any(|window| window == *sign))
    };
    assert!(!has(bytes), "the mark stands in the file");
    // A stream can begin wherever the head of the format stands.
    for at in (0..bytes.len()).filter(|at| bytes[*at] == 0x78) {
        let mut inflated = Vec::new();
        let mut decoder = ZlibDecoder::new(&bytes[at..]);
        let mut chunk = [0; 4096];
        while let Ok(1..) =
            decoder.read(&mut chunk).inspect(|read| inflated.extend(&chunk[..*read]))
        {}
        assert!(!has(&inflated), "the mark stands in a compressed part of the file");
    }
    if bytes.starts_with(b"PK") {
        for (name, part) in parts(bytes) {
            assert!(!has(name.as_bytes()), "the mark stands in a name inside");
            bare(&part, mark);
        }
    }
}

#[test]
fn planted_marks_are_seen() {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, MARK.as_bytes()).expect("memory can be written");
    let packed = [b"xx".to_vec(), packed.finish().expect("memory can be written")].concat();
    for bytes in [MARK.as_bytes().to_vec(), packed] {
        assert!(std::panic::catch_unwind(|| bare(&bytes, MARK)).is_err());
    }
    bare(b"nothing", MARK);
}

#[test]
fn plain_text_goes_along_as_it_is() {
    let outcome = attach("2024/plan.txt", "方案(示例)\n".as_bytes());
    assert_eq!(published_as(&outcome, "2024/plan.txt"), "方案(示例)\n".as_bytes());
    let page =
        outcome.artifacts.iter().find(|it| it.route().as_str().ends_with("project/2024-01.html"));
    let page = String::from_utf8_lossy(page.expect("the record has its page").bytes()).into_owned();
    assert!(page.contains("(文本,15 B)"), "the link says what it is and how large");
}

#[test]
fn numbers_of_persons_in_text_are_found_by_line_and_never_quoted() {
    let number = id_number(&mut Dice::new(1));
    let outcome = attach("a.txt", format!("第一行\n证号 {number}\n").as_bytes());
    refused(&outcome, "unsafe-attachment", "第2行里有身份证号");
    let debug = format!("{:?}", outcome.report);
    assert!(!debug.contains(&number));
}

#[test]
fn names_of_files_are_searched() {
    let number = id_number(&mut Dice::new(2));
    let outcome = attach(&format!("{number}.txt"), b"x");
    // The record that names the file says the number, too: nothing is built at all.
    assert!(outcome.report.is_private() && outcome.artifacts.is_empty());
    let said = |finding: &mingbai::diag::Finding| {
        finding.code.name() == "unsafe-attachment"
            && finding.message.zh.contains("文件名里有身份证号")
    };
    assert!(outcome.report.findings().iter().any(said));
}

#[test]
fn columns_of_tables_are_known_by_their_head() {
    let disguised = phone(&mut Dice::new(3)).replace('9', "九");
    for (name, sign) in [("a.csv", ","), ("a.tsv", "\t")] {
        let table = format!("村名{sign}手 机\n垭口村{sign}{disguised}\n");
        refused(&attach(name, table.as_bytes()), "unsafe-attachment", "第2列是电话一栏");
    }
    for good in [
        "村名,手机\n垭口村,\n",
        "村名,手机\n垭口村,****\n",
        "村名,残疾人数\n垭口村,12\n",
        "姓名,金额\n张**,500\n",
        "姓名,职务\n高样俭,村委会主任\n",
    ] {
        published_as(&attach("a.csv", good.as_bytes()), "a.csv");
    }
    refused(&attach("a.csv", "姓名,金额\n高样俭,500\n".as_bytes()), "unsafe-attachment", "姓名");
}

#[test]
fn no_reason_silences_what_is_unsafe() {
    let number = id_number(&mut Dice::new(4));
    let accepting =
        |code: &str| format!("[[accepted]]\ncode = {}\nreason = \"示例\"\n", quoted(code));
    let outcome = attach_with("a.txt", number.as_bytes(), &accepting("unsafe-attachment"));
    refused(&outcome, "unsafe-attachment", "身份证号");
    let unused = |outcome: &Outcome| {
        outcome.report.findings().iter().any(|finding| finding.code.name() == "accepted-unused")
    };
    assert!(unused(&outcome));
    let outcome = attach_with("a.doc", b"x", &accepting("unchecked-attachment"));
    assert!(reasons(&outcome).is_empty() && !unused(&outcome));
    assert_eq!(published(&outcome), [], "a reason puts nothing online");
}

#[test]
fn what_cannot_be_looked_through_stays_behind_and_is_told_what_to_do() {
    let old = [0xb7, 0xbd, 0xb0, 0xb8];
    refused(&attach("a.txt", &old), "unchecked-attachment", "不是 UTF-8");
    for (name, words) in [
        ("a.doc", "旧格式的文字"),
        ("a.XLS", "旧格式的表格"),
        ("a.ppt", "幻灯片"),
        ("a.zip", "压缩包"),
        ("a.heic", "图片"),
        ("a.mp4", "录"),
        ("a.bin", "不认识"),
        ("a", "不认识"),
        ("a.docx", "损坏"),
        ("a.xlsx", "损坏"),
        ("a.pdf", "损坏"),
        ("a.png", "认不出"),
    ] {
        refused(&attach(name, b"\x00\x01nothing of the sort"), "unchecked-attachment", words);
    }
    for name in ["a.docx", "a.xlsx"] {
        let outcome = attach(name, &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
        refused(&outcome, "unchecked-attachment", "有密码");
    }
    refused(&attach("a.txt", &vec![b'a'; (50 << 20) + 1]), "unchecked-attachment", "大于50MB");
}

#[test]
fn lines_that_are_split_alike_are_a_table() {
    for name in ["a.txt", "a.md"] {
        for sign in ["\t", " | ", ",", "\u{ff0c}", "   "] {
            for (head, value) in [("姓名", "高样俭"), ("农户", "张**")] {
                let list = format!("救助名单(示例)\n\n{head}{sign}病情\n{value}{sign}尿毒症\n");
                let outcome = attach(name, list.as_bytes());
                refused(&outcome, "unsafe-attachment", "第2列是健康状况一栏");
            }
        }
    }
    let list = "| 户主 | 致困情况 |\n|---|---|\n| 张** | 甲 |\n";
    refused(&attach("a.md", list.as_bytes()), "unsafe-attachment", "第2列");
    for good in [
        "姓名\t金额\n张**\t500\n",
        "项目,金额\n道路,500\n",
        "请各农户注意,清明防火。\n不要焚烧,谢谢。\n",
        "姓名由村委会登记。\n",
    ] {
        published_as(&attach("a.txt", good.as_bytes()), "a.txt");
    }
}

#[test]
fn ordinary_tables_are_not_taken_for_lists_of_persons() {
    for good in [
        "单位,监督电话\n农业农村局,0999-0000100\n",
        "单位,联系电话\n农业农村局,0999-0000100\n",
        "村,病虫害防治(亩)\n垭口村,120\n",
        "档次,残疾等级,标准\n一档,一级,100\n",
        "项目,精神文明活动\n甲,两次\n",
        "年度,常住人口,出生\n2025,1200,12\n",
        "困难类型,标准\n甲类,100\n",
        "到户名单\n村名,金额\n垭口村,100\n",
        "救助对象名单,\n姓名,金额\n张**,100\n",
    ] {
        published_as(&attach("a.csv", good.as_bytes()), "a.csv");
    }
    let narrow = "救助对象名单\n高样俭\n";
    refused(&attach("a.csv", narrow.as_bytes()), "unsafe-attachment", "第1列");
    let mobile = format!("单位,联系电话\n农业农村局,{}\n", phone(&mut Dice::new(5)));
    refused(&attach("a.csv", mobile.as_bytes()), "unsafe-attachment", "第2列是电话一栏");
    for head in ["病情", "残疾等级", "出生年月", "年龄", "救助原因", "困难类型", "联系电话"]
    {
        for names in ["姓名", "户主", "农户", "户名", "救助对象", "补助对象", "领款人", "受益人"]
        {
            let list = format!("{names},{head}\n张**,甲\n");
            refused(&attach("a.csv", list.as_bytes()), "unsafe-attachment", "第2列");
        }
    }
}
