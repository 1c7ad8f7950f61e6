// Finding: what the box finds is what stands on the pages, and without it everything can be reached.

import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { pathToFileURL } from "node:url";

import { open, start } from "./browser.mjs";
import { files, host, pages, site, tags, text } from "./site.mjs";
import { finish, must, none, test } from "./tap.mjs";

const script = createRequire(import.meta.url)("../../themes/mingbai/assets/search.js");
const json = (path) => JSON.parse(text(path));
const shelves = files.filter((path) => /^search\/terms-\d+\.json$/.test(path));
const texts = [];
for (let at = 0; files.includes(`search/pages-${at}.json`); at += 1) texts.push(...json(`search/pages-${at}.json`));
const records = pages.filter((path) => texts.some(({ h }) => h === path) && !path.startsWith("places/"));

/** Folds words by rules of its own: compatibility forms and small letters. */
const fold = (words) => words.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");

const unescape = (words) => words.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&amp;", "&");

/** The lines that a reader sees in some HTML: what stands in one block is one line. */
const lines = (html) => html
  .replace(/<(script|style|noscript)\b.*?<\/\1>/gs, "\n")
  .replace(/<\/?(?:a|b|strong|em|span|time|i|code)\b[^>]*>/g, "")
  .split(/<[^>]*>/)
  .map((line) => fold(unescape(line)).trim())
  .filter(Boolean);

/** What of a page has to be found: its names, its facts, its text, and tables that hide nothing. */
function own(html) {
  const parts = [...html.matchAll(/<h1>.*?<\/h1>|<p class="?eyebrow"?>.*?<\/p>|<p class="?lead"?>.*?<\/p>|<div class="prose paper">.*?<\/div>/gs)].map((found) => found[0]);
  const facts = /<section><h2>基本情况<\/h2>(.*?)<\/section>/s.exec(html)?.[1] ?? "";
  parts.push(...facts.replace(/<h3.*?<\/h3>|<dt>.*?<\/dt>/gs, "\n").split("</dd>").filter((value) => !/class="?m"?[ >]/.test(value)));
  for (const [table] of html.matchAll(/<section id="?table-.*?<\/table>/gs)) {
    // Lists of persons that go when their notice ends are not to be found by their rows.
    if (!/id="?legend/.test(html)) parts.push(...(/<tbody>.*?<\/tbody>/s.exec(table) ?? []));
  }
  return parts.flatMap(lines);
}

const truth = new Map(texts.map(({ h }) => {
  const main = /<main\b.*?<\/main>/s.exec(text(h))[0];
  return [h, { all: lines(main), own: h.startsWith("places/") ? lines(/<h1>.*?<\/h1>/s.exec(main)[0]) : own(main) }];
}));
const having = (query, part) => [...truth].filter(([, page]) => page[part].some((line) => line.includes(query))).map(([path]) => path);

const letters = json("search/letters.json");

await test(`the script takes ${texts.length} pages apart as the program does`, () => {
  must(shelves.length > 0 && Math.log2(shelves.length) % 1 === 0, `${shelves.length} shelves`);
  const faults = [];
  const lists = new Map();
  for (const path of shelves) {
    const { k, l } = json(path);
    const own = l.split(" ");
    k.split("Z").filter(Boolean).forEach((term, at) => {
      lists.set(term, own[at]);
      if (`search/terms-${script.shelf(term, shelves.length)}.json` !== path) faults.push(`“${term}” stands in ${path}`);
    });
  }
  texts.forEach((page, at) => {
    if (script.fold(page.t, letters) !== page.x.split("\u2028")[0]) faults.push(`${page.h}: the title folds differently`);
    for (const term of script.terms(page.x)) {
      const list = lists.get(term)?.split(".")[0];
      if (list === undefined || !(script.pages(list)?.includes(at) ?? true)) faults.push(`${page.h}: not under “${term}”`);
    }
  });
  none(faults);
});

await test("what is folded by the program's tests is folded alike here", () => {
  for (const [typed, folded] of [["ＧＳ－２０２１", "gs-2021"], ["明農發[2023]12號", "明农发(2023)12号"], ["　石桥村  公示 ", "石桥村 公示"], ["3—5月", "3-5月"]]) {
    const found = script.fold(typed, { from: "農發號", to: "农发号" });
    must(found === folded, `“${typed}” becomes “${found}”`);
  }
});

const server = await host();
const browser = await start();

/** Types a query; returns what is listed, with what is said about it. */
async function ask(page, query) {
  await page.goto(`${server.address}search.html?q=${encodeURIComponent(query)}`, { waitUntil: "load" });
  const status = page.locator("#search [role=status]");
  const settled = () => page.waitForFunction(() => !/^(正在找……)?$/.test(document.querySelector("#search [role=status]").textContent)
    && document.querySelector("#search ul").ariaBusy !== "true");
  await settled();
  const said = await status.innerText();
  await page.evaluate(async () => {
    const more = document.querySelector("#search > p:last-child button"), list = document.querySelector("#search ul");
    for (let clicks = 0; clicks < 200 && !more.hidden; clicks += 1) {
      more.click();
      while (list.ariaBusy === "true") await new Promise((later) => setTimeout(later, 2));
    }
  });
  const found = await page.locator("#search .card-title").evaluateAll((links) => links.map((link) => ({
    path: decodeURIComponent(new URL(link.href).pathname.slice(1)), title: link.textContent,
  })));
  return { found, said, most: said.includes("没有完全一致"), none: said.includes("没有找到") };
}

/** The faults of what a query finds against the pages themselves. */
async function judge(page, query, meant = query) {
  const { found, most } = await ask(page, query);
  const sought = fold(meant), paths = found.map(({ path }) => path);
  const must = having(sought, "own"), may = new Set(having(sought, "all"));
  if (most) return must.length ? [`“${query}”: nothing whole is found, but ${must[0]} has it`] : [];
  return [
    ...must.filter((path) => !paths.includes(path)).map((path) => `“${query}”: ${path} is not found`),
    ...paths.filter((path) => !may.has(path)).map((path) => `“${query}”: ${path} does not have it`),
    ...(new Set(paths).size < paths.length ? [`“${query}”: a page stands twice`] : []),
  ];
}

const places = texts.filter(({ h }) => h.startsWith("places/"));
const page = await open(browser);

await test(`each of ${places.length} places is the first that its name finds`, async () => {
  const faults = [];
  for (const place of places) {
    const { found } = await ask(page, place.t);
    if (found[0]?.title !== place.t) faults.push(`“${place.t}” finds first “${found[0]?.title}”`);
    faults.push(...await judge(page, place.t));
  }
  none(faults);
});

await test("parts of names find every page that has them, and no other", async () => {
  const parts = new Set(places.flatMap(({ t }) => [t.slice(0, 2), t.slice(-2)]).filter((part) => part.length === 2));
  const faults = [];
  for (const part of [...parts].slice(0, 40)) faults.push(...await judge(page, part));
  none(faults);
});

await test("words out of the pages find every page that has them, and no other", async () => {
  const words = new Set(["光伏", "危房改造", "高龄津贴", "监督电话", "公示", "2025", "2024年", "万元", "12317"]);
  records.forEach((path, at) => {
    const line = truth.get(path).own.find((line) => /[\u4e00-\u9fff]{6}/.test(line)) ?? "";
    const run = /[\u4e00-\u9fff]{6,}/.exec(line)?.[0] ?? "";
    if (at % Math.ceil(records.length / 70) === 0 && run) words.add(run.slice(at % (run.length - 4), (at % (run.length - 4)) + 3 + (at % 3)));
  });
  const faults = [];
  for (const word of words) faults.push(...await judge(page, word));
  must(words.size > 40, `only ${words.size} words`);
  none(faults);
});

const listed = pages.filter((path) => path.startsWith("find/numbers")).map(text).join();
const numbers = [...listed.matchAll(/<li><span class="?num"?>([^<]+)/g)].map((found) => unescape(found[1]));

await test("numbers of papers and ids are found, in whichever brackets and width", async () => {
  const faults = [];
  const papers = numbers.filter((number) => number.includes("〔"));
  must(papers.length > 3, `only ${papers.length} numbers of papers`);
  for (const number of numbers.filter((_, at) => at % Math.ceil(numbers.length / 25) === 0)) faults.push(...await judge(page, number));
  for (const number of papers.slice(0, 6)) {
    const plain = (await ask(page, number)).found.map(({ path }) => path).join();
    for (const other of [number.replace("〔", "[").replace("〕", "]"), number.replace("〔", "（").replace("〕", "）"), number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))]) {
      const found = (await ask(page, other)).found.map(({ path }) => path).join();
      if (found !== plain || plain === "") faults.push(`“${other}” does not find what “${number}” finds`);
    }
  }
  for (const path of records.filter((_, at) => at % Math.ceil(records.length / 12) === 0)) {
    const { found } = await ask(page, path.replace(/\.html$/, ""));
    if (!found.some((hit) => hit.path === path)) faults.push(`${path} is not found by its id`);
  }
  none(faults);
});

await test("Traditional characters, capitals and wide signs find what plain ones find", async () => {
  const faults = [];
  for (const [typed, plain] of [["補助", "补助"], ["農業", "农业"], ["衛生", "卫生"], ["驗收", "验收"], ["茶葉", "茶叶"], ["２０２２年１２月", "2022年12月"], ["　光伏　", "光伏"]]) {
    const [found, wanted] = [await ask(page, typed), await ask(page, plain)];
    const path = (hit) => hit.path;
    if (found.found.map(path).join() !== wanted.found.map(path).join()) faults.push(`“${typed}” finds ${found.found.length}, “${plain}” ${wanted.found.length}`);
    faults.push(...await judge(page, typed, plain.trim()));
  }
  none(faults);
});

await test("several words find pages that have all of them", async () => {
  const faults = [];
  for (const [first, second] of [["公示", "2025"], [places.at(-1).t, "资金"], ["项目", "验收"]]) {
    const { found, most } = await ask(page, `${first} ${second}`);
    if (most) continue;
    const may = new Set(having(fold(first), "all"));
    const both = having(fold(second), "all").filter((path) => may.has(path));
    faults.push(...found.filter(({ path }) => !both.includes(path)).map(({ path }) => `“${first} ${second}”: ${path} has not both`));
  }
  none(faults);
});

await test("a single character is looked for in titles, and nonsense finds nothing", async () => {
  const one = await ask(page, "桥");
  const titled = texts.filter(({ t }) => t.includes("桥")).map(({ h }) => h);
  must(one.found.map(({ path }) => path).sort().join() === titled.sort().join(), `“桥” finds ${one.found.length} of ${titled.length}`);
  must(one.none || one.said.includes("只在标题里找"), `it is not said that only titles are looked through: ${one.said}`);
  for (const nonsense of ["魑魅魍魉", "zzqqxx", "、、", "00000000000000"]) {
    const { found, said, none: nothing } = await ask(page, nonsense);
    must(found.length === 0 && nothing, `“${nonsense}” finds ${found.length}: ${said}`);
  }
});

await test("what nothing has whole is said so, and pages with most of it are shown", async () => {
  const title = texts.find(({ h, t }) => h.startsWith("project/") && /^[\u4e00-\u9fff]{8,}/.test(t)).t;
  const run = /^[\u4e00-\u9fff]{8,}/.exec(title)[0];
  const query = `${run.slice(0, 4)}魑${run.slice(4)}`;
  const { found, said, most } = await ask(page, query);
  must(most, `“${query}”: ${said}`);
  must(found[0].title === title || found.slice(0, 10).some((hit) => hit.title.includes(run.slice(0, 4))), `first comes “${found[0].title}”`);
});

await test("a plain question finds what it is about", async () => {
  const faults = [];
  for (const [question, about] of [["低保多少钱", "低保"], ["低保怎么申请?", "低保"], ["光伏的钱是多少", "光伏"], ["请问厕所补助有哪些", "厕所补助"], ["低保多少錢嗎", "低保"]]) {
    const { found, said, none: nothing } = await ask(page, question);
    const has = new Set(having(fold(about), "all"));
    const top = found.slice(0, 5);
    if (nothing || !top.length) faults.push(`“${question}” finds nothing: ${said}`);
    else if (has.size && !top.every(({ path }) => has.has(path))) faults.push(`“${question}”: first comes ${top.map(({ path }) => path).join(", ")}`);
    // Nothing about it is left out: the question is no narrower than its word.
    const wanted = having(fold(about), "own");
    if (has.size && !wanted.every((path) => found.some((hit) => hit.path === path))) faults.push(`“${question}” finds ${found.length} of ${wanted.length}`);
  }
  none(faults);
});

await test("of words that no page has together, the rarest comes first", async () => {
  const { found, most } = await ask(page, "公示项目魑沼气池");
  must(most && found.length > 0, "nothing is found");
  const rare = new Set(having("沼气池", "all"));
  must(rare.size > 0 && rare.has(found[0].path), `first comes ${found[0].path}`);
});

await test("a first query takes no more than 60 KB, and a name asks few files", async () => {
  const fresh = await open(browser);
  const asked = [];
  fresh.on("response", (answer) => { if (/search/.test(answer.url())) asked.push(new URL(answer.url()).pathname.slice(1)); });
  await fresh.goto(`${server.address}search.html?q=${encodeURIComponent(places.at(-1).t)}`, { waitUntil: "load" });
  await fresh.waitForSelector("#search .card-title");
  const bytes = [...new Set(asked)].reduce((sum, path) => sum + gzipSync(text(path)).length, 0);
  await fresh.context().close();
  must(asked.length > 2 && bytes <= 60_000, `${asked.length} files, ${bytes} bytes`);
});

await test("a person's masked name leads nowhere", async () => {
  none(texts.filter(({ x }) => /[\u4e00-\u9fff]\*\*/.test(x)).map(({ h }) => h));
});

none(page.faults);
await page.context().close();

await test("from the disk the box says what works instead", async () => {
  const local = await open(browser);
  await local.goto(`${pathToFileURL(site).href}/search.html`, { waitUntil: "load" });
  must(local.faults.length === 0, local.faults[0]);
  await local.locator("#q").fill("公示");
  await local.locator("#q").press("Enter");
  await local.waitForFunction(() => document.querySelector("#search [role=status]").textContent.includes("照样能用"));
  must((await local.locator("main h2").count()) >= 3, "the lists are not there");
  await local.context().close();
});

await test("without scripts there is no dead box, and each list reaches every record", async () => {
  const plain = await open(browser, { javaScriptEnabled: false, viewport: { width: 360, height: 720 } });
  await plain.goto(`${server.address}index.html`);
  await plain.locator("nav.tabs a", { hasText: "查找" }).click();
  must(!(await plain.locator("#q").isVisible()), "a box is shown that does nothing");
  must(await plain.locator("main noscript .lead").isVisible(), "nothing is said");
  await plain.context().close();
  const links = (path) => tags(/<main\b.*?<\/main>/s.exec(text(path))[0]).filter(({ name }) => name === "a")
    .map(({ attributes }) => decodeURIComponent(new URL(attributes.href, `http://x/${path}`).pathname.slice(1)));
  // Pages of the register's own are no records: the map of the site leads to all of them.
  const own = records.filter((path) => text(path).includes('class=written'));
  must(own.length > 1, "there is no page of the register's own");
  none(own.filter((path) => !links("sitemap.html").includes(path)));
  const reach = (may) => {
    const seen = new Set(["search.html"]), found = new Set();
    for (const path of seen) {
      for (const to of links(path)) {
        if (may(to) && pages.includes(to)) seen.add(to);
        else found.add(to);
      }
    }
    return records.filter((path) => !own.includes(path) && !found.has(path));
  };
  const faults = [];
  for (const [name, may] of Object.entries({
    year: (path) => path.startsWith("find/year-"),
    number: (path) => path.startsWith("find/numbers"),
    kind: (path) => /^[^/]+\/index(-\d+)?\.html$/.test(path) && !path.startsWith("places/"),
  })) faults.push(...reach(may).map((path) => `${path} is not reached by ${name}`));
  none(faults);
});

await browser.close();
server.stop();
finish();
process.exit();
