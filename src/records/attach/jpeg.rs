//! JPEG data inside a document: the picture stays as it is, everything beside it goes.

/// Returns JPEG data without comments, without what cameras and programs write into it and without
/// what hangs behind it; `None` if it is no such data.
pub(super) fn bare(bytes: &[u8]) -> Option<Vec<u8>> {
    const START: [u8; 2] = [0xff, 0xd8];
    let mut bare = bytes.strip_prefix(&START).map(|_| START.to_vec())?;
    let mut at = START.len();
    loop {
        // Any number of fill bytes may stand before a mark.
        let mark = (at..bytes.len()).find(|at| bytes[*at] != 0xff)?;
        if mark == at {
            return None;
        }
        let sort = bytes[mark];
        if sort == END {
            bare.extend([0xff, END]);
            return Some(bare);
        }
        let length =
            usize::from(u16::from_be_bytes([*bytes.get(mark + 1)?, *bytes.get(mark + 2)?]));
        let end = mark + 1 + length;
        let segment = bytes.get(mark + 1..end)?;
        // The first mark of the format and the one that tells the colours have to stay.
        let told = matches!(sort, 0xe1..=0xed | 0xef | COMMENT);
        // A thumbnail may hang in the first mark: only its head is kept.
        if sort == 0xe0 {
            bare.extend(FIRST);
        } else if !told {
            bare.extend([0xff, sort]);
            bare.extend(segment);
        }
        at = end;
        if sort == SCAN {
            let length = scan(bytes.get(end..)?)?;
            bare.extend(&bytes[end..end + length]);
            at = end + length;
        }
    }
}

/// The mark of the end.
const END: u8 = 0xd9;
/// The mark of a comment.
const COMMENT: u8 = 0xfe;
/// The mark after which the picture's own data come.
const SCAN: u8 = 0xda;
/// The first mark, with no density and no thumbnail.
const FIRST: [u8; 18] = [0xff, 0xe0, 0, 16, b'J', b'F', b'I', b'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];

/// Returns how long the data of a scan are.
fn scan(bytes: &[u8]) -> Option<usize> {
    bytes
        .windows(2)
        .position(|pair| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff))
}
