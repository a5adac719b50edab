/** Numbers on a sheet of paper: each is pointed at, touched or reached by keys, and opens.
 *
 * The figures of one sheet name the control that holds the open number's name. Numbers not written yet
 * are outlined; a click on one writes up to it, a mouse that only passes does not.
 */
import type { FigureData } from "../types";
import type { Cursor } from "./figure";
import { signedStyle, tone } from "./signed";

export interface SheetNumber {
  name: string;
  text: string;
  /** From -1 to 1: sign and size among the numbers of its sheet. */
  shade: number;
  mark: "written" | "ahead" | "open" | "source" | "growing";
}

export type Cell = SheetNumber | null;

export interface SheetData extends FigureData {
  control: string;
  /** The open number in words. */
  spoken: string;
}

const REACH = 1.4; // the fullest shade leaves its text legible

export function shadeOf({ shade, mark }: SheetNumber): string {
  return mark === "ahead" ? "" : signedStyle(shade, REACH);
}

export function toneOf({ shade, mark }: SheetNumber): string {
  return mark === "ahead" ? "" : tone(shade, REACH);
}

let mouse = { x: -1, y: -1 };

/** What a figure of numbers listens to. `rows` is how they lie: for the arrow keys. */
export function listeners(data: SheetData, rows: Cell[][], cursor: Cursor) {
  const open = (name: string) => cursor.set({ [data.control]: name });
  const asked = () => cursor.askedWords(data.control);
  return {
    click: (event: MouseEvent) => {
      const name = numberUnder(event)?.dataset["number"];
      if (name) open(name);
    },
    /** A figure that moves below a resting mouse does nothing; a finger scrolls. */
    point: (event: PointerEvent) => {
      const { clientX: x, clientY: y } = event;
      if (event.pointerType === "touch" || event.buttons !== 0) return;
      if (x === mouse.x && y === mouse.y) return;
      mouse = { x, y };
      const under = numberUnder(event);
      const name = under?.dataset["number"];
      if (name && under.dataset["mark"] !== "ahead" && name !== asked()) open(name);
    },
    press: (event: KeyboardEvent) => {
      const way = WAYS[event.key];
      if (!way) return cursor.keydown(event);
      event.preventDefault();
      const to = neighbour(rows, asked(), way);
      if (to) open(to);
    },
  };
}

function numberUnder(event: Event): HTMLElement | null {
  return (event.target as Element).closest<HTMLElement>("[data-number]");
}

const WAYS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The next number in a direction: across as they are read, up and down in the same column.
 *
 * From outside the figure it is the first one there is.
 */
function neighbour(rows: Cell[][], name: string, [across, down]: [number, number]): string {
  const all = rows.flat().filter((cell) => cell !== null);
  const at = all.findIndex((cell) => cell.name === name);
  if (at < 0) return all[0]?.name ?? "";
  if (across) return all[at + across]?.name ?? "";
  const row = rows.findIndex((cells) => cells.some((cell) => cell?.name === name));
  const column = rows[row]?.findIndex((cell) => cell?.name === name) ?? 0;
  for (let y = row + down; y >= 0 && y < rows.length; y += down) {
    const cell = rows[y]?.[column];
    if (cell) return cell.name;
  }
  return "";
}
