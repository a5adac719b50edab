/** Many units through a text: a row for each unit, a column for each character.
 *
 * With `columns` null the columns are steps (`step-heatmap.ts`).
 *
 * Cells of one shade are one path, and neighbours of one shade one dashed stroke of it: a thousand cells
 * are some twenty elements and a few kilobytes.
 */

import { html, nothing, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { NdArray } from "../../bridge/wire";
import { formatNumber } from "../format";
import type { FigureData } from "../types";
import { sign, spoken } from "./characters";
import { stepAt } from "./columns";
import type { FigureView } from "./figure";
import { follow } from "./follow";
import { spotOf } from "./pointer";
import { runsOf } from "./runs";
import { LEVELS, levelOf, signedStyle, tone } from "./signed";
import { type StepHeatmapData, stepHeatmapView } from "./step-heatmap";

interface HeatmapData extends FigureData {
  values: NdArray;
  rows: string[];
  columns: string[];
  /** The place of the first column. */
  start: number;
  row_notes: string[] | null;
}

const FOOT = 22; // the characters
const MOST_WIDE = 26; // more columns have smaller cells; 34 of them still fit beside their names

export const heatmapView: FigureView = (data, cursor) => {
  if ((data as StepHeatmapData).columns === null)
    return stepHeatmapView(data as StepHeatmapData, cursor);
  const map = data as HeatmapData;
  const { rows, columns, start } = map;
  const size = columns.length > MOST_WIDE ? 16 : 20;
  const width = columns.length * size;
  const height = rows.length * size;
  const at = cursor.step - start;
  const character = columns[at];
  const choose = (event: MouseEvent) => cursor.choose(start + stepAt(event, columns.length) - 1);
  const tell = (event: PointerEvent) => {
    const cells = event.currentTarget as HTMLElement;
    const row = Math.floor(spotOf(event).y / size);
    cells.title = cellWords(map, row, stepAt(event, columns.length) - 1);
  };
  return html`<div class="heatmap" style=${`--cell:${size}px;--height:${height + FOOT}px`}>
    <div class="heatmap-names" aria-hidden="true">${rows.map((name) => html`<span>${name}</span>`)}</div>
    <div class="heatmap-scroll" ${follow(cursor.step, 0)}>
      <div class="heatmap-cells" role="slider" tabindex="0" aria-label="Place in the text" style=${`width:${width}px`}
        aria-valuemin=${Math.min(cursor.steps, 1)} aria-valuemax=${cursor.steps} aria-valuenow=${cursor.step}
        aria-valuetext=${`place ${cursor.step} of ${cursor.steps}${character === undefined ? "" : `: ${spoken(character)}`}`}
        @click=${columns.length ? choose : nothing} @pointermove=${tell} @keydown=${cursor.keydown}>
        <svg width=${width} height=${height + FOOT} aria-hidden="true" focusable="false">
          ${guard([map], () => [shades(map, size), marks(map, size), names(columns, size, height)])}
          ${character === undefined ? nothing : ring(at * size - 0.5, size, height + FOOT - 1)}
        </svg>
      </div>
    </div>
    <div class="heatmap-notes" aria-hidden="true">${map.row_notes?.map((note) => html`<span>${note}</span>`) ?? nothing}</div>
  </div>`;
};

/** The value of a cell, row and column from 0, for a tooltip; "" below the rows. */
function cellWords({ values, rows, columns, start }: HeatmapData, row: number, at: number): string {
  const value = values.data[row * columns.length + at];
  const [name, read] = [rows[row], columns[at]];
  if (name === undefined || read === undefined || value === undefined) return "";
  return `${name} at place ${start + at}, ${spoken(read)}: ${formatNumber(value)}`;
}

function shades(map: HeatmapData, size: number): TemplateResult {
  const square = (size - 1) / size;
  const paths = [...runs(map, (value) => String(levelOf(value)))].map(([level, path]) => {
    const kind = level === "0" ? "shade nought" : "shade";
    return svg`<path class=${kind} style=${signedStyle(Number(level), LEVELS)} d=${path} />`;
  });
  return svg`<g transform=${`translate(0 ${(size - 1) / 2}) scale(${size})`} stroke-width=${square}
    stroke-dasharray=${`${square} ${1 - square}`}>${paths}</g>`;
}

/** Minus signs are short strokes along the row; plus signs add short thick ones, seen as uprights. */
function marks(map: HeatmapData, size: number): TemplateResult {
  const ink = (value: number) => (levelOf(value) === 0 ? "" : tone(levelOf(value), LEVELS));
  const level = runs(map, ink);
  const upright = runs(map, (value) => (levelOf(value) > 0 ? ink(value) : ""));
  const middle = (size - 1) / 2;
  return svg`${strokes(level, size, middle - 3, 7, 1)}${strokes(upright, size, middle, 1, 7)}`;
}

/** In every cell of the runs a stroke, `left` pixels from the cell's left. */
function strokes(
  paths: Map<string, string>,
  size: number,
  left: number,
  width: number,
  height: number,
): TemplateResult {
  const place = `translate(${left - 0.5} ${(size - 1) / 2}) scale(${size})`;
  return svg`<g transform=${place} stroke-width=${height / size} stroke-dasharray=${`${width / size} ${1 - width / size}`}>
    ${[...paths].map(([ink, path]) => svg`<path class=${`sign ${ink}`} d=${path} />`)}</g>`;
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

/** For each kind of cell a path along its runs, in cells; kind "" is left out. */
function runs(
  { values, rows, columns }: HeatmapData,
  kindOf: (value: number) => string,
): Map<string, string> {
  return runsOf(values, rows.length, columns.length, kindOf, (row) => row);
}
