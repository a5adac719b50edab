/** Signed bars around zero, in one or two panels. */
import { html, nothing, svg, type TemplateResult } from "lit";
import type { NdArray } from "../../bridge/wire";
import { formatNumber } from "../format";
import { symbolInText, withSymbols } from "../symbol";
import type { FigureData } from "../types";
import type { Cursor, FigureView } from "./figure";
import { type Places, probe } from "./probe";
import { signedStyle } from "./signed";

interface Panel {
  title: string;
  labels: string[];
  series: { name: string; style: "outline" | "signed"; values: NdArray }[];
  cursor?: boolean;
  show_values?: boolean;
  /** No value is below 0: bars stand on the floor of the plot. */
  unsigned?: boolean;
}

interface BarsData extends FigureData {
  panels: Panel[];
}

const TOP = 22;
const PLOT = 110;
const HEIGHT = TOP + PLOT + 44;
const LETTER = 6.5; // pixels: the mean width of a letter of a value
const NARROW = 290; // pixels: a plot's width on a phone

export const barsView: FigureView = (data, cursor) => html`
  <div class="bars">${(data as BarsData).panels.map((panel) => panelTemplate(panel, cursor))}</div>`;

function panelTemplate(panel: Panel, cursor: Cursor): TemplateResult {
  const sizes = panel.series
    .flatMap((series) => Array.from(series.values.data, Math.abs))
    .filter(Number.isFinite);
  const reach = Math.max(...sizes, 1e-12);
  const count = panel.labels.length;
  const plot = panel.unsigned ? PLOT : PLOT / 2;
  const zero = TOP + plot;
  const height = (value: number) => (Math.abs(value) / reach) * plot;
  return html`<div class="bars-panel">
    <p class="bars-title"><span>${withSymbols(panel.title)}</span>
      ${panel.series.length > 1 ? panel.series.map((series) => html`<span class=${`key key-${series.style}`}>${series.name}</span>`) : ""}</p>
    <div class="bars-area" role="slider" tabindex="0" aria-label=${`Values of ${panel.title}`} aria-valuenow="1" ${probe(placesOf(panel))}>
    <svg width="100%" height=${HEIGHT} aria-hidden="true" focusable="false">
      ${panel.cursor ? svg`<rect class="cursor-band" x=${`${((cursor.step - 1) / count) * 100}%`} width=${`${100 / count}%`} y="0" height=${HEIGHT} />` : ""}
      ${panel.series.map((series) =>
        Array.from(series.values.data, (value, index) => {
          if (!Number.isFinite(value)) return nothing; // the figure's words say why
          const size = height(value);
          return svg`<rect class=${`bar bar-${series.style}`} x=${`${((index + 0.2) / count) * 100}%`} width=${`${60 / count}%`}
            y=${rounded(value > 0 ? zero - size : zero)} height=${rounded(Math.max(size, 1))} style=${signedStyle(value < 0 ? -1 : 1, 1)} />`;
        }),
      )}
      <line class="zero" x1="0" x2="100%" y1=${zero} y2=${zero} />
      ${panel.labels.map((label, index) => label && svg`<text class="tick" x=${`${((index + 0.5) / count) * 100}%`} y=${HEIGHT - 24}>${symbolInText(label)}</text>`)}
      ${panel.show_values ? values(panel, count) : ""}
    </svg>
      <span class="probe-line" aria-hidden="true"></span>
      <p class="probe-words" aria-hidden="true"></p>
    </div>
  </div>`;
}

function placesOf({ labels, series, title }: Panel): Places {
  return {
    count: labels.length,
    axis: labels.join(),
    x: (index) => index,
    at: (index) => (index + 0.5) / labels.length,
    words: (index) => {
      const several = series.length > 1;
      const values = series.map(
        ({ name, values }) =>
          `${several ? `${name} ` : ""}${formatNumber(values.data[index] ?? Number.NaN)}`,
      );
      return `${labels[index] || `${title}, bar ${index + 1}`}: ${values.join(", ")}`;
    },
  };
}

/** A hundredth of a pixel is enough, and a page of hundreds of bars is much smaller. */
function rounded(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}

function values(panel: Panel, count: number): TemplateResult[] {
  const last = panel.series[panel.series.length - 1];
  const texts = Array.from(last?.values.data ?? [], formatNumber);
  const kind = fitsAPhone(panel, texts) ? "" : "crowded";
  return texts.map(
    (text, index) =>
      svg`<text class=${`tick bar-value ${kind}`} x=${`${((index + 0.5) / count) * 100}%`} y=${HEIGHT - 6}>${text}</text>`,
  );
}

/** Whether there is room for every value below its bar. Signed ones grow and shrink as they are trained:
 * they would come and go. */
function fitsAPhone({ unsigned }: Panel, texts: string[]): boolean {
  const longest = Math.max(...texts.map((text) => text.length));
  return unsigned === true && texts.length * (longest + 1) * LETTER <= NARROW;
}
