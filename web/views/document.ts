/** The control of a document: a field to paste or type into, a file to choose, a place to drop. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { NO_DOCUMENT } from "./documents";
import type { LabModel } from "./model";
import type { DocumentControl } from "./types";

/** Pasted text longer than this is taken at once and not set in the field, which would stall. */
const LONG_PASTE = 20_000;

export function documentTemplate(
  model: LabModel,
  control: DocumentControl,
  id: string,
): TemplateResult {
  const { draft, underWay, refused } = model.documents[control.name] ?? NO_DOCUMENT;
  const taken = String(model.snapshot.values[control.name] ?? "");
  const bring = (source: string | File) => model.on.bring(control, source);
  const words = underWay ? `${underWay}.` : taken ? `Taken: ${taken}.` : "";
  const described = `${id}-help ${id}-state${refused ? ` ${id}-error` : ""}`;
  return html`
    <label for=${control.typed ? id : `${id}-file`}>${control.label}</label>
    <div class="document" @dragover=${dragged} @dragleave=${left}
      @drop=${(event: DragEvent) => dropped(event, model.disabled, bring)}>
      ${
        control.typed
          ? html`<textarea id=${id} class="text" rows="5" spellcheck="false" autocomplete="off" placeholder="Paste or type here, or drop a file."
            aria-invalid=${refused ? "true" : nothing} aria-describedby=${described} ?disabled=${model.disabled}
            .value=${live(draft)}
            @input=${(event: Event) => model.on.draft(control.name, (event.target as HTMLTextAreaElement).value)}
            @change=${() => {
              if (!taken && draft) bring(draft); // the first one needs no button
            }}
            @paste=${(event: ClipboardEvent) => pasted(event, bring)}
            @keydown=${(event: KeyboardEvent) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) bring(draft);
            }}></textarea>`
          : nothing
      }
      <div class="buttons">
        ${control.typed ? html`<button type="button" class="button" data-action=${`use-${control.name}`} ?disabled=${model.disabled || draft === ""} @click=${() => bring(draft)}>Use this text</button>` : nothing}
        <span class="button file">
          <label for=${`${id}-file`}>${control.typed ? "Choose a file" : "Choose or drop a file"}</label>
          <input id=${`${id}-file`} type="file" accept=${control.endings.join() || nothing} aria-describedby=${described} ?disabled=${model.disabled}
            @change=${(event: Event) => chosen(event, bring)} />
        </span>
      </div>
    </div>
    <p class="control-help" id=${`${id}-help`}>${control.help}</p>
    <p class="document-state" id=${`${id}-state`}>${words}</p>
    ${refused ? html`<p class="control-error" id=${`${id}-error`}>${refused}</p>` : nothing}`;
}

type Bring = (source: string | File) => void;

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

function dragged(event: DragEvent): void {
  if (!holdsFiles(event)) return; // dragged text goes where the browser puts it
  event.preventDefault();
  (event.currentTarget as HTMLElement).dataset["over"] = "";
}

function left(event: DragEvent): void {
  const zone = event.currentTarget as HTMLElement;
  if (!zone.contains(event.relatedTarget as Node | null)) delete zone.dataset["over"];
}

function dropped(event: DragEvent, disabled: boolean, bring: Bring): void {
  delete (event.currentTarget as HTMLElement).dataset["over"];
  if (!holdsFiles(event)) return;
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (file && !disabled) bring(file);
}

function pasted(event: ClipboardEvent, bring: Bring): void {
  const file = event.clipboardData?.files[0];
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!file && text.length <= LONG_PASTE) return;
  event.preventDefault();
  bring(text || (file as File));
}

/** The same file may be chosen again after it was changed. */
function chosen(event: Event, bring: Bring): void {
  const input = event.target as HTMLInputElement;
  const file = input.files?.[0];
  if (file) bring(file);
  input.value = "";
}

/** A file dropped beside its place would replace the page, and with it all that runs here. */
export function keepFilesFromReplacingThePage(signal: AbortSignal): void {
  for (const name of ["dragover", "drop"] as const) {
    addEventListener(
      name,
      (event) => {
        if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
      },
      { signal },
    );
  }
}
