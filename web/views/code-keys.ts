/** Code that scrolls must be reached by keys. Material sees to it, but measures before the code's font has come. */
import { whenIdle } from "./when-seen";

export function reachCodeByKeys(): void {
  document.fonts.addEventListener("loadingdone", () => whenIdle(reach));
}

function reach(): void {
  for (const code of document.querySelectorAll<HTMLElement>("pre > code"))
    if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
}
