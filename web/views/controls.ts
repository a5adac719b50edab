/** One control record from Python, one labelled native input. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { fieldNumber } from "./format";
import type { LabModel } from "./model";
import type {
  ChoiceControl,
  Control,
  SliderControl,
  TextControl,
  ToggleControl,
  Value,
} from "./types";

export function controlTemplate(
  model: LabModel,
  control: Control,
): TemplateResult | typeof nothing {
  if (!isShown(model, control)) return nothing;
  const changed = model.snapshot.changed.includes(control.name);
  const error = model.refused?.name === control.name ? model.refused.message : "";
  return html`<div class="control control-${control.kind}" data-control=${control.name} ?data-changed=${changed}>
    ${input(model, control)}
    ${error ? html`<p class="control-error" id=${`${inputId(model, control)}-error`}>${error}</p>` : nothing}
  </div>`;
}

function isShown(model: LabModel, control: Control): boolean {
  return Object.entries(control.shown_when).every(([name, allowed]) =>
    allowed.includes(currentValue(model, name)),
  );
}

function currentValue(model: LabModel, name: string): Value {
  return model.pending[name] ?? model.snapshot.values[name] ?? "";
}

function inputId(model: LabModel, control: Control): string {
  return `${model.id}-${control.name}`;
}

function input(model: LabModel, control: Control): TemplateResult {
  if (control.kind === "slider") return sliderTemplate(model, control);
  if (control.kind === "choice") return choiceTemplate(model, control);
  if (control.kind === "toggle") return toggleTemplate(model, control);
  return textTemplate(model, control);
}

/** The symbol in the book's type: w_h as an italic w with a subscript h. */
function symbolTemplate(symbol: string): TemplateResult | typeof nothing {
  if (!symbol) return nothing;
  const [letter, sub] = symbol.split("_");
  return html`<span class="symbol">${letter}<sub>${sub}</sub></span> `;
}

function sliderTemplate(model: LabModel, control: SliderControl): TemplateResult {
  const id = inputId(model, control);
  const value = Number(currentValue(model, control.name));
  const start = Number(model.snapshot.start[control.name]);
  const high = control.name === "step" ? model.snapshot.steps : control.high;
  const reset = () => model.on.set(control.name, start);
  return html`
    <label for=${id}>${symbolTemplate(control.symbol)}<span class="control-words">${control.label}</span></label>
    <input class="field" type="text" inputmode=${control.integer ? "numeric" : "decimal"} autocomplete="off"
      aria-label=${`${control.label}, as a number`} title=${control.help}
      aria-invalid=${model.refused?.name === control.name ? "true" : nothing}
      aria-describedby=${model.refused?.name === control.name ? `${id}-error` : nothing}
      ?disabled=${model.disabled}
      .value=${live(model.refused?.name === control.name ? model.refused.text : fieldNumber(value))}
      @change=${(event: Event) => model.on.set(control.name, (event.target as HTMLInputElement).value)} />
    <span class="track" style=${`--start:${position(control, start, high)}`}>
      <input id=${id} class="range" type="range" title=${`${control.help} Double-click or Delete: back to the start.`}
        min=${position(control, control.low, high) * 1000} max="1000" step=${control.integer ? 1000 / (high - control.low || 1) : 1}
        aria-valuetext=${fieldNumber(value)} ?disabled=${model.disabled}
        .value=${live(String(Math.round(position(control, value, high) * 1000)))}
        @input=${(event: Event) => model.on.set(control.name, atPosition(control, Number((event.target as HTMLInputElement).value) / 1000, high))}
        @dblclick=${reset}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === "Delete" || event.key === "Backspace") reset();
        }} />
    </span>`;
}

/** Where a value sits on the track, 0 to 1; beyond the range the thumb rests at the end. */
function position(control: SliderControl, value: number, high: number): number {
  const map = control.scale === "log" ? Math.log : (x: number) => x;
  const share = (map(value) - map(control.low)) / (map(high) - map(control.low));
  return Number.isFinite(share) ? Math.min(Math.max(share, 0), 1) : 0;
}

function atPosition(control: SliderControl, share: number, high: number): number {
  if (control.scale === "log")
    return Number((control.low * (high / control.low) ** share).toPrecision(3));
  const value = control.low + share * (high - control.low);
  return Number((Math.round(value / control.step) * control.step).toFixed(6));
}

function choiceTemplate(model: LabModel, control: ChoiceControl): TemplateResult {
  const id = inputId(model, control);
  const value = currentValue(model, control.name);
  const help = control.options.find((option) => option.value === value)?.help;
  return html`
    <label for=${id}>${control.label}</label>
    <select id=${id} data-value=${value} ?disabled=${model.disabled} aria-describedby=${help ? `${id}-help` : nothing}
      @change=${(event: Event) => model.on.set(control.name, (event.target as HTMLSelectElement).value)}>
      ${control.options.map(
        (option) =>
          html`<option value=${option.value} ?selected=${option.value === value}>${option.label}</option>`,
      )}
    </select>
    ${help ? html`<p class="control-help" id=${`${id}-help`}>${help}</p>` : nothing}`;
}

function toggleTemplate(model: LabModel, control: ToggleControl): TemplateResult {
  const id = inputId(model, control);
  return html`
    <input id=${id} type="checkbox" ?disabled=${model.disabled} title=${control.help}
      ?checked=${currentValue(model, control.name) === true}
      @change=${(event: Event) => model.on.set(control.name, (event.target as HTMLInputElement).checked)} />
    <label for=${id} title=${control.help}>${control.label}</label>`;
}

function textTemplate(model: LabModel, control: TextControl): TemplateResult {
  const id = inputId(model, control);
  const refused = model.refused?.name === control.name ? model.refused : null;
  return html`
    <label for=${id}>${control.label}</label>
    <input id=${id} class="text" type="text" maxlength=${control.longest} autocomplete="off" spellcheck="false"
      aria-invalid=${refused ? "true" : nothing} aria-describedby=${`${id}-help ${refused ? `${id}-error` : ""}`}
      ?disabled=${model.disabled}
      .value=${live(refused ? refused.text : String(currentValue(model, control.name)))}
      @change=${(event: Event) => model.on.set(control.name, (event.target as HTMLInputElement).value)} />
    <p class="control-help" id=${`${id}-help`}>${control.help}</p>`;
}

/** What a reader picked outlives an attribute: after each drawing, say again what stands. */
export function syncInputs(root: ParentNode): void {
  for (const select of root.querySelectorAll("select"))
    select.value = select.dataset["value"] ?? select.value;
  for (const box of root.querySelectorAll<HTMLInputElement>("input[type=checkbox]"))
    box.checked = box.hasAttribute("checked");
}
