// The site under test: the program that makes it, its files, and one page of each type.

import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

/** The policy that docs/deploy.md asks for. */
const POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The root of the project. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** The program; `MINGBAI` names another than the debug build. */
export const program = resolve(process.env.MINGBAI ?? join(root, "target/debug/mingbai"));

/** The example site as `mingbai build` wrote it; `SITE` names another folder. */
export const site = resolve(process.env.SITE ?? join(root, "target/site"));

if (!existsSync(join(site, "index.html"))) {
  throw new Error(`no site in ${site}: build it with \`mingbai build . --out ${site}\``);
}

/** The paths of every file of the site, sorted. */
export const files = walk("").sort();

/** The paths of every page, sorted. */
export const pages = files.filter((path) => path.endsWith(".html"));

function walk(folder) {
  return readdirSync(join(site, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    return entry.isDirectory() ? walk(path) : [path];
  });
}

/** Returns the text of a file of the site. */
export function text(path) {
  return readFileSync(join(site, path), "utf8");
}

/** The address that the site says it has; only the page for lost readers has to say it. */
export const base = /<link href="?(https?:[^" >]+?)404\.html"? rel="?canonical/.exec(text("404.html"))?.[1];

/** The folders of the trees in other languages, as the first page links them. */
export const trees = [...text("index.html").matchAll(/<a\b[^>]* hreflang=[^>]*>/g)]
  .map(([tag]) => /\shref="?([^" >]+)index\.html/.exec(tag)?.[1])
  .filter((folder) => folder !== undefined);

/** Tells whether a page only leads on to a new address. */
export const moved = (path) => /<meta[^>]*\brefresh\b/.test(text(path));

/** Tells whether a page is in the tree of the main language. */
export const isMain = (path) => !trees.some((folder) => path.startsWith(folder));

const first = (wanted) => {
  const found = pages.find((path) => isMain(path) && wanted(path));
  if (!found) throw new Error(`no page of the site is such that ${wanted}`);
  return found;
};
const below = (folder) => (path) => path.startsWith(`${folder}/`) && path.split("/").length === 2 && !/\/(index|page)[-\d]*\.html$/.test(path);

/** One page of each type, by what it is. */
export const types = {
  home: "index.html",
  notices: "notices/index.html",
  "open notice": first((path) => below("notice")(path) && text(path).includes('class="strip open"')),
  "ended notice": first((path) => below("notice")(path) && text(path).includes('class="strip ended"')),
  funds: "funds/index.html",
  fund: first(below("fund")),
  allocation: first(below("allocation")),
  projects: "projects/index.html",
  project: first(below("project")),
  "kind's list": "project/index.html",
  lists: "lists/index.html",
  "masked list": first(masked),
  "village account": first(below("account")),
  complaint: first(below("complaint")),
  "data of a place": first(below("indicator")),
  places: "places/index.html",
  place: first((path) => /^places\/\d{9}\.html$/.test(path)),
  search: "search.html",
  year: first((path) => path.startsWith("find/year-")),
  numbers: "find/numbers.html",
  "page of its own": "guide.html",
  changes: "changes.html",
  "by a value": first((path) => /^[^/]+\/by-[^/]+\/[^/]+\.html$/.test(path)),
  policy: first(below("policy")),
  asset: first(below("asset")),
  // What is said of all records of a kind together stands before its list.
  "what is published": "published.html",
  "rules in force": "policy/index.html",
  "what came of complaints": "complaint/index.html",
  "what is owned": "asset/index.html",
  "counts of households": "monitored/index.html",
  "site map": "sitemap.html",
  downloads: "data.html",
  "data for programs": "api.html",
  about: "about.html",
  404: "404.html",
};

// In other languages, what differs most: the frame, prose, a table, a list of links.
for (const folder of trees) {
  for (const type of ["home", "open notice", "project", "masked list", "kind's list", "places", "about"]) {
    types[`${folder} ${type}`] = folder + types[type];
  }
}

/** Tells whether a page is a list of persons whose names are masked, as in 张**. */
export function masked(path) {
  return (text(path).match(/[\u4e00-\u9fff]\*\*</g) ?? []).length >= 3;
}

/** The tags of a page in their order, each with its name and attributes; no comments, no scripts' texts. */
export function tags(html) {
  const found = [];
  const plain = html.replace(/<!--.*?-->/gs, "").replace(/(<(script|style)\b[^>]*>).*?<\/\2>/gs, "$1");
  for (const [, name, rest] of plain.matchAll(/<([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/g)) {
    const attributes = {};
    for (const [, key, a, b, c] of rest.matchAll(/([^\s=\/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g)) {
      attributes[key.toLowerCase()] = unescape(a ?? b ?? c ?? "");
    }
    found.push({ name: name.toLowerCase(), attributes });
  }
  return found;
}

function unescape(value) {
  const named = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return value.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, decimal, hex, name) =>
    decimal ? String.fromCodePoint(+decimal) : hex ? String.fromCodePoint(parseInt(hex, 16)) : (named[name] ?? all));
}

/**
 * Serves the built site as a server of files does that was set up as docs/deploy.md says, packed with
 * gzip and at the root as well as below the path of its own address; resolves to its address, the
 * number of bytes it sent for each path, and the way to end it.
 */
export function host() {
  const kinds = { html: "text/html", js: "text/javascript", json: "application/json", css: "text/css", svg: "image/svg+xml", txt: "text/plain" };
  const known = new Set(files);
  const below = base ? new URL(base).pathname : "/";
  const sent = new Map();
  const server = createServer((request, answer) => {
    const { pathname } = new URL(request.url, "http://x/");
    const asked = pathname.startsWith(below) ? pathname.slice(below.length) : pathname.slice(1);
    const path = decodeURIComponent(asked).replace(/(^|\/)$/, "$1index.html");
    if (!known.has(path)) return answer.writeHead(404).end();
    const kind = kinds[path.split(".").at(-1)];
    const plain = readFileSync(join(site, path));
    const packed = Boolean(kind) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    const body = packed ? gzipSync(plain, { level: 6 }) : plain;
    sent.set(path, body.length);
    answer.writeHead(200, {
      "content-type": kind ? `${kind}; charset=utf-8` : "application/octet-stream",
      "content-length": body.length,
      "cache-control": /^assets\/.+\.[a-p]{10}\.[a-z]+$/.test(path) ? "public, max-age=31536000, immutable" : "no-cache",
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      ...(packed && { "content-encoding": "gzip", vary: "accept-encoding" }),
    });
    answer.end(body);
  });
  return new Promise((found) => {
    server.listen(0, "127.0.0.1", () => found({ address: `http://127.0.0.1:${server.address().port}/`, sent, stop: () => server.close() }));
  });
}

/** Starts `mingbai serve` on a free port; resolves to its address and the way to end it. */
export function serve(folder, ...flags) {
  const child = spawn(program, ["serve", folder, "--port", "0", "--lang", "zh", ...flags], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let heard = "";
  return new Promise((found, failed) => {
    const late = setTimeout(() => failed(new Error(`mingbai serve says no address:\n${heard}`)), 180_000);
    child.stderr.on("data", (bytes) => {
      heard += bytes;
      const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(heard)?.[0];
      if (!address) return;
      clearTimeout(late);
      found({ address, heard: () => heard, stop: () => child.kill() });
    });
    child.on("exit", (code) => {
      clearTimeout(late);
      failed(new Error(`mingbai serve ended with ${code}:\n${heard}`));
    });
  });
}
