// The files of the built site, read without a browser: links, outlines, what must not be there.

import { posix } from "node:path";

import { base, files, isMain, moved, pages, site, tags, text, trees } from "./site.mjs";
import { finish, must, none, test } from "./tap.mjs";

const every = new Map(pages.map((path) => [path, { html: text(path), tags: tags(text(path)) }]));
const known = new Set(files);
const data = (ending) => files.filter((path) => path.endsWith(ending));

/** The faults of every page that the function finds. */
function over(find) {
  return [...every].flatMap(([path, page]) => find(page, path).map((fault) => `${path}: ${fault}`));
}

/** What an address on a page leads to inside the site, with its fragment; nothing if it leads out of it. */
function target(address, path) {
  const inner = base && address.startsWith(base) ? `/${address.slice(base.length)}` : address;
  if (/^[a-z][a-z+.-]*:/i.test(inner) || inner.startsWith("//")) return undefined;
  const [place, fragment] = inner.split("#");
  // The page for lost readers is shown under any address, so its own are absolute.
  const prefix = base ? new URL(base).pathname : "/";
  const route = place.startsWith(prefix) && prefix !== "/" ? `/${place.slice(prefix.length)}` : place;
  let file = route === "" ? path : decodeURIComponent(posix.join("/", posix.dirname(path), route.split("?")[0]).slice(1));
  if (route.startsWith("/")) file = decodeURIComponent(route.slice(1));
  if (file === "" || file.endsWith("/")) file += "index.html";
  return { file, fragment: fragment && decodeURIComponent(fragment) };
}

const idsOf = ({ tags }) => tags.map(({ attributes }) => attributes.id).filter((id) => id !== undefined);
const ids = new Map([...every].map(([path, page]) => [path, new Set(idsOf(page))]));

await test(`all links of ${pages.length} pages lead somewhere`, () => {
  must(pages.length > 50, `only ${pages.length} pages in ${site}`);
  none(over(({ tags }, path) => {
    const faults = [];
    for (const { name, attributes } of tags) {
      for (const address of [attributes.href, attributes.src].filter((address) => address !== undefined)) {
        const to = target(address, path);
        if (!to) continue;
        if (!known.has(to.file)) faults.push(`<${name}> leads to ${address}, which is not there`);
        else if (to.fragment && ids.has(to.file) && !ids.get(to.file).has(to.fragment)) {
          faults.push(`<${name}> leads to ${address}, where nothing has this id`);
        }
      }
    }
    return faults;
  }));
});

await test("every page can be reached from the home page", () => {
  const seen = new Set(["index.html"]);
  for (const path of seen) {
    for (const { name, attributes } of every.get(path)?.tags ?? []) {
      const to = name === "a" && attributes.href !== undefined && target(attributes.href, path);
      if (to && every.has(to.file)) seen.add(to.file);
    }
  }
  // Former addresses are for who kept one.
  none(pages.filter((path) => !seen.has(path) && path !== "404.html" && !moved(path)));
});

await test("feeds and the sitemap lead to files of the site", () => {
  must(base, "404.html names no address of the site");
  none(data(".xml").flatMap((path) => {
    const addresses = [...text(path).matchAll(/(?:href="|<loc>|<id>)(https?:[^"<]+)/g)].map((found) => found[1]);
    const own = addresses.filter((address) => address.startsWith(base));
    return own.filter((address) => !known.has(target(address, path).file)).map((address) => `${path}: ${address}`);
  }));
});

// Linked data is read and never run.
await test("nothing is loaded from elsewhere, and nothing runs inline", () => {
  const loading = { script: "src", img: "src", iframe: "src", source: "src", object: "data", embed: "src", video: "src", audio: "src" };
  const relations = /stylesheet|icon|preload|prefetch|preconnect|manifest/;
  none(over(({ html, tags }) => tags.flatMap(({ name, attributes }) => {
    const faults = Object.keys(attributes).filter((key) => /^on/.test(key) || key === "style");
    const address = name === "link" && relations.test(attributes.rel) ? attributes.href : attributes[loading[name]];
    if (address && /^([a-z]+:)?\/\//i.test(address)) faults.push(`<${name}> loads ${address}`);
    return faults;
  }).concat(/<script\b(?![^>]*\bld\+json)[^>]*>[^<\s]/.test(html) ? ["a script stands inline"] : [])));
  none(data(".css").filter((path) => /@import|url\(\s*["']?(https?:)?\/\//.test(text(path))));
});

await test("every page has one h1, a language, a title and a viewport", () => {
  none(over(({ html, tags }) => {
    const faults = [];
    const headings = tags.filter(({ name }) => name === "h1").length;
    if (headings !== 1) faults.push(`${headings} h1`);
    if (!tags.find(({ name }) => name === "html")?.attributes.lang) faults.push("no language");
    if (!/<title>[^<]*\S[^<]*<\/title>/.test(html)) faults.push("no title");
    if (!tags.some(({ name, attributes }) => name === "meta" && attributes.name === "viewport")) faults.push("no viewport");
    return faults;
  }));
});

await test("no two pages of a folder have the same title", () => {
  const titles = new Map();
  for (const [path, { html }] of every) {
    const folder = path.split("/").slice(0, isMain(path) ? 1 : 2).join("/");
    const title = `${folder}: ${/<title>([^<]*)/.exec(html)?.[1]}`;
    titles.set(title, [...(titles.get(title) ?? []), path]);
  }
  none([...titles].filter(([, paths]) => paths.length > 1).map(([title, paths]) => `${title}: ${paths.join(", ")}`));
});

await test(`every page is there in ${trees.length + 1} languages that link each other`, () => {
  must(trees.length > 0, "the example is in one language");
  const twins = (path) => every.get(path).tags.filter(({ name, attributes }) => name === "link" && attributes.hreflang)
    .map(({ attributes }) => `${attributes.hreflang} ${attributes.href}`).sort().join("\n");
  none([...every.keys()].filter((path) => isMain(path) && path !== "404.html" && !path.startsWith("widget/")).flatMap((path) => {
    const others = trees.map((folder) => folder + path);
    const missing = others.filter((other) => !every.has(other)).map((other) => `${other} is missing`);
    if (missing.length > 0) return missing;
    if (twins(path).split("\n").length !== trees.length + 2) return [`${path} does not link each language`];
    return others.filter((other) => twins(other) !== twins(path)).map((other) => `${other} links other pages`);
  }));
});

await test("headings go down one step at a time", () => {
  none(over(({ tags }) => {
    const levels = tags.map(({ name }) => /^h([1-6])$/.exec(name)?.[1]).filter(Boolean).map(Number);
    return levels.flatMap((level, at) => (at > 0 && level > levels[at - 1] + 1 ? [`h${level} after h${levels[at - 1]}`] : []));
  }));
});

await test("every table has a caption and heads with a scope", () => {
  none(over(({ html, tags }) => {
    // A table in prose was typed in Markdown, which has no captions: the text around it says what it is.
    const tables = html.replace(/<div class="prose[^>]*>.*?<\/div>/gs, "").split(/<table\b/).slice(1);
    const bare = tables.filter((table) => !/^[^>]*>\s*<caption\b[^>]*>\s*(?:<bdi\b[^>]*>)?[^<\s]/.test(table)).length;
    const heads = tags.filter(({ name, attributes }) => name === "th" && !attributes.scope).length;
    return [bare && `${bare} tables without a caption`, heads && `${heads} heads without a scope`].filter(Boolean);
  }));
});

await test("ids are unique, inputs have labels, pictures have words", () => {
  none(over((page) => {
    const found = idsOf(page);
    const twice = found.filter((id, at) => found.indexOf(id) !== at).map((id) => `id ${id} twice`);
    const labels = page.tags.filter(({ name }) => name === "label").map(({ attributes }) => attributes.for);
    const wrapped = (page.html.match(/<label\b[^>]*>(?:(?!<\/label>).)*<input/gs) ?? []).length;
    const inputs = page.tags.filter(({ name }) => name === "input");
    const named = inputs.filter(({ attributes }) => labels.includes(attributes.id) || attributes["aria-label"]).length;
    const silent = page.tags.filter(({ name, attributes }) => name === "img" && attributes.alt === undefined).length;
    return [...twice, ...(named + wrapped < inputs.length ? ["an input without a label"] : []), ...(silent ? ["a picture without words"] : [])];
  }));
});

await test("JSON can be read, and every row of a CSV has as many cells as its head", () => {
  const faults = [];
  for (const path of data(".json")) {
    try {
      JSON.parse(text(path));
    } catch (error) {
      faults.push(`${path}: ${error.message}`);
    }
  }
  for (const path of data(".csv")) {
    const rows = cells(text(path).replace(/^\ufeff/, ""));
    const uneven = rows.findIndex((row) => row.length !== rows[0].length);
    if (uneven >= 0) faults.push(`${path}: row ${uneven + 1} has ${rows[uneven].length} cells, the head ${rows[0].length}`);
  }
  none(faults);
});

function cells(csv) {
  const rows = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push((quoted ?? plain).replaceAll('""', '"'));
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.length > 1 || row[0]);
}

await test("no number of a person's papers, card or mobile phone is in any file", () => {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const paper = (number) => "10X98765432"[weights.reduce((sum, weight, at) => sum + weight * number[at], 0) % 11] === number[17].toUpperCase();
  // No value is repeated: this line stands in a log.
  none(files.filter((path) => /\.(html|json|csv|xml|txt|js|svg)$/.test(path)).filter((path) => {
    const shown = text(path).replace(/(?<=\d)[ \u00a0-](?=\d)/g, "");
    return (shown.match(/(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/g) ?? []).some(paper)
      || /(?<![\dA-Za-z.])1[3-9]\d{9}(?![\dA-Za-z.])/.test(shown)
      || /(?<![\dA-Za-z.])62\d{14,17}(?![\dA-Za-z])/.test(shown);
  }));
});

finish();
