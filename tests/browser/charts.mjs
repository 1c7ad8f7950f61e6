// Charts as a reader meets them: the figures of a picture, its table and the page are the same, words
// are read at 360 px and none is cut off, and a narrow screen gets a list in place of wide flows.

import { pathToFileURL } from "node:url";

import { open, start } from "./browser.mjs";
import { pages, site, text, types } from "./site.mjs";
import { finish, must, none, test } from "./tap.mjs";

const address = `${pathToFileURL(site).href}/`;
const browser = await start();

/** Every page with a chart, at most so many of a folder: they are alike. */
const shown = Object.values(
  pages.filter((path) => text(path).includes('<figure class="chart')).reduce((folders, path) => {
    const folder = path.includes("/") ? path.split("/")[0] : path;
    (folders[folder] ??= []).push(path);
    return folders;
  }, {}),
).flatMap((paths) => paths.slice(0, 8));

/** Fen of an amount in words; null for anything else. */
function fen(words) {
  const found = /^(-?[\d,]+)(?:\.(\d+))?(亿|万)?元$/.exec(words.trim());
  if (!found) return null;
  const digits = 2 + ({ 亿: 8, 万: 4 }[found[3]] ?? 0);
  return BigInt(found[1].replaceAll(",", "") + (found[2] ?? "").padEnd(digits, "0"));
}

/** What a chart of the page says: the amounts of its picture, and the rows and total of its table. */
const figures = (page) => page.locator("figure.chart").evaluateAll((all) => all.map((figure) => ({
  id: figure.id,
  wide: figure.matches(".wide"),
  caption: figure.querySelector("figcaption").textContent,
  sentence: figure.querySelector("p").textContent,
  title: figure.querySelector("svg title")?.textContent,
  desc: figure.querySelector("svg desc")?.textContent,
  drawn: [...figure.querySelectorAll(":scope > svg text")].map((text) => text.textContent),
  rows: [...figure.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent)),
  total: [...figure.querySelectorAll("tfoot td")].map((cell) => cell.textContent),
})));

await test(`${shown.length} pages have charts`, async () => {
  must(shown.length > 20, "there are few");
  for (const type of ["home", "funds"]) must(shown.includes(types[type]), `${type} has none`);
});

await test("tables add up to their totals, and shares to a hundred", async () => {
  const page = await open(browser);
  const faults = [];
  for (const path of shown) {
    await page.goto(address + path);
    for (const { id, caption, sentence, title, desc, rows, total } of await figures(page)) {
      const here = `${path} ${id}`;
      if (title !== undefined && (title !== caption || desc !== sentence)) faults.push(`${here}: the picture has other words`);
      total.forEach((stated, at) => {
        const cells = rows.map((row) => row[at + 1]);
        if (cells.includes("若干")) {
          if (stated !== "若干") faults.push(`${here}: a total in spite of what is not listed`);
        } else if (fen(stated) !== null) {
          const sum = cells.reduce((sum, cell) => sum + fen(cell), 0n);
          if (sum !== fen(stated)) faults.push(`${here}: ${cells.join(" + ")} is not ${stated}`);
        } else if (stated.endsWith("%")) {
          const sum = cells.reduce((sum, cell) => sum + Math.round(parseFloat(cell) * 10), 0);
          if (sum !== 1000) faults.push(`${here}: the shares come to ${sum / 10} %`);
        }
      });
    }
  }
  await page.context().close();
  none(faults);
});

await test("charts say what the page says elsewhere", async () => {
  const page = await open(browser);
  await page.goto(address + types.home);
  const rungs = await page.locator(".ladder li").evaluateAll((all) => all.map((rung) => [
    rung.querySelector(".step").textContent.trim(), rung.querySelector("strong").textContent.trim(),
  ]));
  const of = Object.fromEntries((await figures(page)).map((figure) => [figure.id, figure]));
  const rung = (name) => rungs.find(([label]) => label === name)?.[1];
  must(of["by-fund"].total[0] === rung("资金规模"), `funds come to ${of["by-fund"].total[0]}, not ${rung("资金规模")}`);
  must(of["by-use"].total[0] === rung("已安排到项目"), `uses come to ${of["by-use"].total[0]}, not ${rung("已安排到项目")}`);
  const [left, right] = (await page.locator(".adds").first().innerText()).replace(/[^\d.亿万元=+]/g, "").split("=");
  const sum = right.split("+").reduce((sum, part) => sum + fen(part), 0n);
  must(fen(left) === sum, `${left} is not ${right}`);
  // What a fund's flows leave it with is what it has.
  const faults = [];
  for (const path of shown.filter((path) => path.startsWith("fund/"))) {
    await page.goto(address + path);
    const flow = (await figures(page)).find(({ id }) => id === "flow");
    if (!flow || flow.rows.some((row) => row[2] === "若干")) continue;
    const first = flow.rows.filter((row) => row[0] === flow.rows[0][0]);
    const out = first.reduce((sum, row) => sum + fen(row[2]), 0n);
    const has = fen(await page.locator(".ladder li strong").first().innerText());
    if (out < has) faults.push(`${path}: ${out} of ${has} fen flow`);
    for (const name of new Set(first.map((row) => row[1]))) {
      const on = flow.rows.filter((row) => row[0] === name);
      const arrived = first.filter((row) => row[1] === name).reduce((sum, row) => sum + fen(row[2]), 0n);
      const left = on.reduce((sum, row) => sum + fen(row[2]), 0n);
      if (on.length && left !== arrived) faults.push(`${path}: ${arrived} reach ${name}, ${left} leave it`);
    }
  }
  await page.context().close();
  none(faults);
});

for (const width of [360, 1280]) {
  await test(`words of charts are large enough and whole at ${width} px`, async () => {
    const page = await open(browser, { viewport: { width, height: 720 } });
    const faults = [];
    for (const path of shown) {
      await page.goto(address + path);
      const found = await page.locator("figure.chart > svg").evaluateAll((all) => all.flatMap((svg) => {
        const frame = svg.getBoundingClientRect();
        if (frame.width === 0) return [];
        const words = [...svg.querySelectorAll("text")].map((text) => ({ text, box: text.getBoundingClientRect() }));
        const cut = words.filter(({ box }) =>
          box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1);
        // The letter's box is higher than the letter: 15 units and what lies above and below.
        const small = words.filter(({ text }) => parseFloat(getComputedStyle(text).fontSize) * frame.width / svg.viewBox.baseVal.width < 14);
        const over = words.flatMap(({ box, text }, at) => words.slice(at + 1)
          .filter((other) => box.left < other.box.right - 2 && other.box.left < box.right - 2 && box.top + 6 < other.box.bottom && other.box.top + 6 < box.bottom)
          .map((other) => `${text.textContent} and ${other.text.textContent}`));
        return [
          ...cut.map(({ text }) => `cut off: ${text.textContent}`),
          ...small.map(({ text }) => `small: ${text.textContent}`),
          ...over.map((words) => `one over the other: ${words}`),
        ];
      }));
      faults.push(...found.map((fault) => `${path}: ${fault}`));
    }
    await page.context().close();
    none(faults);
  });
}

await test("wide flows are a list on a narrow screen, and never both", async () => {
  const faults = [];
  // A single flow is a list only, on any screen.
  const path = shown.find((path) => /class="chart wide"(?:(?!<\/figure>).)*<svg(?:(?!<\/figure>).)*flow-list/s.test(text(path)));
  must(path, "no page has flows");
  for (const [width, list] of [[360, true], [1280, false]]) {
    const page = await open(browser, { viewport: { width, height: 720 } });
    await page.goto(address + path);
    const wide = page.locator("figure.wide:has(> svg):has(.flow-list)").first();
    if ((await wide.locator(".flow-list").isVisible()) !== list) faults.push(`${width} px: the list`);
    if ((await wide.locator(":scope > svg").isVisible()) === list) faults.push(`${width} px: the picture`);
    await page.context().close();
  }
  none(faults);
});

await browser.close();
finish();
