/** Text of HTML as SVG: a line at a time, where the page put it. */
import { paintOf, setPaint } from "./colours";
import { setType } from "./copy";
import { make } from "./make";

interface Line {
  text: string;
  left: number;
  top: number;
  right: number;
  height: number;
}

const measuring = document.createElement("canvas").getContext("2d");

/** A text node's lines; `origin` is the picture's corner on the page. */
export function wordsOf(
  node: Text,
  style: CSSStyleDeclaration,
  origin: { left: number; top: number },
): SVGElement[] {
  const paint = paintOf(style.color);
  if (!paint) return [];
  const share = ascent(style);
  return linesOf(node).map(({ text, left, right, top, height }) => {
    const made = make("text", { x: left - origin.left, y: top - origin.top + share * height });
    // Where the face is missing, another one takes the same room.
    if (text.length > 1) {
      made.setAttribute("textLength", (right - left).toFixed(2));
      made.setAttribute("lengthAdjust", "spacingAndGlyphs");
    }
    if (/^\s|\s$|\s\s/.test(text)) made.setAttribute("xml:space", "preserve");
    setPaint(made, "fill", paint);
    setType(made, style);
    made.textContent = text;
    return made;
  });
}

/** Characters that share a line; what the page swallowed (spaces at a line's end) has no width. */
function linesOf(node: Text): Line[] {
  const lines: Line[] = [];
  const range = document.createRange();
  const text = node.data;
  let at = 0;
  for (const character of text) {
    range.setStart(node, at);
    at += character.length;
    range.setEnd(node, at);
    const { left, right, top, width, height } = range.getBoundingClientRect();
    if (width === 0 || height === 0) continue;
    const shown = /\s/.test(character) ? " " : character;
    const line = lines.at(-1);
    if (line && Math.abs(line.top - top) < height / 2) {
      line.text += shown;
      line.right = Math.max(line.right, right);
    } else lines.push({ text: shown, left, top, right, height });
  }
  return lines.filter(({ text: words }) => words.trim() !== "");
}

/** How far down its box a text's baseline is, as a share of the box's height. */
function ascent(style: CSSStyleDeclaration): number {
  if (!measuring) return 0.8;
  measuring.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } =
    measuring.measureText("x");
  return above / (above + below);
}
