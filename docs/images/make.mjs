#!/usr/bin/env node
// Makes the pictures of the README from the example register:
//
//     node docs/images/make.mjs [MINGBAI]
//
// MINGBAI is the program; without it, `target/release/mingbai`. Needs Node 18 or newer, Chromium and a
// Chinese font, and nothing from any registry. The pictures show the as-of day of content/site.toml,
// so they change only when the content or the theme does.

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const mingbai = resolve(process.argv[2] ?? join(root, "target/release/mingbai"));
const browsers = ["chromium", "chromium-browser", "google-chrome"];

// No picture may weigh more than this.
const HEAVIEST = 200 * 1024;

// `to` is what the picture begins with; without it, the top of the page.
const shots = [
  { name: "phone-home", page: "index.html", width: 360, height: 720, scale: 1.5 },
  { name: "phone-list", page: "award/2025-first.html", width: 360, height: 720, scale: 1.5, to: "#table-entries" },
  { name: "phone-notice", page: "notices/index.html", width: 360, height: 720, scale: 1.5, to: "h1" },
  { name: "desktop-home", page: "index.html", width: 1200, height: 900, scale: 1 },
];

const work = mkdtempSync(join(tmpdir(), "mingbai-"));
try {
  const site = join(work, "site");
  const built = spawnSync(mingbai, ["build", root, "--out", site], { stdio: ["ignore", "ignore", "inherit"] });
  if (built.status !== 0) throw new Error(`mingbai build ended with ${built.status ?? built.error}`);
  const browser = await start(join(work, "profile"));
  for (const shot of shots) {
    const path = join(here, `${shot.name}.png`);
    writeFileSync(path, await picture(browser, pathToFileURL(join(site, shot.page)).href, shot));
    const bytes = statSync(path).size;
    console.log(`${shot.name}.png ${Math.round(bytes / 1024)} KB`);
    if (bytes > HEAVIEST) throw new Error(`${shot.name}.png is too heavy`);
  }
  await browser.send("Browser.close");
  await browser.gone;
} finally {
  rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Starts Chromium; it is spoken to through a pipe of JSON messages, each ended by a zero byte. */
async function start(profile) {
  const name = browsers.find((name) => spawnSync(name, ["--version"]).status === 0);
  if (!name) throw new Error(`none of ${browsers.join(", ")} is installed`);
  const flags = ["--headless=new", "--no-sandbox", "--hide-scrollbars", "--remote-debugging-pipe", `--user-data-dir=${profile}`];
  const child = spawn(name, [...flags, "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const gone = new Promise((done) => child.on("exit", done));
  const waiting = new Map();
  const heard = [];
  let number = 0;
  let rest = "";
  child.stdio[4].setEncoding("utf8").on("data", (text) => {
    const messages = (rest + text).split("\0");
    rest = messages.pop();
    for (const message of messages.map((message) => JSON.parse(message))) {
      if (message.id === undefined) heard.filter((ear) => ear.method === message.method).forEach((ear) => ear.done());
      else if (message.error) waiting.get(message.id).failed(new Error(message.error.message));
      else waiting.get(message.id).done(message.result);
    }
  });
  const send = (method, params = {}, sessionId) =>
    new Promise((done, failed) => {
      waiting.set(++number, { done, failed });
      child.stdio[3].write(`${JSON.stringify({ id: number, method, params, sessionId })}\0`);
    });
  const once = (method) => new Promise((done) => heard.push({ method, done }));
  return { send, once, gone };
}

/** Returns one picture of one page as PNG. */
async function picture({ send, once }, url, { width, height, scale, to }) {
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const ask = (method, params) => send(method, params, sessionId);
  await ask("Page.enable");
  const metrics = { width, height, deviceScaleFactor: scale, mobile: width < 600 };
  await ask("Emulation.setDeviceMetricsOverride", metrics);
  const loaded = once("Page.loadEventFired");
  await ask("Page.navigate", { url });
  await loaded;
  if (to) {
    const expression = `document.querySelector(${JSON.stringify(to)}).scrollIntoView(true)`;
    const { exceptionDetails } = await ask("Runtime.evaluate", { expression });
    if (exceptionDetails) throw new Error(`${url} has no ${to}`);
  }
  const { data } = await ask("Page.captureScreenshot", { format: "png" });
  await send("Target.closeTarget", { targetId });
  return Buffer.from(data, "base64");
}
