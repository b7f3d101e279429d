//! Badges: drawn for printing, and read from a photo.

use std::io::Cursor;

use fast_qr::convert::Builder;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::{ECL, QRBuilder};
use image::imageops::FilterType;
use image::{GrayImage, ImageFormat, ImageReader, Limits};

use super::rules::Badge;
use crate::error::{Error, Kind, Result};

/// The largest photo, in bytes.
pub(super) const LARGEST_PHOTO: usize = 12 << 20;
/// The most dots on a side and in all: what a phone of 20 megapixels makes.
const LONGEST_SIDE: u32 = 8_192;
const MOST_PIXELS: u64 = 20_000_000;
/// What decoding may take, in bytes: three a dot, and some working space.
const MOST_MEMORY: u64 = 80 << 20;
/// A code that fills a tenth of a photo of this size still has five dots to a module.
const READABLE_SIDES: [u32; 2] = [1_600, 800];

/// The QR code of a badge as SVG.
pub(super) fn draw(code: &str) -> Result<String> {
    let qr = QRBuilder::new(code).ecl(ECL::M).build();
    let qr = qr.map_err(|e| Error::internal("A badge could not be drawn.").caused_by(format!("{e:?}")))?;
    Ok(SvgBuilder::default().margin(2).to_str(&qr))
}

/// The badge on a photo. Takes long; not for the runtime's threads. The photo is not kept.
pub(super) fn read_photo(photo: &[u8]) -> Result<Badge> {
    let photo = decode(photo)?;
    READABLE_SIDES.iter().find_map(|side| find_badge(&shrink(&photo, *side))).ok_or_else(unreadable)
}

fn decode(photo: &[u8]) -> Result<GrayImage> {
    let reader = || {
        let mut limits = Limits::default();
        limits.max_image_width = Some(LONGEST_SIDE);
        limits.max_image_height = Some(LONGEST_SIDE);
        limits.max_alloc = Some(MOST_MEMORY);
        let mut reader = ImageReader::new(Cursor::new(photo)).with_guessed_format()?;
        reader.limits(limits);
        Ok::<_, Error>(reader)
    };
    if !matches!(reader()?.format(), Some(ImageFormat::Jpeg | ImageFormat::Png)) {
        return Err(unreadable());
    }
    let (width, height) = reader()?.into_dimensions().map_err(|e| unreadable().caused_by(e))?;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        let message = "The photo is too large. Take it with a lower resolution.";
        return Err(Error::new(Kind::TooLarge, "request.too-large", message));
    }
    Ok(reader()?.decode().map_err(|e| unreadable().caused_by(e))?.into_luma8())
}

fn shrink(photo: &GrayImage, side: u32) -> GrayImage {
    let longest = photo.width().max(photo.height());
    if longest <= side {
        return photo.clone();
    }
    let scaled = |length: u32| (u64::from(length) * u64::from(side) / u64::from(longest)).max(1);
    let scaled = |length| u32::try_from(scaled(length)).unwrap_or(side);
    image::imageops::resize(photo, scaled(photo.width()), scaled(photo.height()), FilterType::Triangle)
}

fn find_badge(photo: &GrayImage) -> Option<Badge> {
    let (width, height) = (photo.width() as usize, photo.height() as usize);
    let pixels = photo.as_raw();
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        pixels.get(y * width + x).copied().unwrap_or(u8::MAX)
    });
    let texts = prepared.detect_grids().into_iter().filter_map(|grid| grid.decode().ok());
    texts.into_iter().find_map(|(_, text)| Badge::read(&text))
}

fn unreadable() -> Error {
    let message = "There is no readable badge on this photo. Hold the badge still, close and in good light.";
    Error::invalid("people.badge-unreadable", message)
}

#[cfg(test)]
mod tests {
    use image::{ImageEncoder, Luma};

    use super::*;
    use crate::ids::StudentId;
    use crate::people::Secret;

    /// A photo of a badge that lies askew on a grey table: every dot of the photo looks up its place on the badge. In
    /// whole numbers: thousandths of a module, and of the sine and cosine of the angle.
    fn photograph(
        code: &str,
        (width, height): (i32, i32),
        dots_a_module: i32,
        (sin, cos): (i32, i32),
    ) -> GrayImage {
        let qr = QRBuilder::new(code).ecl(ECL::M).build().unwrap();
        let size = i32::try_from(qr.size).unwrap();
        let mut photo = GrayImage::new(width.cast_unsigned(), height.cast_unsigned());
        for (x, y, dot) in photo.enumerate_pixels_mut() {
            let (x, y) = (x.cast_signed() - width / 2, y.cast_signed() - height / 2);
            let place = |along: i32| (along / dots_a_module + size * 500).div_euclid(1_000);
            let (row, column) = (place(y * cos - x * sin), place(x * cos + y * sin));
            let on = |border: i32| [row, column].iter().all(|at| (-border..size + border).contains(at));
            let is_dark = || {
                let at = |place: i32| usize::try_from(place).unwrap();
                on(0) && qr[at(row)][at(column)].value()
            };
            let table = 110 + u8::try_from((x * 7 + y * 13).rem_euclid(30)).unwrap();
            *dot = Luma([if is_dark() {
                40
            } else if on(3) {
                210
            } else {
                table
            }]);
        }
        photo
    }

    fn jpeg(photo: &GrayImage) -> Vec<u8> {
        let mut bytes = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 70);
        encoder.write_image(photo, photo.width(), photo.height(), image::ExtendedColorType::L8).unwrap();
        bytes
    }

    #[test]
    fn badges_are_read_from_photos_as_children_take_them() {
        let code = Secret([7; 32]).badge(StudentId([9; 16]), 3);
        // Upright, 12, 95 and 200 degrees.
        let table = [
            ((640, 480), 8, (0, 1_000)),
            ((3_000, 2_000), 20, (208, 978)),
            ((2_000, 3_000), 40, (996, -87)),
            ((4_000, 3_000), 25, (-342, -940)),
        ];
        for (size, dots, turn) in table {
            let badge = read_photo(&jpeg(&photograph(&code, size, dots, turn)));
            assert_eq!(badge.unwrap().student, StudentId([9; 16]), "{size:?} turned by {turn:?}");
        }
    }

    #[test]
    fn what_is_no_photo_of_a_badge_is_refused() {
        let other = photograph("https://example.org/", (640, 480), 8, (0, 1_000));
        let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x1f\xff\0\0\x1f\xff\x08\0\0\0\0".to_vec();
        // The checksum of the header, so that the decoder gets as far as the size.
        bomb.extend(crc32(&bomb[12..29]).to_be_bytes());
        bomb.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
        for (photo, code) in [
            (jpeg(&other), "people.badge-unreadable"),
            (b"GIF89a".to_vec(), "people.badge-unreadable"),
            (Vec::new(), "people.badge-unreadable"),
            (jpeg(&other)[..500].to_vec(), "people.badge-unreadable"),
            (bomb, "request.too-large"),
        ] {
            assert_eq!(read_photo(&photo).unwrap_err().code, code);
        }
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(
                crc ^ u32::from(*byte),
                |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 },
            )
        })
    }
}
