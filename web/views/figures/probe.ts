/** Reading values off a figure whose places are not steps of a lab: by mouse, by touch, by keys.
 *
 * A line stands at the place that is read, its values in words below. Python is not asked: what is read
 * was drawn already. While a training goes on the line stays at its place. Figures of one lab along the
 * same axis are read together: where one is read, so are the others.
 */

import type { ElementPart } from "lit";
import { Directive, directive } from "lit/directive.js";
import { spotOf } from "./pointer";

/** What can be read, in order. `at` is a share of the width. */
export interface Places {
  count: number;
  at(index: number): number;
  words(index: number): string;
  /** What the places are; figures with the same axis are read together, at the same `x`. */
  axis: string;
  x(index: number): number;
}

/** Sent to the other figures of a lab: it is read there, or no longer. */
const ELSEWHERE = "probe-elsewhere";
type Elsewhere = { axis: string; x: number | null };

const KEYS: Record<string, (index: number, count: number) => number> = {
  ArrowRight: (index) => index + 1,
  ArrowUp: (index) => index + 1,
  ArrowLeft: (index) => index - 1,
  ArrowDown: (index) => index - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

const PROBED = ".plot-area, .bars-area";
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
    host.addEventListener("pointerleave", () => this.#read(document.activeElement === host));
    host.addEventListener("focus", () => this.#read(true));
    host.addEventListener("blur", () => this.#read(false));
    host.addEventListener("keydown", (event) => this.#press(event));
    host.addEventListener(ELSEWHERE, (event) =>
      this.#follow((event as CustomEvent<Elsewhere>).detail),
    );
  }

  #point(event: PointerEvent): void {
    const { across } = spotOf(event, this.#host as HTMLElement);
    this.#index = this.#nearest(this.#places.at, across);
    this.#read(true);
  }

  #nearest(placeOf: (index: number) => number, wanted: number): number {
    let nearest = 0;
    for (let index = 1; index < this.#places.count; index++)
      if (Math.abs(placeOf(index) - wanted) < Math.abs(placeOf(nearest) - wanted)) nearest = index;
    return nearest;
  }

  #press(event: KeyboardEvent): void {
    const move = KEYS[event.key];
    if (!move) return;
    event.preventDefault();
    const { count } = this.#places;
    this.#index = Math.min(Math.max(move(this.#place, count), 0), count - 1);
    this.#read(true);
  }

  get #place(): number {
    const last = this.#places.count - 1;
    return Math.min(this.#index ?? last, last);
  }

  #read(shown: boolean): void {
    this.#shown = shown;
    this.#tell();
    const host = this.#host as HTMLElement;
    const { axis, x, count } = this.#places;
    const detail: Elsewhere = { axis, x: shown && count > 0 ? x(this.#place) : null };
    for (const other of host.closest("rnn-lab")?.querySelectorAll(PROBED) ?? [])
      if (other !== host) other.dispatchEvent(new CustomEvent(ELSEWHERE, { detail }));
  }

  #follow({ axis, x }: Elsewhere): void {
    if (axis !== this.#places.axis) return;
    if (x !== null) this.#index = this.#nearest(this.#places.x, x);
    this.#shown = x !== null;
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
