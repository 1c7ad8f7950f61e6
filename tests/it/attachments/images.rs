//! Images: the pixels stay, everything else goes.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::codecs::gif::GifEncoder;
use image::{
    Delay, DynamicImage, Frame, GenericImageView as _, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage,
};

use mingbai::pipeline::Outcome;

use super::{MARK, attach, bare, published_as, refused};

/// Returns a picture whose left half is red and whose right half is blue.
fn picture(width: u32, height: u32) -> DynamicImage {
    let colour = |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) };
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, colour))
}

/// Returns a picture in a format.
fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).expect("the picture can be written");
    bytes.into_inner()
}

/// Returns camera data that turn the picture by a quarter and hold the mark as a description and
/// as the name of a place.
fn camera() -> Vec<u8> {
    let mut data = b"MM\0\x2a\0\0\0\x08\0\x03".to_vec();
    data.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]);
    let (length, at) = (MARK.len() as u32, 8 + 2 + 3 * 12 + 4);
    for tag in [0x010e_u16, 0x8825] {
        data.extend(tag.to_be_bytes());
        data.extend([0, 2]);
        data.extend(length.to_be_bytes());
        data.extend((at as u32).to_be_bytes());
    }
    data.extend([0; 4]);
    data.extend(MARK.as_bytes());
    data
}

/// Returns one segment of a JPEG file.
fn segment(sort: u8, body: &[&[u8]]) -> Vec<u8> {
    let body = body.concat();
    let length = u16::try_from(body.len() + 2).expect("the segment is short");
    [&[0xff, sort][..], &length.to_be_bytes(), &body].concat()
}

/// Returns a JPEG file with the mark wherever one can be put.
fn planted_jpeg(image: &DynamicImage) -> Vec<u8> {
    let plain = written(image, ImageFormat::Jpeg);
    let mark = MARK.as_bytes();
    let mut bytes = plain[..2].to_vec();
    bytes.extend(segment(0xe1, &[b"Exif\0\0", &camera()]));
    bytes.extend(segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>", mark]));
    bytes.extend(segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", mark]));
    bytes.extend(segment(0xed, &[b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10", mark]));
    bytes.extend(segment(0xfe, &[mark]));
    bytes.extend(&plain[2..]);
    bytes.extend(mark);
    bytes
}

/// Returns one chunk of a PNG file.
fn chunk(sort: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut check = flate2::Crc::new();
    check.update(sort);
    check.update(body);
    let length = u32::try_from(body.len()).expect("the chunk is short");
    [&length.to_be_bytes()[..], sort, body, &check.sum().to_be_bytes()].concat()
}

/// Returns compressed bytes.
fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

/// Returns a PNG file with the mark wherever one can be put.
fn planted_png(image: &DynamicImage) -> Vec<u8> {
    const HEAD: usize = 8 + 25;
    let plain = written(image, ImageFormat::Png);
    let mark = MARK.as_bytes();
    let packed = deflated(mark);
    let mut bytes = plain[..HEAD].to_vec();
    bytes.extend(chunk(b"iCCP", &[b"Profile\0\0", &packed[..]].concat()));
    bytes.extend(chunk(b"tEXt", &[b"Author\0", mark].concat()));
    bytes.extend(chunk(b"zTXt", &[b"Comment\0\0", &packed[..]].concat()));
    bytes.extend(chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\x01\0\0\0", &packed[..]].concat()));
    bytes.extend(chunk(b"eXIf", &camera()));
    bytes.extend(chunk(b"prVt", mark));
    bytes.extend(&plain[HEAD..]);
    bytes.extend(mark);
    bytes
}

/// Returns the sorts of the segments before the picture's own data.
fn segments(bytes: &[u8]) -> Vec<u8> {
    let (mut at, mut sorts) = (2, Vec::new());
    while bytes[at + 1] != 0xda {
        sorts.push(bytes[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([bytes[at + 2], bytes[at + 3]]));
    }
    sorts
}

/// Returns the sorts of the chunks; there is nothing behind the last.
fn chunks(bytes: &[u8]) -> Vec<String> {
    let (mut at, mut sorts) = (8, Vec::new());
    while at < bytes.len() {
        let length = u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
        sorts.push(String::from_utf8_lossy(&bytes[at + 4..at + 8]).into_owned());
        at += 12 + length as usize;
    }
    sorts.dedup();
    sorts
}

/// Fails unless a pixel is rather of one colour.
#[track_caller]
fn looks(image: &DynamicImage, (x, y): (u32, u32), [red, green, blue]: [u8; 3]) {
    let pixel = image.get_pixel(x, y).0;
    let near = [red, green, blue].iter().zip(pixel).all(|(left, right)| left.abs_diff(right) < 40);
    assert!(near, "{pixel:?}");
}

const RED: [u8; 3] = [220, 20, 20];
const BLUE: [u8; 3] = [20, 20, 220];

#[test]
fn the_picture_of_a_record_is_told_to_machines_whatever_its_ending() {
    for (name, format) in [
        ("photo.jpeg", ImageFormat::Jpeg),
        ("Photo.JPG", ImageFormat::Jpeg),
        ("map.png", ImageFormat::Png),
    ] {
        let outcome = attach(name, &written(&picture(60, 40), format));
        let found = outcome
            .artifacts
            .iter()
            .find(|artifact| artifact.route().as_str() == "project/2024-01.html");
        let page = String::from_utf8_lossy(found.expect("the project has a page").bytes());
        let tag = page.split("<meta ").find(|tag| tag.contains("name=\"Image\""));
        assert!(
            tag.is_some_and(|tag| tag.contains(&format!("attachments/{name}"))),
            "{name}: {tag:?}"
        );
    }
    let text = attach("a.txt", "没有图".as_bytes());
    let found =
        text.artifacts.iter().find(|artifact| artifact.route().as_str() == "project/2024-01.html");
    let page = String::from_utf8_lossy(found.expect("the project has a page").bytes());
    assert!(!page.contains("name=\"Image\""), "a text is no picture");
}

#[test]
fn photographs_keep_their_picture_and_nothing_else() {
    let planted = planted_jpeg(&picture(60, 40));
    let outcome = attach("2024/Photo.JPG", &planted);
    let bytes = published_as(&outcome, "2024/Photo.JPG");
    bare(bytes, MARK);
    let sorts = segments(bytes);
    assert!(sorts.iter().all(|sort| matches!(sort, 0xe0 | 0xdb | 0xc0 | 0xc4)), "{sorts:x?}");
    assert!(bytes.ends_with(&[0xff, 0xd9]));
    // The camera says: turned by a quarter. What was left is above now.
    let image = image::load_from_memory(bytes).expect("it is a picture");
    assert_eq!(image.dimensions(), (40, 60));
    looks(&image, (20, 5), RED);
    looks(&image, (20, 55), BLUE);
    assert_eq!(bytes, published_as(&attach("2024/Photo.JPG", &planted), "2024/Photo.JPG"));
}

#[test]
fn graphics_keep_their_picture_and_nothing_else() {
    let outcome = attach("map.png", &planted_png(&picture(60, 40)));
    let bytes = published_as(&outcome, "map.png");
    bare(bytes, MARK);
    assert_eq!(chunks(bytes), ["IHDR", "IDAT", "IEND"]);
    let image = image::load_from_memory(bytes).expect("it is a picture");
    assert_eq!(image.dimensions(), (40, 60));
    assert_eq!(image.get_pixel(20, 5).0[..3], RED);
    assert_eq!(image.get_pixel(20, 55).0[..3], BLUE);
}

#[test]
fn large_pictures_are_made_smaller_and_small_ones_stay() {
    for (width, height, wanted) in [(2600, 130, (2000, 100)), (50, 30, (50, 30))] {
        let outcome = attach("a.png", &written(&picture(width, height), ImageFormat::Png));
        let image = image::load_from_memory(published_as(&outcome, "a.png"));
        assert_eq!(image.expect("it is a picture").dimensions(), wanted);
    }
}

#[test]
fn what_is_transparent_hides_nothing() {
    let hidden = RgbaImage::from_fn(8, 8, |x, _| Rgba([10, 20, 30, if x < 4 { 0 } else { 255 }]));
    let bytes = written(&DynamicImage::ImageRgba8(hidden), ImageFormat::Png);
    let outcome = attach("a.png", &bytes);
    let image = image::load_from_memory(published_as(&outcome, "a.png")).expect("a picture");
    assert_eq!(image.get_pixel(1, 1).0, [255, 255, 255, 255]);
    assert_eq!(image.get_pixel(6, 1).0, [10, 20, 30, 255]);
}

#[test]
fn other_formats_become_ordinary_ones() {
    let image = picture(60, 40);
    let outcome = attach("a.webp", &written(&image, ImageFormat::WebP));
    let bytes = published_as(&outcome, "a.jpg");
    assert_eq!(image::guess_format(bytes).expect("a picture"), ImageFormat::Jpeg);
    let outcome = attach("a.gif", &written(&image, ImageFormat::Gif));
    assert_eq!(chunks(published_as(&outcome, "a.png")), ["IHDR", "IDAT", "IEND"]);
    // The content counts, not the name.
    let outcome = attach("b.png", &planted_jpeg(&image));
    bare(published_as(&outcome, "b.jpg"), MARK);
}

#[test]
fn moving_pictures_stay_behind() {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for _ in 0..2 {
        let frame = picture(8, 8).into_rgba8();
        let frame = Frame::from_parts(frame, 0, 0, Delay::from_numer_denom_ms(100, 1));
        encoder.encode_frame(frame).expect("the frame can be written");
    }
    drop(encoder);
    refused(&attach("a.gif", &bytes), "unchecked-attachment", "会动");
}

#[test]
fn a_small_file_does_not_become_a_large_picture() {
    let plain = written(&picture(8, 8), ImageFormat::Png);
    let mut head = plain[16..29].to_vec();
    head[..8].copy_from_slice(&[0, 0, 0xc0, 0, 0, 0, 0xc0, 0]);
    let bomb = [&plain[..8], &chunk(b"IHDR", &head), &plain[33..]].concat();
    refused(&attach("a.png", &bomb), "unchecked-attachment", "太大");
    let cut = &plain[..plain.len() / 2];
    refused(&attach("a.png", cut), "unchecked-attachment", "损坏");
}

/// Returns the artifact of a route.
fn artifact<'a>(outcome: &'a Outcome, route: &str) -> Option<&'a [u8]> {
    let mut artifacts = outcome.artifacts.iter();
    artifacts.find(|artifact| artifact.route().as_str() == route).map(|found| found.bytes())
}

#[test]
fn a_page_shows_a_large_picture_small_and_leads_to_the_whole() {
    let outcome = attach("before.jpg", &planted_jpeg(&picture(900, 1500)));
    let whole = published_as(&outcome, "before.jpg");
    let preview = artifact(&outcome, "pictures/before.jpg").expect("a smaller one is made");
    bare(preview, MARK);
    assert!(preview.len() < whole.len());
    // The camera says that the picture lies on its side.
    let shown = image::load_from_memory(preview).expect("it is a picture");
    assert_eq!(shown.dimensions(), (720, 432));
    let page = artifact(&outcome, "project/2024-01.html").expect("the page is there");
    let page = String::from_utf8_lossy(page);
    let tag = page.split("<img ").skip(1).find(|tag| tag.contains("pictures/before.jpg"));
    let tag = tag.and_then(|tag| tag.split('>').next()).expect("the page shows it");
    for part in ["width=\"720\"", "height=\"432\"", "loading=lazy"] {
        assert!(tag.contains(part), "{part} in {tag}");
    }
    assert!(page.contains("href=\"../attachments/before.jpg\""));
}

#[test]
fn a_small_picture_is_shown_as_it_is() {
    let outcome = attach("plan.png", &written(&picture(480, 300), ImageFormat::Png));
    assert!(artifact(&outcome, "pictures/plan.png").is_none());
    let page = artifact(&outcome, "project/2024-01.html").expect("the page is there");
    let page = String::from_utf8_lossy(page);
    let tag = page.split("<img ").skip(1).find(|tag| tag.contains("attachments/plan.png"));
    assert!(tag.is_some_and(|tag| tag.contains("width=\"480\"") && tag.contains("height=\"300\"")));
}
