/** What Python says about a lab: a description once, a snapshot after every change. */
import type { NdArray } from "../bridge/wire";
import type { Output } from "./output";

export interface Option {
  value: string;
  label: string;
  help: string;
}

interface ControlBase {
  name: string;
  label: string;
  group: string;
  help: string;
  more: boolean;
  compact: boolean;
  shown_when: Record<string, unknown[]>;
}

export interface SliderControl extends ControlBase {
  kind: "slider";
  low: number;
  high: number;
  default: number;
  step: number;
  scale: "linear" | "log";
  integer: boolean;
  symbol: string;
  /** The figure that follows the hand before all others; "" for the first. */
  watched_in: string;
  /** Python can tell what a value would show before it is set. */
  foreseen: boolean;
  /** Named stretches of the track: name, from, to. */
  zones: [string, number, number][];
}

export interface ChoiceControl extends ControlBase {
  kind: "choice";
  options: Option[];
}

export interface ToggleControl extends ControlBase {
  kind: "toggle";
}

export interface TextControl extends ControlBase {
  kind: "text" | "numbers";
  longest: number;
  lines: number;
}

/** Its value is the name of what was taken; the content goes by `upload`. */
export interface DocumentControl extends ControlBase {
  kind: "document";
  /** In bytes. */
  longest: number;
  /** May be typed and pasted too, not only a file. */
  typed: boolean;
  endings: string[];
}

export type Control = SliderControl | ChoiceControl | ToggleControl | TextControl | DocumentControl;
export type Value = string | number | boolean;

export interface Action {
  name: string;
  label: string;
  group: string;
  help: string;
  primary: boolean;
  compact: boolean;
  /** The figure that says what came of it; "" where that is the first. */
  result: string;
}

export interface FigureDeclaration {
  name: string;
  kind: string;
  title: string;
  caption: string;
  more: boolean;
  compact: boolean;
}

export interface Preset {
  name: string;
  label: string;
  note: string;
}

export interface Description {
  name: string;
  title: string;
  question: string;
  groups: Record<string, string>;
  controls: Control[];
  actions: Action[];
  figures: FigureDeclaration[];
  presets: Preset[];
  how_to: string[];
  /** What is behind *More*, in a few words. */
  more: string;
  /** What the clock counts. */
  clock: string;
}

export interface Table {
  columns: string[];
  data: NdArray[];
  rows?: string[];
}

/** Every figure has a sentence and a table; what else it holds depends on its kind. */
export interface FigureData {
  /** Where the title depends on the state: stands for the declared one. */
  heading?: string;
  /** What red and blue stand for, where that is not a sign. */
  ends?: [string, string];
  summary: string;
  tables: Table[];
}

/** A piece of a formula: words, a symbol, or a number that may carry the name it stands for. */
export interface FormulaPart {
  text?: string;
  symbol?: string;
  number?: string;
  name?: string;
  /** Stands beside an operator. */
  term?: boolean;
  result?: boolean;
}

export interface Snapshot {
  values: Record<string, Value>;
  start: Record<string, Value>;
  changed: string[];
  preset: string;
  note: string;
  /** The last step; the first is 1, unless `first_step` says 0. */
  steps: number;
  first_step?: number;
  /** Where the clock stands, if not "step 3 of 9". */
  place?: string;
  running: string;
  /** How long to wait before the next slice. */
  wait_ms: number;
  /** How long a frame may stand while something runs; none: every slice is drawn. */
  frame_ms?: number;
  status: { name: string; value: string }[];
  problem: string | null;
  /** The file the lab waits for; it works on with what it has. */
  wants?: string | null;
  /** After a button: what the page saves or puts on the clipboard. */
  output?: Output;
  /** Of a lab whose work is kept: grows when there is more worth keeping. */
  keep?: number;
  said: string;
  /** From where to where sliders reach now, by control; unsaid, as declared. */
  reaches?: Record<string, [number, number]>;
  /** What stands behind a control's value now, told below it. */
  hints?: Record<string, string>;
  actions: Record<string, { enabled: boolean; label?: string; shown?: boolean }>;
  readout: FormulaPart[][];
  figures: Record<string, FigureData>;
}

export interface Frame {
  /** `compact`: the figures, controls and buttons that say so. */
  layout: "full" | "compact";
  description: Description;
  snapshot: Snapshot;
  /** The files this very state was computed with. */
  files: string[];
}
