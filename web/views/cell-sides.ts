/** The two sides of what stands below a cell's code: what the book recorded, and what a run gave.
 *
 * When a run begins, what is there stays until the run gives something: most runs are short, and a page
 * that loses a paragraph and gets it back jumps. Until then it is of an earlier run, and says so.
 */
import { decodeFrame } from "../bridge/wire";
import { CellOutput, type CodeError } from "./cell-output";
import type { Piece } from "./cell-pieces";
import { inTurn } from "./in-turn";

export type Side = "recorded" | "live";

export class CellSides {
  readonly #root: HTMLElement;
  readonly #live: CellOutput;
  /** What is seen is not of the run that was begun last. */
  #earlier = false;

  constructor(root: HTMLElement, signal: AbortSignal) {
    this.#root = root;
    this.#live = new CellOutput(`${root.id}-live`, this.#place("live"));
    const template = root.querySelector("template");
    if (template) inTurn(() => this.#wake(template), signal);
  }

  /** What is seen now. */
  get shown(): Side {
    return this.#place("recorded").hidden ? "live" : "recorded";
  }

  /** What to say of the book's output; "" where it has none. */
  get recordedWords(): string {
    return isEmpty(this.#place("recorded")) ? "" : "What it gave when the book was built";
  }

  /** What to say of what is seen, if it is of an earlier run; else "". */
  get earlierWords(): string {
    if (!this.#earlier || isEmpty(this.#place(this.shown))) return "";
    return this.shown === "recorded"
      ? "Below is what it gave when the book was built."
      : "Below is what it gave before.";
  }

  /** What the book recorded stands there again. */
  turnBack(): void {
    this.#turnTo("recorded");
  }

  /** A run begins. */
  expect(): void {
    this.#earlier = true;
  }

  /** It gave a piece. */
  add(piece: Piece): void {
    this.#begin();
    this.#live.add(piece);
  }

  /** It has ended, perhaps in an error. */
  end(error: CodeError | null, hint: string): void {
    this.#begin();
    if (error) this.#live.addError(error, hint);
  }

  #begin(): void {
    if (this.#earlier) this.#live.show([]);
    this.#turnTo("live");
  }

  #turnTo(side: Side): void {
    this.#earlier = false;
    for (const name of ["recorded", "live"] as const) this.#place(name).hidden = name !== side;
  }

  /** Figures that the build drew become figures that can be read by mouse and keys. */
  #wake(template: HTMLTemplateElement): void {
    const place = this.#place("recorded");
    place.replaceChildren();
    const pieces = decodeFrame(template.content.textContent ?? "") as Piece[];
    new CellOutput(this.#root.id, place).show(pieces);
    template.remove();
  }

  #place(side: Side): HTMLElement {
    return this.#root.querySelector(`.cell-${side}`) as HTMLElement;
  }
}

/** What is drawn leaves comments where nothing is. */
function isEmpty(place: HTMLElement): boolean {
  return place.firstElementChild === null;
}
