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
  void lab.apply(readValues(link.dataset["set"] ?? ""), link.dataset["act"]);
  lab.scrollIntoView({ block: "start", behavior: prefersStill() ? "auto" : "smooth" });
}

function prefersStill(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
