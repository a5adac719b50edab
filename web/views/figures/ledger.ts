/** A ledger: rows of numbers through time with their sums, each of which opens; columns as in the walk.
 *
 * Python gives `columns` (their names), of which the last `sums` stand apart on the right, and `groups` of
 * rows: a symbol, words, and for each column a number or null. After a column in `cuts` a line is drawn.
 */
import { html, nothing, type TemplateResult } from "lit";
import { symbol } from "../symbol";
import type { FigureView } from "./figure";
import { follow } from "./follow";
import { type Cell, listeners, type SheetData, shadeOf, toneOf } from "./numbers";

interface Line {
  symbol: string;
  words: string;
  cells: Cell[];
}

interface LedgerData extends SheetData {
  columns: string[];
  sums: number;
  cuts: number[];
  groups: { title: string; rows: Line[] }[];
}

const NARROWEST = 80;

export const ledgerView: FigureView = (data, cursor) => {
  const ledger = data as LedgerData;
  const { columns, groups } = ledger;
  const lines = groups.flatMap((group) => group.rows);
  const on = listeners(
    ledger,
    lines.map((line) => line.cells),
    cursor,
  );
  const inside = columns.length - ledger.sums;
  const flat = lines.flatMap((line) => line.cells);
  const at = flat.findIndex((cell) => cell?.mark === "open");
  return html`<div class=${ledger.sums ? "sheet ledger" : "sheet ledger no-sums"} role="slider" tabindex="0" aria-label="Numbers of the table; the arrow keys open one"
    aria-valuemin="0" aria-valuemax=${flat.length} aria-valuenow=${at + 1} aria-valuetext=${ledger.spoken}
    @click=${on.click} @pointermove=${on.point} @keydown=${on.press}>
    <div class="ledger-names" aria-hidden="true">${parts(groups, html`<span class="ledger-head"></span>`, name, (title) => title)}</div>
    <div class="sheet-scroll" ${follow(at, 0)} aria-hidden="true">
      <div class="ledger-columns" style=${`--columns:${inside};--least:${inside * NARROWEST}px`}>
        ${parts(
          groups,
          heads(columns.slice(0, inside)),
          ({ cells }) =>
            cells
              .slice(0, inside)
              .map((cell, index) => place(cell, ledger.cuts.includes(index + 1))),
          () => "",
        )}
      </div>
    </div>
    ${
      ledger.sums
        ? html`<div class="ledger-columns ledger-sums" style="--columns:1" aria-hidden="true">
        ${parts(
          groups,
          heads(columns.slice(inside)),
          ({ cells }) => cells.slice(inside).map((cell) => place(cell, false)),
          () => "",
        )}</div>`
        : nothing
    }
  </div>`;
};

/** The same rows in each part of the ledger: a head, and for each group its title and its lines. */
function parts(
  groups: LedgerData["groups"],
  head: unknown,
  lineOf: (line: Line) => unknown,
  titleOf: (title: string) => string,
): unknown[] {
  return [
    head,
    ...groups.map(({ title, rows }) => [
      title ? html`<span class="ledger-title">${titleOf(title)}</span>` : nothing,
      rows.map(lineOf),
    ]),
  ];
}

function heads(columns: string[]): TemplateResult[] {
  return columns.map((column) => html`<span class="ledger-head">${column}</span>`);
}

function name(line: Line): TemplateResult {
  return html`<span class="ledger-name"><span class="ledger-words">${line.words}</span> ${symbol(line.symbol)}</span>`;
}

function place(cell: Cell, cut: boolean): TemplateResult {
  const kind = cut ? "ledger-cell cut" : "ledger-cell";
  if (!cell) return html`<span class=${kind}></span>`;
  return html`<span class=${`${kind} sheet-number ${cell.mark} ${toneOf(cell)}`} data-number=${cell.name} data-mark=${cell.mark}
    style=${shadeOf(cell)} ?data-cursor=${cell.mark === "open"}>${cell.mark === "ahead" ? "" : cell.text}</span>`;
}
