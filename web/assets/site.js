// The theme, votes that wait, sections that fold, search, and explorers that swap drawn states. Nothing is computed here.
(() => {
  "use strict";
  const words = JSON.parse(document.getElementById("words").textContent);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const keep = (key, value) => { try { localStorage.setItem(key, value); } catch { /* no storage: kept for this page */ } };
  const kept = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

  // Theme
  const theme = document.getElementById("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const now = document.documentElement.dataset.theme || (dark.matches ? "dark" : "light");
    document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
    keep("dropout-theme", document.documentElement.dataset.theme);
  });

  // Votes: what answers a question waits until a choice is opened, find-in-page finds it, or the reader will not choose.
  const waiting = new Map();
  for (const part of all(".after")) waiting.set(part.dataset.vote, [...(waiting.get(part.dataset.vote) || []), part]);
  for (const [vote, parts] of waiting) {
    const note = document.createElement("p");
    note.className = "waits";
    note.append(words.vote_first + " ");
    const skip = document.createElement("button");
    skip.type = "button";
    skip.textContent = words.vote_skip;
    note.append(skip);
    parts[0].before(note);
    const show = () => { note.remove(); for (const part of parts) part.removeAttribute("hidden"); };
    for (const part of parts) {
      part.setAttribute("hidden", "until-found");
      part.addEventListener("beforematch", show);
    }
    skip.addEventListener("click", () => {
      show();
      parts[0].tabIndex = -1;
      parts[0].focus({ preventScroll: true });
    });
    for (const choice of all(`details[name="vote-${vote}"]`)) {
      // The choice that closes above the one that is opened would pull it away from under the finger.
      const line = choice.querySelector("summary");
      let before = null;
      line.addEventListener("click", () => { before = line.getBoundingClientRect().top; });
      choice.addEventListener("toggle", () => {
        if (!choice.open) return;
        show();
        if (before !== null) scrollBy({ top: line.getBoundingClientRect().top - before, behavior: "instant" });
        before = null;
      });
    }
  }

  // Sections at home
  const fold = document.getElementById("fold");
  if (fold) {
    const parts = all("details.home");
    const say = () => { fold.textContent = parts.some((part) => part.open) ? fold.dataset.fold : fold.dataset.open; };
    const turn = (open) => { for (const part of parts) part.open = open; say(); };
    fold.parentElement.hidden = parts.length === 0;
    fold.addEventListener("click", () => {
      const open = !parts.some((part) => part.open);
      turn(open);
      keep("dropout-home", open ? "open" : "folded");
    });
    for (const part of parts) part.addEventListener("toggle", say);
    // On a phone the class path comes first: what is for home is folded until it is asked for.
    const wanted = kept("dropout-home") || (matchMedia("(max-width: 40rem)").matches ? "folded" : "open");
    if (wanted === "folded") turn(false);
    const reveal = () => {
      const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const part = target && target.closest("details.home");
      if (part) { part.open = true; target.scrollIntoView(); }
    };
    addEventListener("hashchange", reveal);
    reveal();
  }

  // Search, over what does not wait
  const box = document.getElementById("search"), found = document.getElementById("found");
  let sections = null, titles = [];
  box.hidden = false;
  window.dropoutSearch = (pages, list) => {
    titles = pages;
    sections = list.map(([page, id, title, text]) => ({ page, id, title, text, low: fold_case(text), head: fold_case(title) }));
    look();
  };
  function fold_case(text) { return ` ${text.toLowerCase().replace(/[^\p{L}\p{N}_]+/gu, " ")} `; }
  box.addEventListener("focus", () => load("data/search.js"), { once: true });
  box.addEventListener("input", look);
  const close = () => { box.value = ""; look(); };
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest("search")) found.textContent = ""; });
  function look() {
    const asked = fold_case(box.value).trim().split(" ").filter(Boolean);
    found.textContent = "";
    if (!sections || !asked.length) return;
    const phrase = ` ${asked.join(" ")} `, starts = (text, word) => text.includes(" " + word);
    const hits = sections
      .filter((one) => asked.every((word) => starts(one.head, word) || starts(one.low, word)))
      .map((section) => ({ section, score: section.head.includes(phrase) ? 3 : section.low.includes(phrase) ? 2
        : Number(asked.every((word) => starts(section.head, word))) }))
      .sort((a, b) => b.score - a.score || a.section.page - b.section.page);
    for (const { section } of hits.slice(0, 8)) {
      const [file, title] = titles[section.page];
      const link = document.createElement("a");
      link.href = `${file}#${section.id}`;
      link.textContent = plain(section.title) === title ? title : `${title}: ${plain(section.title)}`;
      link.addEventListener("click", close);
      const item = document.createElement("li");
      item.append(link);
      found.append(item);
    }
    if (!hits.length) {
      const item = document.createElement("li");
      item.textContent = box.dataset.none;
      found.append(item);
    }
  }
  function plain(html) { return new DOMParser().parseFromString(html, "text/html").body.textContent; }

  // Explorers
  const asked = new Set();
  function load(source) {
    if (asked.has(source)) return;
    asked.add(source);
    const script = document.createElement("script");
    script.src = source;
    document.head.append(script);
  }
  const small = matchMedia("(max-width: 40rem)");
  const width = () => (small.matches ? "narrow" : "wide");
  const states = {};
  const movers = all(".explorer").map((root) => new Mover(root));
  window.dropoutStates = (name, size, given) => {
    (states[name] ||= {})[size] = given;
    for (const mover of movers) if (mover.name === name) mover.draw();
  };
  small.addEventListener("change", () => { for (const mover of movers) if (mover.near) { mover.fetch(); mover.draw(); } });
  const watcher = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) if (isIntersecting) movers.find((mover) => mover.root === target).fetch();
  }, { rootMargin: "600px" });
  for (const mover of movers) watcher.observe(mover.root);

  function text({ pieces, rows }, place) {
    const row = Array.isArray(rows[place]) ? rows[place] : rows[rows[place]];
    let whole = "";
    for (const piece of row) whole += pieces[piece];
    return whole;
  }

  function Mover(root) {
    const controls = all("input, select", root).map((box) => ({
      box,
      range: box.type === "range",
      values: box.type === "range" ? JSON.parse(box.dataset.values) : [...box.options].map((option) => option.text),
      get at() { return this.range ? Number(box.value) : box.selectedIndex; },
      start: box.type === "range" ? Number(box.value) : box.selectedIndex,
    }));
    const draws = Number(root.dataset.draws), switches = Number(root.dataset.switches);
    const buttons = all(".switch", root), of = root.querySelector(".of");
    const seen = root.querySelector(".seen"), heard = root.querySelector(".heard");
    let draw = 0, hand = new Map(), moved = false, later = 0;
    const mover = { root, name: root.id, near: false };
    mover.now = () => states[root.id]?.[width()];
    mover.fetch = () => {
      mover.near = true;
      load(`data/${root.id}.${width()}.js`);
    };
    const along = (chosen) => chosen.reduce((place, control) => place * control.values.length + control.at, 0) * draws + draw;
    const mask = (now) => {
      let whole = now.kept[along(controls)];
      for (const [neuron, on] of hand) whole = on ? whole | (1 << (neuron - 1)) : whole & ~(1 << (neuron - 1));
      return whole;
    };
    mover.place = (now) => {
      if (!hand.size) return along(controls);
      const last = [...hand.keys()].pop();
      const option = along(controls.filter((control) => !control.range));
      return now.kept.length + (option * 2 ** switches + mask(now)) * switches + last - 1;
    };
    mover.draw = () => {
      const now = mover.now();
      if (!now) return;
      if (of) of.textContent = words.draw_of.replace("{n}", draw + 1).replace("{most}", draws);
      const whole = switches ? mask(now) : 0;
      buttons.forEach((button, place) => {
        const on = Boolean(whole & (1 << place));
        button.setAttribute("aria-pressed", on);
        button.textContent = `${place + 1} ${on ? words.kept : words.dropped}`;
      });
      if (!moved) return;
      const place = mover.place(now), caption = text(now.captions, place);
      root.querySelector(`.${width()}`).innerHTML = text(now.drawn, place);
      seen.textContent = caption;
      clearTimeout(later);
      later = setTimeout(() => { heard.textContent = now.sentences ? text(now.sentences, place) : caption; }, 500);
    };
    const act = (change) => { change(); moved = true; mover.fetch(); mover.draw(); };
    for (const control of controls) {
      // A finger that scrolls the page begins on a slider now and then: what it has moved goes back.
      let held = control.box.value;
      control.box.addEventListener("pointerdown", () => { held = control.box.value; }, { capture: true });
      control.box.addEventListener("pointercancel", () => {
        if (!control.range || control.box.value === held) return;
        control.box.value = held;
        control.box.dispatchEvent(new Event("input"));
      });
      control.box.addEventListener("input", () => act(() => {
        if (!control.range) return;
        const value = String(control.values[control.at]);
        control.box.setAttribute("aria-valuetext", value);
        control.box.nextElementSibling.textContent = value;
      }));
    }
    root.querySelector(".draw")?.addEventListener("click", () => act(() => { draw = (draw + 1) % draws; hand.clear(); }));
    root.querySelector(".reset")?.addEventListener("click", () => act(() => hand.clear()));
    buttons.forEach((button, place) => button.addEventListener("click", () => {
      const now = mover.now();
      if (now) act(() => { const on = Boolean(mask(now) & (1 << place)); hand.delete(place + 1); hand.set(place + 1, !on); });
    }));
    const form = root.querySelector("form");
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    heard.setAttribute("aria-live", "polite");
    if (of) of.textContent = words.draw_of.replace("{n}", 1).replace("{most}", draws);
    return mover;
  }
})();
