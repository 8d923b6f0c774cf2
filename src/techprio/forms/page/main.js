// Moving between screens, keeping, sending, keys.

let overview = false;
let since = performance.now();
let closed = false;

const screen_ = () => document.getElementById("screen");
const announce = (words) => { document.getElementById("live").textContent = words; };

/** An answer was given: keep its pace, show the progress, go on where that is wanted. */
function answered(q, whole) {
  const seconds = Math.min((performance.now() - since) / 1000, 120);
  const one = questions().find((question) => question.q === q);
  if (whole) {
    state.paces[one.kind].push(seconds);
    state.seconds[one.block] = (state.seconds[one.block] || 0) + seconds;
    since = performance.now();
    const step = steps()[state.step];
    if (state.quick && step.kind === "pair") { move(1); return; }
  }
  saved();
  drawBar();
}

function saved() {
  const bar = document.getElementById("store");
  bar.hidden = false;
  bar.className = keep() ? "" : "warning";
  const time = new Date().toLocaleTimeString(language === "vi" ? "vi-VN" : "en-GB", {hour: "2-digit", minute: "2-digit"});
  bar.textContent = storeWorks ? t("saved", {time}) : t("not_saved");
}

/** Minutes for what is open: the own pace (its median) after twelve answers. */
function minutesLeft() {
  const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  const pace = (kind) => (state.paces[kind].length >= 12 ? median(state.paces[kind]) : data.seconds[kind]);
  const open = questions().filter((one) => !isWhole(answerOf(one.q)));
  return Math.ceil(open.reduce((sum, one) => sum + pace(one.kind), 0) / 60);
}

function leave() {
  const step = steps()[state.step];
  if (step?.pair) commit(step.pair.q);
  if (step?.kind === "block") step.node.pairs.forEach((pair) => commit(pair.q));
  if (step?.kind === "halves") step.leaf.questions.forEach((one) => commit(one.q));
  if (step?.kind === "scores") scoreKeys(step.sector, step.leaf).forEach(commit);
}

function go(place) {
  leave();
  state.step = Math.max(0, Math.min(place, steps().length - 1));
  overview = false;
  keep();
  show();
}

const move = (by) => go(state.step + by);

function goTo(q) {
  const holds = (step) => step.pair?.q === q || (step.kind === "block" && step.node.pairs.some((pair) => pair.q === q && !pair.agreed)) ||
    (step.kind === "check" && step.node.pairs.some((pair) => pair.q === q && pair.agreed)) ||
    (step.kind === "halves" && step.leaf.questions.some((one) => one.q === q)) ||
    (step.kind === "scores" && scoreKeys(step.sector, step.leaf).includes(q));
  go(steps().findIndex(holds));
  const field = document.querySelector(`[data-q="${CSS.escape(q)}"]`);
  field?.closest("details")?.setAttribute("open", "");
  field?.querySelector("input")?.focus();
}

function goOn() {
  const open = questions().find((one) => !isWhole(state.answers[one.q]));
  if (open) goTo(open.q);
  else go(steps().length - 1);
}

function focusScreen() {
  const target = screen_().querySelector("legend[tabindex], h1, h2") || screen_();
  target.setAttribute("tabindex", "-1");
  target.focus({preventScroll: true});
  scrollTo(0, 0);
}

function show() {
  since = performance.now();
  document.documentElement.lang = language;
  document.title = plain(data.title);
  state.step = Math.min(state.step, steps().length - 1);
  const step = steps()[state.step];
  const parts = overview ? screens.overview() : screens[step.kind](step);
  screen_().replaceChildren(...parts.flat().filter(Boolean));
  screen_().dataset.kind = overview ? "overview" : step.kind;
  drawTop();
  drawBar();
  if (!storeWorks) saved();
  focusScreen();
  const helps = [...screen_().querySelectorAll(".help, .hint")].map((part) => part.textContent);
  announce([progressWords(), ...helps].join(" "));
}

function progressWords() {
  const all = questions();
  const whole = all.filter((one) => isWhole(answerOf(one.q))).length;
  return `${t("progress", {count: whole, total: all.length})} · ${t("left", {minutes: minutesLeft()})}`;
}

function drawTop() {
  const others = [["vi", "Tiếng Việt"], ["en", "English"]].map(([code, name]) =>
    button(name, () => { language = code; show(); }, {lang: code, "aria-pressed": String(code === language), "data-language": code}));
  document.getElementById("top").replaceChildren(state.step || overview ? h("h1", {class: "title"}, said(data.title)) : h("span", {class: "title"}), h("div", {role: "group", "aria-label": t("language")}, others));
}

function drawBar() {
  const last = steps().length - 1;
  const words = progressWords();
  const bar = document.getElementById("bar");
  const parts = [button(t("previous"), () => move(-1), {disabled: state.step === 0 && !overview, id: "previous"}),
    button(words, () => { overview = !overview; show(); }, {class: "progress", "aria-label": `${t("overview")}: ${words}`, id: "progress"}),
    button(t("next"), () => move(1), {disabled: state.step === last && !overview, id: "next", class: "main"})];
  const focused = bar.contains(document.activeElement) ? document.activeElement.id : null;
  bar.replaceChildren(...parts);
  if (focused) document.getElementById(focused)?.focus();
}

function notMe() {
  closed = true;
  document.getElementById("bar").hidden = true;
  screen_().replaceChildren(h("h1", {}, said(data.title)), h("p", {}, t("not_me_call", {name: data.name, contact: data.contact || t("not_me_plain")})));
  focusScreen();
}

/** A button that asks once before it does what cannot be undone. */
function sureButton(words, question, act) {
  const holder = h("div", {class: "certainty"});
  const first = button(t(words), () => { holder.replaceChildren(h("p", {role: "alert"}, t(question)), button(t(words), act, {class: "danger"}), button(t("as_it_is"), show)); holder.querySelector("button").focus(); }, {class: "quiet"});
  holder.append(first);
  return holder;
}

function openPartial() {
  const result = h("p", {role: "alert", id: "refused"});
  const field = h("input", {type: "file", id: "partial", accept: ".json,.txt", onchange: () => field.files[0] && takeUp(field.files[0])});
  return h("div", {class: "file"}, h("label", {for: "partial"}, t("open_partial")), field, result);
}

/** Take up a file that was chosen or dropped on any screen; a refusal is said where it can be seen. */
async function takeUp(file) {
  const reason = takeFile(await file.text());
  if (!reason) { announce(t("opened")); goOn(); return; }
  if (!document.getElementById("refused")) go(0);
  document.getElementById("refused").textContent = t(reason);
}

const fileName = (final) => `${data.file.study}-${data.file.expert}-r${data.file.round}${final ? "" : ".partial"}.answers.json`;

function download(final) {
  leave();
  const file = answerFile(final);
  keep();
  const link = h("a", {href: URL.createObjectURL(new Blob([file.words], {type: "application/json"})), download: fileName(final)});
  document.body.append(link);
  link.click();
  link.remove();
  return file;
}

function canShare() {
  try { return Boolean(navigator.canShare?.({files: [new File(["x"], "x.json", {type: "application/json"})]})); } catch { return false; }
}

async function share(result) {
  leave();
  const file = answerFile(true);
  keep();
  try {
    await navigator.share({files: [new File([file.words], fileName(true), {type: "application/json"})], title: plain(data.title)});
    showCode(result, file);
  } catch { /* the expert closed the choice */ }
}

async function copy(result) {
  leave();
  const file = answerFile(true);
  keep();
  const words = pastedText(file.words);
  showCode(result, file);
  try {
    await navigator.clipboard.writeText(words);
    result.append(h("p", {}, t("copied")));
  } catch {
    const field = h("textarea", {rows: 6, readonly: true, "aria-label": t("copy_by_hand")});
    field.value = words;
    result.append(h("p", {}, t("copy_by_hand")), field);
    field.select();
  }
}

function showCode(result, file) {
  result.replaceChildren(h("p", {class: "code"}, t("your_code", {code: file.code})));
}

/** Digits, = and ? answer; Enter goes on. */
function onKey(event) {
  const typing = event.target.matches?.("textarea, input[type=text], input[type=file], select");
  if (closed || typing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter" && !event.target.matches?.("button, summary, a")) { event.preventDefault(); move(1); return; }
  if (!/^[0-9=?]$/.test(event.key)) return;
  const boxes = [...screen_().querySelectorAll(".question")];
  const box = event.target.closest?.(".question") || boxes.find((one) => !isWhole(answerOf(one.dataset.q))) || boxes[0];
  if (!box) return;
  const q = box.dataset.q;
  const names = q.startsWith("pair:") ? [`${q} degree`, `${q} side`] : [q];
  const value = q.startsWith("pair:") && event.key === "1" ? "=" : event.key;
  for (const name of names) {
    let input = box.querySelector(`input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
    if (!input && name.endsWith(" degree") && /^[2468]$/.test(value) && box.querySelector(".degrees")) {
      box.querySelector(".degrees > button")?.click();
      input = box.querySelector(`input[name="${CSS.escape(name)}"][value="${value}"]`);
    }
    if (input) { event.preventDefault(); input.click(); return; }
  }
}

for (const id of ["top", "screen", "bar"]) document.getElementById(id).hidden = false;
const before = kept();
if (before) state = {...before, step: 0};
addEventListener("keydown", onKey);
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  if (!closed && event.dataTransfer.files[0]) takeUp(event.dataTransfer.files[0]);
});
addEventListener("beforeprint", paper);
let wasWide = wide();
addEventListener("resize", () => {
  if (wide() === wasWide || closed) return;
  wasWide = wide();
  const q = screen_().querySelector("[data-q]")?.dataset.q;
  if (q) goTo(q);
  else { state.step = 0; show(); }
});
show();
