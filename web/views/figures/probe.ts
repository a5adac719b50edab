/** Reading values off a figure whose places are not steps of a lab: by mouse, by touch, by keys.
 *
 * A line stands at the place that is read, its values in words below. Python is not asked: what is read
 * was drawn already. While a training goes on the line stays at its place.
 */
import type { ElementPart } from "lit";
import { Directive, directive } from "lit/directive.js";

/** What can be read, in order. `at` is a share of the width. */
export interface Places {
  count: number;
  at(index: number): number;
  words(index: number): string;
}

const KEYS: Record<string, (index: number, count: number) => number> = {
  ArrowRight: (index) => index + 1,
  ArrowUp: (index) => index + 1,
  ArrowLeft: (index) => index - 1,
  ArrowDown: (index) => index - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

const TOLD = ["aria-valuemin", "aria-valuemax", "aria-valuenow", "aria-valuetext"];

class Probe extends Directive {
  #host: HTMLElement | null = null;
  #places!: Places;
  /** The place that is read; before anything was, the last. */
  #index: number | null = null;
  #shown = false;

  override render(_places: Places): void {}

  override update(part: ElementPart, [places]: [Places]): void {
    this.#places = places;
    if (!this.#host) {
      this.#host = part.element as HTMLElement;
      this.#listen(this.#host);
    }
    this.#tell();
  }

  #listen(host: HTMLElement): void {
    for (const kind of ["pointermove", "pointerdown"] as const)
      host.addEventListener(kind, (event) => this.#point(event));
    host.addEventListener("pointerleave", () => this.#show(document.activeElement === host));
    host.addEventListener("focus", () => this.#show(true));
    host.addEventListener("blur", () => this.#show(false));
    host.addEventListener("keydown", (event) => this.#press(event));
  }

  #point(event: PointerEvent): void {
    const { left, width } = (this.#host as HTMLElement).getBoundingClientRect();
    const share = (event.clientX - left) / width;
    const { count, at } = this.#places;
    let nearest = 0;
    for (let index = 1; index < count; index++)
      if (Math.abs(at(index) - share) < Math.abs(at(nearest) - share)) nearest = index;
    this.#index = nearest;
    this.#show(true);
  }

  #press(event: KeyboardEvent): void {
    const move = KEYS[event.key];
    if (!move) return;
    event.preventDefault();
    const { count } = this.#places;
    this.#index = Math.min(Math.max(move(this.#place, count), 0), count - 1);
    this.#show(true);
  }

  get #place(): number {
    const last = this.#places.count - 1;
    return Math.min(this.#index ?? last, last);
  }

  #show(shown: boolean): void {
    this.#shown = shown;
    this.#tell();
  }

  #tell(): void {
    const host = this.#host as HTMLElement;
    const { count, at, words } = this.#places;
    if (count === 0) {
      for (const name of TOLD) host.removeAttribute(name);
      host.classList.remove("probed");
      return;
    }
    const said = words(this.#place);
    host.ariaValueMin = "1";
    host.ariaValueMax = String(count);
    host.ariaValueNow = String(this.#place + 1);
    host.ariaValueText = said;
    host.classList.toggle("probed", this.#shown);
    if (!this.#shown) return;
    host.style.setProperty("--probe", `${at(this.#place) * 100}%`);
    const line = host.querySelector(".probe-words");
    if (line) line.textContent = said;
  }
}

/** On the element that is read; it holds `<span class="probe-line">` and `<p class="probe-words">`. */
export const probe = directive(Probe);
