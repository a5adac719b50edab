/** Takes a reader's document to Python: measured before it is read, kept until it has arrived. */
import type { Bytes } from "../bridge/session";
import { encodeText } from "../bridge/utf8";
import { sizeInWords } from "./output";
import type { DocumentControl } from "./types";

/** What stands beside a document's field. */
export interface DocumentState {
  /** In its text field; only the reader changes it. */
  draft: string;
  /** What is on its way; "" for nothing. */
  underWay: string;
  /** Why the last one was not taken; "" if it was. */
  refused: string;
}

export const NO_DOCUMENT: DocumentState = { draft: "", underWay: "", refused: "" };

/** Rejects with `Later` if Python is not there yet: then `resume` sends again. */
export type Send = (control: string, filename: string, content: Bytes) => Promise<void>;
export class Later extends Error {}

type Tell = (control: string, change: Partial<DocumentState>) => void;
type Source = string | File;

export class Documents {
  readonly #send: Send;
  readonly #tell: Tell;
  /** The newest of each control: waiting, or with Python. */
  readonly #newest = new Map<
    string,
    { control: DocumentControl; source: Source; waits: boolean }
  >();

  constructor(send: Send, tell: Tell) {
    this.#send = send;
    this.#tell = tell;
  }

  /** Take what was typed, pasted (a string), dropped or chosen (a file). */
  async bring(control: DocumentControl, source: Source): Promise<void> {
    const newest = this.#newest.get(control.name);
    if (newest?.waits && newest.source === source) return; // it is on its way
    const size = typeof source === "string" ? encodeText(source).length : source.size;
    if (size > control.longest) {
      const most = sizeInWords(control.longest);
      const refused = `${named(source, "This text")} has ${sizeInWords(size)}; at most ${most} are taken here.`;
      this.#tell(control.name, { refused, underWay: "" });
      return;
    }
    this.#newest.set(control.name, { control, source, waits: true });
    await this.#take(control, source);
  }

  get waiting(): boolean {
    return [...this.#newest.values()].some(({ waits }) => waits);
  }

  /** Send what is still waiting. */
  resume(): void {
    for (const { control, source, waits } of this.#newest.values())
      if (waits) void this.#take(control, source);
  }

  /** A new session knows none of them: those that were taken wait again. */
  forgotten(): void {
    for (const document of this.#newest.values()) document.waits = true;
  }

  async #take({ name }: DocumentControl, source: Source): Promise<void> {
    const isNewest = (): boolean => this.#newest.get(name)?.source === source;
    const what = named(source, "the text");
    this.#tell(name, { refused: "", underWay: `Taking ${what}` });
    try {
      const content = await read(source);
      if (!isNewest()) return;
      await this.#send(name, typeof source === "string" ? "" : source.name, content);
      if (!isNewest()) return;
      const document = this.#newest.get(name);
      if (document) document.waits = false;
      this.#tell(name, { underWay: "" });
    } catch (error) {
      if (!isNewest()) return;
      if (error instanceof Later) {
        this.#tell(name, { underWay: `Python is not here yet: ${what} waits` });
        return;
      }
      this.#newest.delete(name);
      this.#tell(name, { underWay: "", refused: sentence(error) });
    }
  }
}

async function read(source: Source): Promise<Bytes> {
  if (typeof source === "string") return encodeText(source);
  try {
    return new Uint8Array(await source.arrayBuffer());
  } catch {
    throw new Error(`“${source.name}” could not be read: is it a folder, or was it moved?`);
  }
}

function named(source: Source, otherwise: string): string {
  return typeof source === "string" ? otherwise : `“${source.name}”`;
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
