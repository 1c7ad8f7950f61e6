// The HTML of a sample of pages, against the rules of html-validate; with `FULL` set, of every page.

import { HtmlValidate } from "html-validate";

import { isMain, pages, text, types } from "./site.mjs";
import { finish, must, none, test } from "./tap.mjs";

/** How many pages of each folder are looked at, beside one of each type. */
const PER_FOLDER = process.env.FULL ? Infinity : 3;

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // Pages are minified: how they are written is no matter here.
    "attr-quotes": "off",
    "doctype-style": "off",
    "no-implicit-close": "off",
    "no-trailing-whitespace": "off",
    "void-style": "off",
    // A number that is copied has to work; the style sheet keeps it on one line.
    "tel-non-breaking": "off",
    // A page is named by its record, however long that is.
    "long-title": "off",
    // Everything comes from the site itself.
    "require-sri": "off",
  },
});

const sample = new Set(Object.values(types));
const taken = new Map();
for (const path of pages) {
  const folder = path.split("/").slice(0, isMain(path) ? 1 : 2).join("/");
  const count = taken.get(folder) ?? 0;
  if (count < PER_FOLDER) sample.add(path);
  taken.set(folder, count + 1);
}

await test("html-validate sees what is wrong", async () => {
  const { results } = await validator.validateString("<!doctype html><html lang=zh><head><title>a</title></head><body><p><div></div></p><img src=a></body></html>");
  must(results.length > 0 && results[0].messages.length > 1, "it does not");
});

await test(`html-validate finds nothing on ${sample.size} of ${pages.length} pages`, async () => {
  const faults = [];
  for (const path of sample) {
    const report = await validator.validateString(text(path), path);
    for (const message of report.results.flatMap((result) => result.messages)) {
      faults.push(`${path}:${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
    }
  }
  none(faults, 30);
});

finish();
