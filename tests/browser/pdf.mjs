// Reads what stands on the pages of a PDF that Chromium wrote: the size of each page, and its words.

import { inflateSync } from "node:zlib";

/** Returns the pages of a PDF in their order, each with its width and height in millimetres and its words. */
export function read(bytes) {
  const raw = bytes.toString("latin1");
  const objects = new Map([...raw.matchAll(/(?:^|\n)(\d+) 0 obj\s(.*?)\nendobj/gs)].map(([, id, body]) => [id, body]));
  const body = (id) => objects.get(id) ?? "";
  const stream = (id) => {
    const found = /^(.*?)>>\s*stream\r?\n(.*)\r?\nendstream/s.exec(body(id));
    if (!found) return "";
    const data = Buffer.from(found[2], "latin1");
    return (found[1].includes("/FlateDecode") ? inflateSync(data) : data).toString("latin1");
  };
  const letters = new Map();
  const lettersOf = (id) => {
    if (!letters.has(id)) letters.set(id, table(stream(/\/ToUnicode (\d+) 0 R/.exec(body(id))?.[1])));
    return letters.get(id);
  };
  const pages = [...objects.values()].filter((page) => /\/Type\s*\/Page\b/.test(page));
  return pages.map((page) => {
    const box = /\/MediaBox\s*\[([^\]]*)\]/.exec(page)[1].trim().split(/\s+/).map(Number);
    const [width, height] = [box[2] - box[0], box[3] - box[1]].map((points) => (points / 72) * 25.4);
    const fonts = new Map();
    for (const [, name, id] of page.matchAll(/\/(F\d+) (\d+) 0 R/g)) fonts.set(name, lettersOf(id));
    const content = [...(/\/Contents\s*(\[[^\]]*\]|\d+ 0 R)/.exec(page)?.[1] ?? "").matchAll(/(\d+) 0 R/g)];
    return { width, height, words: words(content.map(([, id]) => stream(id)).join("\n"), fonts) };
  });
}

/** What each glyph of a font means. */
function table(map) {
  const letters = new Map();
  const text = (hex) => Buffer.from(hex, "hex").swap16().toString("utf16le");
  for (const [, block] of map.matchAll(/beginbfchar(.*?)endbfchar/gs)) {
    for (const [, glyph, hex] of block.matchAll(/<(\w+)>\s*<(\w+)>/g)) letters.set(parseInt(glyph, 16), text(hex));
  }
  for (const [, block] of map.matchAll(/beginbfrange(.*?)endbfrange/gs)) {
    for (const [, from, to, hex] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
      for (let glyph = parseInt(from, 16); glyph <= parseInt(to, 16); glyph += 1) {
        const code = parseInt(hex, 16) + glyph - parseInt(from, 16);
        letters.set(glyph, text(code.toString(16).padStart(4, "0")));
      }
    }
  }
  // Fonts of pictures name a glyph by one byte, all others by two.
  return { letters, digits: /begincodespacerange\s*<(\w+)>/.exec(map)?.[1].length ?? 4 };
}

/** The words of a page in the order in which they are drawn; no letters stand between two drawings. */
function words(content, fonts) {
  let font;
  let said = "";
  for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|(<[\da-fA-F]+>\s*Tj|\[[^\]]*\]\s*TJ)/g)) {
    if (name) font = fonts.get(name);
    else {
      for (const [, hex] of shown.matchAll(/<([\da-fA-F]+)>/g)) {
        for (let at = 0; font && at < hex.length; at += font.digits) {
          said += font.letters.get(parseInt(hex.slice(at, at + font.digits), 16)) ?? "";
        }
      }
    }
  }
  return plain(said);
}

/** Letters that come back as a radical or an older form that is drawn alike. */
const TWINS = "⻚页戶户⻓长⻔门⻋车⻅见⻉贝⻛风⻜飞⻝食⻢马⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟⺟母⺠民⻄西⻘青⻤鬼⻣骨⻆角⻁虎內内";

/** Returns words without blanks, with one form for letters that are drawn alike. */
export function plain(words) {
  const one = words.normalize("NFKC").replace(/\s+/g, "");
  return one.replace(/[\u2e80-\u2fdf戶內]/g, (letter) => TWINS[TWINS.indexOf(letter) + 1] ?? letter);
}
