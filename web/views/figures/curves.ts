/** Curves: how a loss falls with the work spent, on a log scale or a linear one. */
import { scaleLinear, scaleLog } from "d3-scale";
import { html, nothing, svg, type TemplateResult } from "lit";
import type { NdArray } from "../../bridge/wire";
import { formatNumber } from "../format";
import type { FigureData } from "../types";
import { sideLabel } from "./columns";
import { classes, keyAbove, keyBeside, type Named, named } from "./curve-key";
import { along, beside, roomFor } from "./curve-labels";
import { powersNamed } from "./decades";
import type { FigureView } from "./figure";
import { linePath } from "./lines";
import { type Places, probe } from "./probe";

interface Series extends Named {
  x: NdArray;
}

interface CurvesData extends FigureData {
  series: Series[];
  references: { name: string; y: number }[];
  x_label: string;
  y_label: string;
  empty: string;
  /** Log if unsaid. */
  y_scale?: "log" | "linear";
  /** Where the x axis begins; 0 if unsaid. */
  x_first?: number;
  /** Where the x axis reaches at least; 300 if unsaid. */
  x_last?: number;
  /** Where a linear y axis ends, whatever is drawn; around all of it if unsaid. */
  y_low?: number;
  y_high?: number;
  /** The lab's main figure, with room for it. */
  tall?: boolean;
  /** The lab's step is marked at its place on the x axis. */
  cursor?: boolean;
}

const TOP = 12;
const PLOT = 140;
const TALL = 200;
const FOOT = 40;

export const curvesView: FigureView = (data, cursor) => {
  const curves = data as CurvesData;
  const drawn = curves.series.filter((series) => series.x.data.length > 0);
  const plot = curves.tall ? TALL : PLOT;
  const height = TOP + plot + FOOT;
  const { x, y, ticksX, ticksY, nameY } = scales(curves, drawn, plot);
  const left = html`${ticksY.map((tick) => sideLabel(y(tick), nameY(tick), "tick"))}`;
  return html`${keyAbove(curves.series)}<div class="plot" style=${`--height:${height}px;--names:${roomFor(curves.series)}px`}>
    <div class="columns-left" aria-hidden="true">${left}</div>
    <div class="plot-area" role=${drawn.length ? "slider" : nothing} tabindex=${drawn.length ? 0 : nothing}
      aria-label=${drawn.length ? `Values along ${curves.x_label}` : nothing} aria-valuenow=${drawn.length ? 1 : nothing} ${probe(placesOf(curves, drawn, x))}>
      <svg width="100%" height=${height} aria-hidden="true" focusable="false">
        ${ticksY.map((tick) => svg`<line class="grid" x1="0" x2="100%" y1=${y(tick)} y2=${y(tick)} />`)}
        ${drawn.length === 0 ? [emptyPlot(curves.empty, TOP + plot / 2), keyBeside(curves.series, TOP + plot / 2)] : nothing}
        ${drawn.length === 0 ? nothing : curves.references.map((reference) => referenceLine(y(reference.y)))}
        ${curves.cursor ? svg`<line class="curve-cursor" x1=${`${x(cursor.step) * 100}%`} x2=${`${x(cursor.step) * 100}%`} y1=${TOP} y2=${TOP + plot} />` : nothing}
        ${drawn.map((series) => curve(series, x, y, plot))}
        ${drawn.length === 0 ? nothing : labels(curves, drawn, { x, y, floor: TOP + plot - 3 })}
        ${ticksX.map((tick) => svg`<text class=${tick === ticksX[0] ? "tick first" : "tick"} x=${`${x(tick) * 100}%`} y=${TOP + plot + 16}>${tick.toLocaleString("en-US")}</text>`)}
        <text class="axis-label" x="50%" y=${height - 6}>${curves.x_label}</text>
      </svg>
      <span class="probe-line" aria-hidden="true"></span>
      <p class="probe-words" aria-hidden="true"></p>
    </div>
  </div>`;
};

/** The points of the longest curve, and what every curve is there. */
function placesOf({ x_label }: CurvesData, drawn: Series[], x: Scale): Places {
  const xs = drawn.reduce<ArrayLike<number>>(
    (most, series) => (series.x.data.length > most.length ? series.x.data : most),
    [],
  );
  const unit = x_label.replace(/ \(.*/, "");
  return {
    count: xs.length,
    axis: unit,
    x: (index) => xs[index] ?? 0,
    at: (index) => x(xs[index] ?? 0),
    words: (index) => {
      const at = xs[index] ?? 0;
      const values = drawn.map((series) => `${series.name} ${formatNumber(valueNear(series, at))}`);
      return `${unit} ${at.toLocaleString("en-US")}: ${values.join(", ")}`;
    },
  };
}

/** A curve's value at the last of its points up to `at`, or at its first. */
function valueNear(series: Series, at: number): number {
  let index = 0;
  while (index + 1 < series.x.data.length && (series.x.data[index + 1] ?? 0) <= at) index++;
  return series.y.data[index] ?? Number.NaN;
}

function scales(curves: CurvesData, drawn: Series[], plot: number) {
  const last = Math.max(
    ...drawn.map((series) => series.x.data[series.x.data.length - 1] ?? 0),
    curves.x_last ?? 300,
  );
  const ys = [
    ...drawn.flatMap((series) => Array.from(series.y.data)),
    ...curves.references.map((reference) => reference.y),
  ].filter(Number.isFinite);
  const first = curves.x_first ?? 0;
  const x = scaleLinear().domain([first, last]).range([0, 1]);
  const counted = drawn.every((series) => series.x.data.every(Number.isInteger));
  const ticksX = x
    .ticks(3)
    .filter((tick) => tick < last - (last - first) * 0.03)
    .filter((tick) => !counted || Number.isInteger(tick)); // there is no half a step
  if (counted && (ticksX[0] ?? last) - first > (last - first) * 0.1) ticksX.unshift(first);
  return {
    x,
    ticksX,
    ...(curves.y_scale === "linear" ? linear(ys, curves, plot) : logarithmic(ys, plot)),
  };
}

function logarithmic(values: number[], plot: number) {
  const ys = values.filter((value) => value > 0);
  const low = Math.max(Math.min(...ys, 0.1) / 1.5, 1e-14);
  const high = Math.max(...ys, 1) * 1.5;
  const every = Math.ceil(Math.log10(high / low) / 4);
  const ticksY: number[] = [];
  for (let power = Math.ceil(Math.log10(low)); power <= Math.log10(high); power += every)
    ticksY.push(10 ** power);
  return {
    y: scaleLog()
      .domain([low, high])
      .range([TOP + plot, TOP])
      .clamp(true),
    ticksY,
    nameY: powersNamed(ticksY),
  };
}

/** What is drawn fills the plot, but for a little air where no end was asked for. */
function linear(ys: number[], { y_low, y_high }: CurvesData, plot: number) {
  const low = y_low ?? (ys.length > 0 ? Math.min(...ys) : 0);
  const high = Math.max(y_high ?? Math.max(...ys, low), low);
  const air = high > low ? 0.08 * (high - low) : 0.5;
  const y = scaleLinear()
    .domain([y_low ?? low - air, y_high ?? high + air])
    .range([TOP + plot, TOP])
    .clamp(true);
  return { y, ticksY: y.ticks(4), nameY: y.tickFormat(4) };
}

type Scale = (value: number) => number;

function curve(series: Series, x: Scale, y: Scale, plot: number): TemplateResult {
  const points = Array.from(
    series.x.data,
    (at, index) =>
      [x(at), (y(series.y.data[index] ?? Number.NaN) - TOP) / plot] as [number, number],
  );
  return svg`<g class=${`line ${classes("line", series.style)}`}>
    <svg x="0" y=${TOP} width="100%" height=${plot} viewBox="0 0 1 1" preserveAspectRatio="none" overflow="visible">
      <path d=${linePath(points)} vector-effect="non-scaling-stroke" />
      ${alone(points).map(([left, top]) => svg`<path class="alone" d=${`M${left} ${top}h0`} vector-effect="non-scaling-stroke" />`)}
    </svg>
  </g>`;
}

/** Points that no line reaches, since what is beside them is not finite: they are drawn as dots. */
function alone(points: [number, number][]): [number, number][] {
  const there = (index: number) => Number.isFinite(points[index]?.[1]);
  return points.filter((_, at) => there(at) && !there(at - 1) && !there(at + 1));
}

/** Curves are named beside their ends, references along their lines. */
function labels(
  curves: CurvesData,
  drawn: Series[],
  { x, y, floor }: { x: Scale; y: Scale; floor: number },
): TemplateResult {
  const ends = drawn.flatMap((series) => {
    const last = series.y.data.findLastIndex(Number.isFinite);
    if (last < 0) return [];
    const name = named(series);
    return [
      {
        name,
        style: series.style,
        x: x(series.x.data[last] ?? 0),
        line: y(series.y.data[last] ?? 0),
        y: 0,
      },
    ];
  });
  const references = curves.references.map(({ name, y: value }) => ({
    name,
    line: y(value),
    y: 0,
  }));
  beside(ends, drawn, x, y, floor);
  const right = along(references, { ends, curves: drawn, x, y, floor }) === "right";
  return svg`${references.map(
    (reference) =>
      svg`<text class="reference-label" x=${right ? "100%" : "0"} y=${reference.y} text-anchor=${right ? "end" : "start"}>${reference.name}</text>`,
  )}
  ${ends.map(
    (end) =>
      svg`<text class=${`end-label ${classes("label", end.style)}`} x=${`${end.x * 100}%`} dx="6" y=${end.y}>${end.name}</text>`,
  )}`;
}

/** What to press and what then happens: a line each, since a phone has no room for both. The space is
 * one text with its words, as the build wrote it: two would be set a hair apart. */
function emptyPlot(words: string, y: number): TemplateResult {
  const [press = "", ...then] = words.split(/(?<=[:;]) /);
  return svg`<text class="plot-empty" x="50%" y=${y}>${press}${then.map((line) => svg`<tspan x="50%" dy="18">${` ${line}`}</tspan>`)}</text>`;
}

function referenceLine(y: number): TemplateResult {
  return svg`<line class="reference" x1="0" x2="100%" y1=${y} y2=${y} />`;
}
