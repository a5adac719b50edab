/** `<rnn-share>`: what a lab's foot offers to those who show it to others, drawn when it is opened. */
import { html, nothing, render, type TemplateResult } from "lit";
import { aloneAddress, embedCode, isAlone, pageAddress, teachingAddress } from "./addresses";
import { FullScreen } from "./full-screen";
import { hideable } from "./hidden";
import type { RnnLab } from "./lab-element";
import { symbol } from "./symbol";

/** What was last put on the clipboard, or stands here to be copied by hand. */
interface Copied {
  words: string;
  text: string;
}

const CLOSED = "The clipboard is closed to this page. Copy it by hand:";

export class RnnShare extends HTMLElement {
  #full: FullScreen | null = null;
  #drawn = false;
  /** The names of the controls that the link shall hide. */
  readonly #ticked = new Set<string>();
  #copied: Copied | null = null;

  connectedCallback(): void {
    this.parentElement?.addEventListener("toggle", this.#open);
  }

  disconnectedCallback(): void {
    this.parentElement?.removeEventListener("toggle", this.#open);
    this.#full?.leave();
  }

  readonly #open = (): void => {
    if (!this.#drawn) this.replaceChildren();
    this.#drawn = true;
    this.#draw();
  };

  get #lab(): RnnLab {
    return this.closest("rnn-lab") as RnnLab;
  }

  /** Those that are hidden already stay so in every link from here. */
  get #fragment(): string {
    const { hiding } = this.#lab;
    return this.#lab.fragment([
      ...hiding,
      ...[...this.#ticked].filter((name) => !hiding.has(name)),
    ]);
  }

  #draw(): void {
    render(this.#template(), this);
  }

  #template(): TemplateResult {
    const { id } = this.#lab;
    return html`<div class="share-body">
      <div class="buttons">
        <button type="button" class="button" data-action="full-screen" @click=${() => this.#fill()}>Full screen</button>
        <button type="button" class="button" data-action="copy-link" @click=${() => this.#copy("The link to this state", pageAddress(this.#fragment))}>Copy link to this state</button>
        <button type="button" class="button" data-action="copy-embed" @click=${() => this.#copy("The code to embed it", this.#code)}>Copy embed code</button>
      </div>
      <p class="said" role="status">${this.#copied ? `${this.#copied.words}` : ""}</p>
      ${
        this.#copied?.text
          ? html`<textarea class="text" readonly rows="3" spellcheck="false" aria-label="Text to copy" .value=${this.#copied.text}></textarea>`
          : nothing
      }
      ${this.#choiceTemplate()}
      <p class="said">
        ${isAlone() ? nothing : html`<a href=${aloneAddress(id, "")}>This laboratory alone</a> · `}<a href=${teachingAddress()} target=${isAlone() ? "_blank" : nothing}>For teachers</a>
      </p>
    </div>`;
  }

  #choiceTemplate(): TemplateResult {
    const { description, hiding } = this.#lab;
    const names = hideable(description).filter(({ name }) => !hiding.has(name));
    return html`<details class="share-hide">
      <summary>Hide controls in the link and in the embed</summary>
      <div class="share-names">${names.map(
        ({
          name,
          words,
          symbol: letter,
        }) => html`<label><input type="checkbox" .checked=${this.#ticked.has(name)}
          @change=${() => this.#tick(name)} /> ${letter ? symbol(letter) : nothing} ${words}</label>`,
      )}</div>
      <p class="said">Tick what is to be hidden, then copy. Whoever follows the link can show all again.</p>
    </details>`;
  }

  #tick(name: string): void {
    if (!this.#ticked.delete(name)) this.#ticked.add(name);
    this.#copied = null;
    this.#draw();
  }

  get #code(): string {
    const lab = this.#lab;
    // As it stands in the page, with its foot closed.
    const height = lab.offsetHeight - this.offsetHeight;
    return embedCode(
      lab.id,
      this.#fragment,
      lab.description.title,
      Math.ceil(height / 10) * 10 + 40,
    );
  }

  async #copy(what: string, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#copied = { words: `${what} is on the clipboard.`, text: "" };
      this.#draw();
    } catch {
      this.#copied = { words: CLOSED, text };
      this.#draw();
      this.querySelector<HTMLTextAreaElement>("textarea")?.select();
    }
  }

  #fill(): void {
    this.#full ??= new FullScreen(this.#lab);
    void this.#full.enter();
  }
}
