/** What a cell says: above its output, below its name, and to those who listen. */

export class CellWords {
  readonly #root: HTMLElement;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** How its run goes, or went. */
  show(words: string): void {
    this.#find(".cell-state").textContent = words;
  }

  /** What to know of the text; "" for nothing. */
  note(words: string): void {
    const notice = this.#find(".cell-notice");
    if (notice.textContent === words) return;
    notice.textContent = words;
    notice.hidden = words === "";
    if (words) this.say(words);
  }

  /** For those who listen alone. */
  say(sentence: string): void {
    this.#find(".cell-said").textContent = sentence;
  }

  #find(selector: string): HTMLElement {
    return this.#root.querySelector(selector) as HTMLElement;
  }
}
