// Lighthouse as a phone on a slow network: the pages that citizens open first, over a server set up
// as docs/deploy.md says.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

import { flags, place } from "../browser/browser.mjs";
import { host, types } from "../browser/site.mjs";
import { finish, none, test } from "../browser/tap.mjs";

/** The least that each page has to reach. */
const LEAST = { performance: 98, accessibility: 100, "best-practices": 100, seo: 100 };

/** How often a page is loaded: other work on the machine slows one run down, rarely most of them. */
const RUNS = 3;

const PAGES = ["home", "notices", "open notice", "fund", "place", "masked list", "en/ open notice"];

const server = await host();
const chrome = await launch({ chromePath: place(), chromeFlags: flags });

/** What one run says of a page: its marks, and what cost it some. */
async function run(path) {
  const found = await lighthouse(server.address + path, { port: chrome.port, logLevel: "error", onlyCategories: Object.keys(LEAST) });
  const { lhr } = found;
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  const marks = {}, costs = {};
  for (const [id, { score, auditRefs }] of Object.entries(lhr.categories)) {
    marks[id] = Math.round(score * 100);
    const audits = auditRefs.filter(({ weight }) => weight > 0).map((ref) => lhr.audits[ref.id]);
    costs[id] = audits.filter((audit) => audit.score !== null && audit.score < 0.95).map(({ id: name, title, displayValue, details }) =>
      `${name}: ${title} ${displayValue ?? ""} ${JSON.stringify(details?.items?.[0] ?? "").slice(0, 200)}`);
  }
  return { marks, costs };
}

for (const name of PAGES) {
  const path = types[name];
  await test(`Lighthouse on a phone: ${name}, ${path}`, async () => {
    const runs = [];
    for (let at = 0; at < RUNS; at += 1) runs.push(await run(path));
    const middle = (id) => [...runs].sort((one, two) => one.marks[id] - two.marks[id])[Math.floor(RUNS / 2)];
    console.log(`# ${path}: ${Object.keys(LEAST).map((id) => `${id} ${middle(id).marks[id]}`).join(", ")}`);
    none(Object.entries(LEAST).flatMap(([id, least]) => {
      const { marks, costs } = middle(id);
      return marks[id] < least ? [`${id}: ${marks[id]} of at least ${least}`, ...costs[id]] : [];
    }), 20);
  });
}

await chrome.kill();
server.stop();
finish();
process.exit();
