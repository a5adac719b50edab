/** Bars through time on a log scale: what is left of something after step upon step multiplied it.
 *
 * Bars stand on the floor of the scale, or on a value (`base`) from which they rise or hang. All bars
 * of a series are one path in units of columns, so a hundred steps weigh little.
 */
import { html, nothing, svg, type TemplateResult } from "lit";
import type { NdArray } from "../../bridge/wire";
import { formatNumber } from "../format";
import type { FigureData } from "../types";
import { framedColumns, middle, sideLabel, stepAt } from "./columns";
import { type Decades, decadesAround, decadesFrom, powerOfTen } from "./decades";
import type { Cursor, FigureView } from "./figure";
import { linePath } from "./lines";

interface Series {
  name: string;
  style: string;
  mark: "bars" | "line";
  /** One for each step; NaN where there is none. */
  values: NdArray;
}

interface LogBarsData extends FigureData {
  series: Series[];
  references: { name: string; value: number }[];
  /** The step of the first column. */
  start: number;
  base: number | null;
  x_label: string;
  y_label: string;
}

const TOP = 10;
const PLOT = 150;
const FOOT = 38;
const HEIGHT = TOP + PLOT + FOOT;
const NARROWEST = 4;
const NAME = 18; // pixels: how far a name reaches above its line
const MOST_TICKS = 11;

export const logBarsView: FigureView = (data, cursor) => {
  const bars = data as LogBarsData;
  const count = bars.series[0]?.values.data.length ?? 0;
  const scale = scaleOf(bars);
  const at = cursor.step - bars.start;
  const here = (event: MouseEvent) => bars.start + stepAt(event, count) - 1;
  const left = html`${scale.ticks.map(({ share, label }) => sideLabel(y(share), label, "tick"))}`;
  const columns = html`<div class="log-bars" role="slider" tabindex="0" aria-label=${`${bars.x_label}; the arrow keys choose one`}
      aria-valuemin=${bars.start} aria-valuemax=${bars.start + count - 1} aria-valuenow=${cursor.step} aria-valuetext=${spoken(bars, cursor.step)}
      @keydown=${cursor.keydown} @click=${(event: MouseEvent) => cursor.choose(here(event))}
      @pointermove=${(event: PointerEvent) => point(event, cursor, here(event))}>
    <svg width="100%" height=${HEIGHT} aria-hidden="true" focusable="false">
      ${at >= 0 && at < count ? svg`<rect class="cursor-band" x=${percent(at, count)} width=${percent(1, count)} y="0" height=${TOP + PLOT + 20} />` : nothing}
      ${scale.ticks.map(({ share }) => svg`<line class="grid" x1="0" x2="100%" y1=${y(share)} y2=${y(share)} />`)}
      <svg x="0" y=${TOP} width="100%" height=${PLOT} viewBox=${`0 0 ${count} 1`} preserveAspectRatio="none" overflow="visible">
        ${bars.series.map((series) => drawn(bars, series, scale))}
      </svg>
      ${bars.base === null ? nothing : svg`<line class="zero" x1="0" x2="100%" y1=${y(scale.share(bars.base))} y2=${y(scale.share(bars.base))} />`}
      ${bars.references.map(({ name, value }) => referenceLine(isCovered(bars, value, scale) ? "" : name, y(scale.share(value))))}
      ${stepsNamed(bars.start, count).map((step) => stepName(step, bars.start, count))}
      <text class="axis-label" x="50%" y=${HEIGHT - 4}>${bars.x_label}</text>
    </svg>
  </div>`;
  return html`<p class="figure-key" aria-hidden="true">
      ${bars.series.map((series) => html`<span class=${`key-mark mark-${series.mark} of-${series.style}`}>${series.name}</span>`)}
      ${bars.references.map(({ name, value }) => (isCovered(bars, value, scale) ? html`<span class="key-mark mark-line of-bound">${name}</span>` : nothing))}
      ${offScale(bars, scale).map((words) => html`<span class="quiet">${words}</span>`)}
      <span class="written-place">${spoken(bars, cursor.step)}</span>
    </p>
    ${framedColumns(count, HEIGHT, left, columns, "", NARROWEST)}`;
};

function y(share: number): number {
  return Number((TOP + (1 - share) * PLOT).toFixed(2));
}

function percent(columns: number, count: number): string {
  return `${((columns / count) * 100).toFixed(4)}%`;
}

function scaleOf({ series, references, base }: LogBarsData): Decades {
  const values = series.flatMap((one) => Array.from(one.values.data)).filter((value) => value > 0);
  const named = references.map((reference) => reference.value);
  return base === null ? decadesFrom([...values, ...named]) : decadesAround([...values, ...named]);
}

/** In a column several series of bars stand side by side; lines run from middle to middle. */
function drawn(bars: LogBarsData, series: Series, scale: Decades): TemplateResult {
  const values = Array.from(series.values.data);
  if (series.mark === "line") {
    const points = values.map((value, index): [number, number] => [
      index + 0.5,
      value > 0 ? 1 - scale.share(value) : value === 0 ? 1 : Number.NaN,
    ]);
    const path = linePath(points); // with a halo, to be seen on bars of its own colour
    return svg`<path class="log-halo" d=${path} vector-effect="non-scaling-stroke" />
      <path class=${`log-line of-${series.style}`} d=${path} vector-effect="non-scaling-stroke" />`;
  }
  const beside = bars.series.filter((one) => one.mark === "bars");
  const width = 0.8 / beside.length;
  const from = 0.1 + beside.indexOf(series) * width;
  const foot = bars.base === null ? 1 : 1 - scale.share(bars.base);
  const path = values
    .map((value, index) => {
      if (!(value >= 0)) return "";
      const top = value === 0 ? 1 : 1 - scale.share(value);
      return `M${(index + from).toFixed(3)} ${foot.toFixed(4)}V${top.toFixed(4)}h${width.toFixed(3)}V${foot.toFixed(4)}z`;
    })
    .join("");
  return svg`<path class=${`log-bar of-${series.style}`} d=${path} />`;
}

/** What the scale cannot hold is said in words. */
function offScale(bars: LogBarsData, scale: Decades): string[] {
  const of = (mark: string) =>
    bars.series.flatMap((one) => (one.mark === mark ? Array.from(one.values.data) : []));
  const values = [...of("bars"), ...of("line")];
  const end = (value: number) => powerOfTen(Math.round(Math.log10(value)));
  const notes: string[] = [];
  if (values.some((value) => value > scale.highest))
    notes.push(`at the ceiling: more than ${end(scale.highest)}`);
  if (values.some((value) => value > 0 && value < scale.lowest))
    notes.push(`at the floor: less than ${end(scale.lowest)}`);
  if (of("bars").includes(0)) notes.push("no bar: 0");
  if (of("line").includes(0)) notes.push("line at the floor: 0");
  return notes;
}

/** A reference is named on its line, unless bars or lines of the figure are where the name would be. */
function isCovered({ series }: LogBarsData, value: number, scale: Decades): boolean {
  const low = scale.share(value) - 2 / PLOT;
  const high = scale.share(value) + NAME / PLOT;
  return series.some(({ mark, values }) => {
    const near = values.data.subarray(0, Math.ceil(values.data.length / 2));
    if (mark === "bars") return near.some((bar) => bar > value);
    const shares = Array.from(near, (each) => (each > 0 ? scale.share(each) : each));
    return shares.some((share, at) => {
      const next = shares[at + 1] ?? share;
      return Math.max(share, next) > low && Math.min(share, next) < high;
    });
  });
}

function referenceLine(name: string, height: number): TemplateResult {
  return svg`<line class="reference" x1="0" x2="100%" y1=${height} y2=${height} />
    <text class="reference-label" x="4" y=${height - 5}>${name}</text>`;
}

/** The names of the first and the last column stay within the figure. */
function stepName(step: number, start: number, count: number): TemplateResult {
  const at = step - start;
  const [anchor, x] =
    at === 0 && count > MOST_TICKS
      ? ["start", "0"]
      : at === count - 1 && count > MOST_TICKS
        ? ["end", "100%"]
        : ["middle", `${middle(at + 1, count)}%`];
  return svg`<text class="tick" text-anchor=${anchor} x=${x} y=${TOP + PLOT + 16}>${step}</text>`;
}

function stepsNamed(start: number, count: number): number[] {
  const every = [1, 2, 5, 10, 20, 50].find((size) => count / size <= MOST_TICKS) ?? 100;
  const all = Array.from({ length: count }, (_, index) => start + index);
  return all.filter((step) => step % every === 0);
}

/** The values of a step, in words. */
function spoken(bars: LogBarsData, step: number): string {
  const told = bars.series
    .map(({ name, values }) => ({ name, value: values.data[step - bars.start] ?? Number.NaN }))
    .filter(({ value }) => !Number.isNaN(value))
    .map(({ name, value }) =>
      bars.series.length > 1 ? `${name} ${formatNumber(value)}` : formatNumber(value),
    );
  return `step ${step}: ${told.join(", ") || "no value"}`;
}

let mouse = { x: -1, y: -1 };

/** A moving mouse chooses; a finger scrolls, and a figure moving below a resting mouse does nothing. */
function point(event: PointerEvent, cursor: Cursor, step: number): void {
  if (event.pointerType === "touch" || event.buttons !== 0) return;
  const { clientX: x, clientY } = event;
  if (x === mouse.x && clientY === mouse.y) return;
  mouse = { x, y: clientY };
  if (step !== cursor.asked() && step !== cursor.step) cursor.choose(step);
}
