// The files for programs, against the standards they name: feeds, calendars, linked data, open data.
// Each check is given something broken first, so that it cannot pass because it looks at nothing.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import Ajv4 from "ajv-draft-04";
import addFormats from "ajv-formats";
import ICAL from "ical.js";
import jsonld from "jsonld";
import { RelaxNGValidator, XmlDocument, XsdValidator } from "libxml2-wasm";

import { base, files, isMain, moved, pages, root, text } from "./site.mjs";
import { finish, must, none, test } from "./tap.mjs";

const named = (pattern) => files.filter((path) => pattern.test(path));
const vendored = (path) => readFileSync(join(root, "tests/schemas", path), "utf8");
const schema = (path) => JSON.parse(vendored(path));
const known = new Set(files);
const own = (address) => address?.startsWith(base) && known.has(decodeURI(address.slice(base.length)).replace(/(^|\/)$/, "$1index.html"));

/** Fails unless the check finds something in what is broken; then returns what it finds in each file. */
function over(paths, check, broken) {
  must(paths.length > 0, "there is no such file");
  must(check(broken, paths[0]).length > 0, "the check does not see what is broken");
  none(paths.flatMap((path) => check(text(path), path).map((fault) => `${path}: ${fault}`)));
}

/** What libxml2 has against some XML. */
function xml(validator, words) {
  let document;
  try {
    document = XmlDocument.fromString(words);
    validator.validate(document);
    return [];
  } catch (error) {
    return (error.details ?? [error]).map(({ line, message }) => `${line ?? ""} ${message.trim()}`);
  } finally {
    document?.dispose();
  }
}

/** What a JSON Schema has against a value; errors of parts that lead nowhere by themselves are left out. */
function json(validate, value) {
  if (validate(value)) return [];
  return validate.errors.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

const twice = (values) => values.filter((value, at) => values.indexOf(value) !== at).map((value) => `${value} stands twice`);

const feeds = named(/(^|\/)atom\.xml$/);
await test(`${feeds.length} Atom feeds keep RFC 4287`, () => {
  const validator = RelaxNGValidator.fromDoc(XmlDocument.fromString(vendored("atom/atom.rng")));
  const check = (words, path) => {
    const ids = [...words.matchAll(/<entry\b.*?<id>([^<]*)<\/id>/gs)].map((found) => found[1]);
    const faults = [...xml(validator, words), ...twice(ids)];
    const [head] = words.split("<entry");
    const self = /<link\b(?=[^>]*rel="self")[^>]*href="([^"]*)"/.exec(head)?.[1];
    if (self !== base + encodeURI(path)) faults.push(`it says it is at ${self}`);
    if (!/<author>/.test(head)) faults.push("nobody is its author");
    return faults.concat(ids.filter((id) => !/^[a-z]+:/.test(id)).map((id) => `${id} is no address`));
  };
  const broken = text(feeds[0]).replace(/<updated>[^<]*<\/updated>/, "<updated>soon</updated>");
  over(feeds, check, broken);
});

const jsonFeeds = named(/(^|\/)feed\.json$/);
await test(`${jsonFeeds.length} JSON Feeds keep version 1.1`, () => {
  must(jsonFeeds.length === feeds.length, `there are ${feeds.length} Atom feeds`);
  const day = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;
  over(jsonFeeds, (words, path) => {
    const feed = JSON.parse(words);
    const faults = twice(feed.items.map(({ id }) => id));
    if (feed.version !== "https://jsonfeed.org/version/1.1") faults.push(`version ${feed.version}`);
    if (!feed.title) faults.push("it has no title");
    if (feed.feed_url !== base + encodeURI(path)) faults.push(`it says it is at ${feed.feed_url}`);
    for (const item of feed.items) {
      if (typeof item.id !== "string" || !item.id) faults.push("an item has no id");
      if (!item.content_html && !item.content_text) faults.push(`${item.id} says nothing`);
      for (const at of ["date_published", "date_modified"]) if (item[at] && !day.test(item[at])) faults.push(`${item.id}: ${item[at]}`);
      if (!own(item.url)) faults.push(`${item.id} leads to ${item.url}`);
    }
    return faults;
  }, text(jsonFeeds[0]).replace(/"content_(html|text)"/, '"content"'));
});

await test("the sitemap keeps its schema, and lists pages that are there", () => {
  const validator = XsdValidator.fromDoc(XmlDocument.fromString(readFileSync(join(root, "tests/browser/node_modules/sitemap/schema/sitemap.xsd"), "utf8")));
  over(named(/^sitemap(-\d+)?\.xml$/), (words) => {
    const places = [...words.matchAll(/<loc>([^<]*)<\/loc>/g)].map((found) => found[1]);
    const seen = new Set(places);
    const faults = [...xml(validator, words), ...places.filter((place) => !own(place)).map((place) => `${place} is not there`)];
    if (seen.size < places.length) faults.push("an address stands twice");
    if (places.length > 50_000 || Buffer.byteLength(words) > 50_000_000) faults.push("it is longer than one file may be");
    return faults;
  }, text("sitemap.xml").replace("<lastmod>", "<changed>").replace("</lastmod>", "</changed>"));
});

const calendars = named(/\.ics$/);
await test(`${calendars.length} calendars keep RFC 5545`, () => {
  ICAL.design.strict = true;
  over(calendars, (words) => {
    const faults = [];
    if (/[^\r]\n/.test(words)) faults.push("a line ends without CR");
    if (words.split("\r\n").some((line) => Buffer.byteLength(line) > 75)) faults.push("a line is longer than 75 octets");
    let calendar;
    try {
      calendar = new ICAL.Component(ICAL.parse(words));
    } catch (error) {
      return [...faults, error.message];
    }
    const wanted = (part, names) => names.filter((name) => !part.hasProperty(name)).map((name) => `${part.name} lacks ${name}`);
    const events = calendar.getAllSubcomponents("vevent");
    faults.push(...wanted(calendar, ["version", "prodid"]), ...events.flatMap((event) => wanted(event, ["uid", "dtstamp", "dtstart", "summary"])));
    faults.push(...twice(events.map((event) => event.getFirstPropertyValue("uid"))));
    if (events.length === 0) faults.push("it has no events");
    for (const event of events.map((event) => new ICAL.Event(event))) {
      if (event.startDate && event.endDate.compare(event.startDate) <= 0) faults.push(`${event.uid} ends before it begins`);
    }
    return faults;
  }, text(calendars[0]).replace(/DTSTART[^\r]*\r\n/, "").replace(/(DTEND[^:]*):\d+/, "$1:20259999"));
});

await test("linked data of every page expands by the terms of schema.org", async () => {
  const context = schema("schema.org/context.json");
  const documentLoader = async (url) => {
    must(/^https?:\/\/schema\.org\/?$/.test(url), `asks for ${url}`);
    return { contextUrl: null, documentUrl: url, document: context };
  };
  // What a term does not name is a fault here, where a reader of the page would leave it out.
  const expand = (words) => jsonld.expand(JSON.parse(words), { documentLoader, safe: true });
  const blocks = (path) => [...text(path).matchAll(/<script\b[^>]*ld\+json[^>]*>(.*?)<\/script>/gs)].map((found) => found[1]);
  const [first] = blocks("index.html");
  for (const broken of [first.replace('"name"', '"nmae"'), first.replace(/"@type":"\w+"/, '"@type":"Vilage"')]) {
    must(await expand(broken).then(() => false, () => true), "a term that is not there is not seen");
  }
  const faults = [];
  const types = new Set();
  for (const path of pages) {
    if (path.includes("widget/") || path.endsWith("404.html") || moved(path)) continue;
    const found = blocks(path);
    if (found.length === 0) faults.push(`${path}: it has no linked data`);
    for (const block of found) {
      try {
        const things = await expand(block);
        must(things.length > 0, "nothing comes of it");
        for (const thing of things) types.add(thing["@type"]?.[0]);
        for (const { "@type": type, "http://schema.org/description": about } of things) {
          const length = about?.[0]["@value"].length ?? 0;
          if (type?.[0].endsWith("/Dataset") && (length < 50 || length > 5000)) faults.push(`${path}: ${length} letters on a set of data, where 50 to 5,000 are asked`);
        }
      } catch (error) {
        faults.push(`${path}: ${error.plain ?? `${error.message} ${JSON.stringify(error.details?.event?.details ?? "")}`}`);
      }
    }
  }
  none(faults);
  for (const type of ["BreadcrumbList", "Dataset", "WebSite", "GovernmentOrganization"]) must(types.has(`http://schema.org/${type}`), `no page has a ${type}`);
});

await test("datapackage.json keeps the profile of Data Package 2.0", () => {
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true, validateSchema: false, formats: { textarea: true } }));
  const profile = Object.fromEntries(["datapackage", "dataresource", "tableschema", "tabledialect"].map((name) => [name, ajv.compile(schema(`datapackage/${name}.json`))]));
  over(["datapackage.json"], (words) => {
    const data = JSON.parse(words);
    const part = (name, value) => (value === undefined ? [] : json(profile[name], value));
    const faults = part("datapackage", data).concat(data.resources.flatMap((resource) => [
      ...part("dataresource", resource), ...part("tableschema", resource.schema), ...part("tabledialect", resource.dialect),
      ...[resource.path].flat().filter((path) => !files.includes(path)).map((path) => `${path} is not there`),
    ]));
    if (data.$schema !== "https://datapackage.org/profiles/2.0/datapackage.json") faults.push(`its profile is ${data.$schema}`);
    return faults;
  }, text("datapackage.json").replace('"type":"string"', '"type":"words"').replace('"type": "string"', '"type": "words"'));
});

await test("each table has the columns that datapackage.json names, with keys that its JSON Schema knows", () => {
  const cells = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((found) => found[1].replace(/^"|"$/g, "").replaceAll('""', '"'));
  const keys = new Map();
  const known = (kind, table) => {
    const name = `${kind}.${table}`;
    if (!keys.has(name)) {
      const record = schema2(`data/${kind}.schema.json`);
      keys.set(name, Object.keys(table ? record.tables.properties[table].properties.rows.items.properties : record.fields.properties));
    }
    return keys.get(name);
  };
  const schema2 = (path) => JSON.parse(text(path)).properties.records.items.properties;
  over(["datapackage.json"], (words) => JSON.parse(words).resources.flatMap(({ path, schema: { fields } }) => {
    const faults = [];
    const [head, ...rows] = text(path).replace(/^\ufeff/, "").split("\r\n");
    if (cells(head).slice(0, fields.length).join() !== fields.map(({ name }) => name).join()) faults.push(`${path}: other columns`);
    const [, kind, table] = /^data\/([\w-]+)(?:\.([\w-]+))?\.csv$/.exec(path);
    for (const { name, key } of fields.slice(1)) if (!known(kind, table).includes(key)) faults.push(`${path}: ${name} is ${key}`);
    for (const row of rows.filter(Boolean)) {
      // A cell of several lines makes lines that are none of the table.
      if (cells(row).length < fields.length + 1 && /"/.test(row)) continue;
      cells(row).slice(0, fields.length).forEach((cell, at) => {
        if (fields[at].type === "number" && !/^(-?[\d.]+|\*)?$/.test(cell)) faults.push(`${path}: ${fields[at].name} is “${cell}”`);
      });
    }
    return faults;
  }), text("datapackage.json").replace(/"key":\s?"title"/, '"key":"titel"'));
});

await test("data/ocds.json keeps OCDS 1.1", () => {
  const ajv = addFormats(new Ajv4({ strict: false, allErrors: true }));
  for (const name of ["release-schema", "versioned-release-validation-schema"]) ajv.addSchema(schema(`ocds/${name}.json`));
  const validate = ajv.compile(schema("ocds/record-package-schema.json"));
  over(["data/ocds.json"], (words) => {
    const { records } = JSON.parse(words);
    const faults = [...json(validate, JSON.parse(words)), ...twice(records.map(({ ocid }) => ocid))];
    return faults.concat(records.length > 5 ? [] : ["it has few records"]);
  }, text("data/ocds.json").replace(/"status":\s?"(complete|active)"/, '"status":"done"'));
});

await test("data/360giving.json keeps 360Giving 1.4", () => {
  const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true, validateSchema: false }));
  const [grant, whole] = ["360-giving-schema", "360-giving-package-schema"].map((name) => schema(`360giving/${name}.json`));
  // The authors' package names a tag of their grant that is one older than the grant beside it.
  const { $ref } = whole.properties.grants.items;
  for (const part of [grant, whole]) delete part.$schema;
  const validate = ajv.addSchema({ ...grant, $id: $ref }).compile(whole);
  over(["data/360giving.json"], (words) => {
    const { grants } = JSON.parse(words);
    const faults = [...json(validate, JSON.parse(words)), ...twice(grants.map(({ id }) => id))];
    return faults.concat(grants.length > 5 ? [] : ["it has few grants"]);
  }, text("data/360giving.json").replace(/"currency":\s?"CNY"/, '"currency":156'));
});

const described = named(/^data\/[\w-]+\.schema\.json$/);
await test(`${described.length} kinds of records keep the JSON Schema beside them`, () => {
  const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
  must(described.length > 20, "there are few");
  none(described.flatMap((path) => {
    const twin = path.replace(".schema.json", ".json");
    return json(ajv.compile(JSON.parse(text(path))), JSON.parse(text(twin))).map((fault) => `${twin}: ${fault}`);
  }));
});

must(pages.some((path) => !isMain(path)), "the example is in one language");
finish();
