// `mingbai serve` with a browser in front of it: what a person sees who writes a record.

import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { open, start } from "./browser.mjs";
import { root, serve } from "./site.mjs";
import { finish, must, none, test } from "./tap.mjs";

/** How long a change may take to be seen. */
const PATIENCE = { timeout: 20_000 };

const work = realpathSync(mkdtempSync(join(tmpdir(), "mingbai-serve-")));
const register = join(work, "content");
cpSync(join(root, "tests/cmd/build.in/content"), register, { recursive: true });
const fund = join(register, "funds/2024/2024-01.toml");
const grant = join(register, "grants/2024/2024-01.toml");
const notice = join(register, "notices/2024/2024-01.md");

/** What stands in the list and is for nobody's eyes. */
const privates = ["赵示安", "钱示宁", "99010119700101001", "9901000000000000018"];

const server = await serve(work);
const browser = await start();
const page = await open(browser);

/** Changes a file; resolves when the page has been loaded anew. */
async function change(path, from, to) {
  const before = readFileSync(path, "utf8");
  must(before.includes(from), `${path} does not hold what is to be changed`);
  const again = page.waitForEvent("load", PATIENCE);
  writeFileSync(path, before.replace(from, to));
  await again;
}

/** The words on the page; fails when one of them is private. */
async function words() {
  const found = `${await page.content()}\n${await page.locator("body").innerText()}`;
  none(privates.filter((value) => found.includes(value)).map((_, at) => `the page shows private value ${at + 1}`));
  return found;
}

await test("a changed record is seen at once", async () => {
  await page.goto(`${server.address}fund/2024-01.html`, { waitUntil: "load" });
  must((await words()).includes("2024年财政衔接资金"), "the record is not there to begin with");
  await change(fund, "2024年财政衔接资金", "2024年改了名的资金");
  must((await words()).includes("2024年改了名的资金"), "the change is not there");
});

await test("an error in a record stands on the page, in its place and words", async () => {
  await change(fund, 'available = "100.00万元"', "available = 100");
  const found = await words();
  for (const word of ["bare-number", "funds/2024/2024-01.toml:6"]) must(found.includes(word), `no “${word}” on the page`);
});

await test("an error in a private field does not show it", async () => {
  await change(grant, '"99010119700101001X"', "990101197001010010");
  const found = await words();
  must(found.includes("bad-code"), "the finding is not there");
  must(!found.includes("990101197001010010"), "the page shows the number that is wrong");
});

await test("the site comes back when the errors are mended", async () => {
  await change(grant, "990101197001010010", '"99010119700101001X"');
  await change(fund, "available = 100", 'available = "100.00万元"');
  must((await page.locator("h1").innerText()).includes("改了名的资金"), "the record is not there again");
});

await test("a private value in a text stops the site, and is not shown", async () => {
  await change(notice, "请核对", "9901 0119 7001 0100 1X 请核对");
  const found = await words();
  must(found.includes("grants/2024/2024-01.toml"), "the page does not say which list it is from");
  must(!/9901 0119/.test(found), "the page shows what is private");
  await change(notice, "9901 0119 7001 0100 1X ", "");
  must(await page.locator("nav.tabs").first().isVisible(), "the site does not come back");
});

await test("nothing went wrong on the page but the answers that said so", () => {
  const told = (fault) => /status of 500|rel=|preload/.test(fault);
  none(page.faults.filter((fault) => !told(fault)).concat(page.asked.filter((url) => !url.startsWith(server.address))));
});

/** The answer to a request as it is written. */
function raw(request) {
  const { hostname, port } = new URL(server.address);
  return new Promise((found, failed) => {
    const socket = connect(Number(port), hostname, () => socket.write(request.replaceAll("\n", "\r\n")));
    let answer = "";
    socket.on("data", (bytes) => (answer += bytes));
    socket.on("close", () => found(answer));
    socket.on("error", failed);
  });
}

await test("it answers to its own name, to questions only, and never from outside the site", async () => {
  const { host } = new URL(server.address);
  const status = async (line, name = host) => (await raw(`${line} HTTP/1.1\nHost: ${name}\nConnection: close\n\n`)).slice(9, 12);
  must((await status("GET /")) === "200", "the home page is not there");
  must((await status("GET /nowhere.html")) === "404", "what is not there is not said to be so");
  must((await status("POST /")) === "405", "it takes what is sent");
  must((await status("GET /", "evil.example")) === "403", "it answers to a foreign name");
  must((await status("GET /__mingbai/version", "evil.example")) === "403", "it tells the version to a foreign name");
  for (const path of ["/../site.toml", "/%2e%2e/site.toml", "/..%2fsite.toml", "/%00", "/site.toml", "/grants/2024/2024-01.toml"]) {
    must(["400", "404"].includes(await status(`GET ${path}`)), `${path} is answered`);
  }
});

await browser.close();
server.stop();
rmSync(work, { recursive: true });
finish();
process.exit();
