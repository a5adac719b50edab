/** Texts a network wrote on its way, the newest on top; source code in colours. */
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { FigureData } from "../types";
import type { FigureView } from "./figure";

interface Piece {
  text: string;
  /** What it is in source code; "" for text. */
  kind: "" | "keyword" | "name" | "string" | "number" | "comment" | "wrong";
}

interface Entry {
  when: string;
  note: string;
  pieces: Piece[];
}

interface SamplesData extends FigureData {
  entries: Entry[];
  face: "mono" | "serif";
}

export const samplesView: FigureView = (data) => {
  const { entries, face } = data as SamplesData;
  return html`<div class=${`samples samples-${face}`} role="group" tabindex="0" aria-label="Samples, the newest first">
    ${entries.length === 0 ? html`<p class="samples-empty">Nothing is written yet.</p>` : nothing}
    ${entries.map((entry) => guard([entry.when, entry.note, text(entry)], () => sample(entry)))}
  </div>`;
};

function text(entry: Entry): string {
  return entry.pieces.map((piece) => piece.kind + piece.text).join("\0");
}

function sample({ when, note, pieces }: Entry): TemplateResult {
  return html`<div class="sample">
    <p class="sample-when">${when} <span class="sample-note">${note}</span></p>
    <div class="sample-text" translate="no" dir="auto">${pieces.map((piece) =>
      piece.kind ? html`<span class=${`code-${piece.kind}`}>${piece.text}</span>` : piece.text,
    )}</div>
  </div>`;
}
