//! An exact amount of money with its unit.

use serde_json::{Value as Json, json};

use crate::diag::code::{BARE_NUMBER, REMARK_IN_AMOUNT, UNKNOWN_UNIT, WRONG_TYPE};
use crate::records::schema::FieldDef;
use crate::records::schema::field::{Fault, FieldType, Raw, Reading, quoted, with_blanks};
use crate::records::value::Value;
use crate::text::{Money, MoneyFault, MoneyUnit, Phrase};

/// An exact amount of money with its unit.
pub(super) struct MoneyType;

impl FieldType for MoneyType {
    fn name(&self) -> &'static str {
        "money"
    }

    fn read(&self, raw: Raw<'_>, reading: &Reading<'_>) -> Result<Value, Fault> {
        let (Raw::Text(text) | Raw::Number(text)) = raw else {
            return Err(raw.instead_of(&Phrase::new(
                "金额,例如 \"38.50万元\"",
                "an amount, such as \"38.50万元\"",
            )));
        };
        let own = reading.field.unit.as_deref().and_then(MoneyUnit::named);
        let parse = |text: &str| Money::parse(text, own.or(reading.money_unit));
        let blanks = || with_blanks(text, |text| parse(text).is_ok());
        parse(text).map(Value::Money).map_err(|wrong| blanks().unwrap_or_else(|| fault(wrong)))
    }

    fn json_schema(&self, _field: &FieldDef) -> Json {
        json!({
            "oneOf": [
                { "type": "string", "pattern": "^-?[0-9][0-9,]*(\\.[0-9]+)?(万元|亿元|元)?$" },
                { "type": "number" },
            ],
        })
    }

    fn example(&self, _field: &FieldDef) -> String {
        quoted("……万元")
    }

    fn is_numeric(&self) -> bool {
        true
    }
}

/// Returns the words for what is wrong with an amount.
fn fault(fault: MoneyFault) -> Fault {
    match fault {
        MoneyFault::NoUnit => {
            Fault::new(BARE_NUMBER, Phrase::new("金额没有写单位", "the amount has no unit"))
                .help(Phrase::new(
                    "写上单位,例如 \"38.50万元\" 或 \"1500元\";整份记录同一单位时,可以写一行 money_unit = \"万元\"",
                    "write the unit, such as \"38.50万元\" or \"1500元\"; if the whole record uses one unit, write money_unit = \"万元\"",
                ))
        }
        MoneyFault::Remark => Fault::new(
            REMARK_IN_AMOUNT,
            Phrase::new("金额里夹着说明文字", "the amount has a remark inside it"),
        )
        .help(Phrase::new(
            "金额只写数字和单位,说明写到备注里",
            "write only number and unit here, and the remark in the note",
        )),
        MoneyFault::NotANumber => Fault::new(
            WRONG_TYPE,
            Phrase::new("这不是一个能读准的金额", "this cannot be read as an amount without guessing"),
        )
        .help(Phrase::new(
            "用半角数字加单位,例如 \"38.50万元\"",
            "write ASCII digits and a unit, such as \"38.50万元\"",
        )),
        MoneyFault::OutOfRange => Fault::new(
            UNKNOWN_UNIT,
            Phrase::new("金额精确到了分以下,或者大得不合常理", "the amount is finer than a fen or impossibly large"),
        )
        .help(Phrase::new("核对数字和单位", "check the number and its unit")),
    }
}
