/** One control record from Python, one labelled native input. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { documentTemplate } from "./document";
import { fieldNumber, fieldWhole } from "./format";
import { type LabModel, valueNow } from "./model";
import { symbol, withSymbols } from "./symbol";
import { atThumb, share, thumb } from "./track";
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
  const hint = model.snapshot.hints?.[control.name];
  return html`<div class="control control-${control.kind}" data-control=${control.name} ?data-changed=${changed}>
    ${input(model, control)}
    ${hint ? html`<p class="control-hint">${withSymbols(hint)}</p>` : nothing}
    ${error ? html`<p class="control-error" id=${`${inputId(model, control)}-error`}>${error}</p>` : nothing}
  </div>`;
}

/** What a slider was at when a finger came down on it: if the finger only scrolls the page over it, the
 * browser cancels the pointer, but has moved the thumb already. */
const held = new WeakMap<EventTarget, Value>();

function isShown(model: LabModel, control: Control): boolean {
  return Object.entries(control.shown_when).every(([name, allowed]) =>
    allowed.includes(currentValue(model, name)),
  );
}

function currentValue(model: LabModel, name: string): Value {
  return valueNow(model, name) ?? "";
}

function inputId(model: LabModel, control: Control): string {
  return `${model.id}-${control.name}`;
}

function input(model: LabModel, control: Control): TemplateResult {
  if (control.kind === "slider") return sliderTemplate(model, control);
  if (control.kind === "choice") return choiceTemplate(model, control);
  if (control.kind === "toggle") return toggleTemplate(model, control);
  if (control.kind === "document") return documentTemplate(model, control, inputId(model, control));
  return textTemplate(model, control);
}

function sliderTemplate(model: LabModel, declared: SliderControl): TemplateResult {
  const [low, high] = model.snapshot.reaches?.[declared.name] ?? [declared.low, declared.high];
  const control = { ...declared, low, high };
  const id = inputId(model, control);
  const value = currentValue(model, control.name);
  const start = Number(model.snapshot.start[control.name]);
  const refused = model.refused?.name === control.name ? model.refused : null;
  const text = refused ? refused.text : fieldText(control, value);
  const zone = zoneOf(control, Number(value));
  const reset = () => model.on.set(control.name, start);
  const reach = () => model.on.reach(control.name);
  const type = ({ target }: Event) =>
    model.on.type(control.name, (target as HTMLInputElement).value);
  return html`
    <label for=${id}>${control.symbol ? symbol(control.symbol) : nothing} <span class="control-words">${withSymbols(control.label)}</span></label>
    <input class="field" type="text" inputmode=${control.integer ? "numeric" : "decimal"} autocomplete="off"
      aria-label=${`${control.label}, as a number`} title=${control.help}
      aria-invalid=${refused ? "true" : nothing} aria-describedby=${refused ? `${id}-error` : nothing}
      ?disabled=${model.disabled} .value=${live(typed(model, control) ?? text)}
      @focus=${type} @input=${type}
      @blur=${() => model.on.type(control.name, null)}
      @change=${(event: Event) => settle(model, control, event)} />
    <span class="track" style=${`--start:${share(control, start)}`}>
      <input id=${id} class="range" type="range" title=${`${control.help} Double-click or Delete: back to the start.`}
        min=${thumb(control, control.low)} max=${thumb(control, control.high)} step=${control.scale === "log" ? 1 : control.step}
        aria-valuetext=${zone ? `${text}, ${zone}` : text} ?disabled=${model.disabled}
        .value=${live(String(thumb(control, Number(value))))}
        @input=${(event: Event) => model.on.drag(control.name, atThumb(control, Number((event.target as HTMLInputElement).value), Number(value)))}
        @pointerenter=${reach} @focus=${reach}
        @pointerdown=${({ target }: Event) => {
          held.set(target as EventTarget, value);
          fieldOf(target as Element)?.blur(); // a finger leaves the focus there
          reach();
        }}
        @pointercancel=${({ target }: Event) => model.on.set(control.name, held.get(target as EventTarget) ?? value)}
        @dblclick=${reset}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === "Delete" || event.key === "Backspace") reset();
        }} />
    </span>
    ${control.zones.length ? zonesTemplate(control, zone) : nothing}`;
}

function fieldOf(range: Element): HTMLElement | null | undefined {
  return range.closest(".control")?.querySelector<HTMLElement>(".field");
}

/** Named stretches below the track; what the control's help says of them stands there too. */
function zonesTemplate(control: SliderControl, here: string): TemplateResult {
  return html`<span class="zones" aria-hidden="true">${control.zones.map(
    ([name, from, to]) =>
      html`<span class="zone" style=${`--from:${share(control, from)};--to:${share(control, to)}`} ?data-here=${name === here}>${name}</span>`,
  )}</span>
  <p class="control-help">${withSymbols(control.help)}</p>`;
}

/** The stretch that a value lies in, "" between them. */
function zoneOf(control: SliderControl, value: number): string {
  return control.zones.find(([, from, to]) => value >= from && value <= to)?.[0] ?? "";
}

/** A field that has the focus, or is typed in, is the reader's, however often the lab is drawn meanwhile. */
function typed(model: LabModel, control: Control): string | undefined {
  return model.typing?.name === control.name ? model.typing.text : undefined;
}

function settle(model: LabModel, control: Control, event: Event): void {
  model.on.set(control.name, (event.target as HTMLInputElement).value);
  model.on.type(control.name, null);
}

/** What the reader typed stays as typed until Python answers; a number is shown as it is. */
function fieldText(control: SliderControl, value: Value): string {
  if (typeof value !== "number") return String(value);
  return control.integer ? fieldWhole(value) : fieldNumber(value);
}

function choiceTemplate(model: LabModel, control: ChoiceControl): TemplateResult {
  const id = inputId(model, control);
  const value = currentValue(model, control.name);
  const help = control.options.find((option) => option.value === value)?.help;
  return html`
    <label for=${id}>${withSymbols(control.label)}</label>
    <select id=${id} data-value=${value} ?disabled=${model.disabled} aria-describedby=${help ? `${id}-help` : nothing}
      @change=${(event: Event) => model.on.set(control.name, (event.target as HTMLSelectElement).value)}>
      ${control.options.map(
        (option) =>
          html`<option value=${option.value} ?selected=${option.value === value}>${option.label}</option>`,
      )}
    </select>
    ${help ? html`<p class="control-help" id=${`${id}-help`}>${withSymbols(help)}</p>` : nothing}`;
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
  const value = String(currentValue(model, control.name));
  const text = typed(model, control) ?? (refused ? refused.text : value);
  const described = `${id}-help ${refused ? `${id}-error` : ""}`;
  const input = (event: Event) =>
    model.on.type(control.name, (event.target as HTMLInputElement).value);
  const blur = () => model.on.type(control.name, null);
  const change = (event: Event) => settle(model, control, event);
  return html`
    <label for=${id}>${control.label}</label>
    ${
      control.kind === "numbers"
        ? html`<input id=${id} class="text" type="text" autocomplete="off" spellcheck="false"
        aria-invalid=${refused ? "true" : nothing} aria-describedby=${described} ?disabled=${model.disabled}
        .value=${live(text)} @input=${input} @blur=${blur} @change=${change} />`
        : html`<textarea id=${id} class="text" rows=${control.lines} autocomplete="off" spellcheck="false" placeholder=${model.state === "static" ? value : nothing}
        aria-invalid=${refused ? "true" : nothing} aria-describedby=${described} ?disabled=${model.disabled}
        .value=${live(text)} @input=${(event: InputEvent) => (isPasted(event) ? change(event) : input(event))} @blur=${blur} @change=${change}
        @keydown=${(event: KeyboardEvent) => {
          if (!isDone(event, control.lines)) return;
          event.preventDefault();
          change(event);
        }}></textarea>`
    }
    <p class="control-help" id=${`${id}-help`}>${control.help}</p>`;
}

/** What was pasted or dropped is complete; what is typed is not, until the field is left. */
function isPasted({ inputType }: InputEvent): boolean {
  return inputType === "insertFromPaste" || inputType === "insertFromDrop";
}

/** Enter is done in a field of one line, which holds a line's end all the same; in others Ctrl and Enter. */
function isDone(event: KeyboardEvent, lines: number): boolean {
  if (event.key !== "Enter" || event.isComposing) return false;
  return event.ctrlKey || event.metaKey || (lines === 1 && !event.shiftKey);
}

/** What a reader picked outlives an attribute: after each drawing, say again what stands. */
export function syncInputs(root: ParentNode): void {
  for (const select of root.querySelectorAll("select"))
    select.value = select.dataset["value"] ?? select.value;
  for (const box of root.querySelectorAll<HTMLInputElement>("input[type=checkbox]"))
    box.checked = box.hasAttribute("checked");
}
