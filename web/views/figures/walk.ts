/** One network unrolled, walked forward and back: values in the nodes, derivatives beside the arrows back.
 *
 * Python gives a number, or null, for each step of each row: `target`, `y`, `above` (what comes down from
 * the output), `h`, `later` (what comes back from the step after) and `x`. `lit` names the number whose
 * arrow is lit, `at` the step where the walk is, or 0. After a step in `cuts` nothing comes back.
 */
import { html, nothing, svg, type TemplateResult } from "lit";
import { symbol } from "../symbol";
import { middle, sideLabel } from "./columns";
import type { FigureView } from "./figure";
import { follow } from "./follow";
import { type Cell, listeners, type SheetData, type SheetNumber, shadeOf, toneOf } from "./numbers";
import { signedStyle } from "./signed";

type Row = "target" | "y" | "above" | "h" | "later" | "x";

interface WalkData extends SheetData {
  rows: Record<Row, Cell[]>;
  start: SheetNumber;
  weights: { w_x: SheetNumber; w_h: SheetNumber; w_y: SheetNumber };
  signs: Record<string, number>;
  cuts: number[];
  lit: string;
  at: number;
}

const Y: Record<Row, number> = { target: 12, y: 40, above: 74, h: 114, later: 147, x: 200 };
const HEIGHT = 217;
const RADIUS = 23;
const BOX = 26;
const HALF = 29; // of a box's width
const LANE = 7; // forward on one side of the middle, back on the other
const NARROWEST = 80;
const NAMES: [Row, unknown][] = [
  ["target", "target"],
  ["y", html`output <i>y</i>`],
  ["h", html`memory <i>h</i>`],
  ["x", html`input <i>x</i>`],
];

export const walkView: FigureView = (data, cursor) => {
  const walk = data as WalkData;
  const { rows } = walk;
  const steps = rows.x.length;
  const on = listeners(walk, Object.values(rows), cursor);
  const all = [...Object.values(rows).flat(), walk.start];
  const at = all.findIndex((cell) => cell?.mark === "open");
  return html`<div class="sheet walk-sheet" style=${`--height:${HEIGHT}px`} @click=${on.click} @pointermove=${on.point}>
    <div class="columns-left" aria-hidden="true">
      ${NAMES.map(([row, name]) => sideLabel(Y[row], name as TemplateResult, row === "target" ? "quiet" : ""))}
      ${weight(Y.above, walk.weights.w_y)}${weight(Y.later, walk.weights.w_h)}${weight((Y.later + Y.x) / 2, walk.weights.w_x)}
    </div>
    <div class="sheet-scroll" ${follow(at, 0)}>
      <div class="walk" role="slider" tabindex="0" aria-label="Numbers of the network; the arrow keys open one"
        style=${`--least:${steps * NARROWEST}px`} aria-valuemin="0" aria-valuemax=${all.length} aria-valuenow=${at + 1}
        aria-valuetext=${walk.spoken} @keydown=${on.press}>
        <svg width="100%" height=${HEIGHT} aria-hidden="true" focusable="false">
          ${walk.at ? svg`<rect class="cursor-band" x=${`${((walk.at - 1) / steps) * 100}%`} width=${`${100 / steps}%`} y="0" height=${HEIGHT} />` : nothing}
          ${walk.cuts.map((step) => cut(step, steps))}
          ${rows.x.map((_, index) => wires(walk, index, steps))}
          <svg overflow="visible">${number(walk.start, 11, Y.h, 10, 10)}</svg>
          ${rows.x.map((_, index) => nodes(walk, index, steps))}
          ${rows.later.map((cell, index) => carried(cell, index + 1, steps))}
        </svg>
      </div>
    </div>
  </div>`;
};

/** Beside the arrows it belongs to. */
function weight(top: number, { name, text, mark }: SheetNumber): TemplateResult {
  return sideLabel(
    top,
    html`<span class=${`sheet-number side ${mark}`} data-number=${name} data-mark=${mark}>${symbol(name)} ${text}</span>`,
    "quiet",
  );
}

/** All arrows of a step, below the nodes. */
function wires(walk: WalkData, index: number, steps: number): TemplateResult {
  const { rows, signs, lit } = walk;
  const step = index + 1;
  const x = `${middle(step, steps)}%`;
  const before = index ? `${middle(index, steps)}%` : "11";
  const done = (cell: Cell | undefined) => cell !== null && cell?.mark !== "ahead";
  const forward = done(rows.h[index]);
  const sum = lit === `a_${step}`;
  return svg`
    <g class=${wire(forward, sum)} style=${signOf(signs["w_h"])}>
      <line x1=${before} x2=${x} y1=${Y.h - LANE} y2=${Y.h - LANE} />
      <svg x=${x} y=${Y.h - LANE} overflow="visible"><path d="M-30,-4 L-24,0 L-30,4" /></svg>
    </g>
    <svg x=${x} overflow="visible">
      <g class=${wire(forward, sum)} style=${signOf(signs["w_x"])}><path d=${up(0, Y.x - BOX / 2, Y.h + RADIUS)} /></g>
      <g class=${wire(done(rows.y[index]), lit === `y_${step}`)} style=${signOf(signs["w_y"])}>
        <path d=${up(-LANE, Y.h - RADIUS + 1, Y.y + BOX / 2)} /></g>
      ${done(rows.above[index]) ? back(rows.above[index], lit, `M${LANE},${Y.y + BOX / 2} V${Y.h - RADIUS - 2} m-4,-6 l4,6 l4,-6`) : nothing}
    </svg>
    ${done(rows.later[index]) && step < steps && !walk.cuts.includes(step) ? backThroughTime(rows.later[index], lit, step, steps) : nothing}`;
}

function wire(done: boolean, lit: boolean): string {
  return `wire${done ? "" : " ahead"}${lit ? " lit" : ""}`;
}

function signOf(weight = 0): string {
  const width = 1 + Math.abs(weight) * 1.2;
  return `${signedStyle(weight < 0 ? -1 : 1, 1)};--thick:${width.toFixed(1)}px`;
}

function up(x: number, from: number, to: number): string {
  return `M${x},${from} V${to + 2} m-4,6 l4,-6 l4,6`;
}

function back(cell: Cell | undefined, lit: string, d: string): TemplateResult {
  return svg`<g class=${wire(true, cell?.name === lit)} style=${carriedStyle(cell)}><path class="back" d=${d} /></g>`;
}

/** From the step after into this one: along the lower lane, the way the number travels. */
function backThroughTime(
  cell: Cell | undefined,
  lit: string,
  step: number,
  steps: number,
): TemplateResult {
  const y = Y.h + LANE;
  const x = `${middle(step, steps)}%`;
  return svg`<g class=${wire(true, cell?.name === lit)} style=${carriedStyle(cell)}>
    <line class="back" x1=${`${middle(step + 1, steps)}%`} x2=${x} y1=${y} y2=${y} />
    <svg x=${x} y=${y} overflow="visible"><path d="M30,-4 L24,0 L30,4" /></svg>
  </g>`;
}

/** Colour is the sign of what is carried, thickness its size; nothing carried has no colour. */
function carriedStyle(cell: Cell | undefined): string {
  const share = cell?.shade ?? 0;
  const hue = share === 0 ? "" : `${signedStyle(share, 1)};`;
  return `${hue}--thick:${(1.2 + 3 * Math.abs(share)).toFixed(1)}px`;
}

function nodes({ rows }: WalkData, index: number, steps: number): TemplateResult {
  const target = rows.target[index];
  const { y, h, x, above } = rows;
  return svg`<svg x=${`${middle(index + 1, steps)}%`} overflow="visible">
    ${target ? number(target, 0, Y.target, HALF, 0) : nothing}
    ${number(y[index], 0, Y.y, HALF, 5)}
    ${number(above[index], LANE + 30, Y.above, 24, 4)}
    ${number(h[index], 0, Y.h, 0, RADIUS)}
    ${number(x[index], 0, Y.x, HALF, 5)}
  </svg>`;
}

/** What comes back into a step, between it and the step after; at the end there is none to show. */
function carried(cell: Cell, step: number, steps: number): TemplateResult | typeof nothing {
  if (step === steps) return nothing;
  return svg`<svg x=${`${middle(step + 0.5, steps)}%`} overflow="visible">${number(cell, 0, Y.later, HALF, 4)}</svg>`;
}

/** A number in a circle (half 0), in a box, or, with no radius, bare. */
function number(
  cell: Cell | undefined,
  x: number,
  y: number,
  half: number,
  radius: number,
): TemplateResult | typeof nothing {
  if (!cell) return nothing;
  const [width, height] =
    half && half !== radius ? [half, radius === 4 ? 10 : BOX / 2] : [radius, radius];
  const corner = half && half !== radius ? Math.max(radius, 4) : radius;
  const kind = radius === 0 ? "bare" : radius === 4 ? "chip" : "node";
  const rect = (name: string, by: number) =>
    svg`<rect class=${name} x=${x - width - by} y=${y - height - by} width=${2 * (width + by)} height=${2 * (height + by)} rx=${corner + by} />`;
  const marked = cell.mark === "open" || cell.mark === "source";
  return svg`<g class=${`sheet-number ${kind} ${cell.mark}`} data-number=${cell.name} data-mark=${cell.mark}
    style=${shadeOf(cell)} ?data-cursor=${cell.mark === "open"}>
    ${rect("face", 0)}
    ${cell.mark === "ahead" ? nothing : svg`<text class=${kind === "node" ? toneOf(cell) : ""} x=${x} y=${y + 4}>${cell.text}</text>`}
    ${marked ? rect("ring", 2.5) : nothing}
  </g>`;
}

function cut(step: number, steps: number): TemplateResult {
  const x = `${middle(step + 0.5, steps)}%`;
  return svg`<g class="cut"><line x1=${x} x2=${x} y1="18" y2=${HEIGHT} /><text x=${x} y="14">cut</text></g>`;
}
