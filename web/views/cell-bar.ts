/** A cell's buttons: which of them there are, what they say, and the name that stands beside them. */
import { engine, savesData } from "../bridge/engine";

const KEYS = "Ctrl-Enter runs; Escape, Tab leaves";

export const ACTIONS = ["run", "stop", "above", "reset", "undo", "share", "retry"] as const;
export type Action = (typeof ACTIONS)[number];

export interface CellState {
  running: boolean;
  /** The text is not the book's. */
  edited: boolean;
  /** What stands below is what the book recorded. */
  recorded: boolean;
  /** A text that was reset can come back. */
  undo: boolean;
  /** The last run failed. */
  failed: boolean;
}

export class CellBar {
  readonly #root: HTMLElement;
  readonly #press: (action: Action) => void;
  #edited = false;

  /** Around the buttons that the build wrote in `root`. `press` is told of every press. */
  constructor(root: HTMLElement, press: (action: Action) => void, signal: AbortSignal) {
    this.#root = root;
    this.#press = press;
    root.addEventListener("click", (event) => this.#follow(event), { signal });
    for (const change of ["focusin", "focusout"])
      root.addEventListener(change, () => this.#tellName(), { signal });
  }

  /** Nothing can be pressed: this browser cannot run Python. */
  disable(off: boolean): void {
    this.#find(".cell-buttons").toggleAttribute("inert", off);
  }

  offer({ running, edited, recorded, undo, failed }: CellState): void {
    this.#show("run", !running);
    this.#show("stop", running);
    this.#show("reset", !running && (edited || !recorded));
    this.#show("undo", !running && undo);
    this.#show("share", !running && edited);
    const waits = savesData() && engine().state === "idle";
    const size = (engine().transferBytes / 1e6).toFixed(1);
    const words = waits ? `Run (loads Python, ${size} MB)` : "Run";
    const run = this.#button("run");
    if (run && run.textContent !== words) run.textContent = words;
    this.#showRetry(failed && engine().state === "failed");
    this.#edited = edited;
    this.#tellName();
  }

  #follow({ target }: Event): void {
    const button = (target as Element).closest<HTMLElement>("[data-action]");
    const action = ACTIONS.find((name) => name === button?.dataset["action"]);
    if (action) this.#press(action);
  }

  #show(action: Action, shown: boolean): void {
    const button = this.#button(action);
    if (!button || button.hidden === !shown) return;
    const focused = button === document.activeElement;
    button.hidden = !shown;
    // Where Run becomes Stop and Stop Run, the keyboard stays with them.
    if (focused) this.#button(action === "run" ? "stop" : "run")?.focus();
  }

  #showRetry(shown: boolean): void {
    const there = this.#button("retry");
    if (!shown) there?.remove();
    else if (!there) {
      const button = document.createElement("button");
      Object.assign(button, {
        type: "button",
        className: "button",
        textContent: "Start Python again",
      });
      button.dataset["action"] = "retry";
      this.#find(".cell-status").append(button);
    }
  }

  /** What the cell is called; while it is typed in, which keys there are. */
  #tellName(): void {
    const typing = document.activeElement?.closest(".cell-code")?.parentElement === this.#root;
    const yours = this.#edited ? ", your version" : "";
    const name = `Python, ${this.#root.dataset["name"]}${yours}`;
    this.#find(".cell-name").textContent = typing ? KEYS : name;
  }

  #button(action: Action): HTMLButtonElement | null {
    return this.#root.querySelector(`button[data-action="${action}"]`);
  }

  #find(selector: string): HTMLElement {
    return this.#root.querySelector(selector) as HTMLElement;
  }
}
