/** A long page is laid out piece by piece: what is out of sight waits until the page stands (web/styles/settling.css). */
import { whenIdle } from "./when-seen";

export function settle(): void {
  const { classList } = document.documentElement;
  if (!classList.contains("settling")) return;
  const waiting = [...document.querySelectorAll<HTMLElement>("article > *, .passage > *")].filter(
    (piece) => getComputedStyle(piece).getPropertyValue("content-visibility") === "auto",
  );
  const next = () => {
    const piece = waiting.shift();
    if (!piece) {
      classList.remove("settling");
      return;
    }
    piece.style.setProperty("content-visibility", "visible");
    whenIdle(next);
  };
  if (document.readyState === "complete") whenIdle(next);
  else addEventListener("load", () => whenIdle(next), { once: true });
}
