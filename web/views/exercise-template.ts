/** The living part of an exercise: its buttons, and what Python says of the answer. */
import { html, nothing, type TemplateResult } from "lit";
import { type Piece, piecesTemplate, recordedPlaces } from "./cell-pieces";

export interface CheckReport {
  title: string;
  state: "passed" | "failed" | "waiting";
  findings: string[];
}

/** As `lab.exercises.kit.exercise` returns it. */
export interface Report {
  exercise: string;
  passed: boolean;
  verdict: string;
  checks: CheckReport[];
  /** The reader's own lines of a traceback, or "". */
  trace: string;
  /** The reader's line that an error came from, from 1. */
  line: number | null;
}

export interface ExerciseModel {
  exercise: string;
  running: boolean;
  disabled: boolean;
  checkLabel: string;
  /** What happens, in words: loading, stopped, what went wrong. */
  said: string;
  /** After *Reset*: what stood there can come back. */
  undo: boolean;
  retry: boolean;
  report: Report | null;
  /** What the code showed while it was checked. */
  pieces: Piece[];
  announcement: string;
  on: { check(): void; stop(): void; reset(): void; undo(): void; retry(): void };
}

const MARKS = { passed: "✓", failed: "✗", waiting: "○" } as const;
const STATE_WORDS = { passed: "passed", failed: "not yet", waiting: "not tried" } as const;

export function exerciseTemplate(model: ExerciseModel): TemplateResult {
  const { on } = model;
  return html`
    <div class="exercise-bar">
      ${
        model.running
          ? button("stop", "Stop", on.stop, { primary: true })
          : button("check", model.checkLabel, on.check, { primary: true, off: model.disabled })
      }
      ${button("reset", "Reset", on.reset, { off: model.disabled || model.running })}
      ${model.undo ? button("undo", "Undo", on.undo) : nothing}
      ${model.retry ? button("retry", "Try again", on.retry) : nothing}
      <span class="exercise-said">${model.said}</span>
    </div>
    ${model.report ? reportTemplate(model.report) : nothing}
    ${model.pieces.length > 0 ? shownTemplate(model.exercise, model.pieces) : nothing}
    <div class="visually-hidden" role="status" aria-live="polite">${model.announcement}</div>`;
}

function button(
  action: string,
  label: string,
  press: () => void,
  { primary = false, off = false } = {},
): TemplateResult {
  return html`<button type="button" class=${primary ? "button primary" : "button"} data-action=${action}
    ?disabled=${off} @click=${press}>${label}</button>`;
}

function reportTemplate({ passed, verdict, checks, trace }: Report): TemplateResult {
  return html`
    <div class="exercise-report" data-passed=${String(passed)}>
      <p class="exercise-verdict">${verdict}</p>
      <ul class="exercise-checks">
        ${checks.map(
          ({ title, state, findings }) => html`<li data-state=${state}>
            <span class="exercise-mark" aria-hidden="true">${MARKS[state]}</span>
            <div><span>${title}</span> <span class="visually-hidden">(${STATE_WORDS[state]})</span>
              ${findings.map((finding) => html`<p class="exercise-finding">${inline(finding)}</p>`)}
              ${state === "failed" && trace ? html`<pre class="exercise-trace" tabindex="0" aria-label="Traceback">${trace}</pre>` : nothing}
            </div></li>`,
        )}
      </ul>
    </div>`;
}

function shownTemplate(id: string, pieces: Piece[]): TemplateResult {
  return html`<div class="exercise-shown"><p>Your code showed</p>
    ${piecesTemplate(`${id}-shown`, pieces, recordedPlaces)}</div>`;
}

/** Not the stars of a product. */
const EMPHASIS = /(?<![\w*])\*(\w(?:[^*]*\w)?)\*(?![\w*])/;

/** A finding's `code` and *emphasis*; all else is text. */
function inline(finding: string): unknown[] {
  return finding
    .split("`")
    .map((part, index) => (index % 2 ? html`<code>${part}</code>` : emphasised(part)));
}

function emphasised(text: string): unknown[] {
  return text.split(EMPHASIS).map((part, index) => (index % 2 ? html`<em>${part}</em>` : part));
}

/** What a screen reader is told of a run: the verdict, then what is wrong. */
export function spoken({ verdict, checks }: Report): string {
  const failed = checks.find(({ state }) => state === "failed");
  const words = failed ? [failed.title, ...failed.findings] : [];
  return [verdict, ...words].map(plain).join(" ");
}

/** Without the marks, which nobody wants to hear. */
function plain(text: string): string {
  return text
    .split("`")
    .map((part, index) => (index % 2 ? part : part.split(EMPHASIS).join("")))
    .join("");
}
