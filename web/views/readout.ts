/** A formula with this step's numbers put in; under each number stands the name it has. */
import { html, nothing, type TemplateResult } from "lit";
import { unparted } from "./format";
import { symbol, withSymbols } from "./symbol";
import type { FormulaPart } from "./types";

export function readoutTemplate(lines: FormulaPart[][]): TemplateResult {
  return html`<div class="readout" role="group" aria-label="The numbers at this step" tabindex="0">
    ${lines.map((line) => html`<p class="readout-line">${line.map(partTemplate)}</p>`)}
  </div>`;
}

function partTemplate(part: FormulaPart): TemplateResult {
  if (part.number !== undefined) {
    return html`<span class=${part.result ? "number result" : "number"}><span class="figure-number">${part.term ? inParentheses(part.number) : part.number}</span><span class="number-name">${part.name ? symbol(part.name) : nothing}</span></span>`;
  }
  if (part.symbol) return symbol(part.symbol);
  return html`<span class="formula-text">${withSymbols(unparted(part.text ?? ""))}</span>`;
}

/** A negative term stands in parentheses, so that a minus sign never meets an operator. */
function inParentheses(text: string): string {
  return text.startsWith("−") ? `(${text})` : text;
}
