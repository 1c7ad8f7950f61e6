// Nothing here is needed: it remembers large type, finds rows and prints.
(function () {
  var root = document.documentElement, key = "mingbai-elder";
  function stored(value) {
    try {
      if (value === undefined) return localStorage.getItem(key) === "1";
      localStorage.setItem(key, value ? "1" : "0");
    } catch (e) { return false; }
  }
  root.classList.toggle("elder-mode", stored());
  document.addEventListener("DOMContentLoaded", function () {
    var elder = document.getElementById("elder");
    elder.checked = root.classList.contains("elder-mode");
    elder.addEventListener("change", function () {
      root.classList.toggle("elder-mode", elder.checked);
      stored(elder.checked);
    });
    document.querySelectorAll(".print-button").forEach(function (p) {
      p.hidden = false;
      p.addEventListener("click", function () { window.print(); });
    });
    document.querySelectorAll(".find").forEach(function (p) {
      var input = p.querySelector("input"), count = p.querySelector("output");
      var rows = p.parentNode.querySelectorAll("tbody tr");
      p.hidden = false;
      input.addEventListener("input", function () {
        var words = input.value.trim().toLowerCase().split(/\s+/), shown = 0;
        rows.forEach(function (row) {
          var text = row.textContent.toLowerCase();
          row.hidden = !words.every(function (w) { return text.includes(w); });
          if (!row.hidden) shown++;
        });
        count.textContent = shown + " / " + rows.length;
      });
    });
  });
})();
