//! An address as a picture that a telephone reads: a QR code as inline SVG.

use qrcodegen::{QrCode, QrCodeEcc};

/// The white border around a code, in modules: without it telephones do not find the code.
const BORDER: i32 = 4;

/// Returns the QR code of an address as SVG with a title; `None` when the address is too long.
pub(crate) fn svg(address: &str, title: &str) -> Option<String> {
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).ok()?;
    let side = code.size() + 2 * BORDER;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            // Modules side by side are one stroke.
            let run = (x..code.size()).take_while(|at| code.get_module(*at, y)).count();
            if run > 0 {
                path.push_str(&format!("M{},{}h{run}v1h-{run}z", x + BORDER, y + BORDER));
            }
            x += i32::try_from(run).unwrap_or(0) + 1;
        }
    }
    let title = title.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    Some(format!(
        "<svg class=\"qr\" role=\"img\" aria-label=\"{title}\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><title>{title}</title>\
         <path fill=\"#fff\" d=\"M0,0h{side}v{side}h-{side}z\"/><path d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::svg;

    #[test]
    fn a_code_has_its_three_corners_and_a_border() {
        let svg = svg("https://example.org/a.html", "看<网页>").expect("an address is short");
        // The first module of a corner stands behind the border, and nothing before it.
        assert!(svg.contains("M4,4h7v1h-7z") && !svg.contains("M3,"), "{svg}");
        assert!(svg.contains("<title>看&lt;网页></title>"), "{svg}");
        assert!(super::svg(&"a".repeat(5000), "").is_none());
    }
}
