/** Values through time: rows of signed cells, and lines against their targets below. */
import { html, nothing, svg, type TemplateResult } from "lit";
import type { NdArray } from "../../bridge/wire";
import { formatNumber } from "../format";
import type { FigureData } from "../types";
import { framedColumns, middle, sideLabel, stepAt } from "./columns";
import type { FigureView } from "./figure";
import { linePath } from "./lines";
import { reachOf, signedStyle, signMark, tone } from "./signed";

interface TracksData extends FigureData {
  cells: { name: string; symbol: string; values: NdArray }[];
  lines: { name: string; style: string; values: NdArray }[];
  scale: { middle: number; half_range: number };
}

const CELL = 28;
const NARROWEST = 24; // a sign and a step's number fit
const GAP = 4;
const PLOT_TOP = 16;
const PLOT = 116;
const FOOT = 20;
const UP = "M-4.5,3.5L0,-4.5L4.5,3.5Z";
const DOWN = "M-4.5,-3.5L0,4.5L4.5,-3.5Z";

export const tracksView: FigureView = (data, cursor) => {
  const tracks = data as TracksData;
  const { step, steps } = cursor;
  const plotAt = tracks.cells.length * (CELL + GAP) + PLOT_TOP;
  const height = plotAt + PLOT + FOOT;
  const domain = domainOf(tracks);
  const y = (value: number) =>
    plotAt + (1 - (value - domain.low) / (domain.high - domain.low)) * PLOT;
  const ticks = [domain.targetLow, domain.targetHigh];
  const own = (value: number) => value * tracks.scale.half_range + tracks.scale.middle;
  const scaled = tracks.scale.half_range !== 1 || tracks.scale.middle !== 0;
  const left = html`
    ${tracks.cells.map((row, index) => sideLabel(index * (CELL + GAP) + CELL / 2, html`${row.name} <i>${row.symbol}</i>`))}
    ${ticks.map((tick) => sideLabel(y(tick), formatNumber(tick), "tick"))}
    ${sideLabel(height - FOOT / 2 + 2, "step", "quiet")}`;
  const right = scaled
    ? html`${ticks.map((tick) => sideLabel(y(tick), formatNumber(own(tick)), "tick"))}`
    : "";
  const columns = html`
    <div class="tracks" role="group" tabindex="0" aria-label="Steps; the arrow keys choose one"
      @keydown=${cursor.keydown} @click=${(event: MouseEvent) => cursor.choose(stepAt(event, steps))}>
      <svg width="100%" height=${height} aria-hidden="true" focusable="false">
        <rect class="cursor-band" x=${`${((step - 1) / steps) * 100}%`} width=${`${100 / steps}%`} y="0" height=${height} />
        ${tracks.cells.map((row, index) => cells(row.values, index * (CELL + GAP), step, steps))}
        ${ticks.map((tick) => svg`<line class="grid" x1="0" x2="100%" y1=${y(tick)} y2=${y(tick)} />`)}
        ${tracks.lines.map((line) => lineAndDots(line, steps, step, plotAt, domain))}
        ${Array.from({ length: steps }, (_, index) => svg`<text class="tick" x=${`${middle(index + 1, steps)}%`} y=${height - 4}>${index + 1}</text>`)}
      </svg>
    </div>`;
  const beyond = tracks.lines.some(({ values }) => values.data.some((v) => isBeyond(v, domain)));
  return html`<p class="figure-key">${tracks.lines.map(
    (line) => html`<span class=${`key key-${line.style}`}>${line.name}</span>`,
  )}${beyond ? html`<span class="quiet">▲ ▼ beyond the scale</span>` : nothing}${scaled ? html`<span class="quiet">left: as trained · right: the sequence’s own units</span>` : nothing}</p>
    ${framedColumns(steps, height, left, columns, right, NARROWEST)}`;
};

interface Domain {
  low: number;
  high: number;
  targetLow: number;
  targetHigh: number;
}

/** Targets set the scale; predictions may stretch it, but never so far that the targets go flat.
 *
 * A single target sets none: then the predictions do.
 */
function domainOf(tracks: TracksData): Domain {
  const finite = (style: string) =>
    tracks.lines
      .filter((line) => line.style === style)
      .flatMap((line) => Array.from(line.values.data).filter(Number.isFinite));
  const targets = finite("target");
  const all = [...targets, ...finite("prediction")];
  const targetLow = Math.min(...targets);
  const targetHigh = Math.max(...targets);
  const flat = targetHigh === targetLow;
  const span = (flat ? Math.max(...all) - Math.min(...all) : targetHigh - targetLow) || 1;
  const low = Math.max(Math.min(...all), targetLow - (flat ? 1 : 0.6) * span);
  const high = Math.min(Math.max(...all), targetHigh + (flat ? 1 : 0.6) * span);
  return { low: low - 0.06 * span, high: high + 0.06 * span, targetLow, targetHigh };
}

function isBeyond(value: number, { low, high }: Domain): boolean {
  return Number.isFinite(value) && (value < low || value > high);
}

function cells(values: NdArray, top: number, step: number, steps: number): TemplateResult[] {
  const reach = reachOf(values.data);
  return Array.from(values.data, (value, index) => {
    const done = index + 1 <= step;
    const x = `${(index / steps) * 100}%`;
    return svg`<svg x=${x} y=${top} width=${`${100 / steps}%`} height=${CELL}>
      <rect class=${done ? "cell" : "cell ahead"} x="1" y="0.5" width="100%" height=${CELL - 1} style=${signedStyle(value, reach)} />
      <text class=${`mark ${tone(value, reach)}`} x="50%" y=${CELL / 2 + 5}>${signMark(value)}</text>
    </svg>`;
  });
}

function lineAndDots(
  line: TracksData["lines"][number],
  steps: number,
  step: number,
  top: number,
  domain: Domain,
): TemplateResult {
  const share = (value: number) =>
    1 -
    (Math.min(Math.max(value, domain.low), domain.high) - domain.low) / (domain.high - domain.low);
  const points = Array.from(
    line.values.data,
    (value, index) => [index + 0.5, share(value)] as [number, number],
  );
  const mark = (value: number, x: string, y: number, ahead: string) =>
    isBeyond(value, domain)
      ? svg`<svg x=${x} y=${y} overflow="visible"><path class=${`dot${ahead}`} d=${value > domain.high ? UP : DOWN} /></svg>`
      : svg`<circle class=${`dot${ahead}`} cx=${x} cy=${y} r="3.5" />`;
  return svg`<g class=${`line line-${line.style}`}>
    <svg x="0" y=${top} width="100%" height=${PLOT} viewBox=${`0 0 ${steps} 1`} preserveAspectRatio="none" overflow="visible">
      <path d=${linePath(points)} vector-effect="non-scaling-stroke" />
    </svg>
    ${Array.from(line.values.data, (value, index) =>
      Number.isFinite(value)
        ? mark(
            value,
            `${middle(index + 1, steps)}%`,
            top + share(value) * PLOT,
            index + 1 <= step ? "" : " ahead",
          )
        : nothing,
    )}
  </g>`;
}
