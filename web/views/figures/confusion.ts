/** A confusion table: what something is, by row, and what it was taken for, by column.
 *
 * What Python gives (`kind="confusion"`): `rows` and `columns`, the names, and `counts`. A cell is the
 * darker the larger its share of the row; the diagonal, which is right, is framed.
 */
import { html, nothing, type TemplateResult } from "lit";
import type { NdArray } from "../../bridge/wire";
import type { FigureData } from "../types";
import type { FigureView } from "./figure";

interface ConfusionData extends FigureData {
  rows: string[];
  columns: string[];
  counts: NdArray;
}

export const confusionView: FigureView = (data) => {
  const { rows, columns, counts } = data as ConfusionData;
  if (rows.length === 0) return html`<div class="confusion"></div>`;
  const row = (index: number) =>
    Array.from(counts.data.subarray(index * columns.length, (index + 1) * columns.length));
  return html`<div class="confusion" aria-hidden="true">
    <span></span>${columns.map((name) => html`<span class="confusion-name">taken for ${name}</span>`)}
    ${rows.map(
      (name, index) =>
        html`<span class="confusion-name">${name}</span>${cells(row(index), columns.indexOf(name))}`,
    )}
  </div>`;
};

function cells(counts: number[], right: number): TemplateResult[] {
  const total = counts.reduce((sum, count) => sum + count, 0) || 1;
  return counts.map(
    (count, column) =>
      html`<span class=${column === right ? "confusion-cell right" : "confusion-cell"} style=${`--amount:${Math.round((45 * count) / total)}%`}>
        ${count.toLocaleString("en-US")} <span class="quiet">${column === right ? "right" : nothing}</span></span>`,
  );
}
