// What was answered: kept in the browser, written as an answer file, read back from one.

const data = JSON.parse(document.getElementById("data").textContent);
const place = ["techprio", data.file.study, data.file.questions, data.file.expert, data.file.round].join(":");
const fresh = () => ({answers: {}, committed: {}, sure: {}, helped: {}, advised: {}, seconds: {}, paces: {pair: [], score: [], half: []},
  missing: "", sequence: 0, step: 0, quick: false});
let state = fresh();
let storeWorks = trialWrite();

function trialWrite() {
  try {
    localStorage.setItem(place + ":trial", "1");
    const kept = localStorage.getItem(place + ":trial") === "1";
    localStorage.removeItem(place + ":trial");
    return kept;
  } catch { return false; }
}

/** Keep everything now; true when what was written can be read back. */
function keep() {
  const words = JSON.stringify(state);
  try {
    localStorage.setItem(place, words);
    storeWorks = localStorage.getItem(place) === words;
  } catch { storeWorks = false; }
  return storeWorks;
}

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(place) || "null");
    return found && typeof found.answers === "object" ? {...fresh(), ...found} : null;
  } catch { return null; }
}

function forget() {
  try { localStorage.removeItem(place); } catch { /* nothing was kept */ }
  state = fresh();
}

/** Answers of this form, with those of the round before where a question is untouched. */
function answerOf(q) {
  const own = data.earlier[q]?.own;
  return state.answers[q] ?? (own ? {...own, kept: true} : undefined);
}

const isRange = (answer) => answer.low !== undefined && answer.low !== null;

const isWhole = (answer) => Boolean(answer && (answer.unknown || answer.value !== undefined && answer.value !== null));

/** Take an answer; the first one that was left behind stays beside it. */
function setAnswer(q, answer, node) {
  if (answer === null) {
    delete state.answers[q];
  } else {
    const [first, now] = [state.committed[q], state.answers[q]];
    const {first: _, first_preferred: __, after_help: ___, ...plain} = answer;
    if (now && now.first !== undefined && now.value === plain.value && now.preferred === plain.preferred) {
      for (const key of ["first", "first_preferred", "after_help"]) if (now[key] !== undefined) plain[key] = now[key];
    } else if (first && (first.value !== plain.value || first.preferred !== plain.preferred)) {
      plain.first = first.value;
      if (first.preferred !== plain.preferred && first.preferred !== "=") plain.first_preferred = first.preferred;
      if (node && state.helped[node]) plain.after_help = true;
    }
    state.answers[q] = plain;
  }
  keep();
}

/** An answer that is left behind becomes the first one. */
function commit(q) {
  const answer = state.answers[q];
  if (isWhole(answer) && (!answer.unknown || answer.first !== undefined) && !state.committed[q]) {
    state.committed[q] = answer.first === undefined ? {value: answer.value, preferred: answer.preferred}
      : {value: answer.first, preferred: answer.first === 1 && answer.preferred ? "=" : answer.first_preferred ?? answer.preferred};
  }
}

/** The answer file: keys in fixed order, one answer a line, the checksum last. */
function answerFile(final) {
  if (final) state.sequence += 1;
  const listed = Object.keys(state.answers).filter((q) => isWhole(state.answers[q]) || state.answers[q].note);
  const head = {...data.file, language, state: final ? "final" : "partial", sequence: state.sequence,
    seconds: Object.fromEntries(Object.entries(state.seconds).map(([block, s]) => [block, Math.round(s)])),
    certainty: state.sure, missing: state.missing};
  const lines = Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  const answers = listed.map((q) => JSON.stringify(inOrder(q, state.answers[q])));
  const content = ["{", ...lines, '"answers": [', answers.join(",\n"), "]"].join("\n");
  const checksum = sha256(content + "\n}\n");
  return {words: `${content},\n"checksum": "${checksum}"\n}\n`, checksum, code: codeOf(checksum)};
}

function inOrder(q, answer) {
  const found = {q};
  if (answer.unknown) Object.assign(found, {value: null, unknown: true});
  if (isWhole(answer)) for (const key of ["preferred", "value", "low", "high", "first", "first_preferred", "after_help", "kept"]) {
    if (found[key] === undefined && answer[key] !== undefined && answer[key] !== null) found[key] = answer[key];
  }
  return {...found, note: answer.note || ""};
}

/** The same as text for a mail or a chat. */
function pastedText(words) {
  const bytes = new TextEncoder().encode(words);
  const body = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).match(/.{1,64}/g);
  return [data.armor[0], ...body, "CRC32=" + crc32(bytes).toString(16).padStart(8, "0"), data.armor[1], ""].join("\n");
}

/** Take up a saved answer file; returns the key of the reason when it is refused. */
function takeFile(words) {
  let fields;
  words = outOfText(words).replaceAll("\r\n", "\n");
  try { fields = JSON.parse(words); } catch { return "refuse_damaged"; }
  if (fields?.format !== data.file.format) return "refuse_other";
  const end = words.match(/,\n"checksum": "([0-9a-f]{64})"\n\}\s*$/);
  if (!end || sha256(words.slice(0, end.index) + "\n}\n") !== end[1]) return "refuse_damaged";
  if (fields.study !== data.file.study) return "refuse_study";
  if (String(fields.round) !== String(data.file.round)) return "refuse_round";
  if (fields.expert !== data.file.expert || fields.token !== data.file.token) return "refuse_expert";
  if (fields.questions !== data.file.questions) return "refuse_questions";
  state = {...fresh(), seconds: fields.seconds || {}, sure: fields.certainty || {}, missing: fields.missing || "",
    sequence: fields.sequence || 0};
  for (const {q, ...answer} of fields.answers) {
    if (answer.value === null) delete answer.value;
    state.answers[q] = answer;
    commit(q);
    if (answer.after_help) state.helped[q.split(":")[1]] = true;
  }
  keep();
  return null;
}

/** The answer file inside a text that was pasted; any other text as it is. */
function outOfText(words) {
  const squeezed = words.replace(/[\s>]/g, "");
  const [begin, end] = data.armor.map((line) => line.replaceAll(" ", ""));
  const inside = squeezed.split(begin)[1]?.split(end)[0].split("CRC32=")[0];
  if (inside === undefined) return words;
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(inside), (sign) => sign.charCodeAt(0)));
  } catch { return ""; }
}

function codeOf(checksum) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  let bits = "";
  for (let at = 0; at < 10; at += 2) bits += parseInt(checksum.slice(at, at + 2), 16).toString(2).padStart(8, "0");
  return [0, 5, 10, 15, 20, 25].map((at) => letters[parseInt(bits.slice(at, at + 5), 2)]).join("");
}

function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return (crc ^ -1) >>> 0;
}

/** SHA-256 (FIPS 180-4); the browser's own is missing on plain http addresses. */
function sha256(words) {
  const bytes = new TextEncoder().encode(words);
  const root = (n, power) => { const x = n ** power; return Math.floor((x - Math.floor(x)) * 2 ** 32) | 0; };
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
  const constants = primes.map((prime) => root(prime, 1 / 3));
  const hash = primes.slice(0, 8).map((prime) => root(prime, 1 / 2));
  const length = ((bytes.length + 8 >> 6) + 1) << 6;
  const padded = new Uint8Array(length);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(length - 4, bytes.length << 3);
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  for (let at = 0; at < length; at += 64) {
    const w = Array.from({length: 16}, (_, i) => view.getInt32(at + 4 * i));
    for (let i = 16; i < 64; i++) {
      const [x, y] = [w[i - 15], w[i - 2]];
      const low = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
      const high = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
      w[i] = (w[i - 16] + low + w[i - 7] + high) | 0;
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 64; i++) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + w[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => { hash[i] = (hash[i] + value) | 0; });
  }
  return hash.map((value) => (value >>> 0).toString(16).padStart(8, "0")).join("");
}
