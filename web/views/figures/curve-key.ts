/** What curves are called: above a plot that is narrow, and beside one where nothing is drawn yet. */
import { html, svg, type TemplateResult } from "lit";
import type { NdArray } from "../../bridge/wire";
import { formatNumber } from "../format";

export interface Named {
  name: string;
  /** Words: a colour and dashes (model, rival, rnn, gru, lstm), a width (train, heldout). */
  style: string;
  y: NdArray;
  /** What stands beside its name, where that is not its last value. */
  end?: string;
}

const LINE = 18;

/** A curve's name and its last value. */
export function named(series: Named): string {
  const last = series.y.data[series.y.data.findLastIndex(Number.isFinite)];
  if (last === undefined) return series.name;
  return `${series.name} ${series.end ?? formatNumber(last)}`;
}

/** `line-model line-train` of "model train". */
export function classes(prefix: string, style: string): string {
  return style
    .split(" ")
    .map((word) => `${prefix}-${word}`)
    .join(" ");
}

/** On a narrow page there is no room beside the plot: the names stand above it. */
export function keyAbove(series: Named[]): TemplateResult {
  return html`<p class="curve-key" aria-hidden="true">${series.map(
    (one) =>
      html`<span><svg width="22" height="10"><g class=${`line ${classes("line", one.style)}`}><path d="M1 5H21" /></g></svg>${named(one)}</span>`,
  )}</p>`;
}

/** Until there are curves, their names fill the room they will have right of the plot, around a height. */
export function keyBeside(series: Named[], middle: number): TemplateResult {
  const first = middle - ((series.length - 1) * LINE) / 2;
  return svg`<svg class="key-beside" x="100%" overflow="visible">${series.map((one, index) => {
    const y = first + index * LINE;
    return svg`<g class=${`line ${classes("line", one.style)}`}><path d=${`M10 ${y}H32`} /></g>
      <text class=${`end-label ${classes("label", one.style)}`} x="38" y=${y + 4}>${one.name}</text>`;
  })}</svg>`;
}
