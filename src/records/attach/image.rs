//! Images: decoded to pixels and written anew, so that nothing but the pixels is left.
//!
//! Places, names, descriptions, thumbnails, colour profiles and whatever hangs behind the picture are
//! gone. A picture is turned as its camera says, laid on white (what is transparent can hide
//! something) and made smaller where it is larger than a page needs. Who or what is in the picture
//! is not recognised.

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::imageops::FilterType;
use image::{
    AnimationDecoder as _, DynamicImage, GrayImage, ImageDecoder as _, ImageFormat, ImageReader,
    RgbImage,
};

use crate::decode::Unopened;
use crate::records::attach::limits::Limits;
use crate::records::attach::{Copy, Fault, Original, Picture, Treatment, search};
use crate::text::Phrase;

/// Images.
pub(super) struct Image;

impl Treatment for Image {
    fn label(&self) -> Phrase {
        Phrase::new("图片", "image")
    }

    fn endings(&self) -> &'static [&'static str] {
        &["png", "jpg", "jpeg", "webp", "gif"]
    }

    fn treat(&self, original: &Original<'_>) -> Result<Copy, Vec<Fault>> {
        let limits = &original.measures.limits;
        let (image, format) = decode(original.bytes, limits).map_err(|fault| vec![fault])?;
        let image = small(image, limits.longest_side);
        let jpeg = matches!(format, ImageFormat::Jpeg | ImageFormat::WebP);
        let write = |image: &DynamicImage| {
            if jpeg { as_jpeg(image, limits.jpeg_quality) } else { as_png(image) }
        };
        let bytes = write(&image).ok_or_else(|| vec![search::unopened(Unopened::Damaged)])?;
        let ending = match (jpeg, original.ending().as_str()) {
            (true, "jpg" | "jpeg") | (false, "png") => None,
            (true, _) => Some("jpg"),
            (false, _) => Some("png"),
        };
        let picture = Some(shown((&image, &bytes), limits.shown_side, &write));
        Ok(Copy { ending, bytes, picture })
    }
}

/// Returns how an image is shown on a page: made smaller where that saves a phone something to load.
fn shown(
    (image, bytes): (&DynamicImage, &[u8]),
    longest: u32,
    write: &dyn Fn(&DynamicImage) -> Option<Vec<u8>>,
) -> Picture {
    let whole = Picture { size: (image.width(), image.height()), preview: None };
    if image.width().max(image.height()) <= longest {
        return whole;
    }
    let smaller = small(image.clone(), longest);
    match write(&smaller).filter(|preview| preview.len() < bytes.len()) {
        Some(preview) => {
            Picture { size: (smaller.width(), smaller.height()), preview: Some(preview.into()) }
        }
        None => whole,
    }
}

/// Writes an image inside a document anew in its own format; `None` if it is of another sort.
pub(super) fn inside(bytes: &[u8], limits: &Limits) -> Option<Vec<u8>> {
    let (image, format) = decode(bytes, limits).ok()?;
    let image = small(image, limits.longest_side);
    match format {
        ImageFormat::Jpeg => as_jpeg(&image, limits.jpeg_quality),
        ImageFormat::Png => as_png(&image),
        // The name of the part says what it is, so it must stay what it was.
        _ => None,
    }
}

/// Decodes an image and turns it as its camera says.
fn decode(bytes: &[u8], limits: &Limits) -> Result<(DynamicImage, ImageFormat), Fault> {
    let damaged = |_| search::unopened(Unopened::Damaged);
    let reader = ImageReader::new(Cursor::new(bytes));
    let reader = reader.with_guessed_format().map_err(|_| search::unopened(Unopened::Damaged))?;
    let format = reader.format().ok_or_else(|| search::unopened(Unopened::Unknown))?;
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > limits.most_pixels() {
        return Err(search::unopened(Unopened::TooLarge));
    }
    if moves(bytes, format).map_err(damaged)? {
        return Err(Fault::unread(
            Phrase::new(
                "这张图片会动,不是每一帧都能检查,不会放到网上",
                "this image moves; it is not put online",
            ),
            Phrase::new("截成一张静止的 .png 或 .jpg", "save one still picture as .png or .jpg"),
        ));
    }
    let orientation = decoder.orientation().map_err(damaged)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    image.apply_orientation(orientation);
    Ok((on_white(image), format))
}

/// Returns whether an image has more than one frame.
fn moves(bytes: &[u8], format: ImageFormat) -> image::ImageResult<bool> {
    let bytes = Cursor::new(bytes);
    Ok(match format {
        ImageFormat::Gif => GifDecoder::new(bytes)?.into_frames().take(2).count() > 1,
        ImageFormat::Png => PngDecoder::new(bytes)?.is_apng()?,
        ImageFormat::WebP => WebPDecoder::new(bytes)?.has_animation(),
        _ => false,
    })
}

/// Lays an image on white, with eight bits a colour.
fn on_white(image: DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return if image.color().has_color() {
            DynamicImage::ImageRgb8(image.into_rgb8())
        } else {
            DynamicImage::ImageLuma8(image.into_luma8())
        };
    }
    let gray = !image.color().has_color();
    let above = image.into_rgba8();
    let mut flat = RgbImage::new(above.width(), above.height());
    for (target, pixel) in flat.pixels_mut().zip(above.pixels()) {
        let [red, green, blue, alpha] = pixel.0.map(u32::from);
        let mixed = |colour: u32| {
            u8::try_from((colour * alpha + 255 * (255 - alpha) + 127) / 255)
                .expect("a mean of two bytes is a byte")
        };
        target.0 = [mixed(red), mixed(green), mixed(blue)];
    }
    let flat = DynamicImage::ImageRgb8(flat);
    if gray { DynamicImage::ImageLuma8(flat.into_luma8()) } else { flat }
}

/// Makes an image smaller if its longest side is longer than this.
fn small(image: DynamicImage, longest: u32) -> DynamicImage {
    if image.width().max(image.height()) <= longest {
        return image;
    }
    image.resize(longest, longest, FilterType::Lanczos3)
}

/// Writes pixels as JPEG.
fn as_jpeg(image: &DynamicImage, quality: u8) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    bare(image).write_with_encoder(encoder).ok()?;
    Some(bytes)
}

/// Writes pixels as PNG.
fn as_png(image: &DynamicImage) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, PngFilter::Adaptive);
    bare(image).write_with_encoder(encoder).ok()?;
    Some(bytes)
}

/// Returns the same pixels in an image that never knew the original's colour space.
fn bare(image: &DynamicImage) -> DynamicImage {
    let (width, height) = (image.width(), image.height());
    let raw = image.as_bytes().to_vec();
    let gray = GrayImage::from_raw(width, height, raw.clone()).map(DynamicImage::ImageLuma8);
    match image {
        DynamicImage::ImageLuma8(_) => gray,
        _ => RgbImage::from_raw(width, height, raw).map(DynamicImage::ImageRgb8),
    }
    .expect("the pixels fill an image of their size")
}
