//! An amount as open standards write it: a number of 元 and the currency, exact to the fen.

use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::site::format::flat::yuan;
use crate::text::Money;

/// A number of 元, written without going through a fraction of two.
#[derive(Clone, Copy, Debug)]
pub(super) struct Yuan(pub(super) Money);

impl Serialize for Yuan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = yuan(self.0);
        let number = number.strip_suffix(".00").unwrap_or(&number).to_owned();
        RawValue::from_string(number).map_err(S::Error::custom)?.serialize(serializer)
    }
}

/// An amount with its currency.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Amount {
    amount: Yuan,
    currency: &'static str,
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self { amount: Yuan(money), currency: CURRENCY }
    }
}

/// The currency of everything.
pub(super) const CURRENCY: &str = "CNY";

#[cfg(test)]
mod tests {
    use super::Amount;
    use crate::text::Money;

    #[test]
    fn amounts_are_exact_numbers() {
        let written = |fen| serde_json::to_string(&Amount::from(Money::of_fen(fen))).expect("JSON");
        assert_eq!(
            written(9_007_199_254_740_993),
            r#"{"amount":90071992547409.93,"currency":"CNY"}"#
        );
        assert_eq!(written(-150), r#"{"amount":-1.50,"currency":"CNY"}"#);
        assert_eq!(written(100), r#"{"amount":1,"currency":"CNY"}"#);
    }
}
