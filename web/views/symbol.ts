/** A symbol in the book's type: "w_h" as an italic w with a subscript h. */
import { html, svg, type TemplateResult } from "lit";

export function symbol(name: string): TemplateResult {
  const [letter, sub] = name.split("_");
  if (!sub) return html`<span class="symbol-words">${letter}</span>`;
  return html`<span class="symbol">${letter}<sub>${sub}</sub></span>`;
}

/** The same inside an SVG text. */
export function symbolInText(name: string): TemplateResult {
  const [letter, sub] = name.split("_");
  if (!sub) return svg`<tspan>${letter}</tspan>`;
  return svg`<tspan class="symbol">${letter}</tspan><tspan class="sub" dy="3">${sub}</tspan><tspan dy="-3"> </tspan>`;
}
