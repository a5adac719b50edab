/** Time to the right: every figure through time puts step t in the same column.
 *
 * Figures are drawn without measuring the page: positions across are percentages, heights are
 * pixels. So the figure built into the page and the live one are the same, at every width.
 */

import { html, type TemplateResult } from "lit";
import { spotOf } from "./pointer";

/** The middle of a step's column, in percent of the width. Steps count from 1. */
export function middle(step: number, steps: number): number {
  return Number((((step - 0.5) / steps) * 100).toFixed(4));
}

/** The step under a pointer. */
export function stepAt(event: MouseEvent, steps: number): number {
  return Math.min(Math.max(Math.ceil(spotOf(event).across * steps), 1), steps);
}

/** Labels on the left, columns that scroll inside the figure on narrow screens, a gutter right. */
export function framedColumns(
  steps: number,
  height: number,
  left: TemplateResult,
  columns: TemplateResult,
  right: TemplateResult | string = "",
  narrowest = 56,
): TemplateResult {
  const size = `--least:${steps * narrowest}px;--height:${height}px`;
  return html`<div class="columns" style=${size}>
    <div class="columns-left" aria-hidden="true">${left}</div>
    <div class="columns-scroll" data-columns><div class="columns-inner">${columns}</div></div>
    <div class="columns-right" aria-hidden="true">${right}</div>
  </div>`;
}

/** A label beside the columns, at a height. */
export function sideLabel(
  top: number,
  content: TemplateResult | string,
  kind = "",
): TemplateResult {
  return html`<span class=${`side-label ${kind}`} style=${`top:${top}px`}>${content}</span>`;
}

/** On narrow screens the columns scroll inside their figure: bring a step to the middle.
 *
 * One that is in sight stays where it is: columns that moved under a pointer would choose another.
 */
export function centreColumns(root: ParentNode, step: number, steps: number): void {
  for (const scroller of root.querySelectorAll("[data-columns]")) {
    const { scrollWidth, clientWidth, scrollLeft } = scroller;
    const x = (middle(step, steps) / 100) * scrollWidth;
    const half = scrollWidth / steps / 2;
    if (x - half >= scrollLeft - 1 && x + half <= scrollLeft + clientWidth + 1) continue;
    scroller.scrollLeft = x - clientWidth / 2;
  }
}
