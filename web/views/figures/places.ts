/** From the places on the screen to their numbers and back. */

/** The number of the place under a pointer; 0 beside the text. */
export function placeUnder(target: EventTarget | null): number {
  const element = target as HTMLElement;
  const piece = element.parentElement;
  const first = Number(piece?.dataset["first"] ?? 0);
  return first && piece ? first + Array.prototype.indexOf.call(piece.children, element) : 0;
}

/** The place above or below one, as lines are wrapped at this width; 0 where there is none. */
export function byVisualLine(box: Element, place: number, down: boolean): number {
  const places = [...box.querySelectorAll(".piece > span")];
  const first = Number(box.querySelector<HTMLElement>(".piece")?.dataset["first"] ?? 0);
  const from = places[place - first]?.getBoundingClientRect();
  if (!from) return 0;
  const x = from.left + from.width / 2;
  let best = 0;
  let nearest = Number.POSITIVE_INFINITY;
  let line: DOMRect | null = null;
  for (let at = place - first + (down ? 1 : -1); ; at += down ? 1 : -1) {
    const rect = places[at]?.getBoundingClientRect();
    if (!rect) break;
    if (sameLine(rect, from)) continue;
    line ??= rect;
    if (!sameLine(rect, line)) break;
    const distance = Math.abs(rect.left + rect.width / 2 - x);
    if (distance < nearest) {
      nearest = distance;
      best = first + at;
    }
  }
  return best;
}

function sameLine(one: DOMRect, other: DOMRect): boolean {
  return Math.abs(one.top + one.bottom - other.top - other.bottom) < one.height;
}
