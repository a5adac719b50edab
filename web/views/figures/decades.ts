/** A log scale: where a value stands between floor (0) and ceiling (1), and which values to name. */

const FURTHEST = 16; // decades from 1: smaller or larger is off the scale, and said to be
const MOST_TICKS = 6;
const NEAR_ONE = [0.8, 0.9, 1, 1.1, 1.2];
const AROUND_ONE = [0.1, 0.2, 0.5, 1, 2, 5, 10];
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

export interface Decades {
  share(value: number): number;
  ticks: { share: number; label: string }[];
  lowest: number;
  highest: number;
}

/** Whole decades around the values: the floor lies below the smallest, so that its bar is seen. */
export function decadesFrom(values: number[]): Decades {
  const powers = values.map((value) => Math.log10(value)).filter(Number.isFinite);
  const low = Math.floor(Math.min(...powers, -3) - 0.25);
  const high = Math.ceil(Math.max(...powers, 0) + 0.1);
  return decades(Math.max(low, -FURTHEST), Math.min(high, FURTHEST));
}

/** The same room on both sides of 1, little where the values are near it. */
export function decadesAround(values: number[]): Decades {
  const powers = values.map((value) => Math.abs(Math.log10(value))).filter(Number.isFinite);
  const reach = Math.max(...powers, 0);
  const room = [0.1, 0.2, 0.5, 1, 2, 4, 8].find((size) => reach < size) ?? FURTHEST;
  return decades(-room, room);
}

function decades(low: number, high: number): Decades {
  const span = high - low;
  const at = (power: number) => Math.min(Math.max((power - low) / span, 0), 1);
  const ticks: { share: number; label: string }[] = [];
  if (span > 2) {
    const every = Math.ceil(span / MOST_TICKS);
    for (let power = Math.ceil(low / every) * every; power <= high; power += every)
      ticks.push({ share: at(power), label: powerOfTen(power) });
  } else {
    for (const value of span < 0.5 ? NEAR_ONE : AROUND_ONE)
      if (Math.abs(Math.log10(value)) <= span / 2)
        ticks.push({ share: at(Math.log10(value)), label: String(value) });
  }
  return {
    share: (value) => at(Math.log10(value)),
    ticks,
    lowest: 10 ** low,
    highest: 10 ** high,
  };
}

/** A power of ten as it stands beside an axis: 1, 10, 10⁻³. */
export function powerOfTen(power: number): string {
  if (power === 0) return "1";
  const digits = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");
  return power === 1 ? "10" : `10${power < 0 ? "⁻" : ""}${digits}`;
}

/** How the powers of ten of one axis are written: all in figures, or where some are long, all raised. */
export function powersNamed(powers: number[]): (value: number) => string {
  const short = powers.every((value) => value > 0.0099 && value < 100_001);
  return (value) =>
    short ? value.toLocaleString("en-US") : powerOfTen(Math.round(Math.log10(value)));
}
