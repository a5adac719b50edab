/** A lab from its description: question on top, figures first, controls beside them. */
import { html, noChange, nothing, type TemplateResult } from "lit";
import { controlTemplate } from "./controls";
import { type Cursor, figureTemplate } from "./figures/figure";
import { unparted } from "./format";
import { PRESET, withoutHidden } from "./hidden";
import { type LabModel, seenIn, valueNow } from "./model";
import { outputTemplate } from "./output";
import { readoutTemplate } from "./readout";
import { withSymbols } from "./symbol";
import type { Action, FigureDeclaration, Snapshot } from "./types";

const TIME = "time";
const STEP = "step_forward";
const PROBLEM = "problem";
const SCRUB = "scrub";

export function labTemplate(whole: LabModel): TemplateResult {
  const model = withoutHidden(whole);
  const { description: lab, snapshot } = model;
  const compact = model.layout === "compact";
  const [first, ...others] = lab.figures.filter((figure) =>
    compact ? figure.compact : !figure.more,
  );
  const unless = (draw: () => unknown) => (model.glance ? noChange : draw());
  return html`
    <div class="lab-head">
      <div class="lab-title" id=${`${model.id}-title`}>${lab.title}</div>
      <p class="lab-question">${lab.question}</p>
      ${unless(() => headTemplate(model))}
    </div>
    <div class=${compact ? "lab-body compact" : "lab-body"}>
      <div class="lab-first">${first ? followed(model, first) : nothing}</div>
      <div class="lab-time">${unless(() => [timeTemplate(model), readoutTemplate(snapshot.readout)])}</div>
      <div class="lab-panel">${unless(() => [compact ? compactPanel(model) : Object.keys(lab.groups).map((group) => groupTemplate(model, group)), hiddenTemplate(model), stateTemplate(model)])}</div>
      <div class="lab-others">${others.map((declaration) => followed(model, declaration))}</div>
    </div>
    ${compact ? nothing : moreTemplate(model)}
    ${shareTemplate(model)}
    ${waitingTemplate(model)}
    <div class="visually-hidden" role="status" aria-live="polite">${model.announcement}</div>`;
}

/** Where to start from, what that shows, and where Python is. */
function headTemplate(model: LabModel): TemplateResult {
  const { description, layout, snapshot } = model;
  return html`<div class="lab-preset" ?hidden=${layout === "compact" || model.hiding.has(PRESET)}>
      <label for=${`${model.id}-preset`}>Start from</label>
      <select id=${`${model.id}-preset`} data-value=${snapshot.preset} ?disabled=${model.disabled}
        @change=${(event: Event) => model.on.choosePreset((event.target as HTMLSelectElement).value)}>
        ${description.presets.map(
          (preset) =>
            html`<option value=${preset.name} ?selected=${preset.name === snapshot.preset}>${preset.label}</option>`,
        )}
      </select>
    </div>
    <p class="lab-note">${withSymbols(snapshot.note)}</p>
    ${engineTemplate(model)}`;
}

/** Each figure, or while a hand drags the one that it follows alone. */
function followed(model: LabModel, declaration: FigureDeclaration): unknown {
  const drawn = !model.glance || model.ahead?.figure === declaration.name;
  return drawn ? figure(model, declaration) : noChange;
}

function figure(model: LabModel, declaration: FigureDeclaration): TemplateResult | typeof nothing {
  const seen = seenIn(model, declaration.name);
  const data = seen.figures[declaration.name];
  return data
    ? figureTemplate(model.id, declaration, data, cursorOf(model, seen), {
        glance: model.glance,
        tables: tablesShown(model, declaration),
        openData: model.on.openData,
      })
    : nothing;
}

function tablesShown(model: LabModel, declaration: FigureDeclaration): boolean {
  return model.state === "static" || model.openData.has(declaration.name);
}

/** `seen` is what the figure is drawn from. */
function cursorOf(model: LabModel, seen: Snapshot): Cursor {
  const { steps, first_step: first = 1 } = seen;
  const step = Number(seen.values["step"]);
  const choose = (to: number) => model.on.set("step", to);
  // Read when a key is pressed: keys that come before Python answers add up.
  const askedOf = (name: string) => Number(valueNow(model, name));
  const asked = () => askedOf("step");
  return {
    step,
    steps,
    asked,
    choose,
    value: (name) => Number(seen.values[name]),
    askedOf,
    askedWords: (name) => String(valueNow(model, name) ?? ""),
    set: model.on.setAll,
    keydown: (event) => {
      const to = target(event.key, asked(), first, steps);
      if (to === null) return;
      event.preventDefault();
      choose(Math.min(Math.max(to, first), steps));
    },
  };
}

/** Where a key leads from a step. */
function target(key: string, step: number, first: number, steps: number): number | null {
  if (key === "ArrowRight" || key === "ArrowUp") return step + 1;
  if (key === "ArrowLeft" || key === "ArrowDown") return step - 1;
  if (key === "Home") return first;
  return key === "End" ? steps : null;
}

/** The sequence's clock: reading, not learning. A lab whose time cannot be stepped has none. */
function timeTemplate(model: LabModel): TemplateResult | typeof nothing {
  const { description, snapshot } = model;
  if (!description.actions.some((action) => action.name === STEP)) return nothing;
  const place = snapshot.place ?? `step ${Number(snapshot.values["step"])} of ${snapshot.steps}`;
  const clock = description.clock.toLowerCase();
  return html`<div class="transport" role="group" aria-label=${`Play ${clock}`}>
    <span class="transport-name">${description.clock} <span class="figure-number">${place}</span></span>
    ${description.actions.filter((action) => action.group === TIME).map((action) => button(model, action))}
    <button type="button" class="button" data-action="play" ?disabled=${model.disabled} @click=${() => model.on.togglePlay()}>
      ${model.playing ? "Pause" : "Play"} ${clock}
    </button>
  </div>
  <div class="clocks">${description.controls.filter((control) => control.group === SCRUB).map((control) => controlTemplate(model, control))}</div>`;
}

function groupTemplate(model: LabModel, group: string): TemplateResult {
  const { description } = model;
  const controls = description.controls.filter(
    (control) => control.group === group && !control.more,
  );
  const actions = description.actions.filter((action) => action.group === group);
  return html`<fieldset class=${`group group-${group}`}>
    <legend>${description.groups[group]}</legend>
    ${controls.map((control) => controlTemplate(model, control))}
    <div class="buttons">${actions.map((action) => button(model, action))}</div>
  </fieldset>`;
}

function compactPanel(model: LabModel): TemplateResult {
  const { controls, actions } = model.description;
  return html`${controls.filter((control) => control.compact).map((control) => controlTemplate(model, control))}
    <div class="buttons">${actions.filter((action) => action.compact).map((action) => button(model, action))}</div>`;
}

function button(model: LabModel, action: Action): TemplateResult | typeof nothing {
  const state = model.snapshot.actions[action.name];
  if (state?.shown === false) return nothing;
  return html`<button type="button" class=${action.primary ? "button primary" : "button"} data-action=${action.name}
    title=${action.help || nothing} ?disabled=${model.disabled || state?.enabled === false}
    @click=${() => model.on.act(action.name)}>${state?.label ?? action.label}</button>`;
}

/** How far it is, what went wrong, what was done: after the last group. */
function stateTemplate(model: LabModel): TemplateResult {
  const { snapshot, description } = model;
  const rescue = description.actions.filter((action) => action.group === PROBLEM);
  return html`<dl class="facts">${snapshot.status.map((fact) => html`<div><dt>${withSymbols(fact.name)}</dt><dd>${unparted(fact.value)}</dd></div>`)}</dl>
    ${snapshot.problem ? html`<div class="problem"><p>${snapshot.problem}</p>${rescue.map((action) => button(model, action))}</div>` : nothing}
    ${snapshot.said && snapshot.said !== snapshot.problem ? html`<p class="said">${withSymbols(unparted(snapshot.said))}</p>` : nothing}
    ${outputTemplate(model)}
    ${model.notKept ? html`<p class="said not-kept">${model.notKept}</p>` : nothing}`;
}

/** Where Python is: one line that keeps its height, so nothing moves when the engine arrives. */
function engineTemplate(model: LabModel): TemplateResult {
  const line = model.delivery ?? model.engine;
  const retry = model.offer === "retry" || model.delivery?.failed;
  return html`<div class="lab-engine">
    <noscript>Without JavaScript the figures stay as they are drawn here.</noscript>
    ${line.words ? html`<span class="engine-words">${line.words}</span>` : nothing}
    ${line.total ? html`<progress max=${line.total} value=${line.loaded} aria-label=${model.delivery ? "Loading a file" : "Loading Python"}></progress>` : nothing}
    ${model.offer === "load" ? html`<button type="button" class="button" data-action="load" @click=${() => model.on.load()}>${model.offerLabel}</button>` : nothing}
    ${retry ? html`<button type="button" class="button" data-action="retry" @click=${() => model.on.retry()}>Retry</button>` : nothing}
    ${line.detail ? html`<details class="engine-detail"><summary>Details</summary><pre tabindex="0">${line.detail}</pre></details>` : nothing}
  </div>`;
}

/** The same at the foot of the screen, once the reader has pressed something that waits for it. */
function waitingTemplate(model: LabModel): TemplateResult | typeof nothing {
  const line = model.delivery ?? model.engine;
  if (!model.waiting || !line.words) return nothing;
  return html`<div class="lab-waiting"><div class="waiting-bar">
    <span class="waiting-words">${line.words}</span>
    ${model.offer === "load" ? html`<button type="button" class="button" data-action="load-here" @click=${() => model.on.load()}>${model.offerLabel}</button>` : nothing}
    ${line.total ? html`<progress max=${line.total} value=${line.loaded} aria-hidden="true"></progress>` : nothing}
  </div></div>`;
}

function moreTemplate(model: LabModel): TemplateResult {
  const { description } = model;
  const shown = model.state === "static" || model.moreOpen;
  const unless = (draw: () => unknown) => (model.glance ? noChange : draw());
  return html`<details class="lab-more" @toggle=${(event: Event) => model.on.openMore((event.currentTarget as HTMLDetailsElement).open)}>
    <summary>More <span class="quiet">${description.more}</span></summary>
    ${
      shown
        ? html`<div class="more-grid">
          <div class="more-controls">
            ${unless(() => description.controls.filter((control) => control.more).map((control) => controlTemplate(model, control)))}
          </div>
          <div class="more-text"><p class="more-title">How to use</p><ol>${unless(() => description.how_to.map((line) => html`<li>${withSymbols(line)}</li>`))}</ol></div>
          <div class="more-figures">${description.figures.filter((declaration) => declaration.more).map((declaration) => followed(model, declaration))}</div>
        </div>`
        : nothing
    }
  </details>`;
}

/** The way out for whoever came by a link that hides something; it does not say what. */
function hiddenTemplate({ hiding, notHidden, on }: LabModel): TemplateResult | typeof nothing {
  if (hiding.size === 0 && !notHidden) return nothing;
  return html`<p class="said hidden-note">${
    hiding.size > 0
      ? html`Some controls are hidden. <button type="button" class="linkish" data-action="show-all" @click=${() => on.showAll()}>Show all</button>`
      : nothing
  } ${notHidden}</p>`;
}

/** The foot: drawn by `<rnn-share>` when it is opened. */
function shareTemplate({ id }: LabModel): TemplateResult {
  return html`<details class="lab-share">
    <summary>Share <span class="quiet">link, full screen, embed</span></summary>
    <rnn-share><p class="share-alone"><a href=${`embed/${id}/`}>This laboratory alone</a></p></rnn-share>
  </details>`;
}
