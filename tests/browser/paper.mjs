// The pages on paper: as many sheets of A4 as their content needs, none of them empty, none with a
// line alone, each with its number, and heads above the rows of a list that goes on.

import { open, start } from "./browser.mjs";
import { plain, read } from "./pdf.mjs";
import { host, text, types } from "./site.mjs";
import { finish, must, none, test } from "./tap.mjs";

/** A sheet and what the style sheet leaves of it, in millimetres, and CSS pixels in one of them. */
const SHEET = { width: 210, height: 297 };
const ROOM = { width: 210 - 2 * 15, height: 297 - 16 - 18 };
const PX = 96 / 25.4;

/** The least letters on a page, so that nothing stands there forlorn. */
const LEAST = 40;

const server = await host();
const browser = await start();

/** Opens a page as wide as a sheet: what a style sheet asks of the width is asked of the whole sheet. */
const sheet = () => open(browser, { viewport: { width: Math.floor(SHEET.width * PX), height: 1000 } });

/** Prints a page that is open: what stands on each sheet, and how many sheets there should be. */
async function print(page) {
  await page.emulateMedia({ media: "print" });
  const height = await page.evaluate((room) => {
    document.documentElement.style.width = `${room}px`;
    const { height: found } = document.body.getBoundingClientRect();
    document.documentElement.style.width = "";
    return found;
  }, ROOM.width * PX);
  const sheets = read(await page.pdf({ preferCSSPageSize: true }));
  await page.emulateMedia({ media: null });
  // What must not be broken leaves some room at the foot of a sheet, never a quarter of all.
  // A table too wide for the sheet makes the browser print all of it a little smaller.
  const least = Math.ceil((height * 0.85) / (ROOM.height * PX));
  return { sheets, least, most: Math.max(least, Math.ceil(height / (ROOM.height * PX * 0.75))) };
}

/** What is wrong with sheets whatever is on them. */
function faultsOf(sheets, last) {
  return sheets.flatMap(({ width, height, words }, at) => {
    const faults = [];
    if (Math.abs(width - SHEET.width) > 1 || Math.abs(height - SHEET.height) > 1) faults.push(`${width} × ${height} mm`);
    const number = plain(`${at + 1} / ${sheets.length}`);
    if (!words.includes(number)) faults.push(`no ${number}`);
    const own = words.replace(number, "").replace(plain(last), "").length;
    if (own < LEAST) faults.push(`only ${own} letters`);
    return faults.map((fault) => `sheet ${at + 1} of ${sheets.length}: ${fault}`);
  });
}

for (const [type, path] of Object.entries(types).filter(([type]) => type !== "404")) {
  await test(`${type} on A4: as many sheets as it needs, none of them empty`, async () => {
    const page = await sheet();
    await page.goto(server.address + path, { waitUntil: "load" });
    const title = await page.locator("h1").innerText();
    const address = await page.locator("footer .url").textContent();
    const { sheets, least, most } = await print(page);
    await page.context().close();
    const faults = faultsOf(sheets, address);
    if (sheets.length < least || sheets.length > most) faults.push(`${sheets.length} sheets, where ${least} to ${most} are needed`);
    if (!sheets[0]?.words.includes(plain(title))) faults.push("the title is not on the first sheet");
    if (!sheets.at(-1)?.words.includes(plain(address))) faults.push("the address is not on the last sheet");
    none(faults.map((fault) => `${path}: ${fault}`));
  });
}

await test("a notice in five lines is two sheets, and a list of a hundred rows is five, each with its head", async () => {
  const rows = [...Array(100).keys()].map((at) => `<tr><td>${at + 1}号</td><td>青溪村</td><td>${at * 10}元</td></tr>`).join("");
  const list = text(types["masked list"])
    .replace(/<main\b.*<\/main>/s, `<main id=main class=wrap><h1>一百户</h1><section class=scroll><table><caption>一百户</caption><thead><tr><th scope=col>编号</th><th scope=col>村组</th><th scope=col>金额</th></tr></thead><tbody>${rows}</tbody></table></section></main>`);
  const short = text(types["open notice"]).replace(/<main\b.*<\/main>/s, `<main id=main class=wrap><h1>公示</h1>${"<p>请核对,有意见请打电话。</p>".repeat(5)}</main>`);
  const page = await sheet();
  const faults = [];
  for (const [name, path, body, wanted] of [["list", types["masked list"], list, 5], ["notice", types["open notice"], short, 2]]) {
    must(body.includes(name === "list" ? "100号" : "请核对"), `${name}: the page has another shape`);
    await page.route(server.address + path, (route) => route.fulfill({ body, contentType: "text/html; charset=utf-8" }));
    await page.goto(server.address + path, { waitUntil: "load" });
    const { sheets } = await print(page);
    if (sheets.length !== wanted) faults.push(`${name}: ${sheets.length} sheets, not ${wanted}`);
    faults.push(...faultsOf(sheets, "").map((fault) => `${name}: ${fault}`));
    if (name === "notice") continue;
    const numbers = sheets.map(({ words }) => words.match(/\d+号青溪村/g)?.length ?? 0);
    if (numbers.reduce((sum, number) => sum + number, 0) !== 100) faults.push(`${numbers.join(" + ")} rows are printed`);
    sheets.forEach(({ words }, at) => {
      if (numbers[at] > 0 && !words.includes("编号村组金额")) faults.push(`sheet ${at + 1} has rows and no head`);
    });
  }
  await page.context().close();
  none([...faults, ...page.faults]);
});

await browser.close();
server.stop();
finish();
process.exit();
