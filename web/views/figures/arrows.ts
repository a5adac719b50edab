/** Vectors in a plane from one origin, both axes on one scale: lengths and angles are true.
 *
 * An arrow that is too long leaves the frame: it is drawn to the edge with a double head, and its name
 * and numbers say how far it goes. Where the lab says so, the first arrow's tip can be moved.
 */

import { scaleLinear } from "d3-scale";
import { html, svg, type TemplateResult } from "lit";
import { formatNumber } from "../format";
import { symbolInText } from "../symbol";
import type { FigureData } from "../types";
import type { Cursor, FigureView } from "./figure";
import { spotOf } from "./pointer";

interface Arrow {
  name: string;
  style: string;
  x: number;
  y: number;
  /** Its length, its angle: what the lab says of it. */
  note: string;
}

interface ArrowsData extends FigureData {
  x_label: string;
  y_label: string;
  /** The plane shows at least -reach to reach. */
  reach: number;
  arrows: Arrow[];
  limits: { shape: "box" | "circle"; style: string; size: number }[];
  /** The controls that the first arrow's tip is made of, if it can be moved. */
  drag: { x: string; y: string } | null;
}

const SIZE = 304;
const HALF = SIZE / 2;
const ROOM = 10; // between the reach and the frame
const HEAD = 9;
const EDGE = 0.98; // how far out a tip can be moved, as a share of the reach

export const arrowsView: FigureView = (data, cursor) => {
  const plane = data as ArrowsData;
  const drawing = svg`<svg width="100%" height="100%" viewBox=${`${-HALF} ${-HALF} ${SIZE} ${SIZE}`} aria-hidden="true" focusable="false">
    ${axes(plane)}
    ${plane.limits.map((limit) => limitShape(limit, unit(plane)))}
    ${plane.arrows.map((arrow) => arrowMark(arrow, plane))}
    ${names(plane)}
  </svg>`;
  return html`<div class="arrows">
    ${plane.drag ? handle(plane, drawing, cursor) : html`<div class="arrows-plane">${drawing}</div>`}
    <dl class="arrows-list">${plane.arrows.map(
      (
        arrow,
      ) => html`<div class=${`of-${arrow.style}`}><dt class="key-mark mark-line">${arrow.name}</dt>
        <dd><span class="figure-number arrows-tuple">(${formatNumber(arrow.x)}, ${formatNumber(arrow.y)})</span> <span>${arrow.note}</span></dd></div>`,
    )}</dl>
  </div>`;
};

/** Pixels for a length of 1. */
function unit({ reach }: ArrowsData): number {
  return (HALF - ROOM) / reach;
}

function handle(plane: ArrowsData, drawing: TemplateResult, cursor: Cursor): TemplateResult {
  const [moved] = plane.arrows;
  const { x = 0, y = 0 } = moved ?? {};
  const angle = Math.round((Math.atan2(y, x) * 180) / Math.PI);
  return html`<div class="arrows-plane movable" role="slider" tabindex="0" aria-label=${`Tip of ${moved?.name}; the arrow keys move it`}
    aria-valuemin="-180" aria-valuemax="180" aria-valuenow=${angle} aria-valuetext=${`${formatNumber(x)}, ${formatNumber(y)}`}
    @keydown=${(event: KeyboardEvent) => press(event, plane, cursor)}
    @pointerdown=${(event: PointerEvent) => {
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      drag(event, plane, cursor);
    }}
    @pointermove=${(event: PointerEvent) => event.buttons !== 0 && drag(event, plane, cursor)}>${drawing}</div>`;
}

function drag(event: PointerEvent, plane: ArrowsData, cursor: Cursor): void {
  const { across, down } = spotOf(event);
  const scale = SIZE / unit(plane);
  moveTo(plane, cursor, (across - 0.5) * scale, (0.5 - down) * scale);
}

function press(event: KeyboardEvent, plane: ArrowsData, cursor: Cursor): void {
  const by: [number, number] | undefined = {
    ArrowRight: [1, 0],
    ArrowLeft: [-1, 0],
    ArrowUp: [0, 1],
    ArrowDown: [0, -1],
  }[event.key] as [number, number] | undefined;
  const [moved] = plane.arrows;
  if (!by || !moved) return;
  event.preventDefault();
  const stride = plane.reach / 20;
  const over = Math.max(Math.max(Math.abs(moved.x), Math.abs(moved.y)) / (EDGE * plane.reach), 1);
  moveTo(plane, cursor, moved.x / over + by[0] * stride, moved.y / over + by[1] * stride);
}

/** Within the frame, on a grid of a two-hundredth of it. */
function moveTo(plane: ArrowsData, cursor: Cursor, x: number, y: number): void {
  if (!plane.drag) return;
  const grid = plane.reach / 200;
  const kept = (value: number) => {
    const inside = Math.min(Math.max(value, -EDGE * plane.reach), EDGE * plane.reach);
    return Number((Math.round(inside / grid) * grid).toPrecision(4)) + 0;
  };
  cursor.set({ [plane.drag.x]: kept(x), [plane.drag.y]: kept(y) });
}

function axes(plane: ArrowsData): TemplateResult {
  const ticks = scaleLinear()
    .domain([-plane.reach, plane.reach])
    .ticks(5)
    .filter((tick) => tick !== 0 && Math.abs(tick) < 0.9 * plane.reach);
  const at = unit(plane);
  return svg`<rect class="arrows-frame" x=${-HALF + 0.5} y=${-HALF + 0.5} width=${SIZE - 1} height=${SIZE - 1} rx="6" />
    <path class="grid" d=${`M${-HALF} 0H${HALF}M0 ${-HALF}V${HALF}`} />
    ${ticks.map((tick) => svg`<text class="tick" x=${tick * at} y=${HALF - 6} text-anchor="middle">${plainly(tick)}</text>`)}
    ${ticks.map((tick) => svg`<text class="tick" x=${-HALF + 6} y=${-tick * at + 4}>${plainly(tick)}</text>`)}
    <text x=${HALF - 8} y=${HALF - 8} text-anchor="end">${symbolInText(plane.x_label)}<tspan> →</tspan></text>
    <text x=${-HALF + 8} y=${-HALF + 18}><tspan>↑ </tspan>${symbolInText(plane.y_label)}</text>`;
}

function plainly(tick: number): string {
  return String(tick).replace("-", "−");
}

function limitShape(limit: ArrowsData["limits"][number], at: number): TemplateResult {
  const size = limit.size * at;
  return limit.shape === "circle"
    ? svg`<circle class=${`arrows-limit of-${limit.style}`} r=${size} />`
    : svg`<rect class=${`arrows-limit of-${limit.style}`} x=${-size} y=${-size} width=${2 * size} height=${2 * size} />`;
}

interface Tip {
  x: number;
  y: number;
  beyond: boolean;
}

/** Where the arrow ends on the screen, in pixels from the origin, y downwards. */
function tipOf(arrow: Arrow, plane: ArrowsData): Tip {
  const x = arrow.x * unit(plane);
  const y = -arrow.y * unit(plane);
  const over = Math.max(Math.abs(x), Math.abs(y)) / (HALF - 2);
  return over > 1 ? { x: x / over, y: y / over, beyond: true } : { x, y, beyond: false };
}

function arrowMark(arrow: Arrow, plane: ArrowsData): TemplateResult {
  const { x, y, beyond } = tipOf(arrow, plane);
  const length = Math.hypot(x, y);
  if (length < 0.5) return svg`<circle class=${`arrow-nought of-${arrow.style}`} r="3" />`;
  const angle = (Math.atan2(y, x) * 180) / Math.PI;
  const head = Math.min(HEAD, length);
  const tips = beyond ? [length, length - 8] : [length];
  return svg`<g class=${`arrow of-${arrow.style}`} transform=${`rotate(${angle.toFixed(2)})`}>
    <path class="arrow-shaft" d=${`M0 0H${(length - (beyond ? 0 : head / 2)).toFixed(2)}`} />
    ${tips.map((at) => svg`<path class="arrow-head" d=${`M${at.toFixed(2)} 0l${-head} ${-head / 2}v${head}z`} />`)}
  </g>`;
}

interface Name {
  words: string;
  tip: Tip;
  style: string;
}

/** Names at the tips, on the side away from the other arrows; arrows with one tip share a name. */
function names(plane: ArrowsData): TemplateResult[] {
  const named: Name[] = [];
  for (const arrow of plane.arrows) {
    const tip = tipOf(arrow, plane);
    const same = named.find((one) => Math.hypot(one.tip.x - tip.x, one.tip.y - tip.y) < 4);
    if (same) same.words += ` = ${arrow.name}`;
    else named.push({ words: arrow.name, tip, style: arrow.style });
  }
  return named.map((one) => nameTag(one, named));
}

function nameTag({ words, tip, style }: Name, all: Name[]): TemplateResult {
  const length = Math.hypot(tip.x, tip.y) || 1;
  const [alongX, alongY] = [tip.x / length, tip.y / length];
  const turned = all.reduce((sum, { tip: other }) => sum + alongX * other.y - alongY * other.x, 0);
  const side = turned > 0 ? -1 : 1; // y points down: the others lie clockwise of this one
  const back = tip.beyond ? 20 : 0;
  const width = words.length * 6.6;
  const x = tip.x - alongX * back - side * alongY * 15;
  const y = tip.y - alongY * back + side * alongX * 15 + 4;
  const from =
    Math.abs(alongY) < 0.5 ? x - (tip.x < 0 ? 0 : width) : x - (side * alongY > 0 ? width : 0);
  const left = Math.min(Math.max(from, -HALF + 6), HALF - 6 - width);
  return svg`<text class=${`arrow-name of-${style}`} x=${left.toFixed(1)} y=${Math.min(Math.max(y, -HALF + 14), HALF - 20).toFixed(1)}>${words}</text>`;
}
