// One function a screen; each returns the elements of the screen.

const wide = () => matchMedia("(min-width: 900px)").matches;

/** The screens in their order; a block of comparisons is one screen where there is room. */
function steps() {
  const found = [{kind: "start"}];
  for (const node of data.nodes) {
    const asked = node.pairs.filter((pair) => !pair.agreed);
    if (wide() && asked.length) found.push({kind: "block", node});
    else asked.forEach((pair) => found.push({kind: "pair", node, pair}));
    found.push({kind: "check", node});
  }
  found.push({kind: "weights"});
  for (const leaf of data.halves) found.push({kind: "halves", leaf});
  for (const sector of data.sectors) for (const leaf of data.leaves) found.push({kind: "scores", sector, leaf});
  return [...found, {kind: "finish"}];
}

const scoreKeys = (sector, leaf) => sector.technologies.map((one) => `score:${sector.id}:${one.id}:${leaf.id}`);

/** Every question with the block that it stands in. */
function questions() {
  const pairs = data.nodes.flatMap((node) => node.pairs.map((pair) => ({q: pair.q, block: node.id, kind: "pair"})));
  const scores = data.sectors.flatMap((sector) => data.leaves.flatMap((leaf) =>
    scoreKeys(sector, leaf).map((q) => ({q, block: `${sector.id} ${leaf.id}`, kind: "score"}))));
  const halves = data.halves.flatMap((leaf) => leaf.questions.map(({q}) => ({q, block: leaf.id, kind: "half"})));
  return [...pairs, ...halves, ...scores];
}

/** How many times each child outweighs the others, as answered so far. */
function matrixOf(node) {
  const matrix = node.children.map((_, i) => node.children.map((__, j) => (i === j ? 1 : NaN)));
  for (const pair of node.pairs) {
    const [i, j] = [node.children.indexOf(pair.one), node.children.indexOf(pair.other)];
    const ratio = ratioOf(pair, answerOf(pair.q));
    [matrix[i][j], matrix[j][i]] = [ratio, 1 / ratio];
  }
  return matrix;
}

function weightsOf(node) {
  const matrix = matrixOf(node);
  if (isComplete(matrix)) return priorities(matrix);
  return isConnected(matrix) ? leastSquaresWeights(matrix) : null;
}

const pairOf = (node, i, j) => node.pairs.find((pair) => [pair.one, pair.other].sort().join() === [node.children[i], node.children[j]].sort().join());

const screens = {
  start() {
    const [pairs, halves, scores] = ["pair", "half", "score"].map((kind) => questions().filter((one) => one.kind === kind).length);
    const minutes = (count, kind) => Math.max(1, Math.round(count * data.seconds[kind] / 60));
    const load = [t("load_pairs", {count: pairs, minutes: minutes(pairs, "pair")})];
    if (halves) load.push(t("load_halves", {count: halves, minutes: minutes(halves, "half")}));
    if (scores) load.push(t("load_scores", {count: scores, minutes: minutes(scores, "score")}));
    const open = questions().findIndex((one) => !isWhole(state.answers[one.q]));
    const begun = Object.keys(state.answers).length > 0;
    return [
      h("h1", {}, said(data.title)),
      h("p", {class: "dear"}, t("dear", {name: data.name})),
      h("p", {}, t("round", {round: data.file.round}), data.deadline ? ` · ${t("deadline", {deadline: data.deadline})}` : ""),
      data.contact ? h("p", {}, t("contact", {contact: data.contact})) : null,
      h("p", {}, t("purpose")), h("p", {}, t("who_sees")),
      h("p", {class: "load"}, load.join(" · ")),
      Object.keys(data.earlier).length ? h("p", {class: "hint"}, t("kept_rule")) : null,
      begun ? button(t("go_on", {count: open < 0 ? questions().length : open + 1}), goOn, {class: "main"}) : button(t("start"), () => go(1), {class: "main"}),
      begun ? sureButton("start_again", "start_again_sure", () => { forget(); go(0); }) : null,
      openPartial(),
      button(t("not_me"), notMe, {class: "quiet"}),
    ];
  },
  pair({node, pair}) {
    return [h("h2", {}, said(node.name)), designNote(node), pairField(node, pair, (whole) => answered(pair.q, whole)), quickField(),
      keepAll(node.pairs.filter((one) => !one.agreed).map((one) => one.q))];
  },
  block({node}) {
    const asked = node.pairs.filter((pair) => !pair.agreed);
    return [h("h2", {}, said(node.name)), designNote(node), keepAll(asked.map((pair) => pair.q)),
      h("div", {class: "table"}, asked.map((pair) => pairField(node, pair, (whole) => answered(pair.q, whole))))];
  },
  check({node}) {
    const whole = node.pairs.filter((pair) => isWhole(answerOf(pair.q))).length;
    const folded = node.pairs.filter((pair) => pair.agreed);
    return [h("h2", {}, said(node.name)),
      h("p", {}, t("block_done", {block: headOf(plain(node.name)), count: whole, total: node.pairs.length})),
      ...helpOf(node), sureField(node), storeWorks ? null : button(t("partial"), () => download(false), {class: "main"}),
      folded.length ? h("details", {}, h("summary", {}, t("agreed_fold", {count: folded.length})),
        folded.map((pair) => pairField(node, pair, (done) => answered(pair.q, done)))) : null];
  },
  scores({sector, leaf}) {
    const criterion = data.criteria[leaf.id];
    const levels = leaf.levels.map(({value, name}) => h("li", {}, `${value}: ${plain(name)}`,
      value === leaf.best ? h("b", {}, ` (${t("best")})`) : null, value === leaf.worst ? ` (${t("worst")})` : null));
    const settled = (q) => data.earlier[q]?.agreed;
    const fields = (agreed) => sector.technologies.filter((one) => Boolean(settled(`score:${sector.id}:${one.id}:${leaf.id}`)) === agreed)
      .map((one) => scoreField(sector, leaf, one, (whole) => answered(`score:${sector.id}:${one.id}:${leaf.id}`, whole)));
    const folded = fields(true);
    return [
      h("h2", {class: "stays"}, said(criterion.name), h("small", {}, `${leaf.id} · ${plain(sector.name)}`)),
      h("p", {}, said(criterion.about)),
      levels.length ? h("details", {open: true}, h("summary", {}, t("levels")), h("ul", {class: "plain"}, levels)) : null,
      keepAll(scoreKeys(sector, leaf)), wide() ? button(t("as_grid"), () => showGrid(sector), {class: "quiet"}) : null,
      ...fields(false),
      folded.length ? h("details", {}, h("summary", {}, t("agreed_fold", {count: folded.length})), folded) : null,
      storeWorks ? null : button(t("partial"), () => download(false), {class: "main"}),
    ];
  },
  halves({leaf}) {
    const criterion = data.criteria[leaf.id];
    const problem = h("p", {class: "hint", role: "alert"});
    const check = () => { problem.textContent = halvesProblem(leaf) || ""; };
    const fields = leaf.questions.map((half) => halfField(leaf, half, (whole) => { check(); answered(half.q, whole); }));
    check();
    return [
      h("h2", {class: "stays"}, said(criterion.name), h("small", {}, leaf.id)), h("p", {}, said(criterion.about)),
      h("p", {}, t("from_to", {worst: number(leaf.worst), best: number(leaf.best), unit: plain(leaf.unit)})),
      h("p", {}, t("halves_how")), keepAll(leaf.questions.map((one) => one.q)), ...fields, problem,
      storeWorks ? null : button(t("partial"), () => download(false), {class: "main"}),
    ];
  },
  weights() {
    const open = data.nodes.some((node) => !weightsOf(node));
    const blocks = data.nodes.map((node) => {
      const weights = weightsOf(node);
      const rows = weights ? node.children.map((child, i) => bar(nameOf(child), weights[i])) : [h("p", {}, "–")];
      return [h("h3", {}, said(node.name)), h("div", {"data-node": node.id, "data-weights": weights ? JSON.stringify(weights) : ""}, rows)];
    });
    return [h("h2", {}, t("weights")), open ? h("p", {class: "hint"}, t("weights_none")) : null, ...blocks.flat()];
  },
  finish() {
    const open = questions().filter((one) => !isWhole(answerOf(one.q))).length;
    const missing = h("textarea", {id: "missing", rows: 3, maxlength: 300, onchange: () => { state.missing = missing.value; keep(); }});
    missing.value = state.missing;
    const file = `${data.file.study}-${data.file.expert}-r${data.file.round}.answers.json`;
    const result = h("div", {id: "result", role: "status"});
    return [h("h2", {}, t("finish")), h("p", {}, open ? t("still_open", {count: open}) : t("all_answered")),
      h("label", {for: "missing"}, t("missing")), missing,
      canShare() ? [button(t("share"), () => share(result), {class: "main"}), h("p", {}, t("share_next"))] : null,
      button(t("download"), () => showCode(result, download(true)), {class: "main", id: "download"}),
      h("p", {}, data.contact ? t("download_next", {file, contact: data.contact}) : t("download_next_plain", {file})),
      button(t("copy"), () => copy(result), {id: "copy"}), h("p", {}, t("copy_next")),
      result, button(t("partial"), () => download(false), {class: "quiet"}),
      sureButton("forget", "forget_sure", () => { forget(); go(0); announce(t("forgotten")); })].flat();
  },
  overview() {
    const blocks = [...new Set(questions().map((one) => one.block))];
    const rows = blocks.map((block) => {
      const own = questions().filter((one) => one.block === block);
      const unknown = own.filter((one) => answerOf(one.q)?.unknown).length;
      const whole = own.filter((one) => isWhole(answerOf(one.q))).length - unknown;
      const words = `${t("answered")} ${whole} · ${t("open")} ${own.length - whole - unknown} · ${t("unknown")} ${unknown}`;
      return button([h("b", {}, blockName(block)), h("span", {}, words)], () => goTo((own.find((one) => !isWhole(answerOf(one.q))) || own[0]).q), {class: "line"});
    });
    return [h("h2", {}, t("overview")), ...rows, button(t("finish"), () => go(steps().length - 1), {class: "main"})];
  },
};

function blockName(block) {
  const node = data.nodes.find((one) => one.id === block);
  if (node) return headOf(plain(node.name));
  if (data.halves.some((one) => one.id === block)) return `${t("halves")} ${nameOf(block)}`;
  const sector = data.sectors.find((one) => data.leaves.some((leaf) => block === `${one.id} ${leaf.id}`));
  return `${plain(sector.name)}: ${nameOf(block.slice(sector.id.length + 1))}`;
}

function designNote(node) {
  const n = node.children.length;
  return node.pairs.length < n * (n - 1) / 2 ? h("p", {class: "hint"}, t("incomplete_design")) : null;
}

function quickField() {
  return h("label", {class: "choice small"}, h("input", {type: "checkbox", checked: state.quick,
    onchange: (event) => { state.quick = event.target.checked; keep(); }}), h("span", {class: "words"}, t("quick")));
}

function keepAll(keys) {
  const open = keys.filter((q) => data.earlier[q]?.own);
  if (!open.length) return null;
  return button(t("keep_all"), () => { open.forEach((q) => setAnswer(q, {...data.earlier[q].own, kept: true})); show(); }, {class: "quiet"});
}

/** Help after a block: a cycle, or the one comparison that fits least; never more than one. */
function helpOf(node) {
  const matrix = matrixOf(node);
  const open = {value: false};
  const round = cycle(matrix);
  const parts = [];
  const degrees = node.pairs.map((pair) => answerOf(pair.q)).filter((answer) => isWhole(answer) && !answer.unknown).map((answer) => answer.value);
  if (round) {
    const order = [[round[0], round[1]], [round[1], round[2]], [round[2], round[0]]];
    const words = order.map(([i, j]) => `${nameOf(node.children[i])} > ${nameOf(node.children[j])}`).join(", ");
    parts.push(h("p", {class: "help"}, t("cycle", {words})));
    open.value = true;
  }
  const n = matrix.length;
  if (n > 2 && isComplete(matrix)) {
    const ratio = consistencyRatio(matrix, data.randomIndex);
    if (ratio > data.limit) parts.push(...revision(node, matrix, open));
    parts.push(h("details", {class: "ratio", "data-cr": ratio}, h("summary", {}, t("consistency")),
      h("p", {}, t("ratio_words", {ratio: number(Math.round(ratio * 1000) / 1000), limit: number(data.limit)}))));
  }
  if (degrees.length === node.pairs.length && degrees.length > 2 && new Set(degrees).size === 1 && !state.advised[node.id]) {
    parts.unshift(h("p", {class: "help"}, t("all_same")));
    state.advised[node.id] = true;
  }
  if (open.value) state.helped[node.id] = true;
  else if (degrees.length && !parts.some((part) => part.className === "help") && node.pairs.every((pair) => isWhole(answerOf(pair.q)))) parts.unshift(h("p", {}, t("fits")));
  return parts;
}

function revision(node, matrix, open) {
  const best = bestRevision(matrix, data.limit, data.randomIndex);
  const pair = pairOf(node, best.i, best.j);
  const words = (value) => {
    const [side, degree] = value >= 1 ? [best.i, value] : [best.j, 1 / value];
    const preferred = Math.abs(Math.log(value)) < 1e-9 ? "=" : node.children[side];
    return sentence(pair, {preferred, value: degree});
  };
  open.value = true;
  return [h("p", {class: "help", "data-revision": JSON.stringify(best)}, t("fits_least", {words: sentence(pair, answerOf(pair.q))})),
    h("p", {}, best.clears ? t("others_say", {words: words(best.proposed)}) : t("none_enough")),
    h("div", {class: "row"}, button(t("as_it_is"), () => move(1)), button(t("change"), () => goTo(pair.q)))];
}

function sureField(node) {
  const options = [1, 2, 3].map((value) => ({value, words: t(`sure_${value}`)}));
  return h("fieldset", {class: "sure"}, h("legend", {}, t("sure")),
    choices(`${node.id} sure`, options, state.sure[node.id], (value) => { state.sure[node.id] = value; keep(); }));
}

function bar(name, weight) {
  const fill = h("span", {class: "fill"});
  fill.style.width = `${Math.round(weight * 100)}%`;
  return h("div", {class: "bar"}, h("span", {}, name), h("span", {class: "track"}, fill), h("span", {}, `${number(Math.round(weight * 1000) / 10)}%`));
}

/** One cell of the grid: a list of levels, or a number with its echo. */
function gridField(leaf, answer, label, take) {
  if (!leaf.levels.length) {
    const known = isWhole(answer) && !answer.unknown;
    const shown = answer.typed ?? (answer.unknown ? "?" : known ? isRange(answer) ? `${number(answer.low)} - ${number(answer.high)}` : number(answer.value) : "");
    const field = h("input", {type: "text", inputmode: "decimal", "aria-label": label, value: shown, "aria-invalid": String(Boolean(answer.problem)),
      onchange: () => take(understood(field.value, leaf))});
    return [field, echo(leaf, answer, take)].filter(Boolean);
  }
  const range = isRange(answer) ? [["range", t("or", {low: answer.low, high: answer.high})]] : [];
  const options = [["", "–"], ...range, ...leaf.levels.map((level) => [level.value, String(level.value)]), ["?", "?"]];
  const chosen = answer.unknown ? "?" : isRange(answer) ? "range" : answer.value ?? "";
  const field = h("select", {"aria-label": label, onchange: () => field.value !== "range" &&
    take(field.value === "" ? null : field.value === "?" ? {unknown: true} : {value: Number(field.value)})},
    options.map(([value, words]) => h("option", {value, selected: String(value) === String(chosen)}, words)));
  return [field];
}

/** The scores of a sector as a grid: criteria down, technologies across. */
function showGrid(sector) {
  const cell = (leaf, one) => {
    const q = `score:${sector.id}:${one.id}:${leaf.id}`;
    const label = `${plain(one.name)}, ${nameOf(leaf.id)}`;
    const box = h("td", {});
    const draw = () => {
      const answer = answerOf(q) || {};
      const take = (next) => { setAnswer(q, next && {...next, note: answer.note}); draw(); answered(q, isWhole(answerOf(q))); };
      box.replaceChildren(...gridField(leaf, answer, label, take));
    };
    draw();
    return box;
  };
  const head = h("tr", {}, h("td", {}), sector.technologies.map((one) => h("th", {scope: "col"}, said(one.name))));
  const rows = data.leaves.map((leaf) => h("tr", {}, h("th", {scope: "row"}, said(data.criteria[leaf.id].name)), sector.technologies.map((one) => cell(leaf, one))));
  const grid = h("div", {class: "scroll", tabindex: 0, role: "region", "aria-label": t("as_grid")}, h("table", {}, h("thead", {}, head), h("tbody", {}, rows)));
  document.getElementById("screen").replaceChildren(h("h2", {}, said(sector.name)), button(t("as_list"), show, {class: "quiet"}), grid);
  focusScreen();
}

/** The whole questionnaire for a printer: boxes to tick, definitions, no navigation. */
function paper() {
  const box = (words) => h("span", {class: "box"}, `☐ ${words}`);
  const pairs = data.nodes.flatMap((node) => [h("h2", {}, said(node.name)), h("p", {}, questionOf(node)), ...node.pairs.map((pair) => {
    const sides = pair.turned ? [pair.other, pair.one] : [pair.one, pair.other];
    return h("div", {class: "asked"}, h("p", {class: "choice-line"}, box(nameOf(sides[0])), box(t("equal")), box(nameOf(sides[1])), box(t("unknown"))),
      h("p", {class: "degree-line"}, [2, 3, 4, 5, 6, 7, 8, 9].map((value) => box(DEGREE_WORDS[value] ? degreeName(value) : String(value)))));
  })]);
  const halves = data.halves.flatMap((leaf) => [h("h2", {}, `${leaf.id} ${nameOf(leaf.id)}`),
    h("p", {}, t("from_to", {worst: number(leaf.worst), best: number(leaf.best), unit: plain(leaf.unit)})), h("p", {}, t("halves_how")),
    ...leaf.questions.map((half) => h("p", {class: "asked score-line"}, h("span", {class: "name"}, t("which_value", {words: plain(half.words)})),
      h("span", {}, `________ ${plain(leaf.unit)} `, box("?"))))]);
  const scores = data.sectors.flatMap((sector) => [h("h2", {}, said(sector.name)), ...data.leaves.flatMap((leaf) => [
    h("h3", {}, `${leaf.id} ${nameOf(leaf.id)}`), h("p", {}, said(data.criteria[leaf.id].about)),
    leaf.levels.length ? h("p", {}, leaf.levels.map(({value, name}) => `${value}: ${plain(name)}${value === leaf.best ? ` (${t("best")})` : ""}`).join("; ")) : null,
    ...sector.technologies.map((one) => h("p", {class: "asked score-line"}, h("span", {class: "name"}, said(one.name)),
      h("span", {}, leaf.levels.length ? leaf.levels.map((level) => box(String(level.value))) : `________ ${plain(leaf.unit)} `, box("?"))))])]);
  const definitions = Object.entries(data.criteria).filter(([, one]) => plain(one.about)).map(([id, one]) => h("p", {}, h("b", {}, `${id} ${plain(one.name)}: `), plain(one.about)));
  const asks = [data.deadline && t("deadline", {deadline: data.deadline}), data.contact && t("contact", {contact: data.contact})];
  document.getElementById("paper").replaceChildren(h("h1", {}, said(data.title)),
    h("p", {}, `${t("code_of_expert", {code: data.file.expert})} · ${t("round", {round: data.file.round})}`), h("p", {}, t("paper")),
    ...asks.filter(Boolean).map((words) => h("p", {}, words)),
    h("h2", {}, t("definition")), ...definitions, ...pairs, ...halves, ...scores.filter(Boolean), h("h2", {}, t("missing")), h("p", {}, "____________________________________________"));
}
