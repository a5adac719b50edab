/** Rows of signed values through time, a column for each step, in line with the other figures.
 *
 * What Python gives (`kind="heatmap"`): `values` (rows, steps), `rows` their names, `columns` None, and
 * where wanted `row_control` and `first_row` (`cells.ts`), `row_notes` (a word at the right of each row),
 * `groups` (rows, from 0, with a gap above them), `numbers` (the values stand in the cells, for a dozen
 * steps or fewer), `reach` (the value at which the colour is full) and `outlines` (a frame around
 * cells), `start` (the step of the first column, 1 if unsaid), `letters` (what is read at each step stands
 * there instead of the step's number), `unsigned` (no value is below 0: no legend), `dense` (columns may be
 * as narrow as a sign). Width is a share of the page's, so nothing is measured.
 */

import { html, nothing, svg, type TemplateResult } from "lit";
import type { NdArray } from "../../bridge/wire";
import { shortNumber } from "../format";
import {
  type Cells,
  cellLine,
  cellWords,
  chooseCell,
  chosenRow,
  pointAtCells,
  pressInCells,
} from "./cells";
import { framedColumns, middle, sideLabel, stepAt } from "./columns";
import type { Cursor } from "./figure";
import { spotOf } from "./pointer";
import { runsOf } from "./runs";
import { LEVELS, levelOf, reachOf, signedStyle, signMark, tone } from "./signed";

export interface StepHeatmapData extends Cells {
  values: NdArray;
  rows: string[];
  columns: null;
  start?: number;
  row_notes?: string[] | null;
  groups?: number[];
  numbers?: boolean;
  reach?: number;
  /** Frames around the cells of some rows (from 0, the last one included) and steps (from 1). */
  outlines?: { rows: [number, number]; steps: [number, number]; dashed?: boolean }[];
  letters?: string[] | null;
  unsigned?: boolean;
  dense?: boolean;
}

const FOOT = 20; // the steps' numbers
const GAP = 8; // above a group of rows
const GUTTER = 0.05; // between cells, as a share of a column

/** Where the rows are, in pixels from above. */
interface Layout {
  cell: number;
  steps: number;
  reach: number;
  top(row: number): number;
  height: number;
}

export function stepHeatmapView(map: StepHeatmapData, cursor: Cursor): TemplateResult {
  const layout = layoutOf(map);
  const { cell, steps, top, height } = layout;
  const rows = map.rows.length;
  const row = chosenRow(map, rows, cursor);
  const start = map.start ?? 1;
  const at = Math.min(Math.max(cursor.step - start + 1, 1), steps); // the column, from 1
  const name = map.rows[row];
  const value = map.values.data[row * steps + at - 1] ?? Number.NaN;
  const words = name === undefined ? "" : cellWords(name, at + start - 1, value);
  const placeAt = (event: MouseEvent) => ({
    step: stepAt(event, steps) + start - 1,
    row: rowAt(event, layout, rows),
  });
  const click = (event: MouseEvent) => {
    const place = placeAt(event);
    chooseCell(map, cursor, place.step, place.row);
  };
  const left = html`${map.rows.map((label, index) => sideLabel(top(index) + cell / 2, label))}
    ${sideLabel(height - FOOT / 2 + 2, map.letters ? "read" : "step", "quiet")}`;
  const right = html`${(map.row_notes ?? []).map((note, index) => sideLabel(top(index) + cell / 2, note, "quiet"))}`;
  const columns = html`
    <div class="step-cells" role="slider" tabindex="0" aria-label=${map.row_control ? "Step; up and down choose the row" : "Step"}
      aria-valuemin=${start} aria-valuemax=${cursor.steps} aria-valuenow=${cursor.step} aria-valuetext=${words || `step ${cursor.step} of ${cursor.steps}`}
      @click=${click} @keydown=${(event: KeyboardEvent) => pressInCells(event, map, rows, cursor)}
      @pointermove=${map.row_control ? (event: PointerEvent) => pointAtCells(event, map, cursor, placeAt) : nothing}>
      <svg width="100%" height=${height} aria-hidden="true" focusable="false">
        ${shades(map, layout)}${map.numbers ? numbers(map, layout) : marks(map, layout)}
        ${Array.from({ length: steps }, (_, index) => tick(index + 1, start, layout, map.letters))}
        ${(map.outlines ?? []).map((outline) => frame(outline.dashed ? "outline dashed" : "outline", outline.steps, outline.rows, layout))}
        ${frame("cursor-frame", [at, at], [0, rows - 1], layout)}
        ${row < 0 ? nothing : svg`${frame("cursor-halo", [at, at], [row, row], layout)}${frame("cursor-column", [at, at], [row, row], layout)}`}
      </svg>
    </div>`;
  return html`${map.row_control ? cellLine(words) : nothing}
    ${framedColumns(steps, height, left, columns, right, map.numbers ? 40 : map.dense ? 12 : 24)}`;
}

function layoutOf(map: StepHeatmapData): Layout {
  const rows = map.rows.length;
  const cell = map.numbers ? 26 : rows > 8 ? 18 : 22;
  const groups = map.groups ?? [];
  const top = (row: number) => row * cell + groups.filter((first) => first <= row).length * GAP;
  return {
    cell,
    top,
    steps: map.values.shape[1] ?? 0,
    reach: map.reach ?? reachOf(map.values.data),
    height: top(rows - 1) + cell + FOOT,
  };
}

/** The row under a pointer, none between and below the rows. */
function rowAt(event: MouseEvent, { cell, top }: Layout, rows: number): number | null {
  const { y } = spotOf(event);
  for (let row = 0; row < rows; row++) if (y >= top(row) && y < top(row) + cell) return row;
  return null;
}

function shades(map: StepHeatmapData, layout: Layout): TemplateResult {
  const { cell, steps, reach, top, height } = layout;
  const kind = (value: number) => String(levelOf(value / reach));
  const paths = runsOf(map.values, map.rows.length, steps, kind, (row) => top(row) + cell / 2);
  return svg`<svg width="100%" height=${height} viewBox=${`0 0 ${steps} ${height}`} preserveAspectRatio="none">
    <g transform=${`translate(${GUTTER / 2} 0)`} stroke-width=${cell - 1} stroke-dasharray=${`${1 - GUTTER} ${GUTTER}`}>
      ${[...paths].map(([level, path]) => svg`<path class=${level === "0" ? "shade nought" : "shade"} style=${signedStyle(Number(level), LEVELS)} d=${path} />`)}
    </g>
  </svg>`;
}

/** The signs of a row are one text, each sign at a place of its own. */
function marks(map: StepHeatmapData, { cell, steps, reach, top }: Layout): TemplateResult[] {
  return map.rows.flatMap((_, row) => {
    const inks = new Map<string, { x: string[]; signs: string }>();
    for (let column = 0; column < steps; column++) {
      const value = map.values.data[row * steps + column] ?? 0;
      if (levelOf(value / reach) === 0 && !Number.isNaN(value)) continue;
      const ink = inks.get(tone(value, reach)) ?? { x: [], signs: "" };
      ink.x.push(`${middle(column + 1, steps)}%`);
      ink.signs += signMark(value);
      inks.set(tone(value, reach), ink);
    }
    return [...inks].map(
      ([ink, { x, signs }]) =>
        svg`<text class=${`mark ${ink}`} x=${x.join(" ")} y=${top(row) + cell / 2 + 5}>${signs}</text>`,
    );
  });
}

function numbers(map: StepHeatmapData, { cell, steps, reach, top }: Layout): TemplateResult[] {
  return Array.from(map.values.data, (value, index) => {
    const row = Math.floor(index / steps);
    return svg`<text class=${`mark ${tone(value, reach)}`} x=${`${middle((index % steps) + 1, steps)}%`}
      y=${top(row) + cell / 2 + 4}>${shortNumber(value)}</text>`;
  });
}

/** Every step has its letter or its number; where there are many, every fifth has its number. */
function tick(column: number, start: number, { steps, height }: Layout, letters?: string[] | null) {
  const every = letters ? 1 : steps > 60 ? 10 : steps > 24 ? 5 : 1;
  const step = column + start - 1;
  if (step % every !== 0 && column !== 1) return nothing;
  return svg`<text class="tick" x=${`${middle(column, steps)}%`} y=${height - 4}>${letters?.[column - 1] ?? step}</text>`;
}

function frame(
  kind: string,
  [from, to]: [number, number],
  [first, last]: [number, number],
  { cell, steps, top }: Layout,
): TemplateResult {
  return svg`<rect class=${kind} x=${`${((from - 1) / steps) * 100}%`} width=${`${((to - from + 1) / steps) * 100}%`}
    y=${top(first) - 0.5} height=${top(last) - top(first) + cell} rx="3" />`;
}
