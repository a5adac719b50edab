/** Histograms through time: a column for each step, a row for each range of values, one hue.
 *
 * What Python gives (`kind="histograms"`): `shades` (rows, steps) from 0 to `levels`, the largest values
 * on top; `ticks`, names at places counted in rows from above; `words`, a sentence for each step. Cells
 * of one shade are one path, so fifteen hundred of them weigh little.
 */

import { html, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { NdArray } from "../../bridge/wire";
import { unparted } from "../format";
import type { FigureData } from "../types";
import { framedColumns, middle, sideLabel, stepAt } from "./columns";
import type { Cursor, FigureView } from "./figure";
import { runsOf } from "./runs";

interface HistogramsData extends FigureData {
  shades: NdArray;
  levels: number;
  ticks: { row: number; label: string }[];
  /** The step of the first column. */
  start: number;
  words: string[];
  y_label: string;
}

const ROW = 6;
const TOP = 8;
const FOOT = 38;
const NARROWEST = 5;

export const histogramsView: FigureView = (data, cursor) => {
  const map = data as HistogramsData;
  const [rows = 0, steps = 0] = map.shades.shape;
  const height = TOP + rows * ROW + FOOT;
  const at = Math.min(Math.max(cursor.step - map.start, 0), steps - 1);
  const words = map.words[at] ?? "";
  const stepOf = (event: MouseEvent) => map.start + stepAt(event, steps) - 1;
  const left = html`${map.ticks.map(({ row, label }) => sideLabel(TOP + row * ROW, label, "tick"))}
    ${sideLabel(height - 8, map.y_label, "quiet")}`;
  const columns = html`<div class="histograms" role="slider" tabindex="0" aria-label="Step; the arrow keys choose one"
      aria-valuemin=${map.start} aria-valuemax=${map.start + steps - 1} aria-valuenow=${at + map.start} aria-valuetext=${words}
      @keydown=${cursor.keydown} @click=${(event: MouseEvent) => cursor.choose(stepOf(event))}
      @pointermove=${(event: PointerEvent) => point(event, cursor, stepOf(event))}>
    <svg width="100%" height=${height} aria-hidden="true" focusable="false">
      ${map.ticks.map(({ row }) => svg`<line class="grid" x1="0" x2="100%" y1=${TOP + row * ROW} y2=${TOP + row * ROW} />`)}
      ${guard([map], () => shades(map, rows, steps))}
      <rect class="histogram-cursor" x=${percent(at, steps)} width=${percent(1, steps)} y=${TOP - 4} height=${rows * ROW + 8} rx="2" />
      ${Array.from({ length: steps }, (_, index) => index + map.start)
        .filter((step) => step % 10 === 0 || step === map.start)
        .map((step) => stepName(step, map.start, steps, TOP + rows * ROW + 16))}
      <text class="axis-label" x="50%" y=${height - 4}>step</text>
    </svg>
  </div>`;
  return html`<p class="figure-key" aria-hidden="true">
      <span class="share-scale">share of the values: few</span><span class="quiet">all</span>
      <span class="written-place">${unparted(words)}</span>
    </p>
    ${framedColumns(steps, height, left, columns, "", NARROWEST)}`;
};

/** The names of the first and the last column stay within the figure. */
function stepName(step: number, start: number, steps: number, y: number): TemplateResult {
  const at = step - start;
  const [anchor, x] =
    at === 0
      ? ["start", "0"]
      : at === steps - 1
        ? ["end", "100%"]
        : ["middle", `${middle(at + 1, steps)}%`];
  return svg`<text class="tick" text-anchor=${anchor} x=${x} y=${y}>${step}</text>`;
}

function percent(columns: number, steps: number): string {
  return `${((columns / steps) * 100).toFixed(4)}%`;
}

function shades(map: HistogramsData, rows: number, steps: number): TemplateResult {
  const kind = (shade: number) => (shade === 0 ? "" : String(shade));
  const paths = runsOf(map.shades, rows, steps, kind, (row) => row + 0.5);
  return svg`<svg x="0" y=${TOP} width="100%" height=${rows * ROW} viewBox=${`0 0 ${steps} ${rows}`} preserveAspectRatio="none">
    <g stroke-width="1">${[...paths].map(
      ([shade, path]) =>
        svg`<path class="share" style=${`--amount:${Math.round((100 * Number(shade)) / map.levels)}%`} d=${path} />`,
    )}</g></svg>`;
}

let mouse = { x: -1, y: -1 };

/** A moving mouse chooses; a finger scrolls, and a figure moving below a resting mouse does nothing. */
function point(event: PointerEvent, cursor: Cursor, step: number): void {
  if (event.pointerType === "touch" || event.buttons !== 0) return;
  const { clientX: x, clientY: y } = event;
  if (x === mouse.x && y === mouse.y) return;
  mouse = { x, y };
  if (step !== cursor.asked() && step !== cursor.step) cursor.choose(step);
}
