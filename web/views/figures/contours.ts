/** A landscape over a plane: shades and contour lines of a height, paths through it, dots, a cursor.
 *
 * What Python gives (`kind="contours"`); places are shares of the map, from the left and from the top:
 * `x` and `y`: symbol, low, high and `ticks`; `shades` (rows from the top) from 0 to `most`, with a `key`
 * of some of them; `lines`: points with NaN between pieces, words and where they stand; `paths` (style
 * `clipped` or `free`), `dots` and the `best` of them; `start` and `cursor`. `stamp` changes with the
 * landscape, which is drawn anew only then. `x_control` and `y_control` hold the cursor, `x_start` and
 * `y_start` the start: a mouse and the arrow keys move the cursor, a click or Enter puts the start there.
 */

import { html, nothing, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { NdArray } from "../../bridge/wire";
import type { FigureData } from "../types";
import type { Cursor, FigureView } from "./figure";
import { linePath } from "./lines";
import { spotOf } from "./pointer";
import { runsOf } from "./runs";

type Place = [number, number];

interface Axis {
  symbol: string;
  low: number;
  high: number;
  ticks: { text: string; at: number }[];
}

interface Path {
  name: string;
  style: string;
  points: NdArray;
  /** Where it ends, if on the map, and how it is called there. */
  end: Place | null;
  text: string;
  /** Where it left the map first, and where to. */
  left: { at: Place; text: string } | null;
}

interface ContoursData extends FigureData {
  x: Axis;
  y: Axis;
  x_control: string;
  y_control: string;
  x_start: string;
  y_start: string;
  points: number;
  spoken: string;
  stamp: number;
  shades: NdArray;
  most: number;
  key: { text: string; shade: number }[];
  lines: { text: string; label: Place | null; points: NdArray }[];
  paths: Path[];
  dots: NdArray | null;
  best: { at: Place; text: string } | null;
  start: Place;
  cursor: Place;
}

export const contoursView: FigureView = (data, cursor) => {
  const map = data as ContoursData;
  const on = listeners(map, cursor);
  return html`<div class="contours">
    ${key(map)}
    <div class="contours-left" aria-hidden="true">
      ${map.y.ticks.map(({ text, at }) => html`<span class="side-label tick" style=${`top:${percent(at)}`}>${text}</span>`)}
    </div>
    <div class="contours-map" role="slider" tabindex="0" aria-valuemin="0" aria-valuemax=${map.points} aria-valuenow=${Math.round(map.cursor[0] * map.points)}
      aria-label="Cursor on the map; the arrow keys move it, Enter starts there" aria-valuetext=${map.spoken}
      @click=${on.click} @pointermove=${on.point} @keydown=${on.press}>
      <svg width="100%" height="100%" aria-hidden="true" focusable="false">
        ${guard([map.stamp], () => [ground(map), map.lines.map(line)])}
        ${map.dots ? dots(map.dots) : nothing}
        ${map.paths.map(({ points }) => inShares("way halo", linePath(pairs(points))))}
        ${map.paths.map(({ style, points }) => inShares(`way ${style}`, linePath(pairs(points))))}
        ${cross(map.cursor)}
        ${marked("start", map.start)}
        ${[...map.paths].reverse().map(pathEnds)}
        ${map.best ? marked("best", map.best.at) : nothing}
      </svg>
    </div>
    <div class="contours-foot" aria-hidden="true">
      ${map.x.ticks.map(({ text, at }) => html`<span class="tick" style=${`left:${percent(at)}`}>${text}</span>`)}
    </div>
    ${ways(map)}
  </div>`;
};

function percent(share: number): string {
  return `${Number((share * 100).toFixed(3))}%`;
}

function key({ key: shades, most }: ContoursData): TemplateResult {
  return html`<p class="contours-key" aria-hidden="true"><span>loss</span>${shades.map(
    ({ text, shade }) =>
      html`<span><i style=${`--amount:${amount(shade, most)}`}></i>${text}</span>`,
  )}</p>`;
}

/** Even the most ink leaves words on it legible. */
function amount(shade: number, most: number): string {
  return `${Math.round((shade / most) * 78)}%`;
}

function ground({ shades, points, most }: ContoursData): TemplateResult {
  const rows = runsOf(shades, points, points, String, (row) => row + 0.5);
  return svg`<svg width="100%" height="100%" viewBox=${`0 0 ${points} ${points}`} preserveAspectRatio="none">
    ${[...rows].map(([shade, d]) => svg`<path class="ground" style=${`--amount:${amount(Number(shade), most)}`} d=${d} />`)}
  </svg>`;
}

/** A drawing in shares of the map whose strokes keep their width. */
function inShares(kind: string, d: string): TemplateResult {
  return svg`<svg class=${kind} width="100%" height="100%" viewBox="0 0 1 1" preserveAspectRatio="none">
    <path d=${d} vector-effect="non-scaling-stroke" /></svg>`;
}

function line({ text, label, points }: ContoursData["lines"][number]): TemplateResult {
  return svg`${inShares("contour", linePath(pairs(points)))}
    ${label ? svg`<text class="contour-label" x=${percent(label[0])} y=${percent(label[1])} dy="4">${text}</text>` : nothing}`;
}

function pairs({ data }: NdArray): Place[] {
  const places: Place[] = [];
  for (let at = 0; at < data.length; at += 2)
    places.push([data[at] ?? Number.NaN, data[at + 1] ?? Number.NaN]);
  return places;
}

/** Lines of no length with round ends, and so all of them are one path. */
function dots(places: NdArray): TemplateResult {
  return inShares(
    "tries",
    pairs(places)
      .map(([x, y]) => `M${x.toFixed(4)} ${y.toFixed(4)}h0`)
      .join(""),
  );
}

function pathEnds({ style, end, left }: Path): TemplateResult {
  return svg`${left ? marked(`${style} left`, left.at) : nothing}${end ? marked(style, end) : nothing}`;
}

function marked(kind: string, [x, y]: Place): TemplateResult {
  return svg`<svg class="spot" x=${percent(x)} y=${percent(y)} overflow="visible">${shape(kind)}</svg>`;
}

/** A disc, a square, a ring: what they stand for is told by more than colour. */
function shape(kind: string): TemplateResult {
  return kind.startsWith("free")
    ? svg`<rect class=${kind} x="-5" y="-5" width="10" height="10" />`
    : svg`<circle class=${kind} r="5.5" />`;
}

/** What the marks stand for, and what was found there: below the map, where words have room. */
function ways({ paths, best }: ContoursData): TemplateResult {
  const item = (kind: string, words: string) =>
    html`<span><svg class="spot" width="26" height="14" viewBox="-13 -7 26 14">${kind === "clipped" || kind === "free" ? svg`<line class=${kind} x1="-12" x2="12" />` : nothing}${shape(kind)}</svg>${words}</span>`;
  return html`<p class="contours-ways" aria-hidden="true">
    ${item("start", "start")}
    ${paths.map(({ style, text, left }) => item(style, left ? `${text}; ${left.text}` : text))}
    ${best ? item("best", best.text) : nothing}
  </p>`;
}

function cross([x, y]: Place): TemplateResult {
  return svg`<g class="cross"><line x1=${percent(x)} x2=${percent(x)} y1="0" y2="100%" /><line x1="0" x2="100%" y1=${percent(y)} y2=${percent(y)} /></g>`;
}

let mouse = { x: -1, y: -1 };

function listeners(map: ContoursData, cursor: Cursor) {
  const place = (event: MouseEvent): Place => {
    const { across, down } = spotOf(event);
    const share = (at: number) => Math.min(Math.max(at, 0), 1);
    return [rounded(map.x, share(across)), rounded(map.y, 1 - share(down))];
  };
  const look = ([x, y]: Place) => cursor.set({ [map.x_control]: x, [map.y_control]: y });
  const start = ([x, y]: Place) =>
    cursor.set({ [map.x_start]: x, [map.y_start]: y, [map.x_control]: x, [map.y_control]: y });
  const asked = (): Place => [cursor.askedOf(map.x_control), cursor.askedOf(map.y_control)];
  return {
    click: (event: MouseEvent) => start(place(event)),
    /** A mouse that moves points; one that rests, or a finger, does not. */
    point: (event: PointerEvent) => {
      const { clientX: x, clientY: y } = event;
      if (event.pointerType === "touch" || (x === mouse.x && y === mouse.y)) return;
      mouse = { x, y };
      look(place(event));
    },
    press: (event: KeyboardEvent) => {
      const [x, y] = asked();
      if (event.key === "Enter" || event.key === " ") start([x, y]);
      else {
        const way = WAYS[event.key];
        if (!way) return;
        look([moved(map.x, x, way[0], map.points), moved(map.y, y, way[1], map.points)]);
      }
      event.preventDefault();
    },
  };
}

const WAYS: Record<string, Place> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** The number at a share of an axis, to a five-hundredth of it. */
function rounded({ low, high }: Axis, share: number): number {
  return Number((low + Math.round(share * 500) * ((high - low) / 500)).toPrecision(4));
}

/** A point farther along, from wherever the cursor was, but not off the map. */
function moved({ low, high }: Axis, from: number, way: number, points: number): number {
  if (way === 0) return from;
  const to = from + (way * (high - low)) / points;
  return Number(Math.min(Math.max(to, low), high).toPrecision(4));
}
