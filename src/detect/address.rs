//! A door: a village group, road or estate, and a number there. Offices have doors, too.

use std::ops::Range;

use crate::detect::signs::{behind, context};
use crate::detect::{Certainty, Detector};
use crate::text::Phrase;

/// Finds door-level addresses.
pub(super) struct Address;

/// Words that say that somebody lives there.
const HOME: &[&str] =
    &["家住", "住址", "户籍", "现住", "居住", "住在", "家庭地址", "常住", "户口", "本人住"];

/// Words of offices, whose doors are meant to be found.
const OFFICE: &[&str] = &[
    "局",
    "委员会",
    "村委",
    "居委",
    "政府",
    "办公",
    "中心",
    "大厅",
    "服务",
    "银行",
    "信用社",
    "公司",
    "学校",
    "小学",
    "中学",
    "医院",
    "卫生",
    "站",
    "所",
    "馆",
    "支行",
    "查阅",
    "合作社",
    "厂",
    "超市",
    "广场",
    "公示栏",
    "收件",
    "项目",
    "示范",
];

/// What a number of a door stands behind.
const STREETS: &[&str] = &[
    "路", "街", "巷", "道", "弄", "胡同", "村", "组", "社", "屯", "寨", "湾", "庄", "坊", "里",
    "小区", "苑", "园", "坪", "沟", "队", "片", "区", "塘", "坝",
];

/// What follows the number of a door.
const DOORS: &[&str] = &["号", "栋", "幢", "室", "单元", "座"];

/// What makes a number in front of 号 something else: 12号文, 3号线.
const NO_DOORS: &str = "文公通令线泵井机车坝点地池矿坑楼桥隧信标";

/// What follows a door that only says where works are: a lamp, or a stretch of a road.
const BESIDE: &[&str] = &["门前", "至", "处", "路灯", "旁", "段"];

impl Detector for Address {
    fn name(&self) -> &'static str {
        "address"
    }

    fn label(&self) -> Phrase {
        Phrase::new("门牌住址", "address with a door")
    }

    fn find(&self, text: &str, found: &mut dyn FnMut(Range<usize>, Certainty)) {
        let mut done = 0;
        for (at, _) in DOORS
            .iter()
            .flat_map(|door| text.match_indices(door))
            .collect::<std::collections::BTreeMap<_, _>>()
        {
            if at < done {
                continue;
            }
            if let Some((range, sure)) = door(text, at) {
                done = range.end;
                found(range, sure);
            }
        }
    }
}

/// Reads the address whose first door sign stands at `at`.
fn door(text: &str, at: usize) -> Option<(Range<usize>, Certainty)> {
    let sign = DOORS.iter().find(|door| text[at..].starts_with(**door))?;
    let number = number_before(text, at)?;
    let street = text[..number].trim_end_matches([' ', '第']);
    let behind_street = STREETS.iter().any(|word| street.ends_with(word));
    let end = doors_end(text, at + sign.len());
    // One door of a house is the house's; several are a flat.
    let several = end > at + sign.len();
    if !behind_street || *sign == "座" && !several {
        return None;
    }
    if *sign == "号"
        && text[at + sign.len()..].starts_with(|next| NO_DOORS.contains(next))
        && !several
    {
        return None;
    }
    let before = context(text, number, 24);
    let clause = before.rsplit(['。', ';', '!', '?']).next().unwrap_or("");
    let name = clause.rsplit([',', ':', '、', ' ', '(', '|', '"']).find(|part| !part.is_empty())?;
    // A street has a name.
    if name.chars().count() < 2 {
        return None;
    }
    let start = number - name.len() - (before.len() - before.trim_end().len());
    let start = if text.is_char_boundary(start) { start } else { number };
    if HOME.iter().any(|word| clause.contains(word)) {
        return Some((start..end, Certainty::Sure));
    }
    let next = behind(text, end, 14).split(['。', ';', '\n']).next().unwrap_or("");
    if OFFICE.iter().any(|word| clause.contains(word) || next.contains(word)) {
        return None;
    }
    // Roads are where offices are; a flat, a group or an estate is where people live.
    let on_road = ["路", "街", "道"].iter().any(|word| street.ends_with(word));
    if on_road && !several && *sign == "号" {
        return None;
    }
    let in_group = ["组", "社", "屯", "寨", "队"].iter().any(|word| street.ends_with(word));
    let beside = BESIDE.iter().any(|word| text[end..].trim_start().starts_with(word));
    let sure = *sign == "号"
        && in_group
        && !beside
        && ["村", "镇", "乡"].iter().any(|word| clause.contains(word));
    Some((start..end, if sure { Certainty::Sure } else { Certainty::Likely }))
}

/// Returns where the number that ends at a place begins.
fn number_before(text: &str, at: usize) -> Option<usize> {
    let is_number =
        |sign: char| sign.is_ascii_digit() || "一二三四五六七八九十百零〇-附".contains(sign);
    let number = text[..at].trim_end_matches(' ');
    let first = number.trim_end_matches(is_number);
    let length = number[first.len()..].chars().count();
    ((1..=8).contains(&length) && number[first.len()..].contains(|sign| sign != '-'))
        .then_some(first.len())
}

/// Returns where further doors end: 3栋2单元501室.
fn doors_end(text: &str, mut end: usize) -> usize {
    loop {
        let rest = &text[end..];
        let more = rest.trim_start_matches(' ');
        let number = more.trim_start_matches(|sign: char| {
            sign.is_ascii_alphanumeric() || "一二三四五六七八九十-附楼".contains(sign)
        });
        let length = more.len() - number.len();
        let Some(sign) =
            DOORS.iter().find(|door| number.starts_with(**door)).filter(|_| length > 0)
        else {
            return end;
        };
        end += rest.len() - number.len() + sign.len();
    }
}

#[cfg(test)]
mod tests {
    use super::Address;
    use crate::detect::Certainty::{Likely, Sure};
    use crate::detect::tests::hits;

    #[test]
    fn a_home_has_a_door() {
        for text in [
            "青溪镇垭口村三组12号",
            "家住公开路18号",
            "住址:幸福小区3栋2单元501室",
            "户籍地垭口村5组8号",
        ] {
            let found = hits(&Address, text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].1, Sure, "{text}");
        }
        assert_eq!(hits(&Address, "收件到幸福小区3栋501室").len(), 0);
        assert_eq!(hits(&Address, "他在幸福小区3栋501室")[0].1, Likely);
    }

    #[test]
    fn works_beside_a_door_are_likely_only() {
        for next in ["门前", "至公路", "处", "路灯", "旁", "段"] {
            let text = format!("青溪镇垭口村三组12号{next}");
            assert_eq!(hits(&Address, &text)[0].1, Likely, "{text}");
            assert_eq!(hits(&Address, &format!("家住{text}"))[0].1, Sure, "{text}");
        }
    }

    #[test]
    fn offices_documents_and_works_pass() {
        for text in [
            "公开路1号农业农村局一楼",
            "汉政办发〔2021〕88号",
            "垭口村3号泵站",
            "第12号公告",
            "垭口村委会1号楼",
            "2024年12号文件",
            "垭口村三组12户",
            "青溪镇环城路12号",
            "村道3号线",
            "共5栋",
            "县政府1号楼305室",
        ] {
            assert!(hits(&Address, text).is_empty(), "{text}");
        }
    }
}
