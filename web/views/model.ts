/** What is on the screen: the frame from Python, and what only the page knows. */
import type { Shown } from "../bridge/session";
import type { DocumentState } from "./documents";
import type { Given } from "./output";
import type { DocumentControl, Frame, Snapshot, Value } from "./types";

/** `static` until the engine is asked for; every state is told in words on the page. */
export type LabState = "static" | "loading" | "ready" | "running" | "error";

export interface Handlers {
  set(name: string, value: Value): void;
  /** A hand or the focus has come to a slider: it may be moved next. */
  reach(name: string): void;
  /** A slider moves under the reader's hand: more values will come. */
  drag(name: string, value: Value): void;
  /** Several at once: a point in a plane is two, so is a cell of a figure. */
  setAll(values: Record<string, Value>): void;
  /** The reader is typing in a field, or has left it (null). */
  type(name: string, text: string | null): void;
  /** The reader types in a document's field. */
  draft(name: string, text: string): void;
  /** The reader hands over a document. */
  bring(control: DocumentControl, source: string | File): void;
  closeOutput(): void;
  act(action: string): void;
  choosePreset(name: string): void;
  togglePlay(): void;
  load(): void;
  retry(): void;
  /** Show again what the address hides. */
  showAll(): void;
  openMore(open: boolean): void;
  openData(figure: string, open: boolean): void;
}

/** What is said in the lab's engine line, with a bar where there is a total. */
export interface EngineLine {
  words: string;
  loaded: number;
  total: number;
  detail: string;
}

/** A file the lab wants: on its way, or failed and waiting for *Retry*. */
export interface Delivery extends EngineLine {
  failed: boolean;
}

export interface LabModel extends Frame {
  id: string;
  state: LabState;
  playing: boolean;
  /** Values on their way to Python: the controls show them, the figures follow. */
  pending: Record<string, Value>;
  /** The field that is being typed in, and what stands in it. */
  typing: { name: string; text: string } | null;
  /** What was refused, with the text as the reader typed it. */
  refused: { name: string; text: string; message: string } | null;
  /** By control, those that were touched. */
  documents: Record<string, DocumentState>;
  /** What the last button gave away. */
  given: Given | null;
  /** What a reload would lose, and why; "" for nothing. */
  notKept: string;
  engine: EngineLine;
  /** While there is one, it is told instead of the engine. */
  delivery: Delivery | null;
  /** What the reader may press while there is no engine. */
  offer: "" | "load" | "retry";
  offerLabel: string;
  /** What the reader pressed waits for Python: that is said where they look. */
  waiting: boolean;
  announcement: string;
  /** The names of what a link asked to hide. */
  hiding: ReadonlySet<string>;
  /** What it asked to hide and is not there, in words. */
  notHidden: string;
  disabled: boolean;
  /** What one figure shows already, while the rest waits for Python. */
  ahead: { figure: string; seen: Partial<Snapshot> } | null;
  /** Only that figure is drawn; the rest stands. */
  glance: boolean;
  moreOpen: boolean;
  /** Figures whose table is open; a closed table is not drawn. */
  openData: Set<string>;
  on: Handlers;
}

const nothing = (): void => undefined;

const NO_HANDLERS: Handlers = {
  set: nothing,
  reach: nothing,
  drag: nothing,
  setAll: nothing,
  type: nothing,
  draft: nothing,
  bring: nothing,
  closeOutput: nothing,
  act: nothing,
  choosePreset: nothing,
  togglePlay: nothing,
  load: nothing,
  retry: nothing,
  showAll: nothing,
  openMore: nothing,
  openData: nothing,
};

/** The figures and tables that are open to be looked at. */
export function shownOf({ layout, description, moreOpen, openData }: LabModel): Shown {
  return {
    figures: description.figures
      .filter((figure) => (layout === "compact" ? figure.compact : moreOpen || !figure.more))
      .map(({ name }) => name),
    tables: [...openData],
  };
}

/** A control's value: what was asked for last, else what Python has said last. */
export function valueNow({ pending, ahead, snapshot }: LabModel, name: string): Value | undefined {
  return pending[name] ?? ahead?.seen.values?.[name] ?? snapshot.values[name];
}

/** What a figure is drawn from: the snapshot, or what it shows ahead of that. */
export function seenIn({ ahead, snapshot }: LabModel, figure: string): Snapshot {
  const drawn = snapshot.figures[figure];
  if (ahead?.figure !== figure || !drawn) return snapshot;
  const { seen } = ahead;
  const figures = { [figure]: { ...drawn, ...seen.figures?.[figure] } };
  return { ...snapshot, ...seen, figures };
}

/** The first frame, before any script has run; also what the build renders. */
export function staticModel(id: string, frame: Frame): LabModel {
  return {
    ...frame,
    id,
    state: "static",
    playing: false,
    pending: {},
    typing: null,
    refused: null,
    documents: {},
    given: null,
    notKept: "",
    engine: { words: "", loaded: 0, total: 0, detail: "" },
    delivery: null,
    offer: "",
    offerLabel: "",
    waiting: false,
    announcement: "",
    hiding: new Set(),
    notHidden: "",
    disabled: false,
    ahead: null,
    glance: false,
    moreOpen: false,
    openData: new Set(),
    on: NO_HANDLERS,
  };
}
