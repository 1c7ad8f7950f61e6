// The sheets for the villages' own boards, on paper: what is cut off, split or missing there, a
// villager never sees, and no reader of the HTML would notice.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";

import { HtmlValidate } from "html-validate";

import { open, start } from "./browser.mjs";
import { plain, read as readPdf } from "./pdf.mjs";
import { read as readCode } from "./qr.mjs";
import { program, root } from "./site.mjs";
import { finish, must, none, test } from "./tap.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A day on which lists hang in every village of the example. */
const DAY = "2025-06-30";

/** The papers with their sizes in millimetres, and the margins at their left and right together. */
const PAPERS = { A4: [210, 297], A3: [297, 420] };
const MARGINS = 28;

/** The smallest type on a sheet, in points. */
const SMALLEST = 10;

const work = mkdtempSync(join(tmpdir(), "mingbai-board-"));
const run = (...words) => spawnSync(program, [...words, root, "--as-of", DAY, "--lang", "zh"], { encoding: "utf8" });
const found = (folder) => readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".html")).sort();
const browser = await start();
const folders = {};

for (const paper of Object.keys(PAPERS)) {
  folders[paper] = join(work, paper);
  await test(`the sheets on ${paper} are made`, () => {
    const made = run("board", "--paper", paper, "--out", folders[paper]);
    must(made.status === 0, `it ended with ${made.status}:\n${made.stderr}`);
    const sheets = found(folders[paper]).length;
    must(sheets > 50, `only ${sheets} pages`);
  });
}
const sheets = found(folders.A4).map((path) => path.replaceAll("\\", "/"));

for (const [paper, [width, height]] of Object.entries(PAPERS)) {
  await test(`${sheets.length} pages fit on ${paper}: nothing is cut off or tiny, heads and numbers are on each page`, async () => {
    const across = Math.floor(((width - MARGINS) / 25.4) * 96);
    const page = await open(browser, { viewport: { width: across, height: 1000 } });
    const faults = [];
    for (const path of sheets) {
      await page.goto(pathToFileURL(join(folders[paper], path)).href, { waitUntil: "load" });
      await page.emulateMedia({ media: "print" });
      const seen = await page.evaluate(() => {
        const right = document.documentElement.clientWidth + 1;
        const words = [...document.querySelectorAll("body *")].filter((it) => it.checkVisibility() && !it.closest("svg"));
        const own = (it) => [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        return {
          over: words.filter((it) => it.getBoundingClientRect().right > right).map((it) => `${it.localName} ${it.className}`),
          type: Math.min(...words.filter(own).map((it) => parseFloat(getComputedStyle(it).fontSize) * 0.75)),
          heads: [...document.querySelectorAll("thead tr")].map((it) => it.textContent),
          rows: Math.max(0, ...[...document.querySelectorAll("tbody")].map((it) => it.rows.length)),
          tables: document.querySelectorAll("table").length,
          split: [...document.querySelectorAll(".num")].filter((it) => it.getClientRects().length > 1).length,
        };
      });
      const pdf = readPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
      const say = (words) => faults.push(`${path}: ${words}`);
      if (seen.over.length > 0) say(`${seen.over[0]} reaches over the right edge (${seen.over.length})`);
      if (seen.type < SMALLEST - 0.01) say(`type of ${seen.type} pt`);
      pdf.forEach((sheet, at) => {
        if (Math.abs(sheet.width - width) > 1 || Math.abs(sheet.height - height) > 1) say(`a page of ${sheet.width} × ${sheet.height} mm`);
        const number = plain(`第${at + 1}页,共${pdf.length}页`);
        if (!sheet.words.includes(number)) say(`page ${at + 1} does not say ${number}`);
      });
      // A list that goes on has its head again: rows on a page are read only beneath it.
      const head = plain(seen.heads[0] ?? "");
      if (seen.tables === 1 && seen.rows > 0) {
        const rows = await page.locator("tbody tr").allTextContents();
        const pages = pdf.filter((sheet) => rows.some((row) => sheet.words.includes(plain(row))));
        if (pages.length === 0) say("no row of its list is on paper");
        const bare = pages.filter((sheet) => !sheet.words.includes(head)).length;
        if (bare > 0) say(`${bare} of ${pages.length} pages with rows have no head`);
      }
      if (path !== "index.html" && seen.rows <= 3 && seen.tables === 1 && pdf.length > 1 && paper === "A3") {
        say(`${seen.rows} rows take ${pdf.length} sheets of paper`);
      }
    }
    await page.context().close();
    none([...faults, ...page.faults]);
  });
}

await test("a list that goes on over several pages has its head on each of them", async () => {
  const page = await open(browser);
  const path = sheets.find((path) => path.endsWith("/grant/2025-travel.html"));
  await page.goto(pathToFileURL(join(folders.A4, path)).href, { waitUntil: "load" });
  // The villages of the example are small, so one of them gets 120 rows here.
  const { head, row } = await page.evaluate(() => {
    const [body] = document.querySelectorAll("tbody");
    for (let at = 0; at < 120; at += 1) body.append(body.rows[0].cloneNode(true));
    return { head: document.querySelector("thead").textContent, row: body.rows[0].textContent };
  });
  const pdf = readPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  const rows = pdf.filter((sheet) => sheet.words.includes(plain(row)));
  must(rows.length >= 4, `121 rows are on ${rows.length} pages`);
  must(rows.every((sheet) => sheet.words.includes(plain(head))), "a page with rows has no head");
  await page.context().close();
});

await test("every sheet's code leads a telephone to the address that is printed beneath", () => {
  none(sheets.filter((path) => path !== "index.html").flatMap((path) => {
    const html = readFileSync(join(folders.A4, path), "utf8");
    const svg = /<svg\b.*?<\/svg>/s.exec(html)?.[0];
    if (!svg) return [`${path}: there is no code`];
    const address = readCode(svg);
    const faults = [];
    if (!html.replace(svg, "").includes(address)) faults.push(`${path}: the code says ${address}, the sheet does not`);
    if (!address.endsWith(path.split("/").slice(1).join("/"))) faults.push(`${path}: the code leads to ${address}`);
    return faults;
  }));
});

await test("sheets ask nobody for anything, and axe finds nothing on them", async () => {
  const page = await open(browser, { bypassCSP: true, viewport: { width: 360, height: 720 } });
  const faults = [];
  for (const path of sheets) {
    await page.goto(pathToFileURL(join(folders.A4, path)).href, { waitUntil: "load" });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) faults.push(`${path}: ${wide} px too wide for a telephone`);
    await page.evaluate(axe);
    for (const { id, help, nodes } of (await page.evaluate(() => window.axe.run())).violations) {
      faults.push(`${path}: ${id}: ${help}: ${nodes[0].html.slice(0, 120)}`);
    }
  }
  const own = pathToFileURL(folders.A4).href;
  const asked = page.asked.filter((url) => !sheets.includes(decodeURI(relative(own, url))));
  await page.context().close();
  none([...faults, ...page.faults, ...asked.map((url) => `asks for ${url}`)]);
});

await test("html-validate finds nothing on the sheets", async () => {
  const off = ["attr-quotes", "doctype-style", "no-implicit-close", "no-trailing-whitespace", "void-style", "tel-non-breaking", "long-title", "require-sri"];
  const validator = new HtmlValidate({
    root: true,
    extends: ["html-validate:recommended", "html-validate:a11y"],
    // A sheet is one file, so its style stands in it; the other rules are off as in html.mjs.
    rules: Object.fromEntries([...off, "no-inline-style"].map((rule) => [rule, "off"])),
  });
  const faults = [];
  for (const path of sheets) {
    const report = await validator.validateString(readFileSync(join(folders.A4, path), "utf8"), path);
    for (const message of report.results.flatMap((result) => result.messages)) {
      faults.push(`${path}:${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
    }
  }
  none(faults);
});

await test("a site is never put among the sheets, nor sheets into a site", () => {
  const into = join(work, "site");
  must(run("build", "--out", into).status === 0, "the site is not made");
  const before = [found(into).length, sheets.length];
  const tried = [["build", folders.A4], ["build", join(folders.A4, "below")], ["board", into], ["board", join(into, "below")]];
  none(tried.flatMap(([command, out]) => {
    const { status, stderr } = run(command, "--out", out);
    if (status !== 2) return [`${command} into ${relative(work, out)} ends with ${status}`];
    return stderr.includes("--out") ? [] : [`${command} into ${relative(work, out)} does not say what to do`];
  }));
  must(before.join() === [found(into).length, found(folders.A4).length].join(), "a refusal changed a folder");
});

await browser.close();
rmSync(work, { recursive: true });
finish();
