//! A sample of every wrapping, with some words in it: what each build proves its decoders with.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, StringFormat, dictionary};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

/// Makes a file of one wrapping.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// The decoder that opens it.
    pub decoder: &'static str,
    /// The name of the file.
    pub name: &'static str,
    /// Wraps some words.
    pub wrap: fn(&str) -> Vec<u8>,
}

/// One sample for each decoder, in their order. None of them shows the words to who cannot open it.
pub const SAMPLES: &[Sample] = &[
    Sample { decoder: "gzip", name: "a.gz", wrap: gzip },
    Sample { decoder: "zlib", name: "a.z", wrap: zlib },
    Sample { decoder: "brotli", name: "a.br", wrap: brotli },
    Sample { decoder: "zstd", name: "a.zst", wrap: zstd },
    Sample { decoder: "zip", name: "a.zip", wrap: zip },
    Sample { decoder: "office", name: "a.xml", wrap: office },
    Sample { decoder: "tar", name: "a.tar", wrap: tar },
    Sample { decoder: "pdf", name: "a.pdf", wrap: pdf },
    Sample { decoder: "ole", name: "a.doc", wrap: ole },
    Sample { decoder: "png", name: "a.png", wrap: png },
    Sample { decoder: "jpeg", name: "a.jpg", wrap: jpeg },
    Sample { decoder: "gif", name: "a.gif", wrap: gif },
    Sample { decoder: "webp", name: "a.webp", wrap: webp },
    Sample { decoder: "tiff", name: "a.tif", wrap: tiff },
    Sample { decoder: "utf-16", name: "a.txt", wrap: wide },
    Sample { decoder: "encoding", name: "a.txt", wrap: legacy },
    Sample { decoder: "data-uri", name: "a.css", wrap: data_uri },
    Sample { decoder: "base64", name: "a.js", wrap: base64 },
    Sample { decoder: "hex", name: "a.js", wrap: hex },
    Sample { decoder: "quoted-printable", name: "a.eml", wrap: quoted },
    Sample { decoder: "json", name: "a.json", wrap: json },
    Sample { decoder: "index", name: "a.json", wrap: trie },
];

/// Returns words in letters of two bytes, so that they do not show in what is only wrapped around.
fn wide(words: &str) -> Vec<u8> {
    [0xfeff].into_iter().chain(words.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn gzip(words: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&wide(words)).expect("memory takes it");
    packed.finish().expect("memory takes it")
}

fn zlib(words: &str) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&wide(words)).expect("memory takes it");
    packed.finish().expect("memory takes it")
}

fn brotli(words: &str) -> Vec<u8> {
    let inner = wide(words);
    let length = u32::try_from(inner.len() - 1).expect("a short text");
    // The head of a block that is stored as it is, then an empty one that is the last.
    let head = (length << 4 | 1 << 20).to_le_bytes();
    [&head[..3], &inner, &[3]].concat()
}

fn zstd(words: &str) -> Vec<u8> {
    compress_to_vec(wide(words).as_slice(), CompressionLevel::Fastest)
}

fn zip(words: &str) -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = ::zip::write::SimpleFileOptions::DEFAULT;
    writer.start_file("a.txt", options).expect("memory takes it");
    writer.write_all(&wide(words)).expect("memory takes it");
    writer.finish().expect("memory takes it").into_inner()
}

fn office(words: &str) -> Vec<u8> {
    let middle = words.char_indices().nth(2).map_or(0, |(at, _)| at);
    let (first, second) = words.split_at(middle);
    // What looks like the end of a tag inside a comment is none.
    format!("<w:p><w:t>{first}</w:t><!-- a > b --><w:t>{second}</w:t></w:p>").into()
}

fn tar(words: &str) -> Vec<u8> {
    let inner = wide(words);
    let mut builder = ::tar::Builder::new(Vec::new());
    let mut header = ::tar::Header::new_ustar();
    header.set_size(inner.len() as u64);
    builder.append_data(&mut header, "a.txt", inner.as_slice()).expect("memory takes it");
    builder.into_inner().expect("memory takes it")
}

fn pdf(words: &str) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "SimSun", "Encoding" => "UniGB-UCS2-H",
    });
    let letters = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let show = Operation::new("Tj", vec![Object::String(letters, StringFormat::Hexadecimal)]);
    let choose = Operation::new("Tf", vec!["F1".into(), 12.into()]);
    let content = Content { operations: vec![choose, show] }.encode().expect("memory takes it");
    let content = document.add_object(Stream::new(dictionary! {}, content));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
    });
    let list = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(list));
    let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory takes it");
    bytes
}

fn ole(words: &str) -> Vec<u8> {
    [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &wide(words), b"\0\0"].concat()
}

fn png(words: &str) -> Vec<u8> {
    let text = [b"Title\0".as_slice(), &wide(words)].concat();
    let length = u32::try_from(text.len()).expect("a short text");
    let head = b"\x89PNG\r\n\x1a\n".as_slice();
    [head, &length.to_be_bytes(), b"tEXt", &text, &[0; 4], &[0; 4], b"IEND", &[0; 4]].concat()
}

fn jpeg(words: &str) -> Vec<u8> {
    let text = wide(words);
    let length = u16::try_from(text.len() + 2).expect("a short text");
    [b"\xff\xd8\xff\xfe".as_slice(), &length.to_be_bytes(), &text, b"\xff\xd9"].concat()
}

fn gif(words: &str) -> Vec<u8> {
    let text = wide(words);
    let length = u8::try_from(text.len()).expect("a short text");
    [b"GIF89a\x01\0\x01\0\0\0\0\x21\xfe".as_slice(), &[length], &text, b"\0\x3b"].concat()
}

fn webp(words: &str) -> Vec<u8> {
    let text = wide(words);
    let length = u32::try_from(text.len()).expect("a short text");
    let piece = [b"NOTE".as_slice(), &length.to_le_bytes(), &text].concat();
    let whole = u32::try_from(piece.len() + 4).expect("a short text");
    [b"RIFF".as_slice(), &whole.to_le_bytes(), b"WEBP", &piece].concat()
}

fn tiff(words: &str) -> Vec<u8> {
    [b"II*\0\x08\0\0\0".as_slice(), &wide(words), b"\0\0"].concat()
}

fn legacy(words: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(words).0.into_owned()
}

fn data_uri(words: &str) -> Vec<u8> {
    let run = data_encoding::BASE64.encode(words.as_bytes());
    // Broken up by escapes, it is no run of base64 to who does not know addresses.
    let lines: Vec<&str> =
        (0..run.len()).step_by(8).map(|at| &run[at..run.len().min(at + 8)]).collect();
    format!("p {{ background: url(data:text/plain;base64,{}) }}", lines.join("%0A")).into()
}

fn base64(words: &str) -> Vec<u8> {
    format!("f('{}')", data_encoding::BASE64.encode(words.as_bytes())).into()
}

fn hex(words: &str) -> Vec<u8> {
    format!("f('{}')", data_encoding::HEXLOWER.encode(words.as_bytes())).into()
}

fn quoted(words: &str) -> Vec<u8> {
    words.bytes().map(|byte| format!("={byte:02X}")).collect::<String>().into()
}

/// Base64 in lines that say nothing each alone, until the escapes between them are line breaks.
fn json(words: &str) -> Vec<u8> {
    // No whole number of bytes: whoever reads line by line loses some at each end.
    const LINE: usize = 18;
    let encoded = data_encoding::BASE64.encode(words.as_bytes()).into_bytes();
    let lines: Vec<_> = encoded.chunks(LINE).map(String::from_utf8_lossy).collect();
    format!("{{\"a\": \"{}\"}}", lines.join("\\n")).into()
}

fn trie(words: &str) -> Vec<u8> {
    let (mut open, mut close) = (String::new(), String::new());
    for letter in words.chars() {
        open.push_str(&format!("{{\"q\": 7, \"{letter}\": "));
        close.push('}');
    }
    format!("{open}1{close}").into()
}

#[cfg(test)]
mod tests {
    use super::SAMPLES;
    use crate::decode::{DECODERS, Decoder, walk};

    /// Words that stand nowhere else.
    const WORDS: &str = "示例甲990101199001010017";

    /// Returns whether some decoders show the words.
    fn shown(decoders: &[&'static dyn Decoder], name: &str, bytes: &[u8]) -> bool {
        let mut shown = false;
        let _closed = walk(decoders, name, bytes, &mut |view| {
            let text = String::from_utf8_lossy(view.bytes);
            shown |= text.contains(WORDS) || text.contains(&WORDS.replace('示', "\\u793a"));
        });
        shown
    }

    #[test]
    fn each_decoder_opens_its_sample_and_no_other_does() {
        let names: Vec<&str> = DECODERS.iter().map(|decoder| decoder.name()).collect();
        let samples: Vec<&str> = SAMPLES.iter().map(|sample| sample.decoder).collect();
        assert_eq!(names, samples, "one sample a decoder");
        for sample in SAMPLES {
            let bytes = (sample.wrap)(WORDS);
            assert!(shown(DECODERS, sample.name, &bytes), "{} shows nothing", sample.decoder);
            let others: Vec<&'static dyn Decoder> = DECODERS
                .iter()
                .copied()
                .filter(|decoder| decoder.name() != sample.decoder)
                .collect();
            assert!(!shown(&others, sample.name, &bytes), "{} is not needed", sample.decoder);
        }
    }
}
