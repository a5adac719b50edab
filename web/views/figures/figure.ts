/** What all figures share: a frame, a caption, a sentence and the table of what is plotted. */
import { html, noChange, nothing, type TemplateResult } from "lit";
import { formatNumber, unparted } from "../format";
import { withSymbols } from "../symbol";
import type { FigureData, FigureDeclaration, Table, Value } from "../types";
import { alignmentView } from "./alignment";
import { answersView } from "./answers";
import { arrowsView } from "./arrows";
import { barsView } from "./bars";
import { choicesView } from "./choices";
import { confusionView } from "./confusion";
import { contoursView } from "./contours";
import { curvesView } from "./curves";
import { heatmapView } from "./heatmap";
import { histogramsView } from "./histograms";
import { ledgerView } from "./ledger";
import { logBarsView } from "./log-bars";
import { networkView } from "./network";
import { samplesView } from "./samples";
import type { StepHeatmapData } from "./step-heatmap";
import { type TextData, textView } from "./text";
import { tracksView } from "./tracks";
import { unitsView } from "./units";
import { walkView } from "./walk";

/** The step, and the row, that all figures of a lab look at. */
export interface Cursor {
  step: number;
  steps: number;
  /** The step the reader asked for last; Python's answer may be on its way. */
  asked(): number;
  choose(step: number): void;
  /** Set controls, several at once. */
  set(values: Record<string, Value>): void;
  keydown(event: KeyboardEvent): void;
  /** The number a control has, as a row of `cells.ts`, and the one the reader asked for last. */
  value(control: string): number;
  askedOf(control: string): number;
  /** The same for a control that holds words. */
  askedWords(control: string): string;
}

/** What is drawn around a figure. */
export interface Around {
  /** Only the figure itself: its words and its table stay as they are. */
  glance: boolean;
  tables: boolean;
  openData(figure: string, open: boolean): void;
}

export type FigureView = (data: FigureData, cursor: Cursor) => TemplateResult;

const VIEWS: Record<string, FigureView> = {
  "unrolled-network": networkView,
  tracks: tracksView,
  confusion: confusionView,
  curves: curvesView,
  bars: barsView,
  text: textView,
  choices: choicesView,
  heatmap: heatmapView,
  histograms: histogramsView,
  "log-bars": logBarsView,
  arrows: arrowsView,
  "unrolled-units": unitsView,
  "unrolled-walk": walkView,
  ledger: ledgerView,
  alignment: alignmentView,
  answers: answersView,
  contours: contoursView,
  samples: samplesView,
};

export function figureTemplate(
  labId: string,
  figure: FigureDeclaration,
  data: FigureData,
  cursor: Cursor,
  around: Around,
): TemplateResult {
  const view = VIEWS[figure.kind];
  if (!view)
    throw new Error(
      `figure ${figure.name}: no view draws the kind "${figure.kind}"; kinds: ${Object.keys(VIEWS).join(", ")}`,
    );
  const title = data.heading ?? figure.title;
  const unless = (draw: () => unknown) => (around.glance ? noChange : draw());
  const summaryId = `${labId}-${figure.name}-summary`;
  return html`<figure data-figure=${figure.name} data-kind=${figure.kind} aria-labelledby=${`${labId}-${figure.name}-title`} aria-describedby=${summaryId}>
    <div class="figure-head">
      <span class="figure-title" id=${`${labId}-${figure.name}-title`}>${withSymbols(title)}</span>
      <span class="quiet">${withSymbols(figure.caption)}</span>
      ${isSigned(figure.kind, data) ? legend(data.ends) : nothing}
    </div>
    ${view(data, cursor)}
    <figcaption>
      <span class="figure-summary" id=${summaryId}>${unless(() => withSymbols(unparted(data.summary)))}</span>
      <details class="figure-data" @toggle=${(event: Event) => around.openData(figure.name, (event.currentTarget as HTMLDetailsElement).open)}><summary>Show data<span class="visually-hidden"> of ${title}</span></summary>
        <div class="figure-tables" tabindex="0" role="region" aria-label=${`Data of ${title}`}>${unless(() => (around.tables ? data.tables.map(tableTemplate) : nothing))}</div>
      </details>
      <details class="figure-save"><summary>Save<span class="visually-hidden"> ${title} as a picture</span></summary>
        <span class="save-choice"><button type="button" class="button" data-save="svg">SVG</button>
        <button type="button" class="button" data-save="png">PNG</button>
        <span class="save-said" role="status"></span></span>
      </details>
    </figcaption>
  </figure>`;
}

/** Whether its colours are signed values, with no axis to say so. */
function isSigned(kind: string, data: FigureData): boolean {
  if (kind === "text") return (data as TextData).tint !== null;
  if (kind === "heatmap") return !(data as Partial<StepHeatmapData>).unsigned;
  return kind.startsWith("unrolled-");
}

/** What the two colours stand for: signs, or the two kinds that the figure tells apart. */
function legend(ends: [string, string] = ["− negative", "positive +"]): TemplateResult {
  return html`<span class="legend"><span>${ends[0]}</span><span class="legend-scale"></span><span>${ends[1]}</span></span>`;
}

function tableTemplate(table: Table): TemplateResult | typeof nothing {
  const count = table.data[0]?.data.length ?? 0;
  if (count === 0) return nothing;
  const spelled = table.data.map(({ data }) => spelling(data));
  return html`<table class="data">
    <thead><tr>${table.rows ? html`<td></td>` : nothing}${table.columns.map((name) => html`<th scope="col">${withSymbols(name)}</th>`)}</tr></thead>
    <tbody>${Array.from(
      { length: count },
      (_, row) => html`<tr>
      ${table.rows ? html`<th scope="row">${withSymbols(table.rows[row] ?? "")}</th>` : nothing}
      ${table.data.map((column, index) => html`<td>${cell(column.data[row], spelled[index])}</td>`)}
    </tr>`,
    )}</tbody>
  </table>`;
}

function cell(value: number | undefined, spell = formatNumber): string {
  return value === undefined ? "" : spell(value);
}

/** A column of whole numbers counts something: units, steps, evaluations. */
function spelling(column: ArrayLike<number>): (value: number) => string {
  const whole = Array.from(column).every((value) => Math.abs(value) < 1e9 && value % 1 === 0);
  return whole ? (value) => value.toLocaleString("en-US").replace("-", "\u2212") : formatNumber;
}
