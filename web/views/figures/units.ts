/** A network of many units through time: a column a step; inputs below, hidden units, outputs above.
 *
 * What Python gives (`kind="unrolled-units"`): `inputs` and `outputs` (steps), `hidden` (units, steps),
 * `targets` (steps; NaN where nothing is asked), `weights`: `W_xh` (units), `W_hh` (units, units) and
 * `W_hy` (units), and `row_control` with `first_row` 0 (`cells.ts`): row 0 is the output, 1 the first
 * unit, the last one the input. Into the chosen cell lead all that it is made of, each with its weight:
 * colour is the weight's sign, thickness its size. Steps after the current one are outlined only.
 */

import { html, nothing, svg, type TemplateResult } from "lit";
import type { NdArray } from "../../bridge/wire";
import { shortNumber } from "../format";
import { type Cells, cellWords, chooseCell, chosenRow, pointAtCells, pressInCells } from "./cells";
import { framedColumns, middle, sideLabel, stepAt } from "./columns";
import type { FigureView } from "./figure";
import { spotOf } from "./pointer";
import { reachOf, signedStyle, signMark, tone } from "./signed";
import { ingoing, lineIn } from "./units-weights";

export interface UnitsData extends Cells {
  inputs: NdArray;
  hidden: NdArray;
  outputs: NdArray;
  targets: NdArray;
  weights: { W_xh: NdArray; W_hh: NdArray; W_hy: NdArray };
}

const MOST_NUMBERS = 11; // steps whose columns are wide enough for numbers
const OUTPUT_Y = 36;
const BOX = 24;
const BETWEEN = 24; // room for the arrows into and out of the units

/** Sizes, all in pixels: they depend on how many units and steps there are. */
export interface Layout {
  units: number;
  steps: number;
  /** Numbers stand in the boxes; otherwise signs do. */
  numbers: boolean;
  radius: number;
  pitch: number;
  /** Half a box's width. */
  half: number;
  outputY: number;
  /** Where the units begin and end. */
  top: number;
  bottom: number;
  inputY: number;
  height: number;
  unitY(unit: number): number;
}

export const unitsView: FigureView = (data, cursor) => {
  const network = data as UnitsData;
  const layout = layoutOf(network);
  const { units, steps, numbers, inputY, height } = layout;
  const rows = units + 2;
  const row = chosenRow(network, rows, cursor);
  const step = Math.min(cursor.step, steps);
  const words = cellWords(nameOf(row, units), step, valueAt(network, row, step, layout));
  const placeAt = (event: MouseEvent) => ({
    step: stepAt(event, steps),
    row: rowAt(event, layout),
  });
  const click = (event: MouseEvent) => {
    const place = placeAt(event);
    chooseCell(network, cursor, place.step, place.row);
  };
  const left = html`${numbers ? sideLabel(12, "wanted", "quiet") : nothing}
    ${sideLabel(OUTPUT_Y, html`output <i>y</i>`)}
    ${unitLabels(layout)}
    ${sideLabel(inputY, html`input <i>x</i>`)}`;
  const columns = html`
    <div class="network" role="slider" tabindex="0" aria-label="Step of the network; up and down choose the unit"
      aria-valuemin="1" aria-valuemax=${cursor.steps} aria-valuenow=${step} aria-valuetext=${words}
      @click=${click} @keydown=${(event: KeyboardEvent) => pressInCells(event, network, rows, cursor)}
      @pointermove=${(event: PointerEvent) => pointAtCells(event, network, cursor, placeAt)}>
      <svg width="100%" height=${height} aria-hidden="true" focusable="false">
        <rect class="cursor-band" x=${`${((step - 1) / steps) * 100}%`} width=${`${100 / steps}%`} y="0" height=${height} />
        ${Array.from({ length: steps }, (_, index) => links(index + 1, step, layout))}
        ${lineIn(layout, step, row)}
        ${Array.from({ length: steps }, (_, index) => column(network, layout, index + 1, step))}
        ${ingoing(network, layout, step, row)}
        ${ring(layout, step, row)}
      </svg>
    </div>`;
  return framedColumns(steps, height, left, columns, "", numbers ? 46 : 24);
};

function layoutOf(network: UnitsData): Layout {
  const [units = 1, steps = 1] = network.hidden.shape;
  const numbers = steps <= MOST_NUMBERS;
  const radius = numbers && units <= 3 ? 18 : numbers ? 9 : 8;
  const pitch = numbers && units <= 3 ? 42 : units <= 8 ? 22 : 18;
  const top = OUTPUT_Y + BOX / 2 + BETWEEN;
  const bottom = top + units * pitch;
  const inputY = bottom + BETWEEN + BOX / 2;
  return {
    units,
    steps,
    numbers,
    radius,
    pitch,
    half: numbers ? 21 : 10,
    outputY: OUTPUT_Y,
    top,
    bottom,
    inputY,
    height: inputY + BOX / 2 + 4,
    unitY: (unit) => top + (unit - 0.5) * pitch,
  };
}

/** Every unit has its name, or the first, every fourth and the last where they stand close. */
function unitLabels({ units, unitY }: Layout): TemplateResult[] {
  const every = units > 8 ? 4 : 1;
  return Array.from({ length: units }, (_, index) => index + 1)
    .filter((unit) => unit === 1 || unit % every === 0)
    .map((unit) => sideLabel(unitY(unit), html`unit ${unit}`));
}

function nameOf(row: number, units: number): string {
  return row === 0 ? "output" : row > units ? "input" : `unit ${Math.max(row, 1)}`;
}

function valueAt(network: UnitsData, row: number, step: number, { units, steps }: Layout): number {
  if (row === 0) return network.outputs.data[step - 1] ?? Number.NaN;
  if (row > units) return network.inputs.data[step - 1] ?? Number.NaN;
  return network.hidden.data[(Math.max(row, 1) - 1) * steps + step - 1] ?? Number.NaN;
}

/** The row under a pointer. */
function rowAt(event: MouseEvent, { units, pitch, top, bottom }: Layout): number {
  const { y } = spotOf(event);
  if (y < top - BETWEEN / 2) return 0;
  if (y > bottom + BETWEEN / 2) return units + 1;
  return Math.min(Math.max(Math.ceil((y - top) / pitch), 1), units);
}

/** The arrows every step has: from input to units, from units to output, and to the next step. */
function links(at: number, step: number, layout: Layout): TemplateResult {
  const { top, bottom, radius, inputY, outputY, steps } = layout;
  const x = `${middle(at, steps)}%`;
  const before = `${at === 1 ? 0 : middle(at - 1, steps)}%`;
  const y = (top + bottom) / 2;
  const edge = -radius - 3;
  return svg`<g class=${at <= step ? "edges" : "edges ahead"}>
    <line x1=${before} x2=${x} y1=${y} y2=${y} />
    <svg x=${x} overflow="visible">
      <path d=${`M0,${inputY - BOX / 2}V${bottom + 1}m-3,5 3,-5 3,5M0,${top}V${outputY + BOX / 2 + 1}m-3,5 3,-5 3,5`} />
      <path d=${`M${edge - 3},${y - 3}l3,3 -3,3`} />
    </svg>
  </g>`;
}

function column(network: UnitsData, layout: Layout, at: number, step: number): TemplateResult {
  const { units, steps, numbers, radius, half, top, bottom, inputY, outputY, unitY } = layout;
  const done = at <= step;
  const reach = reachOf(network.hidden.data);
  const value = (array: NdArray) => array.data[at - 1] ?? Number.NaN;
  const target = value(network.targets);
  const big = radius > 10;
  return svg`<svg x=${`${middle(at, steps)}%`} overflow="visible" class=${done ? "column" : "column ahead"}>
    <rect class="vector" x=${-radius - 1.5} width=${2 * radius + 3} y=${top - 1} height=${bottom - top + 2} rx=${radius + 1.5} />
    ${numbers && Number.isFinite(target) ? svg`<text class="target" y="16">${shortNumber(target)}</text>` : nothing}
    ${box(outputY, half, value(network.outputs), reachOf(network.outputs.data), done, numbers)}
    ${Array.from({ length: units }, (_, index) => {
      const h = network.hidden.data[index * steps + at - 1] ?? Number.NaN;
      const y = unitY(index + 1);
      return svg`<circle class="node" cy=${y} r=${radius - 0.5} style=${done ? signedStyle(h, reach) : ""} />
        ${done ? label(y, h, reach, big) : nothing}`;
    })}
    ${box(inputY, half, value(network.inputs), reachOf(network.inputs.data), true, numbers)}
  </svg>`;
}

function box(
  y: number,
  half: number,
  value: number,
  reach: number,
  done: boolean,
  numbers: boolean,
): TemplateResult {
  return svg`<rect class="node" x=${-half} width=${2 * half} y=${y - BOX / 2} height=${BOX} rx="4"
      style=${done ? signedStyle(value, reach) : ""} />
    ${done ? label(y, value, reach, numbers) : nothing}`;
}

function label(y: number, value: number, reach: number, numbers: boolean): TemplateResult {
  return svg`<text class=${`value ${tone(value, reach)}`} y=${y + 4}>${numbers ? shortNumber(value) : signMark(value)}</text>`;
}

/** The accent's ring around the chosen cell. */
function ring(layout: Layout, step: number, row: number): TemplateResult | typeof nothing {
  if (row < 0) return nothing;
  const { units, steps, radius, half, outputY, inputY, unitY } = layout;
  const boxed = row === 0 || row > units;
  const [x, y] = boxed ? [half + 3, BOX / 2 + 3] : [radius + 2.5, radius + 2.5];
  const at = row === 0 ? outputY : row > units ? inputY : unitY(row);
  const rect = (kind: string) =>
    svg`<rect class=${kind} x=${-x} width=${2 * x} y=${at - y} height=${2 * y} rx=${boxed ? 6 : x} />`;
  return svg`<svg x=${`${middle(step, steps)}%`} overflow="visible">${rect("cursor-halo")}${rect("cursor-column")}</svg>`;
}
