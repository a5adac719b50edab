/** Text, one place after another: each can be pointed at, and may be tinted by a signed value.
 *
 * What is seen is cut into pieces that are drawn again only when they change, so a long text may grow
 * many times a second. Those who listen hear the same text in one piece, and a slider for the place.
 */
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { NdArray } from "../../bridge/wire";
import type { FigureData } from "../types";
import { inText, percent, sign, spoken } from "./characters";
import type { Cursor, FigureView } from "./figure";
import { follow } from "./follow";
import { byVisualLine, placeUnder } from "./places";
import { levelOf } from "./signed";

export interface TextData extends FigureData {
  characters: string[];
  /** The first so many places are the reader's. */
  seed: number;
  /** Places before the first one shown. */
  start: number;
  probability: NdArray | null;
  tint: NdArray | null;
  note: string;
  face?: "mono" | "serif";
  /** A line or two: the box is low. */
  short?: boolean;
}

/** Places drawn together; an update draws only the last piece again. */
const PIECE = 48;

export const textView: FigureView = (data, cursor) => {
  const text = data as TextData;
  const count = text.characters.length;
  const first = text.start + 1;
  const last = text.start + count;
  const words = wordsAt(text, cursor.step);
  return html`<div class=${`written written-${text.face ?? "mono"}${text.short ? " written-short" : ""}`}>
    <p class="written-key" aria-hidden="true">
      <span>${text.note}</span>
      ${text.seed > text.start ? html`<span><span class="seed">seed</span> in bold</span>` : nothing}
      ${text.tint ? html`<span>line above: ${text.ends?.[1] ?? "+"}, below: ${text.ends?.[0] ?? "−"}</span>` : nothing}
      <span class="written-place">${words.seen}</span>
    </p>
    <div class="written-box" ${follow(cursor.step, last)} @click=${(event: MouseEvent) => choose(event, cursor)}
      @pointermove=${(event: PointerEvent) => point(event, cursor)}>
      <div class="written-cursor" role="slider" tabindex="0" aria-label="Place in the text" aria-valuemin=${count ? first : 0}
        aria-valuemax=${last} aria-valuenow=${Math.min(Math.max(cursor.step, count ? first : 0), last)} aria-valuetext=${words.spoken}
        @keydown=${(event: KeyboardEvent) => press(event, cursor)}></div>
      ${guard([text, cursor.step], () => lines(text, cursor.step))}
      <p class="visually-hidden written-spoken">${guard([text], () => text.characters.map(inText).join(""))}</p>
    </div>
  </div>`;
};

/** The chosen place in words, to be seen and to be heard. */
function wordsAt(text: TextData, step: number): { seen: unknown; spoken: string } {
  const index = step - text.start - 1;
  const character = text.characters[index];
  const last = text.start + text.characters.length;
  if (character === undefined) {
    const words = last === 0 ? "no text yet" : `${last} places`;
    return { seen: words, spoken: words };
  }
  const value = text.probability?.data[index] ?? Number.NaN;
  const chance = Number.isFinite(value) ? `, ${percent(value)}` : "";
  const place = `place ${step} of ${last}: `;
  return {
    seen: html`${place}<bdi>${sign(character)}</bdi>${chance}`,
    spoken: `${place}${spoken(character)}${chance}`,
  };
}

function lines(text: TextData, step: number): TemplateResult {
  const { characters } = text;
  if (characters.length === 0)
    return html`<div class="written-lines"><p class="written-empty">Nothing is written yet.</p></div>`;
  const drawn: TemplateResult[] = [];
  for (let from = 0; from < characters.length; ) {
    const end = characters.indexOf("\n", from);
    const to = end < 0 ? characters.length : end + 1;
    drawn.push(line(text, from, to, step));
    from = to;
  }
  return html`<div class="written-lines" aria-hidden="true" translate="no">${drawn}</div>`;
}

function line(text: TextData, from: number, to: number, step: number): TemplateResult {
  const pieces: unknown[] = [];
  for (let at = from; at < to; at += PIECE)
    pieces.push(piece(text, at, Math.min(at + PIECE, to), step - text.start - 1));
  return html`<div class="written-line" dir="auto">${pieces}</div>`;
}

function piece(text: TextData, from: number, to: number, cursor: number): unknown {
  const characters = text.characters.slice(from, to);
  const levels = text.tint ? Array.from(text.tint.data.subarray(from, to), levelOf) : [];
  const seeds = Math.max(text.seed - text.start - from, 0);
  const chosen = cursor >= from && cursor < to ? cursor - from : -1;
  const key = [
    from + text.start,
    characters.join("\0"),
    levels.join(),
    seeds > PIECE ? PIECE : seeds,
    chosen,
  ];
  return guard(
    key,
    () =>
      html`<span class="piece" data-first=${from + text.start + 1}>${characters.map(
        (character, index) => place(character, levels[index] ?? 0, index < seeds, index === chosen),
      )}</span>`,
  );
}

function place(character: string, level: number, seed: boolean, chosen: boolean): TemplateResult {
  let kind = character === "\n" ? "newline" : "";
  if (seed) kind += " seed";
  if (level) kind += ` ${level < 0 ? "minus" : "plus"} level-${Math.abs(level)}`;
  return html`<span class=${kind.trim() || nothing} ?data-cursor=${chosen}>${inText(character)}</span>`;
}

function choose(event: MouseEvent, cursor: Cursor): void {
  const box = event.currentTarget as HTMLElement;
  if (getSelection()?.isCollapsed === false) return; // the reader copies
  const place = placeUnder(event.target);
  if (place) cursor.choose(place);
  box.querySelector<HTMLElement>(".written-cursor")?.focus({ preventScroll: true });
}

let mouse = { x: -1, y: -1 };

/** A moving mouse chooses; a finger scrolls, and a text moving below a resting mouse does nothing. */
function point(event: PointerEvent, cursor: Cursor): void {
  if (event.pointerType === "touch" || event.buttons !== 0) return;
  const { clientX: x, clientY: y } = event;
  if (x === mouse.x && y === mouse.y) return;
  mouse = { x, y };
  const place = placeUnder(event.target);
  if (place && place !== cursor.asked() && place !== cursor.step) cursor.choose(place);
}

function press(event: KeyboardEvent, cursor: Cursor): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") {
    cursor.keydown(event);
    return;
  }
  event.preventDefault();
  const box = (event.currentTarget as HTMLElement).parentElement as HTMLElement;
  const place = byVisualLine(box, cursor.asked(), event.key === "ArrowDown");
  if (place) cursor.choose(place);
}
