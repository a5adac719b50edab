/** Numbers as the book writes them; `lab.kit.words.number` in Python gives the same. */

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return "not a number";
  if (value === 0) return "0";
  const sign = value < 0 ? "−" : "";
  const size = Math.abs(value);
  if (size === Infinity) return `${sign}∞`;
  const [mantissa = "", exponent = "0"] = size.toExponential(2).split("e");
  if (size < 1e-3 || size >= 1e6) return `${sign}${mantissa}×10${raised(Number(exponent))}`;
  const decimals = Math.max(2 - Number(exponent), 0);
  return (
    sign +
    size.toLocaleString("en-US", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    })
  );
}

function raised(exponent: number): string {
  const digits = [...String(Math.abs(exponent))]
    .map((digit) => SUPERSCRIPTS[Number(digit)])
    .join("");
  return exponent < 0 ? `⁻${digits}` : digits;
}

/** A number a number field can hold: at most four significant digits, plain ASCII. */
export function fieldNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}
