/** What may come next: the most likely characters, each with its probability as a bar. */
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber } from "../format";
import type { FigureData } from "../types";
import { percent } from "./characters";
import type { FigureView } from "./figure";

interface Choice {
  label: string;
  score: number | null;
  scaled: number | null;
  probability: number;
  drawn: boolean;
}

interface ChoicesData extends FigureData {
  rows: Choice[];
  others: { count: number; probability: number };
  title: string;
  /** What happened to the chosen one: "drawn" if unsaid. */
  taken?: string;
  /** How many rows there can be: 10 if unsaid. */
  most?: number;
}

export const choicesView: FigureView = (data) => {
  const { rows, others, title, taken = "drawn", most = 10 } = data as ChoicesData;
  const scores = rows.some((row) => row.score !== null);
  return html`<div class=${scores ? "choices with-scores" : "choices"} style=${most === 10 ? nothing : `--most:${most}`} aria-hidden="true">
    <p class="choices-title">${title}</p>
    ${rows.length === 0 ? nothing : head(scores)}
    ${rows.map((row) => choice(row, scores, taken))}
    ${others.count === 0 ? nothing : rest(others, scores)}
  </div>`;
};

function head(scores: boolean): TemplateResult {
  return html`<div class="choice choice-head"><span></span>
    ${scores ? html`<span class="choice-number">score</span><span class="choice-number">score/<i>T</i></span>` : nothing}
    <span></span><span class="choice-number">probability</span></div>`;
}

function choice(row: Choice, scores: boolean, taken: string): TemplateResult {
  return html`<div class=${row.drawn ? "choice drawn" : "choice"}>
    <span class="choice-label">${row.label}</span>
    ${scores ? html`${number(row.score)}${number(row.scaled)}` : nothing}
    <span class="choice-bar" style=${share(row.probability)}>${row.drawn ? html`<span class="choice-drawn">${taken}</span>` : nothing}</span>
    <span class="choice-number">${percent(row.probability)}</span>
  </div>`;
}

function rest(others: ChoicesData["others"], scores: boolean): TemplateResult {
  return html`<div class="choice choice-others">
    <span class="choice-label"></span>
    ${scores ? html`<span></span><span></span>` : nothing}
    <span class="choice-bar" style=${share(others.probability)}><span>${others.count} other${others.count === 1 ? "" : "s"}</span></span>
    <span class="choice-number">${percent(others.probability)}</span>
  </div>`;
}

function number(value: number | null): TemplateResult {
  return html`<span class="choice-number">${value === null ? "" : formatNumber(value)}</span>`;
}

/** The bar's length is the probability itself, so that what temperature does is seen. */
function share(probability: number): string {
  return `--share:${Number(probability.toFixed(4))}`;
}
