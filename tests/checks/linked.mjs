// Linked data of every page, type-checked against the vocabulary of schema.org as TypeScript has it:
// a type or property that schema.org does not have, or not there, is an error of the compiler.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";

import { pages, text } from "../browser/site.mjs";
import { finish, must, none, test } from "../browser/tap.mjs";

// Below this folder, so that the compiler finds the packages beside it.
const work = mkdtempSync(join(dirname(fileURLToPath(import.meta.url)), "node_modules/.linked-"));

/** What the compiler has against statements, each of a type; they are named by their places. */
function faultsOf(statements) {
  const file = join(work, "check.ts");
  const lines = statements.map(({ type, json }, at) => `export const b${at}: S.${type} = ${json};`);
  writeFileSync(file, ["import type * as S from 'schema-dts';", ...lines, ""].join("\n"));
  const program = ts.createProgram([file], {
    noEmit: true, strict: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2020,
    module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
  });
  return ts.getPreEmitDiagnostics(program).map((fault) => {
    const line = fault.file && fault.file.fileName.endsWith("check.ts") ? fault.file.getLineAndCharacterOfPosition(fault.start).line : 0;
    const words = ts.flattenDiagnosticMessageText(fault.messageText, " ").slice(0, 300);
    return `${statements[line - 1]?.path ?? "?"}: ${words}`;
  });
}

/** One of each shape: values of one type are alike to the compiler. */
function shape(value) {
  if (Array.isArray(value)) return [...new Map(value.map((item) => [JSON.stringify(shape(item)), shape(item)])).values()];
  if (value === null || typeof value !== "object") return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, key === "@type" ? item : shape(item)]));
}

const found = new Map();
let blocks = 0;
for (const path of pages) {
  for (const [, json] of text(path).matchAll(/<script\b[^>]*ld\+json[^>]*>(.*?)<\/script>/gs)) {
    blocks += 1;
    const block = JSON.parse(json);
    for (const thing of block["@graph"] ?? [block]) {
      const { "@context": _, ...rest } = thing;
      found.set(JSON.stringify(shape(rest)), { path, type: [thing["@type"]].flat()[0], json: JSON.stringify(rest) });
    }
  }
}

await test(`linked data of ${blocks} blocks in ${found.size} shapes keeps the vocabulary of schema.org`, () => {
  must(blocks > 1000 && found.size > 3, "there is little");
  none(faultsOf([...found.values()]));
});

await test("the compiler sees a property and a type that are not there", () => {
  const broken = [{ path: "a", type: "WebPage", json: '{"@type":"WebPage","nmae":"x"}' }, { path: "b", type: "WebPage", json: '{"@type":"Vilage","name":"x"}' }];
  const faults = faultsOf(broken);
  must(["a", "b"].every((path) => faults.some((fault) => fault.startsWith(`${path}:`))), `it says ${faults}`);
});

rmSync(work, { recursive: true });
finish();
