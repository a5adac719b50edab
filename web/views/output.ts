/** What a lab gives away: a file to save, or text for the clipboard. */
import { html, nothing, type TemplateResult } from "lit";
import type { NdArray } from "../bridge/wire";
import type { LabModel } from "./model";

export interface Output {
  as: "download" | "copy";
  name: string;
  type: string;
  data: NdArray;
}

/** What the page says of the last output: a link to save it again, or the text to copy by hand. */
export interface Given {
  words: string;
  link: { href: string; name: string } | null;
  text: string;
}

const CLOSED = "The clipboard is closed to this page. The text is selected here: copy it by hand.";

export class Outlet {
  readonly #root: ParentNode;
  readonly #tell: (given: Given | null) => void;
  #address = "";

  /** `tell` draws what was given in `root`, at once. */
  constructor(root: ParentNode, tell: (given: Given | null) => void) {
    this.#root = root;
    this.#tell = tell;
  }

  async give(output: Output): Promise<void> {
    this.stop();
    const bytes = output.data.data as Uint8Array<ArrayBuffer>;
    if (output.as === "download") this.#save(output, bytes);
    else await this.#copy(output.name, new TextDecoder().decode(bytes));
  }

  /** Let go of what the last link leads to. */
  stop(): void {
    URL.revokeObjectURL(this.#address);
    this.#address = "";
  }

  #save({ name, type }: Output, bytes: Uint8Array<ArrayBuffer>): void {
    this.#address = URL.createObjectURL(new Blob([bytes], { type }));
    const link = { href: this.#address, name };
    this.#tell({ words: `Saved, ${sizeInWords(bytes.length)}:`, link, text: "" });
    this.#root.querySelector<HTMLAnchorElement>("a[data-output]")?.click();
  }

  async #copy(name: string, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#tell({ words: `On the clipboard: ${name}.`, link: null, text: "" });
    } catch {
      this.#tell({ words: CLOSED, link: null, text });
      const field = this.#root.querySelector<HTMLTextAreaElement>("textarea[data-output]");
      field?.focus();
      field?.select();
    }
  }
}

export function outputTemplate(model: LabModel): TemplateResult | typeof nothing {
  const { given } = model;
  if (!given) return nothing;
  const { words, link, text } = given;
  return html`<div class="given" role="group" aria-label="What was given">
    <p class="said">${words} ${link ? html`<a data-output href=${link.href} download=${link.name}>${link.name}</a>` : nothing}</p>
    ${
      text
        ? html`<textarea data-output class="text" readonly rows="6" spellcheck="false" aria-label="Text to copy" .value=${text}></textarea>
        <button type="button" class="button" data-action="close-output" @click=${() => model.on.closeOutput()}>Close</button>`
        : nothing
    }
  </div>`;
}

/** Bytes in words: 812 bytes, 48 kB, 1.2 MB. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1e6) return `${Math.round(bytes / 1000)} kB`;
  return `${Number((bytes / 1e6).toPrecision(3))} MB`;
}
