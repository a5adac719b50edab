/** Names of curves and of lines to compare with: where they stand, and never one on another. */
import type { NdArray } from "../../bridge/wire";

const LINE = 15;
const HIGHEST = 11;
const ABOVE = 6; // a name's baseline, over the line it names
const BELOW = 14;
const MIDDLE = 4; // a baseline for words in the middle of a line
const LETTER = 7; // pixels: the width of a letter of a name
const VALUE = 8; // letters of a value, with the space before it
const TYPICAL = 420; // pixels: a plot's width
const WIDEST = 190;
const NARROWEST = 44; // where no curve has a name: as wide as the figures through time

type Scale = (value: number) => number;

export interface Drawn {
  x: NdArray;
  y: NdArray;
}

/** A name beside the end of its curve. Heights are in pixels from above, places are shares of the width. */
export interface End {
  name: string;
  x: number;
  line: number;
  y: number;
}

export interface Reference {
  name: string;
  line: number;
  y: number;
}

/** Room to the right of a plot for the longest of these names and a value, whether or not it is drawn yet. */
export function roomFor(series: { name: string; end?: string }[]): number {
  if (series.length === 0) return NARROWEST;
  const letters = series.map(({ name, end }) => name.length + (end ? end.length + 1 : VALUE));
  const wide = Math.min(Math.max(...letters) * LETTER + 8, WIDEST);
  return wide + (wide % 2); // the plot's middle is on a whole pixel
}

/** The names of curves stand right of their ends, at the height of the end or as near as they can.
 *
 * Where another curve goes on in their way, they stand right of the longest.
 */
export function beside(ends: End[], curves: Drawn[], x: Scale, y: Scale, floor: number): void {
  for (const end of ends) end.y = end.line + MIDDLE;
  spread(ends, HIGHEST, floor + MIDDLE);
  const longest = Math.max(0, ...ends.map((end) => end.x));
  for (const end of ends) {
    const over = heights(curves, { x, y }, end.x + 0.01, end.x + widthOf([end]));
    if (covers(end.y, over) > 0) end.x = longest;
  }
}

/** References are named at the right, or at the left where curves or their names are in the way.
 *
 * Returns the side. A name stands above its line, or below it where a curve passes above.
 */
export function along(
  references: Reference[],
  {
    ends,
    curves,
    x,
    y,
    floor,
  }: { ends: End[]; curves: Drawn[]; x: Scale; y: Scale; floor: number },
): "left" | "right" {
  const wide = widthOf(references);
  const inTheWay = ends.some((end) => end.x < 0.98 && end.x + widthOf([end]) > 1 - wide);
  const right = covered(references, heights(curves, { x, y }, 1 - wide, 1));
  const left = covered(references, heights(curves, { x, y }, 0, wide));
  const side = inTheWay || left < right ? "left" : "right";
  const over =
    side === "left" ? heights(curves, { x, y }, 0, wide) : heights(curves, { x, y }, 1 - wide, 1);
  let free = HIGHEST;
  for (const reference of [...references].sort((one, other) => one.line - other.line)) {
    const above = Math.max(reference.line - ABOVE, free);
    const below = Math.max(reference.line + BELOW, free);
    reference.y = below <= floor && covers(below, over) < covers(above, over) ? below : above;
    free = reference.y + LINE;
  }
  spread(references, HIGHEST, floor);
  return side;
}

function widthOf(names: { name: string }[]): number {
  return (Math.max(0, ...names.map(({ name }) => name.length)) * LETTER) / TYPICAL;
}

/** How much of the curves these names would cover, above their lines or below. */
function covered(references: Reference[], over: number[]): number {
  const hidden = references.map(({ line }) =>
    Math.min(covers(line - ABOVE, over), covers(line + BELOW, over)),
  );
  return hidden.reduce((sum, count) => sum + count, 0);
}

/** How many of these heights words on a baseline would cover. */
function covers(baseline: number, over: number[]): number {
  return over.filter((height) => height > baseline - HIGHEST && height < baseline + 3).length;
}

/** Move names down, then up again, until a line's height is between any two. */
function spread(names: { line: number; y: number }[], highest: number, lowest: number): void {
  const sorted = [...names].sort((one, other) => one.line - other.line);
  let free = highest;
  for (const name of sorted) {
    name.y = Math.max(name.y, free);
    free = name.y + LINE;
  }
  let last = lowest;
  for (const name of sorted.reverse()) {
    name.y = Math.min(name.y, last);
    last = name.y - LINE;
  }
}

const SAMPLES = 24;

/** Where curves pass between two places across. */
function heights(
  curves: Drawn[],
  { x, y }: { x: Scale; y: Scale },
  from: number,
  to: number,
): number[] {
  return curves.flatMap((curve) => {
    const found: number[] = [];
    for (let index = 1; index < curve.x.data.length; index++) {
      const [before, after] = [x(curve.x.data[index - 1] ?? 0), x(curve.x.data[index] ?? 0)];
      if (after < from || before > to) continue;
      const [high, low] = [y(curve.y.data[index - 1] ?? NaN), y(curve.y.data[index] ?? NaN)];
      const steps = Math.max(1, Math.ceil((after - before) * SAMPLES));
      for (let step = 0; step <= steps; step++) {
        const height = high + ((low - high) * step) / steps;
        const at = before + ((after - before) * step) / steps;
        if (at >= from && at <= to && Number.isFinite(height)) found.push(height);
      }
    }
    return found;
  });
}
