"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const root = document.documentElement;
  root.dataset.ready = "";
  const TIE = 1e-9;
  const STEPS = 1000;
  const PARTS = 6;

  /* ---- language and theme ------------------------------------------------------------------------- */
  const language = () => root.dataset.language;
  const say = (both) => both[language()] || both.vi || both.en || "";
  const word = (key, places = {}) =>
    say(data.words[key]).replace(/\{(\w+)\}/g, (whole, name) => (name in places ? places[name] : whole));
  /* Making a format takes longer than a row of the list, so each is made once. */
  const formats = {};
  const number = (value, digits) => {
    const key = `${language()}${digits}`;
    formats[key] = formats[key] || new Intl.NumberFormat(language() === "vi" ? "vi-VN" : "en-US",
      { minimumFractionDigits: digits, maximumFractionDigits: digits });
    return formats[key].format(value);
  };
  const percent = (share) => `${number(100 * share, 1)}%`;

  function speak(code) {
    root.dataset.language = code;
    root.lang = code;
    for (const button of document.querySelectorAll("[data-speak]"))
      button.setAttribute("aria-pressed", String(button.dataset.speak === code));
    const title = document.querySelector(`h1 [lang="${code}"]`);
    if (title) document.title = title.textContent;
    if (bench) { fillSectors(); buildSliders(); show(); }
  }
  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    remember();
  });
  for (const button of document.querySelectorAll("[data-speak]"))
    button.addEventListener("click", () => { speak(button.dataset.speak); remember(); });

  /* ---- lists: sort and filter ------------------------------------------------------------------------ */
  function sortKey(cell, head) {
    if (cell.dataset.v !== undefined) return Number(cell.dataset.v);
    const month = head.matches(".mark") && cell.querySelector("u");
    if (month && /^\d{4}-\d\d$/.test(month.textContent)) return Number(month.textContent.replace("-", ""));
    const said = (cell.querySelector(language() === "vi" ? "i" : "u") || cell).textContent.trim();
    return head.matches(".number") && /^-?\d+$/.test(said) ? Number(said) : said;
  }
  /* An explanation stands in the page once; other columns with the same heading show it as well. */
  const explained = new Map();
  for (const one of document.querySelectorAll("table.list th i[lang]")) {
    const heading = one.lang + one.textContent;
    if (one.title && !explained.has(heading)) explained.set(heading, one.title);
    else if (!one.title) one.title = explained.get(heading) || "";
  }
  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a === "number") return -1;
    if (typeof b === "number") return 1;
    return new Intl.Collator(language(), { numeric: true }).compare(a, b);
  }
  for (const table of document.querySelectorAll("table.list")) {
    const heads = [...table.tHead.rows[0].cells];
    const body = table.tBodies[0];
    heads.forEach((head, place) => head.firstElementChild.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const empty = (row) => row.cells[place].textContent.trim() === "";
      [...body.rows]
        .map((row, order) => ({ row, order, key: sortKey(row.cells[place], head) }))
        .sort((a, b) => (empty(a.row) - empty(b.row)) || (up ? 1 : -1) * compare(a.key, b.key) || a.order - b.order)
        .forEach(({ row }) => body.append(row));
    }));
  }
  const plain = (words) => words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  for (const field of document.querySelectorAll("[data-filter]"))
    field.addEventListener("input", () => {
      const wanted = plain(field.value.trim());
      for (const row of field.closest("figure").querySelectorAll("tbody tr"))
        row.hidden = wanted !== "" && !plain(row.textContent).includes(wanted);
    });

  /* ---- workshop: the numbers --------------------------------------------------------------------------- */
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const panel = splitWeights(data.panel.overall);
  const kept = { heads: {}, shares: {} };
  const state = { view: 0, sector: (data.sectors.find((one) => !one.cross) || data.sectors[0]).code, ...copy(panel) };

  function splitWeights(overall) {
    const heads = {}, shares = {};
    for (const head of data.heads) {
      heads[head.id] = sum(head.criteria.map((c) => overall[c.id]));
      for (const c of head.criteria)
        shares[c.id] = heads[head.id] > 0 ? overall[c.id] / heads[head.id] : 1 / head.criteria.length;
    }
    return { heads, shares };
  }
  function copy(weights) { return { heads: { ...weights.heads }, shares: { ...weights.shares } }; }
  function overallOf(weights) {
    const overall = {};
    for (const head of data.heads)
      for (const c of head.criteria) overall[c.id] = weights.heads[head.id] * weights.shares[c.id];
    return overall;
  }
  /* One weight at a new value, the others in proportion: where they are all 0, in that which they had
     last (`before`) or else with the panel (`usual`), and where those are 0 too, alike. */
  function moved(weights, name, value, before, usual) {
    const others = Object.keys(weights).filter((other) => other !== name);
    const total = (given) => sum(others.map((other) => given[other] || 0));
    const shape = [weights, before, usual].find((given) => total(given) > 0)
      || Object.fromEntries(others.map((other) => [other, 1]));
    const rest = total(shape);
    const result = { ...weights, [name]: others.length ? value : 1 };
    for (const other of others) {
      result[other] = ((shape[other] || 0) * (1 - value)) / rest;
      before[other] = shape[other] || 0;
    }
    return result;
  }
  const squaresOf = (row, from, weights) => row.map((gain, j) => (Math.abs(gain - from[j]) * weights[j]) ** 2);
  function scoresOf(sector, overall, criteria = sector.criteria) {
    const weights = criteria.map((name) => overall[name]);
    if (data.kind === "weighted_sum")
      return sector.gains.map((row) => sum(row.map((gain, j) => gain * weights[j])));
    const distance = (row, from) => Math.sqrt(sum(squaresOf(row, from, weights)));
    return sector.gains.map((row) => {
      const near = distance(row, sector.anti_ideal), whole = near + distance(row, sector.ideal);
      return whole > 0 ? near / whole : 0.5;
    });
  }
  /* Parts of a score by criterion, as techprio.Ranking.contributions gives them. */
  function partsOf(sector, overall, scores) {
    const weights = sector.criteria.map((name) => overall[name]);
    if (data.kind === "weighted_sum") return sector.gains.map((row) => row.map((gain, j) => gain * weights[j]));
    return sector.gains.map((row, i) => {
      const squares = squaresOf(row, sector.anti_ideal, weights);
      const whole = sum(squares);
      return squares.map((square) => (whole > 0 ? (square / whole) * scores[i] : 0));
    });
  }
  /* 1 is best; scores within 1e-9 of the first of their run share the lower number. */
  function ranksOf(scores, ids) {
    const order = scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a]);
    const ranks = new Array(scores.length);
    const runs = [];
    for (const i of order) {
      const run = runs[runs.length - 1];
      if (run && scores[run[0]] - scores[i] <= TIE) run.push(i); else runs.push([i]);
    }
    let place = 1;
    const sorted = [];
    for (const run of runs) {
      run.sort((a, b) => (ids[a] < ids[b] ? -1 : 1));
      for (const i of run) { ranks[i] = place; sorted.push(i); }
      place += run.length;
    }
    return { ranks, sorted };
  }
  function compute(weights) {
    const sector = data.sectors.find((one) => one.code === state.sector);
    const overall = overallOf(weights);
    const scores = scoresOf(sector, overall);
    const found = { sector, overall, scores, parts: partsOf(sector, overall, scores), ...ranksOf(scores, sector.ids) };
    return { ...found, priority: new Set(sector.ids.filter((id, i) => isPriority(found, id, i))) };
  }
  /* By the rule of the study: the first k, or what scores no less than the reference profile beside it. */
  function isPriority(found, id, i) {
    if (data.rule === "top") return found.ranks[i] <= data.top;
    if (data.rule === "outranking") return found.sector.reached.includes(id);
    found.margins ||= scoresOf(found.sector.line, found.overall, found.sector.criteria);
    return found.margins[i] >= found.margins[found.margins.length - 1] - TIE;
  }

  /* ---- workshop: the screen ------------------------------------------------------------------------------- */
  const bench = data.kind ? document.getElementById("bench") : null;
  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  function fillSectors() {
    const select = document.getElementById("sector");
    select.replaceChildren(...data.sectors.map((one) => element("option", { value: one.code }, say(one.name))));
    select.value = state.sector;
    const views = document.getElementById("view");
    views.replaceChildren(...data.views.map((one, place) => element("option", { value: place }, say(one.name))));
    views.value = state.view;
    views.hidden = views.labels[0].hidden = data.views.length < 2;
  }
  function spreadOf(id, ofHead) {
    const values = Object.values(data.panel.members).map((overall) => {
      const split = splitWeights(overall);
      return ofHead ? split.heads[id] : split.shares[id];
    });
    return values.length ? [Math.min(...values), Math.max(...values)] : null;
  }
  function slider(id, name, ofHead) {
    const input = element("input", {
      type: "range", id: `w-${id}`, min: 0, max: STEPS, step: 1, "aria-describedby": `p-${id}`,
    });
    const track = element("div", { class: "track" }, input);
    const spread = spreadOf(id, ofHead);
    if (spread) {
      const band = element("span", { class: "band", "aria-hidden": "true" });
      band.style.left = `${100 * spread[0]}%`;
      band.style.width = `${100 * (spread[1] - spread[0])}%`;
      track.append(band);
    }
    const share = (ofHead ? panel.heads : panel.shares)[id];
    const mark = element("span", { class: "mark-panel", "aria-hidden": "true" });
    mark.style.left = `calc(${100 * share}% - 1px)`;
    track.append(mark);
    input.addEventListener("input", () => {
      const value = Number(input.value) / STEPS;
      if (ofHead) state.heads = moved(state.heads, id, value, kept.heads, panel.heads);
      else {
        const head = data.heads.find((one) => one.criteria.some((c) => c.id === id));
        const inside = Object.fromEntries(head.criteria.map((c) => [c.id, state.shares[c.id]]));
        Object.assign(state.shares, moved(inside, id, value, kept.shares, panel.shares));
      }
      show();
      remember();
    });
    return element("div", { class: ofHead ? "slide head" : "slide" },
      element("label", { for: `w-${id}` }, element("span", {}, `${id} ${say(name)}`), element("output", { id: `o-${id}` })),
      track,
      element("span", { id: `p-${id}`, class: "note" }, word("panel", { share: percent(share) })));
  }
  function buildSliders() {
    document.getElementById("sliders").replaceChildren(...data.heads.map((head, place) => {
      const inner = head.criteria.length > 1 ? head.criteria.map((c) => slider(c.id, c.name, false)) : [];
      const box = element("fieldset", {}, element("legend", {}, say(head.name)), slider(head.id, head.name, true), ...inner);
      box.style.setProperty("--part", `var(--part-${(place % PARTS) + 1})`);
      return box;
    }));
    document.getElementById("legend").replaceChildren(...data.heads.map((head, place) => {
      const item = element("li", {}, say(head.name));
      item.style.setProperty("--part", `var(--part-${(place % PARTS) + 1})`);
      return item;
    }));
  }
  function showWeights(overall) {
    const set = (id, value, shown) => {
      const input = document.getElementById(`w-${id}`);
      if (!input) return;
      if (Math.abs(Number(input.value) / STEPS - value) > 0.5 / STEPS || document.activeElement !== input)
        input.value = Math.round(value * STEPS);
      input.setAttribute("aria-valuetext", percent(value));
      document.getElementById(`o-${id}`).textContent = shown;
    };
    for (const head of data.heads) {
      set(head.id, state.heads[head.id], percent(state.heads[head.id]));
      for (const c of head.criteria)
        set(c.id, state.shares[c.id], `${percent(state.shares[c.id])} · ${word("overall")} ${percent(overall[c.id])}`);
    }
  }
  function stack(sector, parts, most) {
    const bar = element("div", { class: "stack" });
    data.heads.forEach((head, place) => {
      const members = head.criteria.map((c) => sector.criteria.indexOf(c.id)).filter((j) => j >= 0);
      const whole = sum(members.map((j) => parts[j]));
      const piece = element("span", { title: `${say(head.name)}: ${number(whole, 3)}` });
      piece.style.width = `${(100 * whole) / most}%`;
      piece.style.setProperty("--part", `var(--part-${(place % PARTS) + 1})`);
      bar.append(piece);
    });
    return bar;
  }
  /* What is said of a technology in the run: kept as sentences over shared words, made when it is asked for. */
  const told = (part) => {
    if (typeof part === "string") return part;
    const [place, ...inside] = data.sentences.parts[part];
    const [vi, en, ...names] = data.sentences.words[place];
    const filled = (whole, name) => (names.includes(name) ? told(inside[names.indexOf(name)]) : whole);
    return (language() === "vi" ? vi : en).replace(/\{(\w+)\}/g, filled);
  };
  const opened = new Set();
  function stated(id) {
    const { name: called, statement } = data.technologies[id], name = `${id} ${told(called)}`;
    if (statement === null) return name;
    const words = element("p", {}), whole = element("details", {}, element("summary", {}, name), words);
    whole.addEventListener("toggle", () => {
      if (!whole.isConnected) return;
      words.textContent = whole.open ? told(statement) : "";
      opened[whole.open ? "add" : "delete"](id);
    });
    whole.open = opened.has(id);
    return whole;
  }
  const ofPanel = {};
  function show() {
    const now = compute(state), before = ofPanel[state.sector] || (ofPanel[state.sector] = compute(panel));
    const view = data.views[state.view];
    document.getElementById("view-note").textContent = say(view.note);
    /* A cell with what the view says, marked where the run says something else. */
    const seen = (own, given, id, spoken) => {
      if (!given || !(id in given)) return element("td", {}, spoken(own));
      return element("td", { class: "other", title: word("was", { before: spoken(own) }) }, spoken(given[id]));
    };
    const role = (one) => say(data.roles[one] || { vi: one });
    /* The role of the run with the share of the draws in which the rule gives it. */
    const sure = (known) => (one) => known.sure === null || one !== known.role ? role(one)
      : `${role(one)} (${chance(known.sure)})`;
    const chance = (share) => (share >= 0.995 && share < 1 ? `>${number(99, 0)}%` : share > 0 && share < 0.005 ? `<${number(1, 0)}%`
      : `${number(100 * share, 0)}%`);
    const phase = (one) => one || word("not_placed");
    showWeights(now.overall);
    const most = Math.max(...now.scores, 1e-12);
    const body = document.querySelector("#ranking tbody");
    const rank = (i, id) => (data.rule === "top" || !now.priority.has(id) ? element("td", {}, String(now.ranks[i]))
      : element("td", { class: "reached", title: word("reached") }, `● ${now.ranks[i]}`));
    body.replaceChildren(...now.sorted.map((i, place) => {
      const id = now.sector.ids[i], known = data.technologies[id];
      const change = before.ranks[i] - now.ranks[i];
      const moved = change > 0 ? element("span", { class: "up" }, `▲ ${change}`)
        : change < 0 ? element("span", { class: "down" }, `▼ ${-change}`) : "=";
      const row = element("tr", { "data-id": id, "data-score": String(now.scores[i]), "data-rank": String(now.ranks[i]) },
        rank(i, id), element("td", {}, moved),
        element("td", {}, stated(id)), element("td", {}, number(now.scores[i], 4)),
        element("td", {}, stack(now.sector, now.parts[i], most)),
        seen(known.role, view.roles, id, sure(known)));
      if (data.phases) row.append(seen(known.phase, view.phases, id, phase));
      const next = now.sorted[place + 1];
      if (data.rule === "top" && now.priority.has(id) && !now.priority.has(now.sector.ids[next])) row.className = "last-top";
      return row;
    }));
    const [top, was] = [now.priority, before.priority];
    const came = [...top].filter((id) => !was.has(id)), left = [...was].filter((id) => !top.has(id));
    const parts = [];
    if (came.length) parts.push(word("in", { names: came.join(", ") }));
    if (left.length) parts.push(word("out", { names: left.join(", ") }));
    document.getElementById("changes").textContent = parts.join("; ") || word(`same_${data.rule}`, { k: data.top });
    const out = now.sector.screened;
    document.getElementById("screened").textContent = out.length ? `${word("screened")}: ${out.join(", ")}` : "";
  }

  /* ---- the setting as a link ------------------------------------------------------------------------------ */
  let chapter = "";
  function setting() {
    const list = (weights) => Object.entries(weights).map(([id, value]) => `${encodeURIComponent(id)}:${value}`).join(";");
    const said = bench ? [`h=${list(state.heads)}`, `c=${list(state.shares)}`, `s=${encodeURIComponent(state.sector)}`] : [];
    if (bench && state.view) said.push(`v=${state.view}`);
    said.push(`l=${language()}`);
    if (root.dataset.theme) said.push(`t=${root.dataset.theme}`);
    if (chapter) said.push(`at=${encodeURIComponent(chapter)}`);
    return `#${said.join("&")}`;
  }
  function remember() { history.replaceState(null, "", setting()); }
  /* Takes weights, sector and theme from the address; gives its language, or the present one. */
  function recall() {
    const given = new URLSearchParams(location.hash.slice(1));
    const take = (words, into) => {
      const found = Object.fromEntries((words || "").split(";").map((pair) => {
        const cut = pair.lastIndexOf(":");
        return [decodeURIComponent(pair.slice(0, cut)), Number(pair.slice(cut + 1))];
      }));
      const names = Object.keys(into);
      const sound = names.every((name) => Number.isFinite(found[name]) && found[name] >= 0 && found[name] <= 1);
      if (sound) for (const name of names) into[name] = found[name];
      return sound;
    };
    if (bench && given.has("s")) {
      const asked = copy(panel);
      const whole = (weights, names) => Math.abs(sum(names.map((name) => weights[name])) - 1) <= TIE;
      const sound = take(given.get("h"), asked.heads) && take(given.get("c"), asked.shares)
        && whole(asked.heads, data.heads.map((head) => head.id))
        && data.heads.every((head) => whole(asked.shares, head.criteria.map((c) => c.id)));
      Object.assign(state, sound ? asked : copy(panel));
      if (data.sectors.some((one) => one.code === given.get("s"))) state.sector = given.get("s");
      state.view = given.get("v") in data.views ? Number(given.get("v")) : 0;
    }
    if (["light", "dark"].includes(given.get("t"))) root.dataset.theme = given.get("t");
    chapter = given.get("at") || "";
    const asked = given.get("l");
    return ["vi", "en"].includes(asked) ? asked : language();
  }
  /* A chapter of the contents is gone to without losing what the address remembers. */
  function goTo(id, behavior) {
    const found = document.getElementById(id);
    if (!found) return;
    found.scrollIntoView({ behavior });
    found.tabIndex = -1;
    found.focus({ preventScroll: true });
  }
  for (const link of document.querySelectorAll("nav a"))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      chapter = link.hash.slice(1);
      remember();
      goTo(chapter, "auto");
    });
  if (bench) {
    bench.hidden = false;
    document.getElementById("sector").addEventListener("change", (event) => {
      state.sector = event.target.value; show(); remember();
    });
    document.getElementById("view").addEventListener("change", (event) => {
      state.view = Number(event.target.value); show(); remember();
    });
    document.getElementById("reset").addEventListener("click", () => {
      Object.assign(state, copy(panel)); show(); remember();
    });
    document.getElementById("share").addEventListener("click", async () => {
      remember();
      let done = true;
      try { await navigator.clipboard.writeText(location.href); } catch { done = false; }
      document.getElementById("shared").textContent = done ? word("copied") : location.href;
    });
  } else {
    document.getElementById("about").textContent = word("elsewhere", { method: say(data.method) });
  }
  addEventListener("hashchange", () => speak(recall()));
  speak(recall());
  if (chapter) goTo(chapter, "instant");
})();
