// The pages in a browser: what a citizen sees on a phone, on paper, without scripts, by keyboard.

import { pathToFileURL } from "node:url";

import { open, start } from "./browser.mjs";
import { files, root, serve, site, text, types } from "./site.mjs";
import { finish, must, none, test } from "./tap.mjs";

/** The widths of a phone of old and of one of today. */
const PHONES = [320, 360];

/** What has the keyboard's focus. */
const focused = (page) => page.evaluate(() => {
  const here = document.activeElement;
  const box = here.getBoundingClientRect();
  const style = getComputedStyle(here);
  return {
    name: `<${here.localName}> ${here.className || here.id} ${here.textContent.trim().slice(0, 20)}`,
    skips: here.matches(".skip"),
    main: here.id === "main",
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight,
  };
});

const server = await serve(root);
const browser = await start();
const origins = { "from the server": server.address, "from the disk": `${pathToFileURL(site).href}/` };

for (const [origin, address] of Object.entries(origins)) {
  // A page for lost readers is shown by a server only, so it has addresses of its own.
  const shown = Object.entries(types).filter(([type]) => type !== "404" || origin === "from the server");

  await test(`${origin}: ${shown.length} types of pages load without an error, and ask nobody else`, async () => {
    const page = await open(browser);
    for (const [, path] of shown) {
      const answer = await page.goto(address + path, { waitUntil: "load" });
      must(answer === null || answer.ok(), `${path}: ${answer?.status()}`);
    }
    const foreign = page.asked.filter((url) => !url.startsWith(address) && !url.startsWith("data:"));
    await page.context().close();
    none([...page.faults, ...foreign.map((url) => `asks for ${url}`)]);
  });

  for (const width of PHONES) {
    await test(`${origin}: nothing has to be scrolled sideways at ${width} px`, async () => {
      const page = await open(browser, { viewport: { width, height: 720 }, hasTouch: true, isMobile: true });
      const faults = [];
      for (const [type, path] of shown) {
        await page.goto(address + path, { waitUntil: "load" });
        const wide = await page.evaluate(() => ({
          is: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
          may: document.documentElement.clientWidth,
          brand: document.querySelector(".brand").getBoundingClientRect().width,
        }));
        if (wide.brand < wide.may / 2) faults.push(`${type} ${path}: the site's name has ${Math.round(wide.brand)} px`);
        if (wide.is > wide.may || wide.may > width) faults.push(`${type} ${path}: ${wide.is} px wide`);
      }
      await page.context().close();
      none(faults);
    });
  }

  await test(`${origin}: without scripts the content is there and links work`, async () => {
    const page = await open(browser, { javaScriptEnabled: false, viewport: { width: 360, height: 720 } });
    for (const [type, path] of shown) {
      await page.goto(address + path, { waitUntil: "load" });
      must(await page.locator("h1").isVisible(), `${type} ${path}: its heading is not seen`);
      const words = (await page.locator("main").innerText()).trim().length;
      must(words > 20, `${type} ${path}: only ${words} letters are seen`);
    }
    await page.goto(`${address}index.html`);
    await page.locator("nav.tabs a").nth(1).click();
    must(page.url().endsWith(types.notices), `the second tab leads to ${page.url()}`);
    await page.locator(`main a[href*="notice/"]:visible`).first().click();
    must(/\/notice\/[^/]+\.html$/.test(page.url()), `the first notice leads to ${page.url()}`);
    await page.goto(address + types["masked list"]);
    must((await page.locator("tbody tr").count()) > 2, "the rows of a list are not there");
    const before = await page.locator("h1").evaluate((h1) => getComputedStyle(h1).fontSize);
    await page.locator("#elder").check();
    const after = await page.locator("h1").evaluate((h1) => getComputedStyle(h1).fontSize);
    must(parseFloat(after) > parseFloat(before), `large type is ${after} where it was ${before}`);
    await page.context().close();
    none(page.faults);
  });
}

const address = server.address;

await test("the keyboard reaches everything, and is seen where it is", async () => {
  const faults = [];
  for (const [width, path] of [[1280, types.home], [360, types["open notice"]], [1280, types["masked list"]]]) {
    const page = await open(browser, { viewport: { width, height: 900 } });
    await page.goto(address + path, { waitUntil: "load" });
    await page.keyboard.press("Tab");
    const first = await focused(page);
    if (!first.skips || !first.seen) faults.push(`${path}: Tab leads first to ${first.name}, seen: ${first.seen}`);
    await page.keyboard.press("Enter");
    if (!(await focused(page)).main) faults.push(`${path}: the first link does not lead to the content`);
    await page.goto(address + path, { waitUntil: "load" });
    for (let step = 0; step < 25; step += 1) {
      await page.keyboard.press("Tab");
      const here = await focused(page);
      if (here.name.startsWith("<body>")) break;
      if (!here.ringed) faults.push(`${path}: no ring around ${here.name}`);
      if (!here.seen) faults.push(`${path}: ${here.name} is out of sight`);
    }
    await page.context().close();
  }
  none(faults);
});

await test("the script remembers large type and finds rows", async () => {
  const page = await open(browser);
  await page.goto(address + types["masked list"], { waitUntil: "load" });
  await page.locator("#elder").check();
  await page.goto(address + types.home, { waitUntil: "load" });
  must(await page.locator("#elder").isChecked(), "large type is forgotten on the next page");
  await page.locator("#elder").uncheck();
  await page.goto(address + types["masked list"], { waitUntil: "load" });
  const find = page.locator(".find input").first();
  const rows = page.locator("tbody tr:visible");
  const all = await rows.count();
  const wanted = (await page.locator("tbody tr").last().innerText()).split(/\s/).filter(Boolean).at(-1);
  await find.fill(wanted);
  const some = await rows.count();
  must(some > 0 && some < all, `${some} of ${all} rows are shown`);
  await find.fill("");
  must((await rows.count()) === all, "not all rows come back");
  await page.context().close();
  none(page.faults);
});

/** What a cell says, worked out apart from the script: a day, or an amount in its smallest unit. */
const worth = (words) => {
  const day = words.match(/^(\d{4})年(\d{1,2})月(\d{1,2})日/) ?? words.match(/^(\d{4})-(\d\d)-(\d\d)/);
  if (day) return Date.UTC(day[1], day[2] - 1, day[3]);
  const amount = words.match(/^(-?[\d,]+)(?:\.(\d+))?(万|亿)?/);
  const places = { 万: 4, 亿: 8 }[amount?.[3]] ?? 0;
  return amount && BigInt(amount[1].replaceAll(",", "") + (amount[2] ?? "").padEnd(places + 4, "0").slice(0, places + 4));
};

await test("rows are sorted by amounts, days and words with the keyboard, and come back", async () => {
  const page = await open(browser);
  const faults = [];
  let sorted = 0;
  for (const path of [types["masked list"], types.project, types.allocation, types["village account"], types.complaint]) {
    await page.goto(address + path, { waitUntil: "load" });
    // What is folded away cannot be reached by the keyboard before it is opened.
    await page.evaluate(() => document.querySelectorAll("main details").forEach((details) => { details.open = true; }));
    for (const table of await page.locator("main table:has(th .sort)").all()) {
      const heads = await table.locator("thead th").all();
      for (const [column, head] of heads.entries()) {
        const button = head.locator(".sort");
        if ((await button.count()) === 0) continue;
        const cells = async () => table.locator("tbody tr").evaluateAll((rows, at) => rows.map((row) => row.cells[at].textContent.trim()), column);
        const before = await cells();
        await button.focus();
        await page.keyboard.press("Enter");
        const up = await cells();
        must((await head.getAttribute("aria-sort")) === "ascending", `${path}: the head does not say that it sorts`);
        await page.keyboard.press("Space");
        const down = await cells();
        must((await head.getAttribute("aria-sort")) === "descending", `${path}: the head does not say that it sorts down`);
        await page.keyboard.press("Enter");
        const after = await cells();
        if (before.join() !== after.join()) faults.push(`${path} ${column}: the order does not come back`);
        if ([...before].sort().join() !== [...up].sort().join()) faults.push(`${path} ${column}: rows were lost`);
        const empty = (words) => !words || words === "*";
        const filled = up.filter((words) => !empty(words));
        if (filled.every((words) => worth(words) !== null)) {
          sorted += 1;
          if (filled.some((words, at) => at > 0 && worth(filled[at - 1]) > worth(words))) faults.push(`${path} ${column}: ${filled}`);
          const back = down.filter((words) => !empty(words));
          if (back.some((words, at) => at > 0 && worth(back[at - 1]) < worth(words))) faults.push(`${path} ${column} down: ${back}`);
        }
        if (up.slice(0, filled.length).some(empty)) faults.push(`${path} ${column}: empty cells are not at the end`);
      }
    }
  }
  await page.context().close();
  must(sorted >= 3, `only ${sorted} columns of numbers were sorted`);
  none([...page.faults, ...faults]);
});

await test("a figure that is not listed stays at the end and the others are sorted as numbers", async () => {
  const page = await open(browser);
  const path = types["masked list"];
  const cells = ["9户", "*", "10户", "200户", ""].map((words) => `<tr><td>${words}</td><td>甲</td></tr>`).join("");
  const odd = text(path)
    .replace(/<tbody>.*?<\/tbody>/s, `<tbody>${cells}</tbody>`)
    .replace(/<thead>.*?<\/thead>/s, "<thead><tr><th scope=col>户</th><th scope=col>谁</th></tr></thead>")
    .replace(/<tfoot>.*?<\/tfoot>/s, "");
  await page.route(address + path, (route) => route.fulfill({ body: odd, contentType: "text/html; charset=utf-8" }));
  await page.goto(address + path, { waitUntil: "load" });
  const column = () => page.locator("main .scroll").first().locator("tbody tr").evaluateAll((rows) => rows.map((row) => row.cells[0].textContent).join(","));
  const button = page.locator("main .scroll").first().locator("th .sort").first();
  await button.click();
  const up = await column();
  await button.click();
  const down = await column();
  await page.context().close();
  must(up === "9户,10户,200户,*,", `up they are ${up}`);
  must(down === "200户,10户,9户,*,", `down they are ${down}`);
  none(page.faults);
});

await test("long tables come in pages on the screen, and whole on paper and without script", async () => {
  const rows = (page) => page.locator("main .scroll").first().locator("tbody tr:visible").count();
  const cells = [...Array(120).keys()].map((at) => `<tr><td>${at + 1}户</td><td>${(at * 37) % 120}.5万元</td></tr>`).join("");
  const path = types["masked list"];
  const long = text(path)
    .replace(/<tbody>.*?<\/tbody>/s, `<tbody>${cells}</tbody>`)
    .replace(/<thead>.*?<\/thead>/s, "<thead><tr><th scope=col>户</th><th scope=col>钱</th></tr></thead>")
    .replace(/<tfoot>.*?<\/tfoot>/s, "")
    .replace("</table></section>", "</table></section><p class=pages hidden><button type=button>前</button> <output></output> <button type=button>后</button></p>");
  must(long.includes("class=pages"), "the page has no table to make long");
  for (const javaScriptEnabled of [false, true]) {
    const page = await open(browser, { javaScriptEnabled });
    await page.route(address + path, (route) => route.fulfill({ body: long, contentType: "text/html; charset=utf-8" }));
    await page.goto(address + path, { waitUntil: "load" });
    if (!javaScriptEnabled) {
      must((await rows(page)) === 120, `${await rows(page)} rows are there without script`);
    } else {
      must((await rows(page)) === 50, `${await rows(page)} rows are on the first page`);
      await page.locator(".pages button").last().focus();
      await page.keyboard.press("Enter");
      await page.keyboard.press("Enter");
      must((await rows(page)) === 20, `${await rows(page)} rows are on the last page`);
      must((await page.locator(".pages output").innerText()) === "101–120 / 120", "the page does not say where it is");
      must(await page.locator(".pages button").last().isDisabled(), "there is a page after the last");
      await page.locator("th .sort").nth(1).click();
      must((await page.locator("main .scroll").first().locator("tbody tr:visible td").nth(1).innerText()) === "0.5万元", "pages are not of the sorted rows");
      await page.emulateMedia({ media: "print" });
      must((await rows(page)) === 120, `${await rows(page)} rows are printed`);
    }
    await page.context().close();
    none(page.faults);
  }
});

await test("light or dark is chosen, remembered and given back; the address is copied", async () => {
  const page = await open(browser, { colorScheme: "dark" });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const paper = () => page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
  await page.goto(address + types.home, { waitUntil: "load" });
  const dark = await paper();
  await page.locator("#look").selectOption("light");
  must((await paper()) === "rgb(255, 255, 255)", `light paper is ${await paper()}`);
  await page.goto(address + types.about, { waitUntil: "commit" });
  await page.waitForSelector("#look");
  must((await paper()) === "rgb(255, 255, 255)", "the choice is forgotten on the next page");
  await page.emulateMedia({ colorScheme: "light" });
  await page.waitForLoadState("load");
  await page.locator("#look").selectOption("dark");
  must((await paper()) === dark, `dark paper is ${await paper()} where the device has ${dark}`);
  await page.locator("#look").selectOption("auto");
  must((await paper()) === "rgb(255, 255, 255)", "the device is not asked any more");
  await page.locator(".copy").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector(".tools output").textContent !== "");
  must((await page.evaluate(() => navigator.clipboard.readText())) === address + types.about, "another address is copied");
  await page.context().close();
  none(page.faults);
});

await test("large type keeps the numbers of the rule for elderly readers on every page", async () => {
  const faults = [];
  const page = await open(browser, { viewport: { width: 360, height: 720 }, hasTouch: true, isMobile: true });
  for (const large of [false, true]) {
    for (const [type, path] of Object.entries(types)) {
      await page.goto(address + path, { waitUntil: "load" });
      if ((await page.locator("#elder").isChecked()) !== large) await page.locator("#elder").setChecked(large);
      const found = await page.evaluate((least) => {
        const seen = (here) => here.getClientRects().length > 0;
        const faults = [];
        for (const here of document.querySelectorAll("main p:not([class]), .prose p, td, dd")) {
          const style = getComputedStyle(here);
          const size = parseFloat(style.fontSize);
          if (seen(here) && (size < least.letters * 0.95 || parseFloat(style.lineHeight) / size < 1.3)) faults.push(`${here.localName} ${size} px, ${style.lineHeight}`);
        }
        const targets = "nav.tabs a, .chips a, .doors a, .pager a, button:not(.sort), summary, .tel, input[type=search], select, .elder, #menu a";
        for (const here of document.querySelectorAll(targets)) {
          const height = here.getBoundingClientRect().height;
          if (seen(here) && height < least.target - 0.5) faults.push(`${here.localName}.${here.className} ${height} px high`);
        }
        return [...new Set(faults)];
      }, large ? { letters: 24, target: 60 } : { letters: 18, target: 44 });
      faults.push(...found.map((fault) => `${type} ${path}, large: ${large}: ${fault}`));
    }
  }
  await page.context().close();
  none([...new Set(faults)], 20);
});

await test("200 % text at 640 px stays on the page", async () => {
  const page = await open(browser, { viewport: { width: 640, height: 900 } });
  const faults = [];
  for (const [type, path] of Object.entries(types)) {
    await page.goto(address + path, { waitUntil: "load" });
    const wide = await page.evaluate(() => {
      document.documentElement.style.fontSize = "225%";
      return document.documentElement.scrollWidth - document.documentElement.clientWidth;
    });
    if (wide > 0) faults.push(`${type} ${path}: ${wide} px too wide`);
  }
  await page.context().close();
  none(faults);
});

await test("a printed notice has its text and phone, and no navigation", async () => {
  const page = await open(browser, { colorScheme: "dark" });
  await page.goto(address + types["open notice"], { waitUntil: "load" });
  const title = await page.locator("h1").innerText();
  const tabs = await page.locator("nav.tabs a").allInnerTexts();
  const paper = (await page.pdf({ format: "A4" })).toString("latin1");
  const sheets = paper.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  must(sheets >= 1, "the PDF has no page");
  await page.emulateMedia({ media: "print" });
  const words = await page.locator("body").innerText();
  must(words.includes(title), "the title is not printed");
  must(/\d{5}/.test(words), "no phone number is printed");
  for (const place of ["nav.tabs", "nav.crumbs", "#menu", ".skip", ".elder"]) {
    must((await page.locator(place).filter({ visible: true }).count()) === 0, `${place} is printed`);
  }
  // The subject of a notice, in its box, has the name of a section.
  const own = (await page.locator("main").innerText()).split("\n");
  none(tabs.filter((tab) => words.split("\n").includes(tab) && !own.includes(tab)).map((tab) => `“${tab}” is printed`));
  const colour = await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
  must(colour === "rgb(255, 255, 255)", `the paper is ${colour}`);
  await page.context().close();
});

await test("feeds, the sitemap and pictures are XML that can be read", async () => {
  const page = await open(browser);
  await page.goto(address, { waitUntil: "load" });
  const faults = [];
  for (const path of files.filter((path) => /\.(xml|svg)$/.test(path))) {
    const fault = await page.evaluate((xml) => {
      const document = new DOMParser().parseFromString(xml, "text/xml");
      return document.querySelector("parsererror")?.textContent;
    }, text(path));
    if (fault) faults.push(`${path}: ${fault.slice(0, 200)}`);
  }
  await page.context().close();
  none(faults);
});

await browser.close();
server.stop();
finish();
process.exit();
