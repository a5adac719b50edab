/** Curves on a log scale: how a loss falls with the work spent. */
import { scaleLinear, scaleLog } from "d3-scale";
import { html, nothing, svg, type TemplateResult } from "lit";
import type { NdArray } from "../../bridge/wire";
import { formatNumber } from "../format";
import type { FigureData } from "../types";
import { sideLabel } from "./columns";
import type { FigureView } from "./figure";
import { linePath } from "./lines";

interface Series {
  name: string;
  style: string;
  x: NdArray;
  y: NdArray;
}

interface CurvesData extends FigureData {
  series: Series[];
  references: { name: string; y: number }[];
  x_label: string;
  y_label: string;
  empty: string;
}

const TOP = 12;
const PLOT = 140;
const HEIGHT = TOP + PLOT + 40;

export const curvesView: FigureView = (data) => {
  const curves = data as CurvesData;
  const drawn = curves.series.filter((series) => series.x.data.length > 0);
  const { x, y, ticksX, ticksY } = scales(curves, drawn);
  const left = html`${ticksY.map((tick) => sideLabel(TOP + y(tick) * PLOT, formatNumber(tick), "tick"))}`;
  return html`<div class="plot" style=${`--height:${HEIGHT}px`}>
    <div class="columns-left" aria-hidden="true">${left}</div>
    <div class="plot-area">
      <svg width="100%" height=${HEIGHT} aria-hidden="true" focusable="false">
        ${drawn.length === 0 ? emptyPlot(curves.empty) : nothing}
        ${ticksY.map((tick) => svg`<line class="grid" x1="0" x2="100%" y1=${TOP + y(tick) * PLOT} y2=${TOP + y(tick) * PLOT} />`)}
        ${(drawn.length === 0 ? [] : curves.references).map((reference) => referenceLine(reference.name, TOP + y(reference.y) * PLOT))}
        ${drawn.map((series) => curve(series, x, y))}
        ${endLabels(drawn, x, y)}
        ${ticksX.map((tick) => svg`<text class=${tick === ticksX[0] ? "tick first" : "tick"} x=${`${x(tick) * 100}%`} y=${TOP + PLOT + 16}>${tick.toLocaleString("en-US")}</text>`)}
        <text class="axis-label" x="50%" y=${HEIGHT - 6}>${curves.x_label}</text>
      </svg>
    </div>
  </div>`;
};

function scales(curves: CurvesData, drawn: Series[]) {
  const ys = [
    ...drawn.flatMap((series) => Array.from(series.y.data)),
    ...curves.references.map((reference) => reference.y),
  ].filter((value) => Number.isFinite(value) && value > 0);
  const low = Math.max(Math.min(...ys, 0.1) / 1.5, 1e-14);
  const high = Math.max(...ys, 1) * 1.5;
  const last = Math.max(
    ...drawn.map((series) => series.x.data[series.x.data.length - 1] ?? 0),
    300,
  );
  const log = scaleLog().domain([low, high]).range([1, 0]).clamp(true);
  const linear = scaleLinear().domain([0, last]).range([0, 1]);
  const decades = Math.log10(high / low);
  const every = Math.ceil(decades / 4);
  const ticksY: number[] = [];
  for (let power = Math.ceil(Math.log10(low)); power <= Math.log10(high); power += every)
    ticksY.push(10 ** power);
  return {
    x: linear,
    y: log,
    ticksX: linear.ticks(3).filter((tick) => tick < last * 0.97),
    ticksY,
  };
}

type Scale = (value: number) => number;

function curve(series: Series, x: Scale, y: Scale): TemplateResult {
  const points = Array.from(
    series.x.data,
    (at, index) => [x(at), y(series.y.data[index] ?? Number.NaN)] as [number, number],
  );
  return svg`<g class=${`line line-${series.style}`}>
    <svg x="0" y=${TOP} width="100%" height=${PLOT} viewBox="0 0 1 1" preserveAspectRatio="none" overflow="visible">
      <path d=${linePath(points)} vector-effect="non-scaling-stroke" />
    </svg>
  </g>`;
}

/** Each curve is named at its end; names that would touch are moved apart. */
function endLabels(drawn: Series[], x: Scale, y: Scale): TemplateResult[] {
  const ends = drawn
    .map((series) => {
      const last = series.x.data.length - 1;
      const at = series.y.data[last] ?? Number.NaN;
      return { series, at, x: x(series.x.data[last] ?? 0), y: TOP + y(at) * PLOT - 7 };
    })
    .sort((one, other) => one.y - other.y);
  ends.forEach((end, index) => {
    const above = ends[index - 1];
    if (above && end.y - above.y < 15) end.y = above.y + 15;
  });
  return ends.map(
    (
      end,
    ) => svg`<text class=${`end-label label-${end.series.style}`} x=${`${end.x * 100}%`} y=${Math.max(end.y, 11)}
      text-anchor=${end.x > 0.5 ? "end" : "start"}>${end.series.name} ${formatNumber(end.at)}</text>`,
  );
}

function emptyPlot(words: string): TemplateResult {
  return svg`<text class="plot-empty" x="50%" y=${TOP + PLOT / 2}>${words}</text>`;
}

function referenceLine(name: string, y: number): TemplateResult {
  return svg`<line class="reference" x1="0" x2="100%" y1=${y} y2=${y} />
    <text class="reference-label" x="40%" y=${y - 5}>${name}</text>`;
}
