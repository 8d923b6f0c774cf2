// Building blocks of the screens: elements, words in both languages, one question each.

let language = data.language;

/** An element with attributes, listeners and children; nothing is ever set as HTML. */
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Words of the page, their places filled. */
function t(key, places = {}) {
  return data.words[key][language].replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);
}

const plain = (words) => words[language] || words[language === "vi" ? "en" : "vi"];

/** A name in the language of the page; marked with its own language where only the other one is there. */
function said(words) {
  if (words[language]) return document.createTextNode(words[language]);
  const other = language === "vi" ? "en" : "vi";
  return h("span", {lang: other}, words[other] || "");
}

const number = (value) => written(value, language);
const nameOf = (criterion) => plain(data.criteria[criterion].name);

function button(words, onclick, more = {}) {
  return h("button", {type: "button", onclick, ...more}, words);
}

/** Radio buttons as large targets: one choice, arrows inside, a frame and a tick on the chosen one. */
function choices(name, options, chosen, onchange) {
  return options.map(({value, words, about, label}) => {
    const input = h("input", {type: "radio", name, value, checked: String(chosen) === String(value),
      "aria-label": label || null, onchange: () => onchange(value)});
    return h("label", {class: "choice"}, input, h("span", {class: "words"}, words), about || null);
  });
}

const headOf = (words) => words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
const questionOf = (node) => t("compare", {node: node.id === data.nodes[0].id ? t("goal") : plain(node.name)});

function definition(criterion) {
  const about = data.criteria[criterion].about;
  if (!plain(about)) return null;
  return h("details", {class: "about"}, h("summary", {}, `${t("definition")}: ${nameOf(criterion)}`), h("p", {}, said(about)));
}

function noteField(q, node, open) {
  const field = h("textarea", {maxlength: 300, rows: 2, "aria-label": t("reason")});
  field.value = answerOf(q)?.note || "";
  field.addEventListener("change", () => setAnswer(q, {...answerOf(q), note: field.value, kept: undefined}, node));
  return h("details", {class: "note", open: open || Boolean(field.value)}, h("summary", {}, t("reason")), field);
}

/** What was answered before, with one touch to keep it. */
function beforeField(q, redraw, outside) {
  const earlier = data.earlier[q];
  if (!earlier) return null;
  const lines = [];
  if (earlier.own) lines.push(h("p", {}, t("before", {words: plain(earlier.ownWords)})));
  lines.push(h("p", {}, t("group", {words: plain(earlier.groupWords)})));
  if (earlier.reasons.length) {
    lines.push(h("details", {class: "reasons", open: outside}, h("summary", {}, t("reasons", {count: earlier.reasons.length})),
      h("ul", {class: "plain"}, earlier.reasons.map((reason) => h("li", {}, reason)))));
  }
  if (earlier.own) {
    const isKept = !state.answers[q] || state.answers[q].kept;
    lines.push(button(isKept ? `✓ ${t("kept")}` : t("keep"), () => { setAnswer(q, {...earlier.own, kept: true}); redraw(); },
      {"aria-pressed": String(isKept), class: "keep"}));
  }
  return h("div", {class: "before"}, lines);
}

/** Whether an answer lies outside the middle half of the group. */
function isOutside(q, answer, pair) {
  const middle = data.earlier[q]?.middle;
  if (!middle || !isWhole(answer) || answer.unknown) return false;
  const value = pair ? Math.log(ratioOf(pair, answer)) : answer.value;
  return value < middle[0] - 1e-9 || value > middle[2] + 1e-9;
}

/** How many times the first of a pair outweighs the second; NaN while it is open. */
function ratioOf(pair, answer) {
  if (!isWhole(answer) || answer.unknown) return NaN;
  return answer.preferred === pair.other ? 1 / answer.value : answer.value;
}

const DEGREE_WORDS = {3: "slightly", 5: "clearly", 7: "very", 9: "absolutely"};

function degreeName(value) {
  return DEGREE_WORDS[value] ? `${t(DEGREE_WORDS[value])} (${value})` : number(Math.round(value * 100) / 100);
}

/** The whole comparison as a sentence. */
function sentence(pair, answer) {
  if (!answer || (!answer.unknown && !answer.preferred)) return t("read_open");
  if (answer.unknown) return t("read_unknown");
  const sides = {one: nameOf(pair.one), other: nameOf(pair.other)};
  if (answer.preferred === "=") return t("read_equal", sides);
  if (answer.preferred === pair.other) [sides.one, sides.other] = [sides.other, sides.one];
  const range = isRange(answer) ? t("or", {low: number(answer.low), high: number(answer.high)}) : null;
  return t("read_back", {...sides, degree: isWhole(answer) ? range || degreeName(answer.value) : "…"});
}

/** One comparison: first the side, then how much. */
function pairField(node, pair, after) {
  const box = h("div", {class: "question", "data-q": pair.q});
  const draw = (focus) => {
    const answer = answerOf(pair.q) || {};
    const sides = pair.turned ? [pair.other, pair.one] : [pair.one, pair.other];
    const choose = (value) => {
      const note = answer.note;
      const next = value === "?" ? {unknown: true, note} : value === "=" ? {preferred: "=", value: 1, note}
        : {preferred: value, value: value === answer.preferred ? answer.value : undefined, note};
      setAnswer(pair.q, next, node.id);
      draw("side");
      after(isWhole(answerOf(pair.q)));
    };
    const card = (criterion) => ({value: criterion, words: [said(data.criteria[criterion].name), h("small", {}, criterion)],
      label: nameOf(criterion)});
    const chosen = answer.unknown ? "?" : answer.preferred;
    const first = h("fieldset", {class: "cards"}, h("legend", {tabindex: -1}, questionOf(node)),
      choices(`${pair.q} side`, [card(sides[0]), {value: "=", words: t("equal")}, card(sides[1]), {value: "?", words: t("unknown")}],
        chosen, choose));
    const parts = [first, h("div", {class: "abouts"}, sides.map(definition).filter(Boolean))];
    if (answer.preferred && answer.preferred !== "=") parts.push(degreeField(pair, answer, node, draw, after));
    parts.push(h("p", {class: "readback"}, sentence(pair, answer)));
    const outside = isOutside(pair.q, answer, pair);
    parts.push(beforeField(pair.q, () => { draw(); after(true); }, outside));
    if (outside) parts.push(h("p", {class: "hint"}, t("reason_outside")));
    parts.push(noteField(pair.q, node.id, outside));
    if (isWhole(state.answers[pair.q])) parts.push(button(t("clear"), () => { setAnswer(pair.q, null); draw(); after(false); }, {class: "quiet"}));
    box.replaceChildren(...parts.filter(Boolean));
    if (focus) box.querySelector(`input[name="${CSS.escape(pair.q)} ${focus}"]:checked`)?.focus();
  };
  draw();
  return box;
}

function degreeField(pair, answer, node, draw, after) {
  const between = [2, 4, 6, 8].includes(answer.value) || answer.showBetween;
  const take = (value) => {
    setAnswer(pair.q, {preferred: answer.preferred, value: Number(value), note: answer.note, showBetween: answer.showBetween}, node.id);
    draw("degree");
    after(true);
  };
  const words = between ? [2, 3, 4, 5, 6, 7, 8, 9] : [3, 5, 7, 9];
  const options = words.map((value) => ({value, words: DEGREE_WORDS[value] ? degreeName(value) : String(value),
    label: plain(data.degrees[value]) + " " + value}));
  const more = between ? null : button(t("between"), () => { state.answers[pair.q] = {...answerOf(pair.q), showBetween: true}; draw(); }, {class: "quiet"});
  return h("fieldset", {class: "degrees"}, h("legend", {}, t("how_much")), choices(`${pair.q} degree`, options, answer.value, take), more);
}

const levelName = (leaf, value) => plain(leaf.levels.find((level) => level.value === value).name);

/** One score: levels to touch, or a number with its unit. */
function scoreField(sector, leaf, technology, after) {
  const q = `score:${sector.id}:${technology.id}:${leaf.id}`;
  const box = h("div", {class: "question score", "data-q": q});
  const draw = (focus) => {
    const answer = answerOf(q) || {};
    const legend = h("legend", {}, said(technology.name), h("small", {}, technology.id));
    const take = (next) => { setAnswer(q, next && {...next, note: answer.note}); draw(true); after(isWhole(answerOf(q))); };
    const fields = leaf.levels.length ? levelField(q, leaf, answer, take) : numberField(q, leaf, answer, take);
    const outside = isOutside(q, answer);
    const parts = [h("fieldset", {class: leaf.levels.length ? "levels" : "number"}, legend, fields), beforeField(q, () => { draw(); after(true); }, outside)];
    if (outside) parts.push(h("p", {class: "hint"}, t("reason_outside")));
    if (isWhole(answer)) parts.push(noteField(q, null, outside));
    box.replaceChildren(...parts.filter(Boolean));
    if (focus) box.querySelector("input[type=radio]:checked")?.focus();
  };
  draw();
  return box;
}

/** One value of bisection: a number with its unit. */
function halfField(leaf, half, after) {
  const box = h("div", {class: "question score", "data-q": half.q});
  const draw = (focus) => {
    const answer = answerOf(half.q) || {};
    const take = (next) => { setAnswer(half.q, next && {...next, note: answer.note}); draw(true); after(isWhole(answerOf(half.q))); };
    const parts = [h("fieldset", {class: "number"}, h("legend", {}, t("which_value", {words: plain(half.words)})), numberField(half.q, leaf, answer, take)),
      beforeField(half.q, () => { draw(); after(true); }, false)];
    if (isWhole(answer)) parts.push(noteField(half.q, null, false));
    box.replaceChildren(...parts.filter(Boolean));
  };
  draw();
  return box;
}

/** What contradicts in the values of a criterion, in words; null while they fit. */
function halvesProblem(leaf) {
  const [half, quarter, most] = leaf.questions.map((one) => { const answer = answerOf(one.q); return isWhole(answer) && !answer.unknown ? answer.value : null; });
  const known = [quarter, half, most].filter((value) => value !== null);
  if (quarter === null && most === null) return null;
  const sign = leaf.best > leaf.worst ? 1 : -1;
  if (known.some((value, at) => at && sign * (value - known[at - 1]) <= 0)) return t("halves_order", {worst: number(leaf.worst), best: number(leaf.best)});
  return known.length < 3 ? t("halves_missing") : null;
}

function levelField(q, leaf, answer, take) {
  const options = leaf.levels.map(({value, name}) => ({value, words: String(value), label: `${value} ${plain(name)}`}));
  options.push({value: "?", words: "?", label: t("unknown")});
  const chosen = answer.unknown ? "?" : answer.low ?? answer.value;
  const row = h("div", {class: "row"}, choices(q, options, chosen, (value) => take(value === "?" ? {unknown: true} : {value})));
  if (answer.unknown || !isWhole(answer)) return [row];
  const base = answer.low ?? answer.value;
  const neighbours = leaf.levels.map((level) => level.value).filter((value) => Math.abs(value - base) === 1);
  const ranges = neighbours.map((other) => {
    const [low, high] = [Math.min(base, other), Math.max(base, other)];
    const isChosen = answer.low === low && answer.high === high;
    return button(t("or", {low, high}), () => take(isChosen ? {value: base} : {value: (low + high) / 2, low, high}),
      {"aria-pressed": String(isChosen)});
  });
  const words = isRange(answer) ? t("or", {low: answer.low, high: answer.high}) : `${answer.value} ${levelName(leaf, answer.value)}`;
  return [row, h("p", {class: "readback"}, words),
    h("details", {class: "ranges", open: isRange(answer)}, h("summary", {}, t("between_levels")), h("div", {class: "row"}, ranges))];
}

/** A number as it is typed; what was understood is echoed in words. */
function numberField(q, leaf, answer, take) {
  const shown = answer.typed ?? (isRange(answer) ? `${number(answer.low)} - ${number(answer.high)}` : isWhole(answer) && !answer.unknown ? number(answer.value) : "");
  const limits = {low: number(leaf.lowest), high: number(leaf.highest), unit: plain(leaf.unit)};
  const field = h("input", {type: "text", inputmode: "decimal", value: shown, "aria-label": t("number_hint"), "aria-describedby": `${q} limits`,
    onchange: () => take(understood(field.value, leaf))});
  const unknown = h("label", {class: "choice small"}, h("input", {type: "checkbox", checked: Boolean(answer.unknown),
    onchange: (event) => take(event.target.checked ? {unknown: true} : null)}), h("span", {class: "words"}, t("unknown")));
  return [h("div", {class: "row"}, field, h("span", {class: "unit"}, plain(leaf.unit)), unknown),
    h("small", {id: `${q} limits`}, `${t("number_range", limits)}; ${t("best_is", {value: number(leaf.best)})}`),
    echo(leaf, answer, take)];
}

function understood(words, leaf) {
  if (!words.trim()) return null;
  if (words.trim() === "?") return {unknown: true};
  const both = ends(words);
  const parts = both || [words];
  const found = parts.map(readings);
  if (found.some((values) => values.length === 0)) return {typed: words, problem: "no_number"};
  if (found.some((values) => values.length > 1)) return both ? {typed: words, problem: "no_number"} : {typed: words, which: found[0]};
  return measured(leaf, words, found.map(([value]) => value));
}

function measured(leaf, typed, values) {
  if (values.some((value) => value < leaf.lowest || value > leaf.highest)) return {typed, problem: "off_scale"};
  if (!leaf.ends && values.some((value) => value === leaf.lowest || value === leaf.highest)) return {typed, problem: "off_ends"};
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (low === high) return {typed, value: low};
  return {typed, value: leaf.log ? Math.sqrt(low * high) : (low + high) / 2, low, high};
}

function echo(leaf, answer, take) {
  if (answer.which) {
    return h("div", {class: "hint", role: "group", "aria-label": t("which")}, h("p", {}, t("which")),
      answer.which.map((value) => button(`${number(value)}: ${inWords(value, language)}`, () => take(measured(leaf, number(value), [value])))));
  }
  if (answer.problem) return h("p", {class: "hint", role: "alert"}, t(answer.problem, {low: number(leaf.lowest), high: number(leaf.highest)}));
  if (!isWhole(answer) || answer.unknown) return null;
  const unit = plain(leaf.unit);
  if (isRange(answer)) return h("p", {class: "readback"}, t("echo_range", {low: inWords(answer.low, language), high: inWords(answer.high, language), unit}));
  return h("p", {class: "readback"}, t("echo", {value: number(answer.value), words: inWords(answer.value, language), unit}));
}
