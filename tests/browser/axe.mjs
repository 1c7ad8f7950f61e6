// axe over the pages: each type of page on a phone and on a desk, light and dark, and in large type.
// With `FULL` set, large type in each of these, and every page of every language, each in one look.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";

import { open, start } from "./browser.mjs";
import { host, isMain, pages, trees, types } from "./site.mjs";
import { finish, must, none, test } from "./tap.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The rules of WCAG that pages keep, and what axe calls good practice. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** How a page is looked at. */
const LOOKS = [360, 1280].flatMap((width) => ["light", "dark"].flatMap((colours) => [false, true].map((large) => ({ width, colours, large }))));
const called = ({ width, colours, large }) => `${width} px, ${colours}${large ? ", large type" : ""}`;

/** A page of each type, and a frame for pages of others. */
const shown = [...Object.values(types), pages.find((path) => path.startsWith("widget/")), pages.findLast((path) => path.startsWith("widget/"))];

const server = await host();
const browser = await start();

/** Opens a page on which every other is looked at in one way. */
async function view({ width, colours, large }) {
  const page = await open(browser, { viewport: { width, height: 900 }, colorScheme: colours, reducedMotion: "reduce" });
  // As a reader who chose it: the script of the page finds it stored before anything is painted.
  if (large) await page.addInitScript(() => localStorage.setItem("mingbai-elder", "1"));
  await page.addInitScript(axe);
  return page;
}

/** What axe finds on a page. */
async function look(page, path, large) {
  await page.goto(server.address + path, { waitUntil: "load" });
  const found = await page.evaluate(async (values) => ({
    large: document.documentElement.classList.contains("elder-mode"),
    ...(await window.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] })),
  }), RULES);
  const faults = found.violations.map(({ id, help, nodes }) => `${path}: ${id}: ${help}: ${nodes[0].html.slice(0, 120)} (${nodes.length})`);
  if (found.large !== large && !path.includes("widget/")) faults.push(`${path}: large type is ${found.large}`);
  return faults;
}

await test("axe sees what is wrong", async () => {
  const page = await view(LOOKS[0]);
  await page.goto(server.address, { waitUntil: "load" });
  await page.evaluate(() => document.querySelector("main").append(document.createElement("button"), document.createElement("img")));
  const { violations } = await page.evaluate(() => window.axe.run());
  await page.context().close();
  must(["button-name", "image-alt"].every((id) => violations.some((found) => found.id === id)), "neither a button nor a picture without words is found");
});

// In large type, one look on a phone and one on a desk are enough for every day.
const daily = LOOKS.filter(({ width, colours, large }) => !large || (width === 360) === (colours === "light"));
for (const way of process.env.FULL ? LOOKS : daily) {
  await test(`axe finds nothing on ${shown.length} types of pages at ${called(way)}`, async () => {
    const page = await view(way);
    const faults = [];
    for (const path of shown) faults.push(...(await look(page, path, way.large)));
    await page.context().close();
    none([...faults, ...page.faults], 24);
  });
}

if (process.env.FULL) {
  for (const folder of ["", ...trees]) {
    const own = pages.filter((path) => (folder ? path.startsWith(folder) : isMain(path)));
    await test(`axe finds nothing on all ${own.length} pages of ${folder || "the main language"}, each in one of ${LOOKS.length} looks`, async () => {
      // Pages stand in the order of their addresses, so that those of a kind take turns.
      const faults = [];
      const share = async (ways) => {
        for (const way of ways) {
          const page = await view(LOOKS[way]);
          for (let at = way; at < own.length; at += LOOKS.length) faults.push(...(await look(page, own[at], LOOKS[way].large)));
          faults.push(...page.faults);
          await page.context().close();
        }
      };
      const hands = Math.min(availableParallelism(), LOOKS.length);
      await Promise.all([...Array(hands).keys()].map((hand) => share([...LOOKS.keys()].filter((way) => way % hands === hand))));
      none(faults.sort(), 40);
    });
  }
}

await browser.close();
server.stop();
finish();
process.exit();
