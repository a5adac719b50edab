/** The network unrolled: one column a step; inputs below, memory in the middle, outputs above. */
import { html, nothing, svg, type TemplateResult } from "lit";
import type { NdArray } from "../../bridge/wire";
import { formatNumber, shortNumber } from "../format";
import { symbolInText } from "../symbol";
import type { FigureData } from "../types";
import { framedColumns, middle, sideLabel, stepAt } from "./columns";
import type { FigureView } from "./figure";
import { reachOf, signedStyle, tone } from "./signed";

interface NetworkData extends FigureData {
  inputs: NdArray;
  hidden: NdArray;
  outputs: NdArray;
  targets: NdArray;
  weights: Record<string, number>;
}

const HEIGHT = 212;
const OUTPUT_Y = 40;
const HIDDEN_Y = 112;
const INPUT_Y = 186;
const RADIUS = 20;
const BOX = 30;

export const networkView: FigureView = (data, cursor) => {
  const network = data as NetworkData;
  const { step, steps } = cursor;
  const left = html`${sideLabel(14, "next value", "quiet")}
    ${sideLabel(OUTPUT_Y, html`output <i>y</i>`)}
    ${sideLabel(HIDDEN_Y, html`hidden <i>h</i>`)}
    ${sideLabel(INPUT_Y, html`input <i>x</i>`)}`;
  const columns = html`
    <div class="network" role="slider" tabindex="0" aria-label="Current step of the network"
      aria-valuemin="1" aria-valuemax=${steps} aria-valuenow=${step} aria-valuetext=${data.summary}
      @click=${(event: MouseEvent) => cursor.choose(stepAt(event, steps))} @keydown=${cursor.keydown}>
      <svg width="100%" height=${HEIGHT} aria-hidden="true" focusable="false">
        ${edges(network, step, steps)}
        ${Array.from({ length: steps }, (_, index) => column(network, index + 1, step, steps))}
      </svg>
      <span class="cursor-ring" style=${`left:${middle(step, steps)}%;top:${HIDDEN_Y}px`}></span>
    </div>`;
  return framedColumns(steps, HEIGHT, left, columns);
};

/** All arrows first, so that nodes lie on top of their ends. */
function edges(network: NetworkData, step: number, steps: number): TemplateResult[] {
  const { w_x = 0, w_h = 0, w_y = 0 } = network.weights;
  return Array.from({ length: steps }, (_, index) => {
    const at = index + 1;
    const done = at <= step;
    const x = `${middle(at, steps)}%`;
    const before = `${at === 1 ? 0 : middle(at - 1, steps)}%`;
    return svg`<g class=${at === step ? "edges current" : done ? "edges" : "edges ahead"}>
      ${arrow(w_x, x, INPUT_Y - BOX / 2, x, HIDDEN_Y + RADIUS, done)}
      ${arrow(w_h, before, HIDDEN_Y, x, HIDDEN_Y, done)}
      ${arrow(w_y, x, HIDDEN_Y - RADIUS, x, OUTPUT_Y + BOX / 2, done)}
    </g>`;
  });
}

/** Colour is the weight's sign, thickness its size. */
function arrow(
  weight: number,
  x1: string,
  y1: number,
  x2: string,
  y2: number,
  done: boolean,
): TemplateResult {
  const width = done ? 1 + Math.min(Math.abs(weight), 3) * 1.5 : 1;
  const along = y1 === y2;
  const head = along ? svg`<path d="M-28,-4 L-22,0 L-28,4" />` : svg`<path d="M-4,7 L0,1 L4,7" />`;
  return svg`<g class="edge" style=${done ? signedStyle(weight < 0 ? -1 : 1, 1) : ""}>
    <line x1=${x1} y1=${y1} x2=${x2} y2=${y2} stroke-width=${width} />
    <svg x=${x2} y=${y2} overflow="visible">${head}</svg>
  </g>`;
}

function column(network: NetworkData, at: number, step: number, steps: number): TemplateResult {
  const index = at - 1;
  const done = at <= step;
  const current = at === step;
  const hiddenReach = reachOf(network.hidden.data);
  const value = (array: NdArray) => array.data[index] ?? Number.NaN;
  return svg`<svg x=${`${middle(at, steps)}%`} overflow="visible" class=${current ? "column current" : done ? "column" : "column ahead"}>
    <text class="target" y="18">${formatNumber(value(network.targets))}</text>
    ${box(OUTPUT_Y, value(network.outputs), done, reachOf(network.outputs.data))}
    <circle class="node" cy=${HIDDEN_Y} r=${RADIUS} style=${done ? signedStyle(value(network.hidden), hiddenReach) : ""} />
    ${done ? label(HIDDEN_Y, value(network.hidden), hiddenReach) : nothing}
    ${box(INPUT_Y, value(network.inputs), true, reachOf(network.inputs.data))}
    ${current ? weightLabels(network, at === steps) : nothing}
  </svg>`;
}

function box(y: number, value: number, done: boolean, reach: number): TemplateResult {
  return svg`<rect class="node" x="-25" y=${y - BOX / 2} width="50" height=${BOX} rx="5"
      style=${done ? signedStyle(value, reach) : ""} />
    ${done ? label(y, value, reach) : nothing}`;
}

function label(y: number, value: number, reach: number): TemplateResult {
  return svg`<text class=${`value ${tone(value, reach)}`} y=${y + 4}>${shortNumber(value)}</text>`;
}

/** Beside the arrows of the current step; the last column has room on its left only. */
function weightLabels(network: NetworkData, isLast: boolean): TemplateResult {
  const tag = (x: number, y: number, anchor: string, name: string) =>
    svg`<text class=${`weight ${anchor}`} x=${x} y=${y}>${symbolInText(name)}${formatNumber(network.weights[name] ?? 0)}</text>`;
  return svg`
    ${isLast ? tag(-8, INPUT_Y - BOX / 2 - 7, "end", "w_x") : tag(8, INPUT_Y - BOX / 2 - 14, "start", "w_x")}
    ${isLast ? tag(-22, HIDDEN_Y + 30, "end", "w_h") : tag(-10, HIDDEN_Y - 29, "end", "w_h")}
    ${isLast ? tag(-8, OUTPUT_Y + BOX / 2 + 24, "end", "w_y") : tag(8, OUTPUT_Y + BOX / 2 + 24, "start", "w_y")}`;
}
