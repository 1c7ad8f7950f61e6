// Nothing here is needed: it remembers large type and colours, finds, sorts and pages rows, copies
// the page's address and prints. It asks nobody for anything.
(function () {
  "use strict";
  var root = document.documentElement;
  function stored(key, value) {
    try {
      if (value === undefined) return localStorage.getItem("mingbai-" + key);
      localStorage.setItem("mingbai-" + key, value);
    } catch (e) { /* Without a memory, pages forget. */ }
    return null;
  }
  function look(value) {
    if (value === "light" || value === "dark") root.dataset.look = value;
    else delete root.dataset.look;
  }
  // Before anything is painted: this file is loaded in the head, so that no page flashes.
  root.classList.toggle("elder-mode", stored("elder") === "1");
  look(stored("look"));

  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function on(thing, event, act) { thing.addEventListener(event, act); }

  // What a cell says as a number: a day, or an amount with its unit; NaN for other words.
  function number(text) {
    var day = /^(\d{4})(?:年|-)(\d{1,2})(?:月|-)(\d{1,2})日?/.exec(text);
    if (day) return +day[1] * 1e4 + +day[2] * 100 + +day[3];
    var amount = /^-?\d[\d,]*(?:\.\d+)?/.exec(text);
    if (!amount) return NaN;
    var unit = text.charAt(amount[0].length);
    return +amount[0].replace(/,/g, "") * (unit === "万" ? 1e4 : unit === "亿" ? 1e8 : 1);
  }

  var words;
  try { words = new Intl.Collator("zh-CN", { numeric: true }).compare; } catch (e) {
    words = function (one, two) { return one < two ? -1 : one > two ? 1 : 0; };
  }

  // A table of which rows can be found, sorted and shown page by page.
  function table(box) {
    var body = box.tBodies[0], first = Array.prototype.slice.call(body.rows), rows = first;
    var part = box.closest("section[id]") || box.parentNode;
    var find = part.querySelector(".find"), pages = part.querySelector(".pages");
    var size = 50, page = 0;
    function draw() {
      var shown = rows.filter(function (row) { return !row.hidden; });
      var last = Math.max(0, Math.ceil(shown.length / size) - 1);
      page = Math.min(page, last);
      if (!pages) return;
      shown.forEach(function (row, at) { row.classList.toggle("off", Math.floor(at / size) !== page); });
      pages.hidden = last === 0;
      var buttons = pages.querySelectorAll("button"), from = page * size;
      buttons[0].disabled = page === 0;
      buttons[1].disabled = page === last;
      pages.querySelector("output").textContent =
        from + 1 + "–" + Math.min(from + size, shown.length) + " / " + shown.length;
    }
    if (pages) each(pages.querySelectorAll("button"), function (button, at) {
      on(button, "click", function () { page += at ? 1 : -1; draw(); });
    });
    if (find) {
      var input = find.querySelector("input"), count = find.querySelector("output");
      find.hidden = false;
      on(input, "input", function () {
        var wanted = input.value.trim().toLowerCase().split(/\s+/), shown = 0;
        rows.forEach(function (row) {
          var text = row.textContent.toLowerCase();
          row.hidden = !wanted.every(function (word) { return text.includes(word); });
          if (!row.hidden) shown++;
        });
        count.textContent = shown + " / " + rows.length;
        page = 0;
        draw();
      });
    }
    function sort(head, column) {
      var heads = box.tHead.rows[0].cells, was = head.getAttribute("aria-sort");
      each(heads, function (other) { other.removeAttribute("aria-sort"); });
      rows = first;
      if (was !== "descending") {
        var down = was === "ascending" ? -1 : 1;
        head.setAttribute("aria-sort", down > 0 ? "ascending" : "descending");
        var keys = first.map(function (row, at) {
          var text = row.cells[column].textContent.trim();
          // A figure that is not listed has no place among figures.
          if (text === "*") text = "";
          return { row: row, at: at, text: text, number: number(text) };
        });
        var filled = keys.filter(function (key) { return key.text; });
        var numbers = filled.every(function (key) { return !isNaN(key.number); });
        keys.sort(function (one, two) {
          // What is empty stays at the end, whichever way.
          if (!one.text || !two.text) return (one.text ? 0 : 1) - (two.text ? 0 : 1) || one.at - two.at;
          return down * (numbers ? one.number - two.number : words(one.text, two.text)) || one.at - two.at;
        });
        rows = keys.map(function (key) { return key.row; });
      }
      rows.forEach(function (row) { body.appendChild(row); });
      page = 0;
      draw();
    }
    // With rows or columns that are one, or with only a part of the rows, sorting would mislead.
    var plain = box.tHead && box.tHead.rows.length === 1 && !box.querySelector("tbody [colspan], tbody [rowspan], thead [colspan]");
    if (plain && first.length > 2 && !document.querySelector(".pager")) {
      each(box.tHead.rows[0].cells, function (head, column) {
        var button = document.createElement("button"), text = head.firstChild;
        if (!text || text.nodeType !== 3 || !text.data.trim()) return;
        button.type = "button";
        button.className = "sort";
        head.insertBefore(button, text);
        button.appendChild(text);
        text.data = text.data.trim();
        button.insertAdjacentText("afterend", " ");
        on(button, "click", function () { sort(head, column); });
      });
    }
    draw();
  }

  on(document, "DOMContentLoaded", function () {
    var elder = document.getElementById("elder"), scheme = document.getElementById("look");
    if (elder) {
      // The letters of a drawing do not grow with the page: its table says the same in large ones.
      var tables = function () {
        each(document.querySelectorAll(".chart details"), function (table) { table.open = elder.checked; });
      };
      elder.checked = root.classList.contains("elder-mode");
      if (elder.checked) tables();
      on(elder, "change", function () {
        root.classList.toggle("elder-mode", elder.checked);
        stored("elder", elder.checked ? "1" : "0");
        tables();
      });
    }
    if (scheme) {
      scheme.value = root.dataset.look || "auto";
      on(scheme, "change", function () { look(scheme.value); stored("look", scheme.value); });
    }
    each(document.querySelectorAll(".tools"), function (tools) { tools.hidden = false; });
    each(document.querySelectorAll(".copy"), function (button) {
      var said = button.parentNode.querySelector("output");
      on(button, "click", function () {
        var address = location.href.split("#")[0];
        function done() { said.textContent = button.dataset.done; }
        function byHand() { said.textContent = address; }
        if (navigator.clipboard) navigator.clipboard.writeText(address).then(done, byHand);
        else byHand();
      });
    });
    // The reader's own village, one tap from every page once it was chosen.
    function mine() {
      var link = document.querySelector(".mine"), own = (stored("place") || "").split(" ");
      if (!link || !/^\d{6,12}$/.test(own[0]) || !own[1]) return;
      link.href = link.dataset.root + "places/" + own[0] + ".html";
      link.textContent = own[1];
      link.hidden = false;
    }
    each(document.querySelectorAll(".keep"), function (keep) {
      var button = keep.querySelector("button");
      keep.hidden = false;
      on(button, "click", function () {
        stored("place", button.dataset.place + " " + button.dataset.name);
        keep.querySelector("output").textContent = button.dataset.done;
        mine();
      });
    });
    mine();
    each(document.querySelectorAll(".print-button"), function (button) {
      button.hidden = false;
      on(button, "click", function () { window.print(); });
    });
    each(document.querySelectorAll("main table"), function (box) { if (box.tBodies[0]) table(box); });
  });
})();
