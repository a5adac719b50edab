/** Where an exercise's text comes from, the book, an earlier visit or another tab, and where it goes. */
import type { CodeArea } from "./code-area";
import { ELSEWHERE } from "./code-text";
import { progress } from "./progress";

const NOT_KEPT = "Your text is not kept: this browser's storage is closed to this page.";

export class ExerciseText {
  readonly #name: string;
  readonly #area: CodeArea;
  /** The reader has changed the text in this tab: no other tab may replace it. */
  #own = false;
  /** What is kept is another tab's text. */
  #contested = false;
  /** The text before a reset. */
  #before = "";

  /** Shows in `area` what is kept for the exercise; `onContest` is told when `standing` is another. */
  constructor(name: string, area: CodeArea, onContest: () => void, signal: AbortSignal) {
    this.#name = name;
    this.#area = area;
    const { text } = progress.of(name);
    if (text !== undefined) area.show(text);
    progress.addEventListener("elsewhere", () => this.#followOther(onContest), { signal });
  }

  /** What holds of the text as long as nothing else is to be said. */
  get standing(): string {
    if (!progress.kept) return NOT_KEPT;
    return this.#contested ? ELSEWHERE : "";
  }

  /** The reader changed it. It is kept at once; true if it was contested, and now is not. */
  typed(): boolean {
    const settled = this.#contested;
    this.#own = true;
    this.#contested = false;
    const { text, edited } = this.#area;
    progress.note(this.#name, { text: edited ? text : undefined });
    return settled;
  }

  /** The starter stands there again; true if there is something to bring back. */
  reset(): boolean {
    this.#before = this.#area.text;
    this.#area.show(this.#area.original);
    this.typed();
    return this.#before !== this.#area.text;
  }

  /** What stood there before the reset does again. */
  undo(): void {
    this.#area.show(this.#before);
    this.typed();
  }

  /** Another tab kept something. It is taken over, unless this tab has a text of its own. */
  #followOther(onContest: () => void): void {
    const text = progress.of(this.#name).text ?? this.#area.original;
    if (!this.#own) this.#area.show(text);
    const was = this.#contested;
    this.#contested = text !== this.#area.text;
    if (was !== this.#contested) onContest();
  }
}
