// The browser: Debian's Chromium without a window, and nothing of its own on the network.

import { existsSync } from "node:fs";

import { chromium } from "playwright-core";

const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** How it is started. */
export const flags = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Returns where the browser is. */
export function place() {
  const found = places.find((path) => path && existsSync(path));
  if (!found) throw new Error("no Chromium; on Debian: apt-get install chromium fonts-noto-cjk");
  return found;
}

/** Starts the browser. */
export function start() {
  return chromium.launch({ executablePath: place(), args: flags });
}

/** Opens a page that keeps note of all that goes wrong on it, and of every address it asks for. */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ locale: "zh-CN", ...options });
  const page = await context.newPage();
  page.faults = [];
  page.asked = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.faults.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => page.faults.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => page.asked.push(request.url()));
  page.on("requestfailed", (request) => {
    // What a page still asks for when the next one is opened is given up by the browser itself.
    const why = request.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") page.faults.push(`${request.url()}: ${why}`);
  });
  return page;
}
