// Numbers as people type them, and as words: "1.500" may be one and a half or one thousand five hundred.

const PLAIN = /^[0-9]+(\.[0-9]+)?$/;
const COMMA = /^[0-9]+,[0-9]+$/;
const GROUPED = {".": /^[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?$/, ",": /^[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?$/};

/** Every value that a text can stand for. */
function readings(words) {
  const said = words.normalize("NFKC").trim().replace(/^\u2212/, "-");
  const sign = said.startsWith("-") ? -1 : 1;
  const digits = said.replace(/^-/, "").replace(/(\d)[\s\u00a0\u202f](?=\d{3}(\D|$))/g, "$1");
  const found = [];
  if (PLAIN.test(digits)) found.push(Number(digits));
  if (COMMA.test(digits)) found.push(Number(digits.replace(",", ".")));
  for (const mark of [".", ","]) {
    if (GROUPED[mark].test(digits)) found.push(Number(digits.replaceAll(mark, "").replace(",", ".")));
  }
  return [...new Set(found)].filter(Number.isFinite).map((value) => sign * value || 0);
}

/** The two ends of "100-200", "3 hoặc 4", "từ 3 đến 5"; null for a single number. */
function ends(words) {
  const range = /^(?:từ|from|between)?\s*([-\u2212]?[\d.,\s]+?)\s*(?:-|–|—|đến|tới|to|hoặc|or|and|và)\s*([-\u2212]?[\d.,\s]+)$/i;
  const found = words.trim().match(range);
  return found ? [found[1], found[2]] : null;
}

/** A number with the signs of a language, at most six decimals. */
function written(value, language) {
  return new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en-US", {maximumFractionDigits: 6}).format(value);
}

const UNITS_VI = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const STEPS = {vi: ["", " nghìn", " triệu", " tỷ"], en: ["", " thousand", " million", " billion"]};
const SMALL_EN = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen " +
  "sixteen seventeen eighteen nineteen").split(" ");
const TENS_EN = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/** A number in words, so that a slip of a zero is heard; digits where it is too long. */
function inWords(value, language) {
  const whole = Math.trunc(value);
  if (value < 0) return (language === "vi" ? "âm " : "minus ") + inWords(-value, language);
  if (whole >= 1e12) return written(value, language);
  const groups = [];
  for (let rest = whole; rest > 0; rest = Math.floor(rest / 1000)) groups.push(rest % 1000);
  const said = groups.map((group, place) => group && below1000(group, language, place < groups.length - 1) + STEPS[language][place]);
  let words = said.reverse().filter(Boolean).join(" ") || (language === "vi" ? "không" : "zero");
  const decimals = String(Number((value - whole).toFixed(6))).split(".")[1];
  if (decimals) {
    const digits = [...decimals].map((digit) => (language === "vi" ? UNITS_VI : SMALL_EN)[digit]);
    words += (language === "vi" ? " phẩy " : " point ") + digits.join(" ");
  }
  return words;
}

function below1000(value, language, inside) {
  const [hundreds, tens, ones] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10];
  if (language === "en") {
    const rest = value % 100;
    const small = rest < 20 ? (rest ? SMALL_EN[rest] : "") : TENS_EN[tens] + (ones ? "-" + SMALL_EN[ones] : "");
    return [hundreds ? SMALL_EN[hundreds] + " hundred" : "", small].filter(Boolean).join(" ");
  }
  const parts = [];
  if (hundreds || inside) parts.push(UNITS_VI[hundreds] + " trăm");
  if (tens > 1) parts.push(UNITS_VI[tens] + " mươi");
  if (tens === 1) parts.push("mười");
  if (tens === 0 && ones && parts.length) parts.push("linh");
  if (ones) parts.push(tens > 1 && ones === 1 ? "mốt" : tens && ones === 5 ? "lăm" : UNITS_VI[ones]);
  return parts.join(" ");
}
