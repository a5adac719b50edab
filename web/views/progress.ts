/** What a reader has done with the exercises: kept in this browser, exported, imported, forgotten. */

const KEY = "unrolled:exercises";
const FORMAT = "unrolled-exercises";
const VERSION = 1;
/** As in pysrc/lab/exercises/kit/reader.py. */
const MOST_CHARACTERS = 20_000;
export const MOST_BYTES = 2_000_000;

const STATES = ["open", "tried", "solved"] as const;
export type State = (typeof STATES)[number];

export interface Attempt {
  state: State;
  /** The reader's text; absent while it is the starter. */
  text?: string;
  /** How many hints were opened. */
  hints?: number;
  /** The reader asked for the solution. */
  revealed?: boolean;
}

type Records = Record<string, Attempt>;

/** Why a file is not imported, in one sentence. */
export class ImportRefused extends Error {
  override readonly name = "ImportRefused";
}

/** Dispatches `change` when a record changed, in this tab or in another; before it `elsewhere` if in another. */
class Progress extends EventTarget {
  /** Where storage is closed, all is held here and lost with the tab. */
  #held: Records = {};
  #kept = true;

  constructor() {
    super();
    this.#held = this.#read();
    addEventListener("storage", ({ key }) => {
      if (key !== KEY && key !== null) return;
      this.dispatchEvent(new Event("elsewhere"));
      this.#announce();
    });
  }

  /** False where the browser keeps nothing for this page. */
  get kept(): boolean {
    return this.#kept;
  }

  of(name: string): Attempt {
    return this.#read()[name] ?? { state: "open" };
  }

  /** Change some of a record. It is written at once: nothing waits that a reload could lose. */
  note(name: string, change: Partial<Attempt>): void {
    const records = this.#read(); // another tab may have written meanwhile
    records[name] = { ...(records[name] ?? { state: "open" }), ...change };
    if (change.text === undefined && "text" in change) delete records[name].text;
    this.#write(records);
  }

  forget(): void {
    this.#write({});
  }

  /** A file's text that `take` understands. */
  exported(): string {
    const file = { format: FORMAT, version: VERSION, exercises: this.#read() };
    return `${JSON.stringify(file, null, 2)}\n`;
  }

  /** Add what was exported elsewhere. What is solved here stays, and so does a text the file lacks.
   *
   * Returns how many records it took.
   */
  take(text: string, known: string[]): number {
    const taken = recordsOf(text, known);
    const records = this.#read();
    const news = Object.entries(taken).filter(
      ([name, record]) => records[name]?.state !== "solved" || record.state === "solved",
    );
    for (const [name, record] of news) records[name] = { ...records[name], ...record };
    this.#write(records);
    return news.length;
  }

  #read(): Records {
    if (!this.#kept) return structuredClone(this.#held);
    try {
      const text = localStorage.getItem(KEY);
      return text === null ? {} : plausible(JSON.parse(text));
    } catch (error) {
      if (error instanceof DOMException) this.#kept = false; // closed to us
      return this.#kept ? {} : structuredClone(this.#held);
    }
  }

  #write(records: Records): void {
    this.#held = records;
    try {
      if (Object.keys(records).length === 0) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, JSON.stringify(records));
    } catch {
      this.#kept = false;
    }
    this.#announce();
  }

  #announce(): void {
    this.dispatchEvent(new Event("change"));
  }
}

/** Of what stands in storage, what can be ours: nobody else may have written there, yet might. */
function plausible(value: unknown): Records {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  const entries = Object.entries(value).filter(([, record]) => complaint(record) === "");
  return Object.fromEntries(entries) as Records;
}

/** Read an exported file. Throws ImportRefused saying what is wrong with it. */
function recordsOf(text: string, known: string[]): Records {
  const file = parsed(text);
  if (file["format"] !== FORMAT)
    throw new ImportRefused(
      `this is no export of these exercises: its format must be "${FORMAT}"; it is ${spelled(file["format"])}`,
    );
  if (file["version"] !== VERSION)
    throw new ImportRefused(`its version must be ${VERSION}; it is ${spelled(file["version"])}`);
  const records = file["exercises"];
  if (typeof records !== "object" || records === null || Array.isArray(records))
    throw new ImportRefused("it lists no exercises");
  for (const [name, record] of Object.entries(records)) {
    if (!known.includes(name))
      throw new ImportRefused(`this book has no exercise ${spelled(name)}`);
    const wrong = complaint(record);
    if (wrong) throw new ImportRefused(`${name}: ${wrong}`);
  }
  return records as Records;
}

function parsed(text: string): Record<string, unknown> {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw new ImportRefused("it is not JSON");
  }
  if (typeof file !== "object" || file === null) throw new ImportRefused("it is no JSON object");
  return file as Record<string, unknown>;
}

/** What is wrong with one record; "" when nothing is. */
function complaint(record: unknown): string {
  if (typeof record !== "object" || record === null) return "a record must be an object";
  const { state, text, hints, revealed } = record as Record<string, unknown>;
  if (!STATES.includes(state as State))
    return `state must be ${STATES.join(", ")}; it is ${spelled(state)}`;
  if (text !== undefined && (typeof text !== "string" || text.length > MOST_CHARACTERS))
    return `text must be words of at most ${MOST_CHARACTERS.toLocaleString("en")} characters`;
  if (hints !== undefined && !(Number.isInteger(hints) && (hints as number) >= 0))
    return `hints must be a whole number from 0; it is ${spelled(hints)}`;
  if (revealed !== undefined && typeof revealed !== "boolean")
    return `revealed must be true or false; it is ${spelled(revealed)}`;
  return "";
}

function spelled(value: unknown): string {
  const text = JSON.stringify(value) ?? "missing";
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** The progress of this tab; instant navigation does not end it. */
export const progress = new Progress();
