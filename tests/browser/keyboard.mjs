// The whole site by keyboard: on a page of each type Tab reaches everything that can be used, in its
// order, with a ring that is seen, and leaves again; Enter and Space do what a finger does.

import { open, start } from "./browser.mjs";
import { host, types } from "./site.mjs";
import { finish, must, none, test } from "./tap.mjs";

/** What can be used. */
const USABLE = "a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]";

const server = await host();
const browser = await start();
const { address } = server;

/** Numbers what can be used on a page as it is now, in its order; returns what each is called. */
const usable = (page) => page.evaluate((all) => {
  document.querySelectorAll("[data-turn]").forEach((it) => it.removeAttribute("data-turn"));
  const seen = [...document.querySelectorAll(all)].filter((it) => it.tabIndex >= 0 && !it.disabled
    && it.checkVisibility({ visibilityProperty: true }) && it.getClientRects().length > 0);
  return seen.map((it, turn) => {
    it.dataset.turn = turn;
    return { name: `<${it.localName} ${it.className || it.id}> ${it.textContent.trim().slice(0, 20)}`, first: it.tabIndex > 0 };
  });
}, USABLE);

/** What has the focus, and whether a reader sees that it has. */
const focused = (page) => page.evaluate(() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const boxes = [...here.getClientRects()];
  const style = getComputedStyle(here);
  const colour = style.outlineColor;
  const shown = ({ left, right, top, bottom }) => right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  return {
    turn: Number(here.dataset.turn ?? -1),
    name: `<${here.localName} ${here.className || here.id}> ${here.textContent.trim().slice(0, 20)}`,
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && !/transparent|, 0\)$/.test(colour),
    seen: boxes.some((box) => box.width > 0 && box.height > 0 && shown(box)),
  };
});

/** Goes through a page with Tab, and returns what is wrong on the way. */
async function walk(page, type) {
  const wanted = await usable(page);
  const faults = wanted.filter(({ first }) => first).map(({ name }) => `${name} pushes itself forward`);
  let turn = 0;
  for (; ; turn += 1) {
    await page.keyboard.press("Tab");
    const here = await focused(page);
    // After the last one comes the browser's own bar, and then the page again.
    if (!here || (here.turn === 0 && turn > 0)) break;
    if (here.turn !== turn) {
      faults.push(`Tab ${turn + 1} leads to ${here.name}, not to ${wanted[turn]?.name ?? "the end"}`);
      break;
    }
    if (!here.ringed) faults.push(`no ring around ${here.name}`);
    if (!here.seen) faults.push(`${here.name} is out of sight`);
  }
  if (turn < wanted.length) faults.push(`${turn} of ${wanted.length} things are reached; ${wanted[turn].name} is not`);
  if (turn > 0) {
    await page.keyboard.press("Shift+Tab");
    const back = await focused(page);
    if (back && back.turn !== wanted.length - 1) faults.push(`from the end, Shift and Tab lead back to ${back.name}`);
  }
  return { faults: faults.map((fault) => `${type}: ${fault}`), count: turn };
}

/** Presses Tab until the focus is on what is asked for. */
async function reach(page, selector, most = 400) {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  must(false, `${page.url()}: ${most} times Tab do not lead to ${selector}`);
}

/** Leads on with Enter from what has the focus. */
async function enter(page) {
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  return decodeURIComponent(page.url().slice(address.length));
}

for (const [width, shown] of [[1280, Object.entries(types)], [360, Object.entries(types).filter(([type]) => !type.includes("/"))]]) {
  await test(`Tab goes through ${shown.length} types of pages at ${width} px, to everything and in order, and out again`, async () => {
    const page = await open(browser, { viewport: { width, height: 900 }, reducedMotion: "reduce" });
    const faults = [];
    let all = 0;
    for (const [type, path] of shown) {
      await page.goto(address + path, { waitUntil: "load" });
      const { faults: found, count } = await walk(page, `${type} ${path}`);
      faults.push(...found);
      all += count;
    }
    await page.context().close();
    must(faults.length > 0 || all > 20 * shown.length, `only ${all} things were reached`);
    none(faults, 20);
  });
}

await test("the walk sees a trap, a missing ring and something out of order", async () => {
  const page = await open(browser);
  const spoiled = {
    trap: () => document.querySelector("main a").addEventListener("keydown", (event) => event.preventDefault()),
    ring: () => document.querySelector("main a").animate([{ outlineStyle: "none" }, { outlineStyle: "none" }], { duration: 1e6 }),
    order: () => { document.querySelectorAll("main a")[3].tabIndex = 7; },
  };
  for (const [what, spoil] of Object.entries(spoiled)) {
    await page.goto(address, { waitUntil: "load" });
    await page.evaluate(spoil);
    const { faults } = await walk(page, what);
    must(faults.length > 0, `${what}: nothing is found`);
  }
  await page.context().close();
});

await test("what is folded opens with Enter and Space, and then its parts are reached", async () => {
  const page = await open(browser, { viewport: { width: 360, height: 800 } });
  let opened = 0;
  for (const type of ["home", "place", "fund", "kind's list"]) {
    await page.goto(address + types[type], { waitUntil: "load" });
    const folds = await page.locator("main summary").count();
    for (const key of ["Enter", "Space"].slice(0, folds)) {
      await reach(page, "main details:not([open]) > summary");
      await page.keyboard.press(key);
      must(await page.evaluate(() => document.activeElement.parentNode.open), `${type}: ${key} opens nothing`);
      opened += 1;
    }
    await page.evaluate(() => document.activeElement.blur());
    await page.goto(`${address}${types[type]}?open`, { waitUntil: "load" });
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
    none((await walk(page, `${type}, unfolded`)).faults);
  }
  await page.context().close();
  must(opened >= 4, `only ${opened} were opened`);
  none(page.faults);
});

await test("from home to a place, a record, its list and the data with Tab and Enter alone", async () => {
  const page = await open(browser, { viewport: { width: 360, height: 800 } });
  await page.goto(address, { waitUntil: "load" });
  await reach(page, 'main a[href^="places/"]:not([href="places/index.html"])');
  must(/^places\/\d+\.html$/.test(await enter(page)), `a place's link leads to ${page.url()}`);
  for (let down = 0; down < 4 && (await page.locator('main a[href*="../project/"]:visible').count()) === 0; down += 1) {
    await reach(page, 'main a[href^="../places/"], main a[href^="9"]');
    await enter(page);
  }
  await reach(page, 'main a[href*="../project/"]:not([href*="index.html"])');
  must(/^project\/.+\.html$/.test(await enter(page)), `a record's link leads to ${page.url()}`);
  await reach(page, 'nav.crumbs a[href$="project/index.html"]');
  must((await enter(page)) === "project/index.html", `the list's link leads to ${page.url()}`);
  await reach(page, 'footer a[href$="data.html"]');
  must((await enter(page)) === "data.html", `the data's link leads to ${page.url()}`);
  await reach(page, "main details:not([open]) > summary");
  await page.keyboard.press("Enter");
  await reach(page, 'main a[href$=".csv"]');
  await page.context().close();
  none(page.faults);
});

await test("large type, colours and the menu are worked by keyboard", async () => {
  const page = await open(browser, { viewport: { width: 360, height: 800 } });
  await page.goto(address, { waitUntil: "load" });
  const state = () => page.evaluate(() => ({
    large: document.documentElement.classList.contains("elder-mode"),
    look: document.documentElement.dataset.look ?? "auto",
    size: parseFloat(getComputedStyle(document.body).fontSize),
  }));
  const before = await state();
  await reach(page, "#elder");
  await page.keyboard.press("Space");
  const large = await state();
  must(large.large && large.size > before.size, `Space on large type makes ${before.size} px into ${large.size}`);
  await page.keyboard.press("Space");
  must(!(await state()).large, "Space does not take large type back");
  await reach(page, ".tabs .more a");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  must(await page.evaluate(() => document.activeElement.closest("#menu") !== null), "after “more” comes no part of the menu");
  await reach(page, "#look");
  for (const look of ["light", "dark"]) {
    await page.keyboard.press("ArrowDown");
    must((await state()).look === look, `the next look is ${(await state()).look}, not ${look}`);
  }
  await page.reload({ waitUntil: "load" });
  must((await state()).look === "dark", "the look is forgotten");
  await reach(page, "#look");
  await page.keyboard.press("Home");
  must((await state()).look === "auto", "the look is not given back");
  await page.context().close();
  none(page.faults);
});

await test("finding works by keyboard", async () => {
  const page = await open(browser, { viewport: { width: 360, height: 800 } });
  await page.goto(`${address}search.html`, { waitUntil: "load" });
  await reach(page, "#q");
  await page.keyboard.insertText("公示");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#search .card-title");
  await reach(page, "#search .card-title", 4);
  must((await enter(page)).endsWith(".html"), `the first hit leads to ${page.url()}`);
  await page.context().close();
  none(page.faults);
});

await browser.close();
server.stop();
finish();
process.exit();
