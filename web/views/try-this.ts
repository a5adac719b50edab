/** A link in the prose sets a lab: `[try](#scalar-rnn){ data-set="w_h=1.2" data-act="train" }`. */
import { readValues } from "./fragment";
import { RnnLab } from "./lab-element";

export function followTryThisLinks(): void {
  document.addEventListener("click", onClick, { capture: true });
}

function onClick(event: MouseEvent): void {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
    return;
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-set]");
  const lab = link && document.getElementById(link.hash.slice(1));
  if (!link || !(lab instanceof RnnLab)) return;
  event.preventDefault();
  event.stopPropagation(); // instant navigation would scroll on its own
  const applied = lab.apply(readValues(link.dataset["set"] ?? ""), link.dataset["act"]);
  lead(lab, link.dataset["act"], applied);
}

/** To the lab's head, or to the figure that will say what came of the press. */
function lead(lab: RnnLab, act: string | undefined, applied: Promise<void>): void {
  const behavior = prefersStill() ? "auto" : "smooth";
  const result = lab.description.actions.find(({ name }) => name === act)?.result;
  const figure = result && lab.querySelector(`[data-figure="${result}"]`);
  if (!figure) {
    lab.scrollIntoView({ block: "start", behavior });
    return;
  }
  // At the foot of the screen: a first figure that stays in sight may stand at its head.
  const show = () => figure.scrollIntoView({ block: "end", behavior });
  show();
  const reader = new AbortController();
  const growth = new ResizeObserver(show); // it may grow while Python works, until the reader moves on
  growth.observe(figure);
  void applied.then(() => reader.signal.aborted || show());
  reader.signal.addEventListener("abort", () => growth.disconnect());
  for (const sign of ["wheel", "touchmove", "pointerdown", "keydown"])
    addEventListener(sign, () => reader.abort(), { passive: true, signal: reader.signal });
}

function prefersStill(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
