/** Cells of one kind become one path: neighbours in a row are one stroke, which dashes cut into cells. */
import type { NdArray } from "../../bridge/wire";

/** For each kind of cell a path along its runs, one unit a column; kind "" is left out. */
export function runsOf(
  values: NdArray,
  rows: number,
  columns: number,
  kindOf: (value: number) => string,
  yOf: (row: number) => number,
): Map<string, string> {
  const paths = new Map<string, string>();
  for (let row = 0; row < rows; row++) {
    const kind = (column: number) => kindOf(values.data[row * columns + column] ?? 0);
    for (let from = 0; from < columns; ) {
      const here = kind(from);
      let to = from + 1;
      while (to < columns && kind(to) === here) to++;
      if (here) paths.set(here, `${paths.get(here) ?? ""}M${from} ${yOf(row)}h${to - from}`);
      from = to;
    }
  }
  return paths;
}
