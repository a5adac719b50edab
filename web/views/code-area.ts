/** Code in the page that becomes an editor when it is first focused.
 *
 * Around `<div><pre tabindex="0"><code>…</code></pre></div>` as the build wrote it. Until there is an
 * editor, and where its file does not arrive, the text is simply there and can be run.
 */
import type { Editor, Name } from "./editor";

export interface CodeAreaOptions {
  label: string;
  onChange(text: string): void;
  onRun(): void;
  complete?(text: string): Promise<Name[]>;
  /** The reader has come to type: the editor is on its way. */
  onOpen?(): void;
  /** It did not arrive. */
  onFailure(words: string): void;
}

export class CodeArea {
  /** The text as the build wrote it. */
  readonly original: string;
  readonly #host: HTMLElement;
  readonly #pre: HTMLPreElement;
  readonly #written: Node[];
  readonly #options: CodeAreaOptions;
  #text: string;
  #editor: Editor | null = null;
  #opening: Promise<void> | null = null;
  #pointed: { x: number; y: number } | undefined;

  constructor(host: HTMLElement, options: CodeAreaOptions, signal: AbortSignal) {
    this.#host = host;
    this.#options = options;
    this.#pre = host.querySelector("pre") as HTMLPreElement;
    this.original = this.#pre.textContent ?? "";
    this.#written = [...this.#code.childNodes];
    this.#text = this.original;
    this.#pre.addEventListener(
      "pointerdown",
      ({ clientX: x, clientY: y }) => {
        this.#pointed = { x, y };
      },
      { signal },
    );
    this.#pre.addEventListener("focus", () => void this.open(true), { signal });
    signal.addEventListener("abort", () => this.#close());
  }

  get text(): string {
    return this.#text;
  }

  get edited(): boolean {
    return this.#text !== this.original;
  }

  /** Show another text; `onChange` is not told. */
  show(text: string): void {
    this.#text = text;
    if (this.#editor) this.#editor.replace(text);
    else if (text === this.original) this.#code.replaceChildren(...this.#written);
    else this.#code.textContent = text;
  }

  /** Mark the line (from 1) that an error came from; null for none. */
  mark(line: number | null): void {
    this.#editor?.mark(line);
  }

  /** What was offered for the word that was typed last is not wanted any more. */
  dismiss(): void {
    this.#editor?.dismiss();
  }

  /** Turn the text into an editor, with the cursor in it if `focus`. Idempotent. */
  open(focus: boolean): Promise<void> {
    this.#opening ??= this.#open(focus);
    return this.#opening;
  }

  async #open(focus: boolean): Promise<void> {
    this.#options.onOpen?.();
    try {
      const { openEditor } = await import("./editor");
      if (!this.#host.isConnected) return;
      const wasFocused = document.activeElement === this.#pre;
      const { label, onRun, complete } = this.#options;
      this.#editor = openEditor(this.#host, {
        text: this.#text,
        label,
        onRun,
        ...(complete && { complete }),
        onChange: (text) => {
          this.#text = text;
          this.#options.onChange(text);
        },
      });
      this.#pre.hidden = true;
      if (focus && wasFocused) this.#editor.focus(this.#pointed);
    } catch {
      this.#opening = null;
      this.#options.onFailure("The editor could not be loaded. The code can still be run.");
    }
  }

  #close(): void {
    this.#editor?.destroy();
    this.#editor = null;
    this.#opening = null;
    this.#pre.hidden = false;
  }

  get #code(): HTMLElement {
    return this.#pre.querySelector("code") ?? this.#pre;
  }
}
