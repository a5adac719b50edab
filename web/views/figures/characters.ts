/** One character on the screen: what cannot be seen, or would change its neighbours, gets a sign. */
import { formatNumber } from "../format";

const SIGNS: Record<string, string> = { " ": "␣", "\n": "⏎", "\t": "⇥", "\r": "␍" };
const SPOKEN: Record<string, string> = { " ": "space", "\n": "line break", "\t": "tab" };

/** Alone they are nothing to see, or turn the text around: controls, joiners, overrides. */
const HIDDEN = /^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+$/u;
const COMBINING = /^\p{M}/u;

/** A character within running text: spaces and tabs are themselves. */
export function inText(character: string): string {
  if (character.length === 1 && character >= " " && character <= "~") return character;
  if (character === "\n" || character === "\t") return character;
  if (HIDDEN.test(character)) return codePoints(character);
  return COMBINING.test(character) ? `◌${character}` : character;
}

/** A character standing alone, as under a column. */
export function sign(character: string): string {
  return SIGNS[character] ?? inText(character);
}

/** A character for those who listen. */
export function spoken(character: string): string {
  return SPOKEN[character] ?? `“${inText(character)}”`;
}

export function percent(probability: number): string {
  return `${formatNumber(probability * 100)}\u00a0%`;
}

function codePoints(character: string): string {
  return Array.from(
    character,
    (one) => `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
  ).join(" ");
}
