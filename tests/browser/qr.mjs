// Reads a QR code from the SVG that a sheet shows, as a telephone would that sees it without a
// blemish: nothing is corrected, so a single wrong module fails a test.

/** Error correction words of a block, and blocks, by level and version 1 to 10. */
const WORDS = {
  L: [7, 10, 15, 20, 26, 18, 20, 24, 30, 18],
  M: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26],
  Q: [13, 22, 18, 26, 18, 24, 18, 22, 20, 24],
  H: [17, 28, 22, 16, 22, 28, 26, 26, 24, 28],
};
const BLOCKS = {
  L: [1, 1, 1, 1, 1, 2, 2, 2, 2, 4],
  M: [1, 1, 1, 2, 2, 4, 4, 4, 5, 5],
  Q: [1, 1, 2, 2, 4, 4, 6, 6, 8, 8],
  H: [1, 1, 2, 4, 4, 4, 5, 6, 8, 8],
};

const MASKS = [
  (x, y) => (x + y) % 2,
  (_, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

/** The white border that every code has around it, in modules. */
const BORDER = 4;

/** Returns the text of the code. */
export function read(svg) {
  const dark = modules(svg);
  const size = dark.length;
  const version = (size - 17) / 4;
  if (!Number.isInteger(version) || version < 1 || version > 10) throw new Error(`a code of ${size} modules`);
  const { level, mask } = format(dark);
  const bytes = data(words(dark, version, MASKS[mask]), WORDS[level][version - 1], BLOCKS[level][version - 1]);
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  if (bits.slice(0, 4) !== "0100") throw new Error(`the code is written in mode ${bits.slice(0, 4)}, not in bytes`);
  const start = version < 10 ? 12 : 20;
  const length = parseInt(bits.slice(4, start), 2);
  const text = Array.from({ length }, (_, at) => parseInt(bits.slice(start + 8 * at, start + 8 * at + 8), 2));
  return Buffer.from(text).toString("utf8");
}

/** The modules of a code by row and column; fails when the border is not white. */
function modules(svg) {
  const size = Number(/viewBox="?0 0 (\d+) /.exec(svg)[1]) - 2 * BORDER;
  const dark = Array.from({ length: size }, () => Array(size).fill(false));
  const path = [...svg.matchAll(/\bd="?(M[^">]*)/g)].at(-1)[1];
  for (const [, x, y, run] of path.matchAll(/M(\d+),(\d+)h(\d+)v1h-\d+z/g)) {
    for (let at = 0; at < Number(run); at += 1) {
      const [row, column] = [Number(y) - BORDER, Number(x) - BORDER + at];
      if (dark[row]?.[column] === undefined) throw new Error("a module lies in the white border");
      dark[row][column] = true;
    }
  }
  return dark;
}

/** The level and the mask, from beside the first corner. */
function format(dark) {
  const places = [0, 1, 2, 3, 4, 5, 7, 8].map((y) => [8, y]);
  places.push([7, 8], ...[5, 4, 3, 2, 1, 0].map((x) => [x, 8]));
  const bits = places.reduce((sum, [x, y], at) => sum | (Number(dark[y][x]) << at), 0) ^ 0x5412;
  return { level: "MLHQ"[bits >> 13], mask: (bits >> 10) & 7 };
}

/** Returns whether a module belongs to the pattern and not to the text. */
function fixed(x, y, version, size) {
  if ((x < 9 && y < 9) || (x < 9 && y >= size - 8) || (x >= size - 8 && y < 9) || x === 6 || y === 6) return true;
  if (version >= 7 && ((x < 6 && y >= size - 11) || (y < 6 && x >= size - 11))) return true;
  if (version === 1) return false;
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const centres = [6, ...Array.from({ length: count - 1 }, (_, at) => size - 7 - at * step)];
  const corner = (at) => at === 6;
  const last = (at) => at === size - 7;
  return centres.some((cx) => centres.some((cy) => {
    if ((corner(cx) && corner(cy)) || (corner(cx) && last(cy)) || (last(cx) && corner(cy))) return false;
    return Math.abs(x - cx) <= 2 && Math.abs(y - cy) <= 2;
  }));
}

/** The words in the order in which they stand: two columns at a time, up and down by turns. */
function words(dark, version, mask) {
  const size = dark.length;
  const bits = [];
  let up = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const y = up ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (!fixed(x, y, version, size)) bits.push(Number(dark[y][x] !== (mask(x, y) === 0)));
      }
    }
    up = !up;
  }
  const count = Math.floor(bits.length / 8);
  return Array.from({ length: count }, (_, at) => parseInt(bits.slice(8 * at, 8 * at + 8).join(""), 2));
}

/** The words of the text, out of the blocks among which they are dealt. */
function data(all, correction, count) {
  const short = Math.floor(all.length / count) - correction;
  const long = all.length % count;
  const blocks = Array.from({ length: count }, () => []);
  let next = 0;
  for (let at = 0; at <= short; at += 1) {
    // The last blocks are one word longer.
    blocks.forEach((block, number) => {
      if (at < short || number >= count - long) block.push(all[next++]);
    });
  }
  return blocks.flat();
}
