/** The network unrolled: one column a step; inputs below, memory in the middle, outputs above. */
import { html, nothing, svg, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
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
  // The ring glides from step to step; among other columns it is a new one, at its place at once.
  const columns = html`
    <div class="network" role="slider" tabindex="0" aria-label="Current step of the network"
      aria-valuemin="1" aria-valuemax=${steps} aria-valuenow=${step} aria-valuetext=${data.summary}
      @click=${(event: MouseEvent) => cursor.choose(stepAt(event, steps))} @keydown=${cursor.keydown}>
      <svg width="100%" height=${HEIGHT} aria-hidden="true" focusable="false">
        ${shafts(network, step, steps)}
        ${weightLabels(network, step, steps)}
        ${Array.from({ length: steps }, (_, index) => column(network, index + 1, step, steps))}
      </svg>
      ${keyed(steps, html`<span class="cursor-ring" style=${`left:${middle(step, steps)}%;top:${HIDDEN_Y}px`}></span>`)}
    </div>`;
  return framedColumns(steps, HEIGHT, left, columns);
};

/** The shafts of all arrows come first: nodes lie on top of their ends, and to the browser, which goes
 * over a page's pieces again when one has changed its size, they are one piece with the background. */
function shafts(network: NetworkData, step: number, steps: number): TemplateResult[] {
  const { w_x = 0, w_h = 0, w_y = 0 } = network.weights;
  return Array.from({ length: steps }, (_, index) => {
    const at = index + 1;
    const x = `${middle(at, steps)}%`;
    const before = at === 1 ? "4" : `${middle(at - 1, steps)}%`; // the thickest does not reach outside
    const shaft = (weight: number, x1: string, y1: number, y2: number) =>
      svg`<line x1=${x1} y1=${y1} x2=${x} y2=${y2} stroke-width=${thickness(weight, at <= step)} style=${hue(weight, at <= step)} />`;
    return svg`<g class=${`edges ${time(at, step)}`}>
      ${shaft(w_x, x, INPUT_Y - BOX / 2, HIDDEN_Y + RADIUS)}
      ${shaft(w_h, before, HIDDEN_Y, HIDDEN_Y)}
      ${shaft(w_y, x, HIDDEN_Y - RADIUS, OUTPUT_Y + BOX / 2)}
    </g>`;
  });
}

function heads(network: NetworkData, at: number, step: number): TemplateResult {
  const { w_x = 0, w_h = 0, w_y = 0 } = network.weights;
  const head = (weight: number, path: string) =>
    svg`<path d=${path} style=${hue(weight, at <= step)} />`;
  const up = (y: number) => `M-4,${y + 7}L0,${y + 1}L4,${y + 7}`;
  return svg`<g class=${`edges ${time(at, step)}`}>
    ${head(w_x, up(HIDDEN_Y + RADIUS))}
    ${head(w_h, `M-28,${HIDDEN_Y - 4}L-22,${HIDDEN_Y}L-28,${HIDDEN_Y + 4}`)}
    ${head(w_y, up(OUTPUT_Y + BOX / 2))}
  </g>`;
}

/** Thickness is the weight's size. */
function thickness(weight: number, done: boolean): number {
  return done ? 1 + Math.min(Math.abs(weight), 3) * 1.5 : 1;
}

/** Colour is its sign. */
function hue(weight: number, done: boolean): string {
  return done ? signedStyle(weight < 0 ? -1 : 1, 1) : "";
}

function time(at: number, step: number): string {
  return at === step ? "current" : at < step ? "" : "ahead";
}

function column(network: NetworkData, at: number, step: number, steps: number): TemplateResult {
  const index = at - 1;
  const done = at <= step;
  const hiddenReach = reachOf(network.hidden.data);
  const value = (array: NdArray) => array.data[index] ?? Number.NaN;
  return svg`<svg x=${`${middle(at, steps)}%`} overflow="visible" class=${`column ${time(at, step)}`}>
    ${heads(network, at, step)}
    <text class="target" y="18">${formatNumber(value(network.targets))}</text>
    ${box(OUTPUT_Y, value(network.outputs), done, reachOf(network.outputs.data))}
    <circle class="node" cy=${HIDDEN_Y} r=${RADIUS} style=${done ? signedStyle(value(network.hidden), hiddenReach) : ""} />
    ${done ? label(HIDDEN_Y, value(network.hidden), hiddenReach) : nothing}
    ${box(INPUT_Y, value(network.inputs), true, reachOf(network.inputs.data))}
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
function weightLabels(network: NetworkData, step: number, steps: number): TemplateResult {
  const isLast = step === steps;
  const tag = (dx: number, y: number, anchor: string, name: string) =>
    svg`<text class=${`weight ${anchor}`} x=${`${middle(step, steps)}%`} dx=${dx} y=${y}>${symbolInText(name)}${formatNumber(network.weights[name] ?? 0)}</text>`;
  return svg`
    ${isLast ? tag(-8, INPUT_Y - BOX / 2 - 7, "end", "w_x") : tag(8, INPUT_Y - BOX / 2 - 14, "start", "w_x")}
    ${isLast ? tag(-22, HIDDEN_Y + 30, "end", "w_h") : tag(-10, HIDDEN_Y - 29, "end", "w_h")}
    ${isLast ? tag(-8, OUTPUT_Y + BOX / 2 + 24, "end", "w_y") : tag(8, OUTPUT_Y + BOX / 2 + 24, "start", "w_y")}`;
}
