/** A box that scrolls inside itself keeps the chosen place in view, and the end while text grows.
 *
 * A reader who scrolls up is left alone until they return to the end. Only the box scrolls, never the
 * page. The first drawing stands as the build made it; only a figure too wide is moved to its cursor.
 */
import type { ElementPart } from "lit";
import { Directive, directive } from "lit/directive.js";

const CURSOR = "[data-cursor]";
const MARGIN = 8; // around the place brought into view

class Follow extends Directive {
  #box: HTMLElement | null = null;
  #place = 0;
  #count = 0;
  #frame = 0;
  /** Where this code scrolled to: what is above it, the reader did. */
  #top = 0;
  /** The next scroll event is this code's own: to ask where it led would lay out the page anew. */
  #own = false;
  #atEnd = true;

  override render(_place: number, _count: number): void {}

  override update(part: ElementPart, [place, count]: [number, number]): void {
    if (!this.#box) {
      this.#box = part.element as HTMLElement;
      this.#box.addEventListener("scroll", () => this.#onScroll(), { passive: true });
      this.#frame = requestAnimationFrame(() => this.#bringIn("sideways"));
    } else if (place !== this.#place || count !== this.#count) {
      const wrote = place === count && count !== this.#count;
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => this.#show(wrote));
    }
    this.#place = place;
    this.#count = count;
  }

  #onScroll(): void {
    const own = this.#own;
    this.#own = false;
    if (!own) this.#scrolled();
  }

  #scrolled(): void {
    const box = this.#box as HTMLElement;
    if (box.scrollTop < this.#top - 1) this.#atEnd = false;
    if (box.scrollTop + box.clientHeight > box.scrollHeight - 12) this.#atEnd = true;
    this.#top = box.scrollTop;
  }

  /** Runs just before the page is laid out anyway, once a frame. */
  #show(wrote: boolean): void {
    const box = this.#box as HTMLElement;
    if (wrote) {
      if (this.#atEnd) this.#toTheEnd(box);
      return;
    }
    this.#bringIn("both ways");
    this.#scrolled();
  }

  #toTheEnd(box: HTMLElement): void {
    const top = box.scrollHeight - box.clientHeight;
    if (Math.abs(box.scrollTop - top) < 1) return;
    this.#own = true;
    this.#top = box.scrollTop = top;
  }

  #bringIn(way: "sideways" | "both ways"): void {
    const box = this.#box as HTMLElement;
    const cursor = box.querySelector(CURSOR)?.getBoundingClientRect();
    if (!cursor) return;
    const { left, right, top, bottom } = box.getBoundingClientRect();
    const across = beyond(cursor.left - MARGIN, cursor.right + MARGIN, left, right);
    const down = beyond(cursor.top - MARGIN, cursor.bottom + MARGIN, top, bottom);
    if (across) box.scrollLeft += across;
    if (down && way === "both ways") box.scrollTop += down;
  }
}

/** How far [from, to] sticks out of [low, high]: negative before it, positive after it. */
function beyond(from: number, to: number, low: number, high: number): number {
  return from < low ? from - low : to > high ? to - high : 0;
}

/** `place` is the chosen one, `count` how many there are. */
export const follow = directive(Follow);
