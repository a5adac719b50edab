/** Hints one at a time, and a solution that is not opened by accident. */
import { progress } from "./progress";

export class Help {
  readonly #root: HTMLElement;
  readonly #name: string;
  readonly #say: (words: string) => void;

  /** `root` holds the disclosures that the build wrote; `say` tells those who listen. */
  constructor(root: HTMLElement, name: string, say: (words: string) => void) {
    this.#root = root;
    this.#name = name;
    this.#say = say;
  }

  follow(signal: AbortSignal): void {
    this.#hints.forEach((hint, index) => {
      summaryOf(hint).addEventListener("click", (event) => this.#press(event, index), { signal });
      hint.addEventListener("toggle", () => this.#opened(hint, index), { signal });
    });
    summaryOf(this.#solution).addEventListener("click", (event) => this.#ask(event), { signal });
    progress.addEventListener("change", () => this.#lock(), { signal });
    this.#lock();
  }

  get #hints(): HTMLDetailsElement[] {
    return [...this.#root.querySelectorAll<HTMLDetailsElement>(".exercise-hint")];
  }

  get #solution(): HTMLDetailsElement {
    return this.#root.querySelector(".exercise-solution") as HTMLDetailsElement;
  }

  /** The next hint waits until the one before it was read. */
  #lock(): void {
    const { hints = 0, state } = progress.of(this.#name);
    if (state === "solved") this.#root.querySelector(".exercise-ask")?.remove();
    this.#hints.forEach((hint, index) => {
      const locked = index > hints;
      hint.toggleAttribute("data-locked", locked);
      if (locked) summaryOf(hint).setAttribute("aria-disabled", "true");
      else summaryOf(hint).removeAttribute("aria-disabled");
    });
  }

  #press(event: Event, index: number): void {
    const { hints = 0 } = progress.of(this.#name);
    if (index <= hints) return;
    event.preventDefault();
    this.#say(`First open hint ${hints + 1}.`);
  }

  #opened(hint: HTMLDetailsElement, index: number): void {
    const { hints = 0 } = progress.of(this.#name);
    if (hint.open && index + 1 > hints) progress.note(this.#name, { hints: index + 1 });
  }

  /** The solution asks once, unless it is no secret any more. */
  #ask(event: Event): void {
    const { state, revealed = false } = progress.of(this.#name);
    if (this.#solution.open || revealed || state === "solved") return;
    event.preventDefault();
    const asked = this.#root.querySelector<HTMLElement>(".exercise-ask");
    if (asked) {
      asked.querySelector("button")?.focus();
      return;
    }
    const ask = document.createElement("div");
    ask.className = "exercise-ask";
    ask.setAttribute("role", "group");
    ask.setAttribute("aria-label", "Show the solution?");
    const words = document.createElement("span");
    words.textContent = "Seen once, it cannot be unseen. Show the solution?";
    const show = this.#button("Show it", () => {
      ask.remove();
      progress.note(this.#name, { revealed: true });
      this.#solution.open = true;
      summaryOf(this.#solution).focus();
    });
    const rather = this.#button("Not yet", () => {
      ask.remove();
      summaryOf(this.#solution).focus();
    });
    ask.append(words, show, rather);
    this.#solution.after(ask);
    show.focus();
  }

  #button(words: string, press: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = words;
    button.addEventListener("click", press);
    return button;
  }
}

function summaryOf(details: HTMLDetailsElement): HTMLElement {
  return details.querySelector("summary") as HTMLElement;
}
