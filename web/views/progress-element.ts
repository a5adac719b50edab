/** `<rnn-progress>`: the list of all exercises with what is solved; export, import, forget. */
import { html, nothing, render, type TemplateResult } from "lit";
import { ImportRefused, MOST_BYTES, progress, type State } from "./progress";

const WORDS: Record<State, string> = { open: "open", tried: "tried", solved: "solved" };
const MARKS: Record<State, string> = { open: "○", tried: "◐", solved: "✓" };
const FILE = "unrolled-exercises.json";
const NOT_KEPT =
  "This browser's storage is closed to this page: what you do is lost when you leave it. Export saves it.";

export class RnnProgress extends HTMLElement {
  #leaving = new AbortController();
  #said = "";
  #asking = false;
  #place!: HTMLElement;

  connectedCallback(): void {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    this.#place = this.querySelector(".progress-live") ?? this.#makePlace();
    progress.addEventListener("change", () => this.#draw(), { signal });
    this.#draw();
  }

  disconnectedCallback(): void {
    this.#leaving.abort();
  }

  #makePlace(): HTMLElement {
    const place = document.createElement("div");
    place.className = "progress-live";
    this.prepend(place);
    return place;
  }

  get #items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("li[data-exercise]")];
  }

  #draw(): void {
    const states = this.#items.map((item) => {
      const { state } = progress.of(item.dataset["exercise"] ?? "");
      item.dataset["state"] = state;
      mark(item, state);
      return state;
    });
    const solved = states.filter((state) => state === "solved").length;
    render(this.#template(solved, states.length), this.#place);
  }

  #template(solved: number, all: number): TemplateResult {
    return html`
      <p class="progress-count"><strong>${solved} of ${all}</strong> solved</p>
      <progress max=${all} value=${solved} aria-label="Exercises solved"></progress>
      <div class="buttons">
        <button type="button" class="button" data-action="export" @click=${() => this.#export()}>Export</button>
        <span class="button file"><label for="progress-file">Import</label>
          <input id="progress-file" type="file" accept="application/json,.json"
            @change=${(event: Event) => void this.#import(event.target as HTMLInputElement)}></span>
        <button type="button" class="button" data-action="forget" @click=${() => this.#ask(true)}>Forget</button>
      </div>
      ${
        this.#asking
          ? html`<div class="exercise-ask" role="group" aria-label="Forget everything?">
              <span>Forget what is solved, and every text you wrote? Nothing brings it back but an export.</span>
              <button type="button" class="button" data-action="really" @click=${() => this.#forget()}>Forget it all</button>
              <button type="button" class="button" data-action="keep" @click=${() => this.#ask(false)}>Keep it</button>
            </div>`
          : nothing
      }
      <p class="progress-said" role="status">${this.#said || (progress.kept ? "" : NOT_KEPT)}</p>`;
  }

  #say(words: string): void {
    this.#said = words;
    this.#draw();
  }

  #export(): void {
    const file = new Blob([progress.exported()], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = FILE;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000); // the browser may still be reading
    this.#say(`Exported as ${FILE}.`);
  }

  async #import(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (!file) return;
    try {
      if (file.size > MOST_BYTES)
        throw new ImportRefused(`it may have at most ${MOST_BYTES / 1e6} MB`);
      const known = this.#items.map((item) => item.dataset["exercise"] ?? "");
      const taken = progress.take(await file.text(), known);
      this.#say(`${file.name}: ${taken === 1 ? "1 exercise" : `${taken} exercises`} imported.`);
    } catch (error) {
      const why = error instanceof ImportRefused ? error.message : "it cannot be read";
      this.#say(`${file.name} was not imported: ${why}. Nothing here has changed.`);
    }
    input.value = ""; // so that the same file can be chosen again
  }

  #ask(asking: boolean): void {
    this.#asking = asking;
    this.#draw();
    const name = asking ? "keep" : "forget";
    this.querySelector<HTMLElement>(`[data-action=${name}]`)?.focus();
  }

  #forget(): void {
    this.#asking = false;
    progress.forget();
    this.#say("All forgotten.");
    this.querySelector<HTMLElement>("[data-action=forget]")?.focus();
  }
}

function mark(item: HTMLElement, state: State): void {
  let shown = item.querySelector(".progress-state");
  if (!shown) {
    shown = document.createElement("span");
    shown.className = "progress-state";
    item.append(" ", shown);
  }
  shown.textContent = `${MARKS[state]} ${WORDS[state]}`;
}
