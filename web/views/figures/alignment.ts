/** Attention: a row for each character that was written, a column for each that was read.
 *
 * One hue, from nothing to 1. Rows below the chosen one are not yet written and are outlined only. Cells of
 * one shade are one path, as in the heatmap.
 */

import { html, nothing, svg, type TemplateResult } from "lit";
import type { NdArray } from "../../bridge/wire";
import type { FigureData } from "../types";
import { percent, sign, spoken } from "./characters";
import type { Cursor, FigureView } from "./figure";
import { follow } from "./follow";
import { spotOf } from "./pointer";
import { runsOf } from "./runs";

interface AlignmentData extends FigureData {
  /** (written, read): each row sums to 1. */
  values: NdArray;
  rows: string[];
  columns: string[];
}

const CELL = 20;
const HEAD = 24; // the characters that were read
const SHADES = 12;

export const alignmentView: FigureView = (data, cursor) => {
  const map = data as AlignmentData;
  const { rows, columns } = map;
  const width = columns.length > 34 ? 16 : columns.length > 29 ? 17 : CELL;
  const across = columns.length * width;
  const height = HEAD + rows.length * CELL;
  const tell = (event: PointerEvent) => {
    const cells = event.currentTarget as HTMLElement;
    const { x, y } = spotOf(event);
    cells.title = cellWords(map, Math.floor((y - HEAD) / CELL), Math.floor(x / width));
  };
  const choose = (event: MouseEvent) => {
    const row = Math.ceil((spotOf(event).y - HEAD) / CELL);
    if (row >= 1 && row <= rows.length) cursor.choose(row);
  };
  return html`<div class="alignment" style=${`--cell:${CELL}px;--head:${HEAD}px;--height:${height}px`}>
    <div class="alignment-names" aria-hidden="true">${rows.map(
      (name, index) =>
        html`<span class=${index + 1 === cursor.step ? "here" : index + 1 > cursor.step ? "ahead" : ""}>${name}</span>`,
    )}</div>
    <div class="heatmap-scroll" ${follow(cursor.step, 0)}>
      <div class="heatmap-cells" role="slider" tabindex="0" aria-label="Written character" style=${`width:${across}px`}
        aria-valuemin=${Math.min(rows.length, 1)} aria-valuemax=${rows.length} aria-valuenow=${cursor.step} aria-valuetext=${words(map, cursor.step)}
        @click=${choose} @pointermove=${tell} @keydown=${(event: KeyboardEvent) => press(event, cursor)}>
        <svg width=${across} height=${height} aria-hidden="true" focusable="false">
          ${columns.map((character, index) => svg`<text class="heatmap-character" x=${(index + 0.5) * width} y="16">${sign(character)}</text>`)}
          ${shades(map, width, cursor.step)}
          ${peaks(map, width, cursor.step)}
          ${cursor.step ? ring(across, HEAD + (cursor.step - 1) * CELL) : nothing}
        </svg>
      </div>
    </div>
  </div>`;
};

/** The rows go down the page: so do the keys. */
function press(event: KeyboardEvent, cursor: Cursor): void {
  const way = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (way === 0) {
    cursor.keydown(event);
    return;
  }
  event.preventDefault();
  cursor.choose(Math.min(Math.max(cursor.asked() + way, 1), cursor.steps));
}

function shades(map: AlignmentData, width: number, step: number): TemplateResult {
  const { rows, columns } = map;
  const square = (width - 1) / width;
  const level = (value: number) => String(Math.round(value * SHADES));
  const shown: NdArray = {
    ...map.values,
    data: map.values.data.subarray(0, step * columns.length),
  };
  const top = (row: number) => (HEAD + row * CELL + CELL / 2 - 0.5) / width;
  const paths = runsOf(shown, step, columns.length, level, top);
  const ahead = rows
    .slice(step)
    .map((_, row) => `M0 ${top(step + row)}h${columns.length}`)
    .join("");
  return svg`<g transform=${`scale(${width})`} stroke-width=${(CELL - 1) / width} stroke-dasharray=${`${square} ${1 - square}`}>
    ${[...paths].map(([shade, path]) => svg`<path class="attended" style=${`--amount:${Math.round((100 * Number(shade)) / SHADES)}%`} d=${path} />`)}
    ${ahead ? svg`<path class="unattended" d=${ahead} />` : nothing}
  </g>`;
}

/** A dot where a row looks most: seen without colour too. */
function peaks(map: AlignmentData, width: number, step: number): TemplateResult[] {
  const count = map.columns.length;
  return map.rows.slice(0, step).map((_, row) => {
    const values = map.values.data.subarray(row * count, (row + 1) * count);
    const most = values.indexOf(Math.max(...values));
    return svg`<circle ?data-cursor=${row + 1 === step} class=${(values[most] ?? 0) > 0.55 ? "peak on-dark" : "peak"} cx=${(most + 0.5) * width - 0.5} cy=${HEAD + row * CELL + CELL / 2 - 0.5} r="2.5" />`;
  });
}

function ring(width: number, y: number): TemplateResult {
  const box = (kind: string) =>
    svg`<rect class=${kind} x="1" y=${y - 0.5} width=${Math.max(width - 3, 0)} height=${CELL} rx="3" />`;
  return svg`<g>${box("cursor-halo")}${box("cursor-column")}</g>`;
}

/** What a row (from 0) attends to a column (from 0), for a tooltip; "" beside the matrix. */
function cellWords({ values, rows, columns }: AlignmentData, row: number, column: number): string {
  const value = values.data[row * columns.length + column];
  const [written, read] = [rows[row], columns[column]];
  if (written === undefined || read === undefined || value === undefined) return "";
  return `“${written}”, character ${row + 1}, to “${sign(read)}” at ${column + 1}: ${percent(value)}`;
}

function words({ values, rows, columns }: AlignmentData, step: number): string {
  const row = values.data.subarray((step - 1) * columns.length, step * columns.length);
  if (step < 1 || row.length === 0) return "nothing written";
  const most = row.indexOf(Math.max(...row));
  return `character ${step} of ${rows.length}, “${rows[step - 1]}”: most attention to ${spoken(columns[most] ?? "")}, ${percent(row[most] ?? 0)}`;
}
