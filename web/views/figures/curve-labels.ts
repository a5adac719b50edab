/** Names within a plot keep a line's height from each other. All heights are in pixels from above. */

const LINE = 15;
const HIGHEST = 11;
const ABOVE = 6; // a name's baseline, over the line it names
const BELOW = 14;

export interface Label {
  /** The height of what it names; `y`, set here, is the baseline of the name. */
  line: number;
  y: number;
  right: boolean;
  /** Heights of the curves where the name would stand, if it is to keep clear of them. */
  over?: number[];
}

/** Set each name above what it names; below it where another stands there; never two in one place. */
export function apart(labels: Label[], floor: number): void {
  for (const right of [false, true]) {
    const side = labels.filter((label) => label.right === right);
    side.sort((one, other) => one.line - other.line);
    let free = HIGHEST;
    for (const label of side) {
      label.y = clear(label, free, floor) ?? label.line - ABOVE;
      if (label.y < free) label.y = Math.max(label.line + BELOW, free);
      free = label.y + LINE;
    }
    let lowest = floor;
    for (const label of side.reverse()) {
      label.y = Math.min(label.y, lowest);
      lowest = label.y - LINE;
    }
  }
}

/** Where a name covers no curve: above or below its own line, or else all of them. */
function clear({ line, over = [] }: Label, free: number, floor: number): number | undefined {
  if (over.length === 0) return undefined;
  const places = [line - ABOVE, line + BELOW, Math.min(...over) - ABOVE, Math.max(...over) + BELOW];
  return places.find(
    (y) =>
      y >= free && y <= floor && !over.some((height) => height > y - HIGHEST && height < y + 3),
  );
}
