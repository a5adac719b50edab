/** A figure as one SVG that needs nothing of the page: no style sheet, no script, no HTML inside.
 *
 * Figures are HTML and SVG laid out by the browser. So the browser lays them out, and what stands where
 * is written down: boxes, lines of text, and the figures' own SVG with its styles put in.
 */
import { boxOf } from "./boxes";
import { copyOf } from "./copy";
import { make, SVG } from "./make";
import { onStage } from "./stage";
import { wordsOf } from "./words";

type Corner = { left: number; top: number };

/** The SVG's text, and its size in pixels. */
export interface Picture {
  svg: string;
  width: number;
  height: number;
}

/** `extra` is a style sheet to put in, as `@font-face` for a picture that is drawn at once. */
export function pictureOf(figure: HTMLElement, extra = ""): Picture {
  return onStage(figure, (stage) => {
    const { left, top, width, height } = stage.getBoundingClientRect();
    const size = { width: Math.ceil(width), height: Math.ceil(height) };
    const root = make("svg", { ...size, viewBox: `0 0 ${size.width} ${size.height}` });
    root.setAttribute("role", "img");
    root.append(named("title", stage, ".figure-title"), named("desc", stage, ".figure-summary"));
    if (extra) root.append(Object.assign(make("style"), { textContent: extra }));
    draw(stage, root, { left, top });
    root.setAttribute("xmlns", SVG);
    return { svg: new XMLSerializer().serializeToString(root), ...size };
  });
}

function named(name: string, stage: HTMLElement, selector: string): SVGElement {
  const element = make(name);
  element.textContent = stage.querySelector(selector)?.textContent?.trim() ?? "";
  return element;
}

function draw(element: HTMLElement, into: SVGElement, corner: Corner): void {
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden") return;
  if (style.clipPath.startsWith("inset(50%")) return; // for those who listen
  const opacity = Number(style.opacity);
  const group = opacity < 1 ? into.appendChild(make("g", { opacity })) : into;
  const { left, top, width, height } = element.getBoundingClientRect();
  group.append(...boxOf({ x: left - corner.left, y: top - corner.top, width, height }, style));
  for (const child of element.childNodes) {
    if (child instanceof Text) group.append(...wordsOf(child, style, corner));
    else if (child instanceof SVGSVGElement) {
      const at = child.getBoundingClientRect();
      if (at.width > 0) group.append(copyOf(child, at.left - corner.left, at.top - corner.top));
    } else if (child instanceof HTMLElement) draw(child, group, corner);
  }
}
