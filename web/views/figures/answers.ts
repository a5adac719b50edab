/** Questions put to a network, what it answered, and what is right where it was wrong. */
import { html, type TemplateResult } from "lit";
import type { FigureData } from "../types";
import type { FigureView } from "./figure";

interface Answer {
  text: string;
  given: string;
  wanted: string;
  right: boolean;
}

interface AnswersData extends FigureData {
  rows: Answer[];
  empty: string;
}

export const answersView: FigureView = (data) => {
  const { rows, empty } = data as AnswersData;
  if (rows.length === 0) return html`<p class="answers-empty">${empty}</p>`;
  return html`<ul class="answers">${rows.map(answer)}</ul>`;
};

function answer({ text, given, wanted, right }: Answer): TemplateResult {
  return html`<li class=${right ? "" : "wrong"}>
    <span class="answers-question">${text}</span>
    <span class="answers-given">${given || "nothing"}</span>
    <span class="answers-mark">${right ? "right" : html`wrong: it is ${wanted}`}</span>
  </li>`;
}
