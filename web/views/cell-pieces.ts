/** What running code showed: printed text, small tables, and the figures the labs have too. */
import { html, nothing, type TemplateResult } from "lit";
import type { Cursor } from "./figures/figure";
import { figureTemplate } from "./figures/figure";
import type { FigureData, FigureDeclaration } from "./types";

export interface TextPiece {
  kind: "text";
  /** `value`: what the last expression was. */
  stream: "out" | "err" | "value";
  text: string;
}

export interface TablePiece {
  kind: "table";
  title: string;
  columns: string[];
  rows: string[];
  cells: string[][];
  note: string;
}

export interface FigurePiece {
  kind: "figure";
  figure: FigureDeclaration;
  data: FigureData;
}

export type Piece = TextPiece | TablePiece | FigurePiece;

/** Which column of a figure is looked at, by the figure's place among the pieces. */
export interface FigurePlaces {
  at(index: number): number;
  choose(index: number, step: number): void;
}

/** Of an output that only stands there. */
export const recordedPlaces: FigurePlaces = { at: () => 0, choose: () => {} };

/** Add a piece; text that goes on in one stream stays one. */
export function withPiece(pieces: Piece[], piece: Piece): Piece[] {
  const last = pieces.at(-1);
  if (last?.kind !== "text" || piece.kind !== "text" || last.stream !== piece.stream)
    return [...pieces, piece];
  return [...pieces.slice(0, -1), { ...last, text: last.text + piece.text }];
}

export function piecesTemplate(
  id: string,
  pieces: Piece[],
  places: FigurePlaces,
): TemplateResult[] {
  return pieces.map((piece, index) => {
    if (piece.kind === "text") return textTemplate(piece);
    if (piece.kind === "table") return tableTemplate(piece);
    const cursor = cursorOf(piece, places.at(index), (step) => places.choose(index, step));
    return figureTemplate(`${id}-${index}`, piece.figure, piece.data, cursor, WHOLE);
  });
}

const WHOLE = { glance: false, tables: true, openData: () => {} };

const MANY_LINES = 16;

/** Text that may scroll can be reached by keys. */
function textTemplate({ stream, text }: TextPiece): TemplateResult {
  const long = text.split("\n", MANY_LINES + 1).length > MANY_LINES;
  return html`<pre class=${`cell-text cell-${stream}`} tabindex=${long ? 0 : nothing} role=${long ? "region" : nothing}
    aria-label=${long ? "Printed text" : nothing}>${text.replace(/\n$/, "")}</pre>`;
}

function tableTemplate({ title, columns, rows, cells, note }: TablePiece): TemplateResult {
  const named = rows.some((name) => name !== "");
  return html`<div class="cell-array" tabindex="0" role="region" aria-label=${title}>
    <table class="cell-table"><caption>${title}</caption>
      <thead><tr>${named ? html`<td></td>` : nothing}${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>${cells.map(
        (row, index) => html`<tr>${named ? html`<th scope="row">${rows[index]}</th>` : nothing}
          ${row.map((cell) => html`<td>${cell}</td>`)}</tr>`,
      )}</tbody>
    </table>
    ${note ? html`<p class="cell-note">${note}</p>` : nothing}
  </div>`;
}

/** Figures ask for a lab's cursor; here a step is only looked at, and nothing is computed for it. */
function cursorOf({ data }: FigurePiece, at: number, choose: (step: number) => void): Cursor {
  const { values, start = 0 } = data as { values?: { shape: number[] }; start?: number };
  const steps = start + (values?.shape[1] ?? 1) - 1;
  const step = Math.min(Math.max(at, start), steps);
  return {
    step,
    steps,
    asked: () => step,
    choose,
    set: () => {},
    keydown: (event) => {
      const to = target(event.key, step, start, steps);
      if (to === null) return;
      event.preventDefault();
      choose(Math.min(Math.max(to, start), steps));
    },
    value: () => 0,
    askedOf: () => 0,
    askedWords: () => "",
  };
}

function target(key: string, step: number, first: number, last: number): number | null {
  if (key === "ArrowRight") return step + 1;
  if (key === "ArrowLeft") return step - 1;
  if (key === "Home") return first;
  return key === "End" ? last : null;
}
