/** The two sides of what stands below a cell's code: what the book recorded, and what a run gave. */
import { decodeFrame } from "../bridge/wire";
import { CellOutput } from "./cell-output";
import type { Piece } from "./cell-pieces";
import { inTurn } from "./in-turn";

export type Side = "recorded" | "live";

export class CellSides {
  /** What the reader's run gives. */
  readonly live: CellOutput;
  readonly #root: HTMLElement;

  constructor(root: HTMLElement, signal: AbortSignal) {
    this.#root = root;
    this.live = new CellOutput(`${root.id}-live`, this.#place("live"));
    const template = root.querySelector("template");
    if (template) inTurn(() => this.#wake(template), signal);
  }

  /** What is seen now. */
  get shown(): Side {
    return this.#place("recorded").hidden ? "live" : "recorded";
  }

  /** The cell gave something when the book was built. */
  get recordedAny(): boolean {
    return this.#place("recorded").hasChildNodes();
  }

  turnTo(side: Side): void {
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
