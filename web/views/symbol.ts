/** A symbol in the book's type: "w_h" as an italic w with a subscript h.
 *
 * The underscore stays in the text, unseen: it is read out, and copied with the words around it.
 */
import { html, svg, type TemplateResult } from "lit";

/** The weights, biases and states of the book, as Python's words name them. */
const NAMED = /(?<!\w)([bhwxyW])_([hxy]{1,2}n?|t|\d+)(?!\w)/;

export function symbol(name: string): TemplateResult {
  const [letter, sub] = name.split("_");
  if (!sub) return html`<span class="symbol-words">${letter}</span>`;
  return html`<span class="symbol">${letter}<span class="visually-hidden">_</span><sub>${sub}</sub></span>`;
}

/** The same inside an SVG text. */
export function symbolInText(name: string): TemplateResult {
  const [letter, sub] = name.split("_");
  if (!sub) return svg`<tspan>${letter}</tspan>`;
  return svg`<tspan class="symbol">${letter}</tspan><tspan class="sub" dy="3">${sub}</tspan><tspan dy="-3"> </tspan>`;
}

/** Words with the names among them set as symbols; words without one as they are. */
export function withSymbols(words: string): string | (string | TemplateResult)[] {
  const parts = words.split(NAMED); // words, a letter, what is below it, words, …
  if (parts.length === 1) return words;
  return parts
    .map((part, at) => (at % 3 === 1 ? symbol(`${part}_${parts[at + 1]}`) : part))
    .filter((_, at) => at % 3 !== 2);
}
