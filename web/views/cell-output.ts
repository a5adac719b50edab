/** The place below code where its pieces stand; figures in it can be read like those of a lab. */
import { html, nothing, render, type TemplateResult } from "lit";
import { type Piece, piecesTemplate, withPiece } from "./cell-pieces";

export interface CodeError {
  name: string;
  message: string;
  /** Python's own, with the reader's lines only. */
  traceback: string;
  line: number | null;
}

export class CellOutput {
  readonly #id: string;
  readonly #place: HTMLElement;
  readonly #columns = new Map<number, number>();
  #pieces: Piece[] = [];
  #below: TemplateResult | typeof nothing = nothing;

  /** `id` begins the ids of what is drawn in `place`. */
  constructor(id: string, place: HTMLElement) {
    this.#id = id;
    this.#place = place;
  }

  /** Draw these pieces instead of all there were. */
  show(pieces: Piece[]): void {
    this.#pieces = pieces;
    this.#below = nothing;
    this.#columns.clear();
    this.#draw();
  }

  add(piece: Piece): void {
    this.#pieces = withPiece(this.#pieces, piece);
    this.#draw();
  }

  /** Put the traceback under the pieces, and a hint if there is one. */
  addError({ traceback }: CodeError, hint: string): void {
    this.#below = html`<pre class="cell-text cell-error" tabindex="0" role="region" aria-label="Python’s traceback">${traceback}</pre>
      ${hint ? html`<p class="cell-note">${hint}</p>` : nothing}`;
    this.#draw();
  }

  #draw(): void {
    const places = {
      at: (index: number) => this.#columns.get(index) ?? 0,
      choose: (index: number, step: number) => {
        this.#columns.set(index, step);
        this.#draw();
      },
    };
    render([piecesTemplate(this.#id, this.#pieces, places), this.#below], this.#place);
  }
}
