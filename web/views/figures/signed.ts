/** One colour scale for every signed value: blue above zero, red below, paper at zero. */

/** CSS custom properties for a mark; the style sheet mixes the colour, so both schemes work. */
export function signedStyle(value: number, reach: number): string {
  const share = Number.isFinite(value) ? Math.min(Math.abs(value) / reach, 1) : 0;
  return `--amount:${Math.round(share * 100)}%;--hue:var(--${value < 0 ? "negative" : "positive"})`;
}

/** How dark the mark is, as a class: text on it changes ink where that keeps 4.5:1.
 *
 * On the light page that is where the mark is nearly full (red sooner than blue), on the dark page
 * earlier; the style sheet picks the ink of each scheme.
 */
export function tone(value: number, reach: number): string {
  const share = Math.abs(value) / reach;
  if (share > (value > 0 ? 0.87 : 0.82)) return "tone-full";
  return share > 0.69 ? "tone-middle" : "tone-low";
}

/** The value at which the colour is full: 1, or more where values are larger. */
export function reachOf(...columns: ArrayLike<number>[]): number {
  let reach = 1;
  for (const column of columns) {
    for (let index = 0; index < column.length; index++) {
      const size = Math.abs(column[index] ?? 0);
      if (Number.isFinite(size) && size > reach) reach = size;
    }
  }
  return reach;
}

/** What is not a number is crossed out: it must not look like 0. */
export function signMark(value: number): string {
  if (Number.isNaN(value)) return "×";
  return value > 0 ? "+" : value < 0 ? "−" : "0";
}

/** Where a great many marks share few shades: how many there are on either side of zero. */
export const LEVELS = 10;

/** A value in [-1, 1] as the nearest shade, -10 to 10; what is not finite is 0. */
export function levelOf(value: number): number {
  const level = Math.round(Math.min(Math.max(value, -1), 1) * LEVELS);
  return Number.isFinite(level) ? level + 0 : 0;
}
