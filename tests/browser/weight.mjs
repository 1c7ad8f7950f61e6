// What a first look costs: the bytes of all that a page asks for, packed, on a phone that has seen
// nothing of the site before; and the bytes of the scripts.

import { gzipSync } from "node:zlib";

import { open, start } from "./browser.mjs";
import { files, host, pages, tags, text, types } from "./site.mjs";
import { finish, must, none, test } from "./tap.mjs";

/** The most that a page may cost at first sight, and all scripts of the site together. */
const PAGE = 60_000;
const SCRIPTS = 6_000;

const packed = new Map();
const cost = (path) => {
  if (!packed.has(path)) packed.set(path, gzipSync(text(path), { level: 6 }).length);
  return packed.get(path);
};

const server = await host();
const browser = await start();

for (const [type, least] of [["home", 3], ["open notice", 3], ["masked list", 3], ["kind's list", 3], ["fund", 3], ["place", 3], ["search", 4], ["changes", 3], ["downloads", 3]]) {
  await test(`${type}: a first look on a phone takes no more than ${PAGE / 1000} KB, and no font`, async () => {
    const page = await open(browser, { viewport: { width: 360, height: 720 }, hasTouch: true, isMobile: true, deviceScaleFactor: 3 });
    const kinds = [];
    page.on("request", (request) => kinds.push(request.resourceType()));
    server.sent.clear();
    await page.goto(server.address + types[type], { waitUntil: "networkidle" });
    const parts = [...server.sent];
    await page.context().close();
    // A window that is shown asks for the icon, too.
    const icon = files.find((path) => /^assets\/icon\..+\.svg$/.test(path));
    if (!server.sent.has(icon)) parts.push([icon, cost(icon)]);
    const bytes = parts.reduce((sum, [, size]) => sum + size, 0);
    must(parts.length >= least, `only ${parts.length} files were sent`);
    must(page.asked.length === new Set(page.asked).size, "something is asked for twice");
    must(!kinds.includes("font"), "a font is loaded");
    must(bytes < PAGE, `${bytes} bytes: ${parts.map(([path, size]) => `${path} ${size}`).join(", ")}`);
    console.log(`# ${type}: ${bytes} bytes in ${parts.length} files`);
    none(page.faults);
  });
}

await test(`each of ${pages.length} pages and what it loads takes less than ${PAGE / 1000} KB`, () => {
  const loads = ({ name, attributes }) => {
    if (name === "link" && /stylesheet|icon/.test(attributes.rel)) return attributes.href;
    return ["script", "img"].includes(name) ? attributes.src : undefined;
  };
  let most = [0];
  none(pages.flatMap((path) => {
    const parts = tags(text(path)).map(loads).filter(Boolean);
    const own = parts.map((address) => files.find((file) => address.endsWith(file)) ?? new URL(address, `http://x/${path}`).pathname.slice(1));
    const bytes = [path, ...own].reduce((sum, part) => sum + cost(part), 0);
    if (bytes > most[0]) most = [bytes, path];
    return bytes < PAGE ? [] : [`${path}: ${bytes} bytes`];
  }));
  console.log(`# the most: ${most.join(" bytes, ")}`);
});

await test(`all scripts together take less than ${SCRIPTS / 1000} KB`, () => {
  const scripts = files.filter((path) => path.endsWith(".js"));
  const bytes = scripts.reduce((sum, path) => sum + gzipSync(text(path), { level: 9 }).length, 0);
  must(scripts.length >= 2, `there are ${scripts.length}`);
  must(bytes < SCRIPTS, `${bytes} bytes: ${scripts.join(", ")}`);
  console.log(`# ${scripts.map((path) => `${path} ${gzipSync(text(path), { level: 9 }).length}`).join(", ")}`);
});

await browser.close();
server.stop();
finish();
process.exit();
