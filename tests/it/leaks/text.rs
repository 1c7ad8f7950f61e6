//! Vectors that are words: in records, in prose, in what stands around records, and in the theme.

use md5::Md5;
use sha2::{Digest as _, Sha256};

use super::{Register, Vector, asset, attachment, record};
use crate::canary::quoted;
use crate::gate::template;

/// The vectors.
pub(super) const VECTORS: &[Vector] = &[
    // Titles, in every disguise.
    ("title: an identity number", |files, secrets| title(files, &secrets.id)),
    ("title: a stranger's identity number", |files, secrets| title(files, &secrets.stranger_id)),
    ("title: a stranger's telephone", |files, secrets| title(files, &secrets.stranger_phone)),
    ("title: a stranger's card", |files, secrets| {
        title(files, &format!("银行卡 {}", secrets.stranger_card));
    }),
    ("title: the name of a person on a list", |files, secrets| title(files, &secrets.name)),
    ("title: full-width", |files, secrets| title(files, &wide(&secrets.id))),
    ("title: bold digits of mathematics", |files, secrets| {
        title(files, &shifted(&secrets.stranger_id, 0x1D7CE));
    }),
    ("title: Arabic digits", |files, secrets| {
        title(files, &shifted(&secrets.stranger_phone, 0x0660));
    }),
    ("title: digits in circles", |files, secrets| title(files, &circled(&secrets.id))),
    ("title: Chinese numerals", |files, secrets| title(files, &numerals(&secrets.phone, SMALL))),
    ("title: a stranger's in Chinese numerals", |files, secrets| {
        title(files, &format!("电话{}", numerals(&secrets.stranger_phone, SMALL)));
    }),
    ("title: the numerals of banks", |files, secrets| title(files, &numerals(&secrets.id, LARGE))),
    ("title: zero-width signs", |files, secrets| {
        title(files, &apart(&secrets.stranger_id, "\u{200b}"));
    }),
    ("title: soft hyphens", |files, secrets| {
        title(files, &apart(&secrets.stranger_phone, "\u{ad}"));
    }),
    ("title: overrides of direction", |files, secrets| {
        title(files, &apart(&secrets.id, "\u{202d}"));
    }),
    ("title: fillers nobody sees", |files, secrets| title(files, &apart(&secrets.id, "\u{3164}"))),
    ("title: marks that combine", |files, secrets| title(files, &apart(&secrets.id, "\u{302}"))),
    ("title: spaces", |files, secrets| title(files, &apart(&secrets.stranger_phone, " "))),
    ("title: hyphens in groups", |files, secrets| {
        let phone = &secrets.stranger_phone;
        title(files, &format!("{}-{}-{}", &phone[..3], &phone[3..7], &phone[7..]));
    }),
    ("title: a small x", |files, secrets| title(files, &secrets.id.to_lowercase())),
    ("title: the number of fifteen digits", |files, secrets| {
        title(files, &format!("{}{}", &secrets.id[..6], &secrets.id[8..17]));
    }),
    ("title: with the country in front", |files, secrets| {
        title(files, &format!("+86 {}", secrets.stranger_phone));
    }),
    ("title: a digest of the number", |files, secrets| {
        title(files, &hex(&Md5::digest(secrets.id.as_bytes())));
    }),
    ("prose: another digest", |files, secrets| {
        prose(files, &format!("核对码 {}", hex(&Sha256::digest(secrets.phone.as_bytes()))));
    }),
    // Other fields, and what is no field.
    ("a note with a name", |files, secrets| {
        record(
            files,
            "示例",
            &format!("note = {}\n", quoted(&format!("经办:{}", secrets.name))),
            "",
        );
    }),
    ("a note with an address of mail", |files, _| {
        record(files, "示例", "note = \"材料发到 1990000123@qq.com\"\n", "");
    }),
    ("a note with WeChat", |files, _| {
        record(files, "示例", "note = \"微信:lizi_example99\"\n", "");
    }),
    ("a note with a QQ number", |files, _| {
        record(files, "示例", "note = \"联系QQ:1990000123\"\n", "");
    }),
    ("a note with a plate", |files, _| {
        record(files, "示例", "note = \"运输车辆川Z·A1234\"\n", "");
    }),
    ("a note with a passport", |files, _| {
        record(files, "示例", "note = \"护照号E99000012\"\n", "");
    }),
    ("a note with a disability certificate", |files, secrets| {
        let number = format!("{}43", secrets.stranger_id);
        record(files, "示例", &format!("note = \"残疾证 {number}\"\n"), "");
    }),
    ("a note with a home", |files, _| {
        record(files, "示例", "note = \"家住垭口村3组12号\"\n", "");
    }),
    ("a hotline that is a person's telephone", |files, secrets| {
        edit(files, "notices/2024/2024-01.toml", "\"12317\"", &quoted(&secrets.stranger_phone));
    }),
    ("a public column of the list", |files, secrets| {
        let group = format!("group = {}, village", quoted(&secrets.phone));
        edit(files, "grants/2024/2024-01.toml", "village", &group);
    }),
    ("an address of the net", |files, secrets| {
        let address = format!("https://example.org/?id={}", secrets.stranger_id);
        record(files, "示例", &format!("source_url = {}\n", quoted(&address)), "");
    }),
    ("an id", |files, secrets| {
        record(files, "示例", "", "");
        edit(files, "funds/2024/2024-09.md", "\"2024-09\"", &quoted(&secrets.stranger_id));
    }),
    ("the name of a record's file", |files, secrets| {
        record(files, "示例", "", "");
        let text = files.remove("funds/2024/2024-09.md").expect("it was just written");
        files.insert(format!("funds/2024/{}.md", secrets.name), text);
    }),
    ("a key that is not declared", |files, secrets| {
        record(files, "示例", &format!("telephone = {}\n", quoted(&secrets.stranger_phone)), "");
    }),
    ("a key that is a value", |files, secrets| {
        record(files, "示例", &format!("{} = 1\n", quoted(&secrets.stranger_id)), "");
    }),
    ("a comment of a record", |files, secrets| {
        record(files, "示例", &format!("# {} {}\n", secrets.name, secrets.stranger_id), "");
    }),
    ("a reason for a finding", |files, secrets| {
        let reason = quoted(&format!("电话{}没打通", secrets.stranger_phone));
        let fields = format!("accepted = [{{ code = \"late-publication\", reason = {reason} }}]\n");
        record(files, "示例", &fields, "");
    }),
    ("a value with an escape of TOML", |files, secrets| {
        let escaped: String =
            secrets.stranger_id.chars().map(|sign| format!("\\u{:04X}", u32::from(sign))).collect();
        record(files, "示例", &format!("note = \"{escaped}\"\n"), "");
    }),
    ("a text of several lines", |files, secrets| {
        record(
            files,
            "示例",
            &format!("note = \"\"\"\n第一行\n{}\n\"\"\"\n", secrets.stranger_id),
            "",
        );
    }),
    // Prose.
    ("prose: a name", |files, secrets| prose(files, &format!("经核实,{}情况属实。", secrets.name))),
    ("prose: a number", |files, secrets| prose(files, &secrets.stranger_id)),
    ("prose: a table", |files, secrets| {
        prose(files, &format!("| 一 | 二 |\n|---|---|\n| {} | x |", secrets.stranger_phone));
    }),
    ("prose: the words of a picture", |files, secrets| {
        prose(files, &format!("![{}](a.png)", secrets.stranger_id));
    }),
    ("prose: the title of a picture", |files, secrets| {
        prose(files, &format!("![图](a.png \"{}\")", secrets.stranger_id));
    }),
    ("prose: a link", |files, secrets| {
        prose(files, &format!("[看](https://example.org/{})", percent(&secrets.name)));
    }),
    ("prose: a link that dials", |files, secrets| {
        prose(files, &format!("[电话](tel:{})", secrets.stranger_phone));
    }),
    ("prose: the title of a link", |files, secrets| {
        prose(files, &format!("[看](https://example.org/ \"{}\")", secrets.stranger_id));
    }),
    ("prose: a link kept elsewhere", |files, secrets| {
        prose(files, &format!("[看][a]\n\n[a]: https://example.org/{}", secrets.stranger_id));
    }),
    ("prose: code", |files, secrets| prose(files, &format!("`{}`", secrets.stranger_id))),
    ("prose: a block of code", |files, secrets| {
        prose(files, &format!("```{}\nx\n```", secrets.stranger_id));
    }),
    ("prose: a heading", |files, secrets| prose(files, &format!("## {}", secrets.name))),
    ("prose: split by stars", |files, secrets| {
        let (head, tail) = secrets.stranger_phone.split_at(3);
        prose(files, &format!("{head}**{tail}**"));
    }),
    ("prose: split by an escape", |files, secrets| {
        let (head, tail) = secrets.stranger_id.split_at(6);
        prose(files, &format!("{head}\\-{tail}"));
    }),
    ("prose: entities", |files, secrets| prose(files, &entities(&secrets.stranger_id, "&#"))),
    ("prose: entities of entities", |files, secrets| {
        prose(files, &entities(&secrets.stranger_id, "&amp;#"));
    }),
    ("prose: a comment of HTML", |files, secrets| {
        prose(files, &format!("前\n\n<!-- {} -->\n\n后", secrets.stranger_id));
    }),
    ("prose: an attribute of HTML", |files, secrets| {
        prose(files, &format!("前<span title=\"{}\">中</span>后", secrets.stranger_id));
    }),
    ("prose: split by HTML", |files, secrets| {
        let (head, tail) = secrets.stranger_id.split_at(6);
        prose(files, &format!("{head}<i></i>{tail}"));
    }),
    ("prose: struck out", |files, secrets| {
        prose(files, &format!("~~{}~~", secrets.stranger_phone));
    }),
    // Around the records.
    ("the site's description", |files, secrets| {
        let line = format!("description = {}\nplace =", quoted(&secrets.stranger_phone));
        edit(files, "site.toml", "place =", &line);
    }),
    ("the site's publisher", |files, secrets| {
        let line = format!("publisher = {} #", quoted(&format!("联系人{}", secrets.name)));
        edit(files, "site.toml", "publisher =", &line);
    }),
    ("the name of a place", |files, secrets| {
        edit(files, "places.toml", "\"柳湾村\"", &quoted(&secrets.name));
    }),
    ("the label of a kind", |files, secrets| kind(files, "label", &secrets.stranger_id)),
    ("the help of a kind", |files, secrets| kind(files, "purpose", &secrets.stranger_phone)),
    // The theme.
    ("a template", |files, secrets| template(files, &format!("<p>{}</p>", secrets.stranger_id))),
    ("a template's comment", |files, secrets| {
        template(files, &format!("<!-- {} -->", secrets.phone));
    }),
    ("a template's attribute", |files, secrets| {
        template(files, &format!("<p data-x=\"{}\">x</p>", secrets.stranger_id));
    }),
    ("a template, split by tags", |files, secrets| {
        let (head, tail) = secrets.stranger_id.split_at(9);
        template(files, &format!("<p>{head}<b>{tail}</b></p>"));
    }),
    ("a template's meta tag", |files, secrets| {
        template(files, &format!("<meta name=\"author\" content=\"{}\">", secrets.name));
    }),
    ("a word of the frame", |files, secrets| {
        let words = format!("missing_text = {}\n", quoted(&secrets.stranger_phone));
        files.insert("theme/i18n/zh.toml".to_owned(), words.into());
    }),
    ("a script", |files, secrets| {
        let escaped: String =
            secrets.name.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
        asset(files, "mark.js", format!("var a = \"{escaped}\";\n").into());
    }),
    ("a style sheet's comment", |files, secrets| {
        asset(
            files,
            "mark.css",
            format!("/* {} */ p {{ color: red }}\n", secrets.stranger_id).into(),
        );
    }),
    ("the name of a theme's file", |files, secrets| {
        asset(files, &format!("{}.css", secrets.stranger_phone), b"p { color: red }\n".to_vec());
    }),
    ("a drawing's description", |files, secrets| {
        asset(files, "mark.svg", svg(&format!("<desc>{}</desc>", secrets.name)).into());
    }),
    ("a drawing's metadata", |files, secrets| {
        let metadata = format!("<metadata><![CDATA[{}]]></metadata>", secrets.stranger_id);
        asset(files, "mark.svg", svg(&metadata).into());
    }),
    ("a drawing with an address that holds it", |files, secrets| {
        let inner = data_encoding::BASE64.encode(secrets.stranger_id.as_bytes());
        let image = format!("<image href=\"data:text/plain;base64,{inner}\"/>");
        asset(files, "mark.svg", svg(&image).into());
    }),
    // Attachments that are words.
    ("an attachment of text", |files, secrets| {
        attachment(files, "a.txt", format!("名单:{}\n", secrets.name).into());
    }),
    ("an attachment with a stranger in it", |files, secrets| {
        attachment(files, "a.csv", format!("姓名,电话\n示例,{}\n", secrets.stranger_phone).into());
    }),
    ("an attachment in base64", |files, secrets| {
        let inner = data_encoding::BASE64.encode(format!("名单 {}", secrets.id).as_bytes());
        attachment(files, "a.txt", inner.into());
    }),
    ("an attachment in hexadecimal", |files, secrets| {
        attachment(files, "a.txt", hex(format!("名单 {}", secrets.stranger_id).as_bytes()).into());
    }),
    ("an attachment in GB 18030", |files, secrets| {
        let text = format!("名单:{}", secrets.stranger_id);
        let (bytes, ..) = encoding_rs::GB18030.encode(&text);
        attachment(files, "a.txt", bytes.into_owned());
    }),
    ("an attachment in UTF-16", |files, secrets| {
        let text = format!("\u{feff}名单:{}", secrets.stranger_id);
        attachment(files, "a.txt", text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }),
    ("an attachment of JSON, escaped", |files, secrets| {
        let escaped: String =
            secrets.name.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
        attachment(files, "a.json", format!("{{\"a\": \"{escaped}\"}}").into());
    }),
    ("the name of an attachment", |files, secrets| {
        attachment(files, &format!("{}.txt", secrets.stranger_phone), b"x\n".to_vec());
    }),
];

/// Writes a record with something in its title.
fn title(files: &mut Register, text: &str) {
    record(files, &format!("项目{text}"), "", "");
}

/// Writes a record with some prose.
fn prose(files: &mut Register, text: &str) {
    record(files, "示例", "", &format!("{text}\n"));
}

/// Puts one text in the place of another that a file holds.
fn edit(files: &mut Register, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[path].clone()).expect("the file is UTF-8");
    assert!(text.contains(from), "{path} holds what is to be replaced");
    files.insert(path.to_owned(), text.replacen(from, to, 1).into());
}

/// Changes a word of a kind.
fn kind(files: &mut Register, key: &str, text: &str) {
    let text = format!("{key} = {{ zh = {}, en = \"x\" }}\n", quoted(text));
    files.insert("kinds/fund.toml".to_owned(), text.into());
}

/// Returns a drawing with something in it.
fn svg(inner: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">{inner}</svg>\n")
}

/// Returns a text with something between any two of its signs.
fn apart(text: &str, between: &str) -> String {
    text.chars().map(String::from).collect::<Vec<_>>().join(between)
}

/// Returns a text with its ASCII signs in their full-width forms.
fn wide(text: &str) -> String {
    shifted(text, 0xFF10).replace('X', "\u{FF38}")
}

/// Returns a text with its digits taken from another row of ten.
fn shifted(text: &str, zero: u32) -> String {
    let other = |sign: char| {
        sign.to_digit(10).map_or(sign, |digit| {
            char::from_u32(zero + digit).expect("a row of digits has ten of them")
        })
    };
    text.chars().map(other).collect()
}

/// Returns a text with its digits in circles.
fn circled(text: &str) -> String {
    let other = |sign: char| match sign {
        '0' => '\u{24EA}',
        '1'..='9' => {
            char::from_u32(0x245F + u32::from(sign) - u32::from('0')).expect("there are nine")
        }
        sign => sign,
    };
    text.chars().map(other).collect()
}

/// The numerals of everyday writing.
const SMALL: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// The numerals of banks.
const LARGE: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// Returns a text with its digits as Chinese numerals.
fn numerals(text: &str, row: [char; 10]) -> String {
    text.chars().map(|sign| sign.to_digit(10).map_or(sign, |digit| row[digit as usize])).collect()
}

/// Returns a text as numbered entities.
fn entities(text: &str, opening: &str) -> String {
    text.chars().map(|sign| format!("{opening}{};", u32::from(sign))).collect()
}

/// Returns a text with every byte percent-encoded.
fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Returns bytes in hexadecimal.
fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
