//! A place of the register, by its code.

use crate::diag::code::UNKNOWN_PLACE;
use crate::records::schema::FieldDef;
use crate::records::schema::field::{Fault, FieldType, Raw, Reading, quoted};
use crate::records::value::Value;
use crate::text::{Phrase, nearest};

/// A place of the register, by its code.
pub(super) struct Place;

impl FieldType for Place {
    fn name(&self) -> &'static str {
        "place"
    }

    fn read(&self, raw: Raw<'_>, reading: &Reading<'_>) -> Result<Value, Fault> {
        let (Raw::Text(text) | Raw::Number(text)) = raw else {
            return Err(raw.instead_of(&Phrase::new(
                "地点代码,例如 \"990101001\"",
                "the code of a place, such as \"990101001\"",
            )));
        };
        if reading.places.find(text).is_some() {
            return Ok(Value::Place(text.into()));
        }
        let by_name = reading.places.iter().find(|place| place.name == text);
        let near = by_name
            .map(|place| place.code.as_str())
            .or_else(|| nearest(text, reading.places.iter().map(|place| place.code.as_str())));
        let help = near.map_or_else(
            || Phrase::new("在 places.toml 里登记这个地点", "add the place to places.toml"),
            |code| Phrase::new(format!("是不是 \"{code}\"?"), format!("did you mean \"{code}\"?")),
        );
        let message = Phrase::new("places.toml 里没有这个地点", "places.toml has no such place");
        Err(Fault::new(UNKNOWN_PLACE, message).help(help))
    }

    fn example(&self, _field: &FieldDef) -> String {
        quoted("")
    }
}
