/** What the chosen cell of a network of units is made of: a stub at each source, as its weight is. */
import { nothing, svg, type TemplateResult } from "lit";
import type { NdArray } from "../../bridge/wire";
import { middle } from "./columns";
import { signedStyle } from "./signed";
import type { Layout, UnitsData } from "./units";

/** From a source to the line that gathers them: as much as the columns leave room for. */
function stubLength({ numbers }: Layout): number {
  return numbers ? 10 : 6;
}

export function ingoing(
  { weights }: UnitsData,
  layout: Layout,
  step: number,
  row: number,
): TemplateResult | typeof nothing {
  const { units } = layout;
  if (row === 0) return intoOutput(weights.W_hy, layout, step);
  if (row < 0 || row > units) return nothing;
  const fromInput = stub(weights.W_xh.data[row - 1] ?? 0, lineUp(layout));
  const column = middle(step, layout.steps);
  return svg`<g class="ingoing">
    <svg x=${`${column}%`} overflow="visible">${fromInput}</svg>
    ${step === 1 ? nothing : fromUnits(weights.W_hh, layout, step, row)}
  </g>`;
}

/** The last piece of the way into a chosen unit, to be drawn below the units. */
export function lineIn({ units, steps, unitY }: Layout, step: number, row: number) {
  if (row < 1 || row > units || step === 1) return nothing;
  const [from, to] = [middle(step - 1, steps), middle(step, steps)];
  return svg`<line class="gather" x1=${`${from}%`} x2=${`${to}%`} y1=${unitY(row)} y2=${unitY(row)} />`;
}

/** From the input to the units: one arrow, as the chosen unit weighs it. */
function lineUp({ inputY, bottom }: Layout): string {
  return `M0,${inputY - 12}V${bottom + 2}`;
}

/** From each unit of the step before, along a line between the columns, to the chosen unit. */
function fromUnits(W_hh: NdArray, layout: Layout, step: number, row: number): TemplateResult {
  const { units, steps, radius, unitY } = layout;
  const x = radius + stubLength(layout);
  const before = `${middle(step - 1, steps)}%`;
  return svg`<svg x=${before} overflow="visible">
      <path class="gather" d=${`M${x},${unitY(1)}V${unitY(units)}`} />
      ${Array.from({ length: units }, (_, from) =>
        stub(W_hh.data[(row - 1) * units + from] ?? 0, `M${radius - 1},${unitY(from + 1)}H${x}`),
      )}
    </svg>`;
}

/** From each unit of the step, along a line at the column's right, up to the output. */
function intoOutput(W_hy: NdArray, layout: Layout, step: number): TemplateResult {
  const { units, steps, radius, half, outputY, unitY } = layout;
  const x = Math.max(radius, half) + 3;
  return svg`<svg class="ingoing" x=${`${middle(step, steps)}%`} overflow="visible">
    <path class="gather" d=${`M${x},${unitY(units)}V${outputY}H${half}`} />
    ${Array.from({ length: units }, (_, from) =>
      stub(W_hy.data[from] ?? 0, `M${radius - 1},${unitY(from + 1)}H${x + 0.5}`),
    )}
  </svg>`;
}

/** Colour is the weight's sign, thickness its size. */
function stub(weight: number, path: string): TemplateResult {
  const width = Number.isFinite(weight) ? 1 + Math.min(Math.abs(weight), 3) * 1.7 : 1;
  return svg`<path class="stub" style=${signedStyle(weight < 0 ? -1 : 1, 1)} stroke-width=${width.toFixed(1)} d=${path} />`;
}
