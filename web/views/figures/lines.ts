/** Points to an SVG path; a point that is not finite breaks the line. */
import { line } from "d3-shape";

const make = line<[number, number]>()
  .defined(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
  .digits(5);

export function linePath(points: [number, number][]): string {
  return make(points) ?? "";
}
