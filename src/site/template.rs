//! The one place that knows the template engine.
//!
//! Templates are checked as they were written, so that errors name their line, and then minified
//! once; no page is minified by itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult};

use crate::diag::code::TEMPLATE;
use crate::diag::{Finding, Report, Span};
use crate::site::theme::{Assets, Theme};
use crate::text::Phrase;

/// Compiled templates.
pub(crate) struct Engine {
    tera: Tera,
    /// The same, not minified: only asked where an error stands.
    plain: Tera,
    paths: BTreeMap<String, Arc<str>>,
}

impl Engine {
    /// Compiles the templates of a theme; `globals` are known to every one of them.
    pub(crate) fn new(theme: &Theme, globals: &Context, report: &mut Report) -> Option<Self> {
        let paths: BTreeMap<String, Arc<str>> = theme
            .templates
            .iter()
            .map(|(name, template)| (name.clone(), Arc::clone(&template.path)))
            .collect();
        let sources: Vec<(&str, &str)> = theme
            .templates
            .iter()
            .map(|(name, template)| (name.as_str(), template.source.as_str()))
            .collect();
        let assets = Arc::new(theme.assets.clone());
        let compile = |sources: &[(&str, &str)]| compile(sources, globals, &assets);
        let plain = match compile(&sources) {
            Ok(tera) => tera,
            Err(error) => {
                report.push(finding(&error, &paths));
                return None;
            }
        };
        let small: Vec<(&str, String)> =
            sources.iter().map(|(name, source)| (*name, minified(name, source))).collect();
        let small: Vec<(&str, &str)> =
            small.iter().map(|(name, source)| (*name, source.as_str())).collect();
        // Should the minifier ever break a template, the plain one does the work.
        let tera = compile(&small).unwrap_or_else(|_| plain.clone());
        Some(Self { tera, plain, paths })
    }

    /// Returns whether the theme has a template.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// Renders a page.
    pub(crate) fn render(&self, name: &str, context: &Context) -> Result<Vec<u8>, Box<Finding>> {
        let mut page = Vec::with_capacity(8 * 1024);
        if self.tera.render_to(name, context, &mut page).is_ok() {
            return Ok(page);
        }
        page.clear();
        match self.plain.render_to(name, context, &mut page) {
            Ok(()) => Ok(page),
            Err(error) => Err(Box::new(finding(&error, &self.paths))),
        }
    }
}

/// Compiles templates; `asset(path='…')` gives them the route of a file of the theme.
fn compile(
    sources: &[(&str, &str)],
    globals: &Context,
    assets: &Arc<Assets>,
) -> Result<Tera, tera::Error> {
    let mut tera = Tera::new();
    let assets = Arc::clone(assets);
    tera.register_function("asset", move |named: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let path: String = named.must_get("path")?;
        let route = assets.route(&path).map(str::to_owned);
        route.ok_or_else(|| tera::Error::message(format!("the theme has no asset `{path}`")))
    });
    tera.autoescape_on(vec![".html", ".xml"]);
    *tera.global_context() = globals.clone();
    tera.add_raw_templates(sources.iter().copied())?;
    Ok(tera)
}

/// Returns a template without what a browser does not need.
#[cfg(feature = "minify")]
fn minified(name: &str, source: &str) -> String {
    if !name.ends_with(".html") {
        return source.to_owned();
    }
    let mut settings = minify_html::Cfg::new();
    settings.preserve_brace_template_syntax = true;
    settings.keep_closing_tags = true;
    settings.keep_html_and_head_opening_tags = true;
    let bytes = minify_html::minify(source.as_bytes(), &settings);
    String::from_utf8(bytes).unwrap_or_else(|_| source.to_owned())
}

/// Returns a template as it is.
#[cfg(not(feature = "minify"))]
fn minified(_name: &str, source: &str) -> String {
    source.to_owned()
}

/// Makes a finding of an error of the engine.
fn finding(error: &tera::Error, paths: &BTreeMap<String, Arc<str>>) -> Finding {
    let (message, span) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let name = report.filename();
            let path = paths.get(name).cloned().unwrap_or_else(|| Arc::from(name));
            let place = report.span();
            let range = place.range.start..place.range.end.max(place.range.start + 1);
            (
                format!("{}:{}: {}", name, place.start_line, report.message()),
                Span::new(&path, range),
            )
        }
        other => (other.to_string(), Span::whole(&Arc::from("theme/templates"))),
    };
    let message = Phrase::new(format!("模板有错:{message}"), format!("template error: {message}"));
    Finding::new(TEMPLATE, span, message).help(Phrase::new(
        "改这个模板,或者删掉它用自带的",
        "mend the template, or remove it to use the built-in one",
    ))
}
