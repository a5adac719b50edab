/** Where a cell's text comes from, the book, an earlier visit, a link or another tab, and where it goes. */
import type { CodeArea } from "./code-area";
import { codeFragment, ELSEWHERE, KeptCode, readCode } from "./code-text";

const FROM_LINK =
  "This code came with the link and has not been run. Reset brings back the book’s.";
const UNKEPT = "This browser keeps nothing for us: a reload loses your version.";
const PLAIN = { type: "text/plain" };

export interface CellTextOptions {
  /** What the reader should know of the text; "" for nothing. */
  onNotice(words: string): void;
  /** Another text stands there, which the reader did not type here. */
  onShow(): void;
}

export class CellText {
  readonly #root: HTMLElement;
  readonly #area: CodeArea;
  readonly #options: CellTextOptions;
  readonly #kept: KeptCode;
  /** It came with a link, or was typed in this tab: no other tab may replace it. */
  #own = false;

  /** Shows in `area` what there is for the cell `root`, and follows links and other tabs. */
  constructor(root: HTMLElement, area: CodeArea, options: CellTextOptions, signal: AbortSignal) {
    this.#root = root;
    this.#area = area;
    this.#options = options;
    this.#kept = new KeptCode("code", root.id);
    const kept = this.#kept.read();
    if (kept !== null) area.show(kept);
    this.#kept.onOtherTab((text) => this.#takeOther(text), signal);
    addEventListener("hashchange", () => void this.#followLink(signal), { signal });
    void this.#followLink(signal);
  }

  /** The reader changed it. It is kept at once. */
  typed(): void {
    this.#dropLink();
    this.#own = true;
    const kept = this.#kept.write(this.#area.edited ? this.#area.text : null);
    this.#options.onNotice(kept ? "" : UNKEPT);
  }

  /** A text of the reader's stands there again, as if it had just been typed. */
  putBack(text: string): void {
    this.#area.show(text);
    this.typed();
    this.#options.onShow();
  }

  /** The book's text stands there again, and nothing else is kept. */
  reset(): void {
    this.#dropLink();
    this.#own = false;
    this.#kept.write(null);
    this.#show(this.#area.original, "");
  }

  /** Put a link that carries the text on the clipboard, else into the address; tells which. */
  async share(): Promise<"clipboard" | "address"> {
    const fragment = codeFragment(this.#root.id, this.#area.text);
    const link = fragment.then((code) => new Blob([new URL(code, location.href).href], PLAIN));
    try {
      // WebKit opens the clipboard only while the press is being answered, but takes a promise.
      await navigator.clipboard.write([new ClipboardItem({ [PLAIN.type]: link })]);
      return "clipboard";
    } catch {
      history.replaceState(history.state, "", await fragment);
      return "address";
    }
  }

  /** Code from a link is shown. It is run when the reader presses Run, and kept when they edit it. */
  async #followLink(signal: AbortSignal): Promise<void> {
    const text = await readCode(location.hash, this.#root.id);
    if (text === null || signal.aborted) return;
    this.#own = true;
    this.#show(text, text === this.#area.original ? "" : FROM_LINK);
    this.#root.scrollIntoView({ block: "start" });
  }

  #dropLink(): void {
    if (location.hash.startsWith(`#${this.#root.id}?code=`))
      history.replaceState(history.state, "", `#${this.#root.id}`);
  }

  /** The newer text is taken over, unless this tab has one of its own. */
  #takeOther(kept: string | null): void {
    const text = kept ?? this.#area.original;
    if (text === this.#area.text) this.#options.onNotice("");
    else if (this.#own) this.#options.onNotice(ELSEWHERE);
    else this.#show(text, "");
  }

  #show(text: string, notice: string): void {
    this.#area.show(text);
    this.#options.onNotice(notice);
    this.#options.onShow();
  }
}
