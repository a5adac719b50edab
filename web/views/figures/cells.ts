/** Choosing a cell, a row and a step, by mouse, touch and keys; all figures of a lab look at it.
 *
 * The step is the lab's control `step`. A figure whose rows can be chosen names the control that holds
 * the row, `row_control`; its rows then have the numbers `first_row` (1 if unsaid), `first_row` + 1 ...
 * from above, and figures of one lab share the control. A row chosen elsewhere, which this figure does
 * not have, leaves only the step to be marked here. In Python: a `Slider` of whole numbers in the group
 * "time" declares the control, the figure's data name it, and the lab clamps it.
 */
import { html, type TemplateResult } from "lit";
import { formatNumber } from "../format";
import type { FigureData } from "../types";
import type { Cursor } from "./figure";

export interface Cells extends FigureData {
  row_control?: string;
  first_row?: number;
}

/** The chosen row, from 0; -1 where the chosen one is not among the figure's. */
export function chosenRow(cells: Cells, rows: number, cursor: Cursor): number {
  return within(rowOf(cells, cursor.value(cells.row_control ?? "")), rows);
}

/** Choose a step and, where rows can be chosen, a row, counted from 0. */
export function chooseCell(cells: Cells, cursor: Cursor, step: number, row: number | null): void {
  if (cells.row_control === undefined || row === null) cursor.choose(step);
  else cursor.set({ step, [cells.row_control]: row + (cells.first_row ?? 1) });
}

/** Up and down change the row, the other keys the step. */
export function pressInCells(
  event: KeyboardEvent,
  cells: Cells,
  rows: number,
  cursor: Cursor,
): void {
  const way = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (way === 0 || cells.row_control === undefined) {
    cursor.keydown(event);
    return;
  }
  event.preventDefault();
  const row = rowOf(cells, cursor.askedOf(cells.row_control)) + way;
  chooseCell(cells, cursor, cursor.asked(), Math.min(Math.max(row, 0), rows - 1));
}

/** Where on a figure a pointer is: a step and a row from 0, or none. */
type Place = { step: number; row: number | null };

let mouse = { x: -1, y: -1 };

/** A moving mouse chooses. A finger scrolls; a figure that moves below a resting mouse does nothing. */
export function pointAtCells(
  event: PointerEvent,
  cells: Cells,
  cursor: Cursor,
  placeAt: (event: MouseEvent) => Place,
): void {
  if (event.pointerType === "touch" || event.buttons !== 0) return;
  const { clientX: x, clientY: y } = event;
  if (x === mouse.x && y === mouse.y) return;
  mouse = { x, y };
  const { step, row } = placeAt(event);
  const control = cells.row_control;
  const same =
    row === null || control === undefined || rowOf(cells, cursor.askedOf(control)) === row;
  if (step !== cursor.asked() || !same) chooseCell(cells, cursor, step, row);
}

/** The chosen cell in words: "unit 3, step 5: −0.521". */
export function cellWords(row: string, step: number, value: number): string {
  return `${row}, step ${step}: ${formatNumber(value)}`;
}

/** The line above a figure that says what the chosen cell holds; it keeps its height. */
export function cellLine(words: string): TemplateResult {
  return html`<p class="cell-words" aria-hidden="true">${words}</p>`;
}

function rowOf(cells: Cells, value: number): number {
  return value - (cells.first_row ?? 1);
}

function within(row: number, rows: number): number {
  return row >= 0 && row < rows ? row : -1;
}
