//! What the gate sees through: every decoder is needed, alone and one inside the other; what cannot
//! be opened does not pass.

use std::io::Write as _;

use data_encoding::{BASE64, HEXLOWER};
use mingbai::decode::{DECODERS, SAMPLES, Sample, Unopened, walk};
use mingbai::output::gate::{Sight, What, excuse, prove, search, search_words};
use mingbai::project::Unsearchable;
use mingbai::records::Withheld;
use mingbai::site::artifact::Artifact;
use mingbai::site::url::Route;
use proptest::prelude::*;

/// A made-up value: words, and an identity number of a region that does not exist.
const VALUE: &str = "示例渡口990101199001010019";

/// Returns what is wrong with one file.
fn wrongs(name: &str, bytes: Vec<u8>, sight: &Sight<'_>) -> Vec<What> {
    let withheld = Withheld::canary(VALUE, "grant/1");
    let leaks = search(&[Artifact::new(Route::new(name), bytes)], &withheld, sight);
    leaks.into_iter().map(|leak| leak.what).collect()
}

/// Returns whether the value is found.
fn is_found(name: &str, bytes: Vec<u8>, sight: &Sight<'_>) -> bool {
    wrongs(name, bytes, sight).iter().any(|what| matches!(what, What::Withheld(_)))
}

/// Wraps bytes in a zip archive.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::DEFAULT).expect("memory takes it");
        writer.write_all(bytes).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}

/// Compresses bytes.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("memory takes it");
    packed.finish().expect("memory takes it")
}

/// Returns the file of one decoder.
fn sample(decoder: &str) -> Vec<u8> {
    let sample = SAMPLES.iter().find(|sample| sample.decoder == decoder).expect("there is one");
    (sample.wrap)(VALUE)
}

/// Returns whether the value is found in the sample of a decoder.
pub(crate) fn is_found_in_sample(sample: &Sample, sight: &Sight<'_>) -> bool {
    is_found(sample.name, (sample.wrap)(VALUE), sight)
}

#[test]
fn a_build_notices_that_detectors_are_gone() {
    assert_eq!(prove(&Sight::whole()), Ok(()));
    assert_eq!(prove(&Sight { detectors: &[], ..Sight::whole() }), Err("detectors"));
}

#[test]
fn wrappings_inside_one_another_are_opened() {
    let word = gzip(&zip(&[("a/b.txt", VALUE.as_bytes())]));
    let text = format!("var a = \"{}\";\n", BASE64.encode(&word));
    let docx = zip(&[("word/document.xml", &sample("office")), ("docProps/core.xml", b"<a/>")]);
    let media = zip(&[("xl/media/image1.png", &sample("png")), ("xl/a.xml", b"<sheetData/>")]);
    let nested = [
        ("zip in gzip in base64", "a.js", text.into_bytes()),
        ("docx in zip", "a.zip", zip(&[("a.docx", &docx)])),
        ("PNG in xlsx", "a.xlsx", media),
        (
            "PDF in hex in JSON",
            "a.json",
            format!("{{\"a\":\"{}\"}}", HEXLOWER.encode(&sample("pdf"))).into(),
        ),
        ("zip after a picture", "a.png", [sample_png(), zip(&[("a", VALUE.as_bytes())])].concat()),
        ("GB18030 in tar in gzip", "a.tar.gz", gzip(&tar(&sample("encoding")))),
        ("HTML in an address in SVG", "a.svg", svg()),
    ];
    for (what, name, bytes) in nested {
        assert!(is_found(name, bytes, &Sight::whole()), "{what}");
    }
}

/// Returns a picture without words.
fn sample_png() -> Vec<u8> {
    let ihdr = [b"\0\0\0\x0dIHDR".as_slice(), &[0; 17]].concat();
    [b"\x89PNG\r\n\x1a\n".as_slice(), &ihdr, b"\0\0\0\0IEND\0\0\0\0"].concat()
}

/// Returns an archive of one file.
fn tar(bytes: &[u8]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    builder.append_data(&mut header, "a.csv", bytes).expect("memory takes it");
    builder.into_inner().expect("memory takes it")
}

/// Returns a drawing with a page in it, in which the value is broken up by markup.
fn svg() -> Vec<u8> {
    let (first, second) = VALUE.split_at(VALUE.len() - 9);
    let page = format!("<p>{first}<b class=\"x\">{second}</b></p>");
    let run = BASE64.encode(page.as_bytes());
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"data:text/html;base64,{run}\"/></svg>").into()
}

#[test]
fn what_cannot_be_searched_does_not_pass() {
    let mut deep = VALUE.as_bytes().to_vec();
    for _ in 0..12 {
        deep = gzip(&deep);
    }
    let mut locked = zip(&[("a", b"word")]);
    let list = locked.windows(4).position(|four| four == b"PK\x01\x02").expect("there is a list");
    locked[6] |= 1;
    locked[list + 8] |= 1;
    let bomb = gzip(&gzip(&vec![0; 300 << 20]));
    let many: Vec<String> = (0..25_000).map(|number| number.to_string()).collect();
    let many: Vec<(&str, &[u8])> =
        many.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    let cut = zip(&[("a", VALUE.repeat(50).as_bytes())]);
    for (name, bytes, why) in [
        ("a.gz", deep, Unopened::TooDeep),
        ("a.zip", locked, Unopened::Encrypted),
        ("b.gz", bomb, Unopened::TooLarge),
        ("c.zip", zip(&many), Unopened::TooLarge),
        ("d.zip", cut[..cut.len() / 2].to_vec(), Unopened::Damaged),
        ("a.woff2", b"wOF2\0\x01\0\0\0\0\x02\x01".to_vec(), Unopened::Unknown),
        ("a.wasm", b"\0asm\x01\0\0\0".to_vec(), Unopened::Unknown),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), Unopened::Unknown),
        ("a.db", b"SQLite format 3\0\x10\0".to_vec(), Unopened::Unknown),
    ] {
        let wrongs = wrongs(name, bytes, &Sight::whole());
        assert!(wrongs.contains(&What::Closed(why)), "{name}: {wrongs:?}");
    }
}

#[test]
fn a_file_passes_unsearched_only_if_somebody_vouches_for_it() {
    let withheld = Withheld::canary(VALUE, "grant/1");
    let font = |name: &str| Artifact::new(Route::new(name), b"wOF2\0\x01\0\0".to_vec());
    let artifacts = [font("assets/a.woff2"), font("assets/b.woff2")];
    let leaks = search(&artifacts, &withheld, &Sight::whole());
    assert_eq!(leaks.len(), 2, "twins are told of one by one: {leaks:?}");
    let allowed = ["assets/a.woff2", "assets/gone.woff2"].map(|path| Unsearchable {
        path: path.to_owned(),
        reason: "字体".to_owned(),
        span: None,
    });
    let (left, needed) = excuse(leaks, &allowed);
    assert_eq!(left.iter().map(|leak| leak.route.as_str()).collect::<Vec<_>>(), ["assets/b.woff2"]);
    assert_eq!(needed, [true, false]);
    // Vouching for a file does not let a value pass that is found in it.
    let found = search(
        &[Artifact::new(Route::new("assets/a.woff2"), VALUE.into())],
        &withheld,
        &Sight::whole(),
    );
    assert_eq!(excuse(found.clone(), &allowed).0, found);
}

#[test]
fn digests_and_numbers_of_strangers_are_found_with_their_place() {
    use sha2::Digest as _;
    let digest = HEXLOWER.encode(&sha2::Sha256::digest(VALUE.as_bytes()));
    let found = wrongs("a.json", format!("{{\"a\":\"{digest}\"}}").into(), &Sight::whole());
    assert!(matches!(found.as_slice(), [What::Digest(_)]), "{found:?}");
    let other = HEXLOWER.encode(&sha2::Sha256::digest(b"something else"));
    assert!(wrongs("a.json", format!("{{\"a\":\"{other}\"}}").into(), &Sight::whole()).is_empty());

    let withheld = Withheld::canary(VALUE, "grant/1");
    let page = "<p>示例</p>\n<p>证号 990101198001010010</p>";
    let number = page_number(page);
    let page = page.replace("990101198001010010", &number);
    let leaks = search(
        &[Artifact::new(Route::new("a.html"), page.clone().into())],
        &withheld,
        &Sight::whole(),
    );
    assert!(matches!(leaks[0].what, What::Detected(_)), "{leaks:?}");
    assert_eq!(leaks[0].place.map(|place| (place.line, place.column)), Some((2, 7)));
    for words in [leaks[0].words().zh, leaks[0].words().en] {
        assert!(!words.contains(&number) && words.contains("a.html"), "{words}");
    }
    let mut allowing = Withheld::canary(VALUE, "grant/1");
    allowing.allow(&number);
    assert!(
        search(&[Artifact::new(Route::new("a.html"), page.into())], &allowing, &Sight::whole())
            .is_empty()
    );
}

/// Returns the number of a page with its right check digit.
fn page_number(page: &str) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits: String = page.chars().filter(char::is_ascii_digit).take(17).collect();
    let sum: u32 =
        digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{digits}{}", char::from(b"10X98765432"[sum as usize % 11]))
}

#[test]
fn a_value_is_told_of_once_with_its_place_and_what_is_said_is_searched() {
    let number = &VALUE[12..];
    let withheld = Withheld::canary(number, "grant/1");
    let page = format!("<p>\n示例一 {number}</p>");
    let leaks =
        search(&[Artifact::new(Route::new("a.html"), page.into())], &withheld, &Sight::whole());
    assert_eq!(leaks.len(), 1, "{leaks:?}");
    assert_eq!(leaks[0].place.map(|place| (place.line, place.column)), Some((2, 5)));
    assert!(!search_words(&format!("a: {number}"), &withheld));
    assert!(search_words(&leaks[0].words().zh, &withheld));
}

/// How files begin that some decoder opens.
fn beginnings() -> Vec<Vec<u8>> {
    let mut beginnings: Vec<Vec<u8>> =
        SAMPLES.iter().map(|sample| (sample.wrap)(VALUE).into_iter().take(24).collect()).collect();
    beginnings.extend([Vec::new(), b"data:,".to_vec(), b"{\"".to_vec(), b"=E4".to_vec()]);
    beginnings
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_stop_the_program(at in 0..26_usize, rest in proptest::collection::vec(any::<u8>(), 0..400)) {
        let bytes = [beginnings()[at % beginnings().len()].clone(), rest].concat();
        for name in ["a", "a.br", "a.tar", "a.xml", "exif"] {
            let _closed = walk(DECODERS, name, &bytes, &mut |_| {});
        }
    }

    #[test]
    fn no_damage_stops_the_program(
        at in 0..SAMPLES.len(), cut in 0.0..1.0_f64, flips in proptest::collection::vec((0.0..1.0_f64, 0..8_u8), 0..6),
    ) {
        let mut bytes = (SAMPLES[at].wrap)(VALUE);
        let place = |share: f64, length: usize| (share * length as f64) as usize;
        for (share, bit) in flips {
            let flipped = place(share, bytes.len());
            bytes[flipped] ^= 1 << bit;
        }
        let length = if cut < 0.5 { bytes.len() } else { place(cut, bytes.len()) };
        let _closed = walk(DECODERS, SAMPLES[at].name, &bytes[..length], &mut |_| {});
    }
}
