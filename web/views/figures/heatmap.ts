/** Many units through a text: a row for each unit, a column for each character.
 *
 * Cells of one shade are one path: a thousand cells are some twenty elements.
 */
import { html, nothing, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { NdArray } from "../../bridge/wire";
import type { FigureData } from "../types";
import { sign, spoken } from "./characters";
import { stepAt } from "./columns";
import type { FigureView } from "./figure";
import { follow } from "./follow";
import { LEVELS, levelOf, signedStyle, tone } from "./signed";

interface HeatmapData extends FigureData {
  values: NdArray;
  rows: string[];
  columns: string[];
  /** The place of the first column. */
  start: number;
  row_notes: string[] | null;
}

const FOOT = 22; // the characters
const MANY = 32; // from so many columns on, cells are smaller

export const heatmapView: FigureView = (data, cursor) => {
  const map = data as HeatmapData;
  const { rows, columns, start } = map;
  const size = columns.length > MANY ? 16 : 20;
  const width = columns.length * size;
  const height = rows.length * size;
  const at = cursor.step - start;
  const character = columns[at];
  const choose = (event: MouseEvent) => cursor.choose(start + stepAt(event, columns.length) - 1);
  return html`<div class="heatmap" style=${`--cell:${size}px;--height:${height + FOOT}px`}>
    <div class="heatmap-names" aria-hidden="true">${rows.map((name) => html`<span>${name}</span>`)}</div>
    <div class="heatmap-scroll" ${follow(cursor.step, 0)}>
      <div class="heatmap-cells" role="slider" tabindex="0" aria-label="Place in the text" style=${`width:${width}px`}
        aria-valuemin=${Math.min(cursor.steps, 1)} aria-valuemax=${cursor.steps} aria-valuenow=${cursor.step}
        aria-valuetext=${`place ${cursor.step} of ${cursor.steps}${character === undefined ? "" : `: ${spoken(character)}`}`}
        @click=${columns.length ? choose : nothing} @keydown=${cursor.keydown}>
        <svg width=${width} height=${height + FOOT} aria-hidden="true" focusable="false">
          ${guard([map], () => [shades(map, size), marks(map, size), names(columns, size, height)])}
          ${character === undefined ? nothing : ring(at * size - 0.5, size, height + FOOT - 1)}
        </svg>
      </div>
    </div>
    <div class="heatmap-notes" aria-hidden="true">${map.row_notes?.map((note) => html`<span>${note}</span>`) ?? nothing}</div>
  </div>`;
};

function shades(map: HeatmapData, size: number): TemplateResult[] {
  const paths = new Map<number, string>();
  eachCell(map, (value, row, column) => {
    const level = levelOf(value);
    const square = `M${column * size} ${row * size}h${size - 1}v${size - 1}h${1 - size}z`;
    paths.set(level, (paths.get(level) ?? "") + square);
  });
  return [...paths].map(
    ([level, path]) =>
      svg`<path class=${level ? "shade" : "shade nought"} style=${signedStyle(level, LEVELS)} d=${path} />`,
  );
}

/** Plus and minus signs, in the ink that is read on the shade. */
function marks(map: HeatmapData, size: number): TemplateResult[] {
  const paths = new Map<string, string>();
  const half = (size - 1) / 2;
  const arm = 3;
  eachCell(map, (value, row, column) => {
    const level = levelOf(value);
    if (level === 0) return;
    const x = column * size + half;
    const y = row * size + half;
    const ink = tone(level, LEVELS);
    const plus = level > 0 ? `M${x} ${y - arm}v${2 * arm}` : "";
    paths.set(ink, `${paths.get(ink) ?? ""}M${x - arm} ${y}h${2 * arm}${plus}`);
  });
  return [...paths].map(([ink, path]) => svg`<path class=${`sign ${ink}`} d=${path} />`);
}

function names(columns: string[], size: number, top: number): TemplateResult[] {
  return columns.map(
    (character, index) =>
      svg`<text class="heatmap-character" x=${index * size + size / 2} y=${top + 15}>${sign(character)}</text>`,
  );
}

function ring(x: number, width: number, height: number): TemplateResult {
  const box = (kind: string) =>
    svg`<rect class=${kind} x=${x} y="-0.5" width=${width} height=${height} rx="3" />`;
  return svg`<g data-cursor>${box("cursor-halo")}${box("cursor-column")}</g>`;
}

function eachCell(
  { values, rows, columns }: HeatmapData,
  visit: (value: number, row: number, column: number) => void,
): void {
  for (let row = 0; row < rows.length; row++)
    for (let column = 0; column < columns.length; column++)
      visit(values.data[row * columns.length + column] ?? 0, row, column);
}
