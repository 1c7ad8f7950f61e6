// Finds pages by words. Folds and takes apart what is typed as src/site/search does for pages.
(function () {
  const LAST = "bcdfghjklmnprs", HIGH = "tvwyz", PLAIN = /[a-z0-9]/;
  const RUN = /[a-z0-9\u00c0-\u1fff\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;
  const SIGNS = "〔(【(〖([(〕)】)〗)])—-–-‐-‑-−-―-“\"”\"„\"‘'’'•·・·";

  function fold(text, letters) {
    return Array.from(text.replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, ""), function (c) {
      if (/[\uff01-\uff5e]/.test(c)) c = String.fromCharCode(c.charCodeAt(0) - 0xfee0);
      for (let i = 0; i < SIGNS.length; i += 2) if (SIGNS[i] === c) c = SIGNS[i + 1];
      const at = letters ? letters.from.indexOf(c) : -1;
      return at < 0 ? c.replace(/[A-Z]/, (c) => c.toLowerCase()) : letters.to[at];
    }).join("").replace(/[\s\u3000]+/g, " ").trim();
  }

  function terms(text) {
    const found = [];
    for (const run of text.match(RUN) || []) {
      const c = Array.from(run);
      for (let i = 0; i + 1 < c.length; i++) {
        if (!PLAIN.test(c[i]) || !PLAIN.test(c[i + 1])) found.push(c[i] + c[i + 1]);
        else if (c[i + 2] && PLAIN.test(c[i + 2])) found.push(c[i] + c[i + 1] + c[i + 2]);
      }
    }
    return found;
  }

  function shelf(term, shelves) {
    let hash = 2166136261;
    for (const c of term) hash = Math.imul(hash ^ c.codePointAt(0), 16777619);
    return (hash ^ (hash >>> 15)) & (shelves - 1);
  }

  // The pages of a list; nothing at all for a list that picks none out.
  function pages(list) {
    if (list === "y") return null;
    const found = [];
    let high = 0, next = 0;
    for (const c of list || "") {
      const last = LAST.indexOf(c);
      if (last < 0) { high = high * 5 + HIGH.indexOf(c); continue; }
      found.push(next += high * 14 + last);
      next++;
      high = 0;
    }
    return found;
  }

  if (typeof module === "object") { module.exports = { fold, terms, shelf, pages }; return; }
  const box = document.getElementById("search"), say = box.dataset, kept = {};
  const input = box.querySelector("input"), [go, more] = box.querySelectorAll("button");
  const status = box.querySelector("[role=status]"), list = box.querySelector("ul");
  let turn = 0, letters = null;

  function load(name) {
    const path = say.top + "search/" + name + ".json?v=" + say.version;
    return kept[name] || (kept[name] = fetch(path).then((answer) => answer.ok ? answer.json() : Promise.reject())
      .catch((fault) => { delete kept[name]; throw fault; }));
  }

  // The four lists of a term: all pages, those with it in the title, at its beginning, at its end.
  async function lists(term) {
    const found = await load("terms-" + shelf(term, +say.shelves));
    const at = found.k.split("Z").indexOf(term);
    const own = at < 0 ? [] : found.l.split(" ")[at].split(".");
    return [0, 1, 2, 3].map((n) => pages(own[n]));
  }

  function both(sets) {
    sets = sets.filter((set) => set);
    if (!sets.length) return Array.from({ length: +say.pages }, (_, page) => page);
    return sets.slice(1).reduce((left, right) => { const has = new Set(right); return left.filter((p) => has.has(p)); }, sets[0]);
  }

  // The pages that may have all the words, those named like them first, and how to make sure.
  async function whole(query) {
    const words = query.split(" "), sought = words.map(terms);
    let few = sought.map((own) => own.filter((_, i) => i % 2 === 0 || i === own.length - 1).slice(0, 8));
    const short = !few.some((own) => own.length);
    if (short) few = words.map((word) => (word.match(RUN) || []));
    const all = await Promise.all([].concat(...few).map(lists));
    if (!all.length) return { order: [], is: () => 0 };
    const titled = both(all.map((of) => of[1]));
    const named = words.length > 1 || short ? [] : both([titled, all[0][2], all[all.length - 1][3]]);
    const order = Array.from(new Set(named.concat(titled, short ? [] : both(all.map((of) => of[0])))));
    const has = (text) => words.every((word) => text.includes(word));
    // How well a page fits: 3 it is called so, 2 its title has it, 1 its text has it, 0 not at all.
    return { short, order, is: (page) => {
      const title = page.x.split("\u2028")[0];
      return title === query ? 3 : has(title) ? 2 : !short && has(page.x) ? 1 : 0;
    } };
  }

  // A question without the words that only ask.
  function plain(query, letters) {
    const asked = (rest, word) => PLAIN.test(word)
      ? rest.split(" ").filter((own) => own !== word).join(" ") : rest.split(word).join(" ");
    return fold(fold(say.ask, letters).split(" ").reduce(asked, query));
  }

  // The pages that have most of the terms; a term weighs more the fewer pages have it.
  async function most(query) {
    const sought = Array.from(new Set([].concat(...query.split(" ").map(terms)))).slice(0, 24);
    const sets = (await Promise.all(sought.map(lists))).map((of) => of[0]).filter((set) => set && set.length);
    const count = new Map(), all = sets.reduce((sum, set) => sum + 1 / set.length, 0);
    for (const set of sets) for (const page of set) count.set(page, (count.get(page) || 0) + 1 / set.length);
    const order = Array.from(count.keys()).filter((page) => sets.length * 2 >= sought.length && count.get(page) * 2 >= all);
    order.sort((left, right) => count.get(right) - count.get(left) || left - right);
    return { order, is: () => 1 };
  }

  function card(page) {
    const item = document.createElement("li"), link = document.createElement("a");
    const add = (name, kind, text) => {
      const part = document.createElement(name);
      part.className = kind;
      part.textContent = text;
      if (text) item.append(part, " ");
    };
    item.className = "card";
    link.className = "card-title";
    link.href = say.root + page.h.split("/").map(encodeURIComponent).join("/");
    link.textContent = page.t;
    item.append(link, " ");
    add("strong", "num", page.a);
    add("p", "", page.s);
    add("p", "meta", [page.k, page.p, page.d].filter(Boolean).join(" · "));
    return item;
  }

  // Lists ten more, and says how many there are.
  async function next(found, own) {
    more.hidden = true;
    list.ariaBusy = "true";
    let shown = [], tried = 0;
    while (found.order.length && shown.length < 10 && (tried < 400 || !shown.length)) {
      const some = found.order.splice(0, 10 - shown.length);
      const shelves = await Promise.all(some.map((page) => load("pages-" + Math.floor(page / say.each))));
      some.forEach((page, i) => {
        const text = shelves[i][page % say.each], fit = found.is(text);
        if (fit) shown.push({ text, fit });
      });
      tried += some.length;
    }
    if (own !== turn) return 0;
    list.ariaBusy = "false";
    shown.sort((left, right) => right.fit - left.fit).forEach(({ text }) => list.append(card(text)));
    const rest = found.order.length > 0, words = found.most ? say.most : rest ? say.part : say.all;
    const count = found.most ? list.childElementCount + found.order.length : list.childElementCount;
    if (!count) return 0;
    status.textContent = (found.said || "") + (found.short ? say.short + " " : "") + words.replace("{n}", count);
    more.hidden = !rest;
    more.onclick = () => next(found, turn).catch(fault);
    return count;
  }

  function fault() { status.textContent = say.fault; }

  async function find() {
    const own = ++turn, typed = input.value;
    let query = fold(typed, letters);
    list.textContent = "";
    more.hidden = true;
    status.textContent = query && say.wait;
    if (!query) return;
    history.replaceState(null, "", "?q=" + encodeURIComponent(typed));
    if (await next(await whole(query), own) || own !== turn) return;
    // No page has a Traditional character as it is.
    if (!letters && /[^\x00-\x7f]/.test(query)) {
      letters = await load("letters");
      if (query !== (query = fold(typed, letters)) && (await next(await whole(query), own) || own !== turn)) return;
    }
    const bare = plain(query, letters);
    if (bare && bare !== query) {
      const found = await whole(query = bare);
      found.said = "“" + bare + "” ";
      if (await next(found, own) || own !== turn) return;
    }
    const found = await most(query);
    found.most = true;
    if (!await next(found, own) && own === turn) status.textContent = say.none;
  }

  const start = () => find().catch(fault);
  box.hidden = false;
  go.onclick = start;
  input.onkeydown = (event) => { if (event.key === "Enter" && !event.isComposing) start(); };
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) { input.value = asked; start(); }
})();
