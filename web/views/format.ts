/** Numbers as the book writes them; `lab.kit.words.number` in Python gives the same. */

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const HAIR = 1 + 2 ** -50; // so that 1.125 and 1.005 round up here and in Python

export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return "not a number";
  if (value === 0) return "0";
  const sign = value < 0 ? "−" : "";
  if (Math.abs(value) === Infinity) return `${sign}∞`;
  const size = Math.min(Math.abs(value) * HAIR, Number.MAX_VALUE);
  const [mantissa = "", exponent = "0"] = size.toExponential(2).split("e");
  if (size < 1e-3 || size >= 999_999.5) return `${sign}${mantissa}×10${raised(Number(exponent))}`;
  const fixed = size.toFixed(Math.max(2 - Number(exponent), 0));
  return sign + fixed.replace(/^(\d+)(\d{3})/, "$1,$2"); // below a million: one comma at most
}

function raised(exponent: number): string {
  const digits = [...String(Math.abs(exponent))]
    .map((digit) => SUPERSCRIPTS[Number(digit)])
    .join("");
  return exponent < 0 ? `⁻${digits}` : digits;
}

/** What fits in a node of a drawing: at most five characters. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (Number.isFinite(value) && size < 10)
    return formatNumber(Number(value.toFixed(2))).replace(/(\.\d\d)\d+$/, "$1");
  if (size < 1e5) return `${value < 0 ? "−" : ""}${Math.round(size)}`;
  return Number.isFinite(value)
    ? `${value < 0 ? "−" : ""}10^${Math.floor(Math.log10(size))}`
    : formatNumber(value);
}

const FIELD = 9; // characters that a field shows

/** A number for a number field, plain ASCII: four significant digits, more where it is large. */
export function fieldNumber(value: number): string {
  const rounded = Number(value.toPrecision(Math.abs(value) < 1000 ? 4 : 7));
  const plain = String(rounded);
  return Math.abs(rounded) < 1e-3 && plain.length > FIELD ? rounded.toExponential() : plain;
}

/** A whole number for a number field: from 10,000 on with commas, which Python takes back. */
export function fieldWhole(value: number): string {
  return Math.abs(value) < 1e4 ? String(value) : String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Words in which no line parts a number from its per cent sign. */
export function unparted(words: string): string {
  return words.replace(/(?<=\d) %/g, "\u00a0%");
}
