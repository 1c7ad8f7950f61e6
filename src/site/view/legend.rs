//! The legend of a page: what is hidden there, by which rule, for how long, and whom to ask.
//!
//! Every word of it is data of the schema; this file only looks up which words belong to a field.

use serde::Serialize;

use crate::records::{Datum, Form, Hidden, PublicField, PublicRecord, PublicTable, Release};
use crate::text::{Lang, Phrase};

/// One line of a legend.
#[derive(Debug, Serialize)]
pub(crate) struct LegendLine {
    label: String,
    what: String,
    rule: String,
    term: String,
    ask: String,
}

/// Returns the legend of a record's page.
pub(crate) fn legend(release: &Release, record: &PublicRecord, lang: Lang) -> Vec<LegendLine> {
    let numbered = is_numbered(record);
    let lines = record.hidden().iter().map(|hidden| line(release, hidden, numbered, lang));
    lines.chain(record.is_suppressed().then(|| small_figures(release, lang))).collect()
}

/// Returns the line about figures that are not listed.
fn small_figures(release: &Release, lang: Lang) -> LegendLine {
    let legend = release.schema().legend();
    let say = |phrase: &Phrase| phrase.text(lang).to_owned();
    LegendLine {
        label: say(&legend.small_label),
        what: String::new(),
        rule: say(&legend.small),
        term: legend.terms.get("kept").map(say).unwrap_or_default(),
        ask: ask(release, lang),
    }
}

/// Returns whether names of a list look alike, so that they are numbered: no mask ends like that.
fn is_numbered(record: &PublicRecord) -> bool {
    let fields = record.tables().iter().flat_map(PublicTable::rows).flatten();
    let mut masked = fields.flat_map(PublicField::values).filter(|value| value.is_masked());
    masked.any(|value| matches!(value.datum(), Datum::Text(text) if text.ends_with(')')))
}

/// Returns the line about one field.
fn line(release: &Release, hidden: &Hidden, numbered: bool, lang: Lang) -> LegendLine {
    let legend = release.schema().legend();
    let say = |phrase: Option<&Phrase>| phrase.map_or("", |phrase| phrase.text(lang)).to_owned();
    let form = hidden.form();
    let rule = match form {
        Form::Unnamed => legend.rules.get(form.name()),
        _ => hidden.class().and_then(|class| legend.rules.get(class.name())),
    };
    let term = match (form, hidden.until()) {
        (Form::Withheld, _) => say(legend.terms.get("never")),
        (_, Some(day)) => say(legend.terms.get("until")).replace("{day}", &day.words(lang)),
        (_, None) => say(legend.terms.get("kept")),
    };
    let mut what = say(legend.forms.get(form.name()));
    what.push_str(match lang {
        Lang::Zh => "。",
        Lang::En => ".",
    });
    if numbered && hidden.is_listed() && matches!(form, Form::Masked | Form::Brief | Form::Unnamed)
    {
        if lang == Lang::En {
            what.push(' ');
        }
        what.push_str(legend.numbered.text(lang));
    }
    LegendLine {
        label: hidden.label().text(lang).to_owned(),
        what,
        rule: say(rule.or_else(|| legend.rules.get("other"))),
        term,
        ask: ask(release, lang),
    }
}

/// Returns whom to ask; nothing where the register names no telephone, since the page's foot says
/// how to object in any case.
fn ask(release: &Release, lang: Lang) -> String {
    let separator = match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    };
    let hotlines = release.site().contact.hotlines.join(separator);
    if hotlines.is_empty() {
        return String::new();
    }
    release.schema().legend().ask.text(lang).replace("{hotlines}", &hotlines)
}

#[cfg(test)]
mod tests {
    use crate::files::Files;
    use crate::records::schema::Class;
    use crate::records::{Form, schema_of};

    #[test]
    fn the_legend_knows_every_form_and_rule_in_both_languages() {
        let schema = schema_of(&Files::default());
        let legend = schema.legend();
        for (form, name) in Form::ALL {
            assert_eq!(legend.forms.contains_key(name), form != Form::Whole, "{name}");
        }
        for name in legend.rules.keys() {
            let class = Class::ALL.iter().any(|(_, class)| class == name);
            assert!(class || ["other", "unnamed"].contains(&name.as_str()), "{name} is no class");
        }
        assert_eq!(legend.terms.keys().collect::<Vec<_>>(), ["kept", "never", "until"]);
        for phrase in legend.forms.values().chain(legend.rules.values()).chain([&legend.ask]) {
            assert!(!phrase.zh.is_empty() && !phrase.en.is_empty());
        }
    }
}
