/** `<rnn-lab>`: shows a lab, passes on what the reader does, draws what Python answers. */
import { render } from "lit";
import { type EngineState, engine, type LabSession } from "../bridge/engine";
import { savesData, unsupported } from "../bridge/support";
import { decodeFrame } from "../bridge/wire";
import { Announcer } from "./announcer";
import { syncInputs } from "./controls";
import { engineWords, loadOffer } from "./engine-words";
import { fragmentOf, readFragment } from "./fragment";
import { labTemplate } from "./lab-template";
import { type LabModel, staticModel } from "./model";
import type { Description, Frame, Snapshot, Value } from "./types";
import { whenSeenAndIdle } from "./when-seen";

type Session = LabSession<Description, Snapshot>;

const SLICE_MS = 24;
const PLAY_EVERY_MS = 700;
const SHARE_AFTER_MS = 400;

export class RnnLab extends HTMLElement {
  #model!: LabModel;
  #session: Session | null = null;
  #opening: Promise<Session> | null = null;
  #looping = false;
  #playTimer = 0;
  #shareTimer = 0;
  #leaving = new AbortController();
  readonly #announcer = new Announcer((sentence) => this.#draw({ announcement: sentence }));

  /** The current snapshot, as tests and teachers' scripts read it. */
  get snapshot(): Snapshot {
    return this.#model.snapshot;
  }

  connectedCallback(): void {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    if (!this.#model) this.#adopt();
    const reason = unsupported();
    if (reason) {
      this.#draw({ disabled: true, engine: { words: reason, loaded: 0, total: 0, detail: "" } });
      return;
    }
    engine().addEventListener("change", () => this.#followEngine(), { signal });
    for (const touch of ["pointerdown", "focusin"])
      this.addEventListener(touch, () => this.#wake(), { signal });
    addEventListener("hashchange", () => this.#followFragment(), { signal });
    this.#followEngine();
    this.#followFragment();
    if (!savesData()) whenSeenAndIdle(this, signal, () => this.#wake());
  }

  disconnectedCallback(): void {
    this.#leaving.abort();
    this.#announcer.stop();
    clearInterval(this.#playTimer);
    clearTimeout(this.#shareTimer);
    this.#session?.close();
    this.#session = null;
  }

  /** Set controls, then press a button: what a *Try this* link does. */
  async apply(values: Record<string, Value>, action = ""): Promise<void> {
    this.#stopPlaying();
    await this.#set(values);
    if (action === "play") this.#togglePlay();
    else if (action) await this.#act(action);
  }

  /** Take over the figure that the build drew. */
  #adopt(): void {
    const frame = decodeFrame(this.querySelector("template")?.content.textContent ?? "") as Frame;
    this.#model = {
      ...staticModel(this.id, frame),
      on: {
        set: (name, value) => void this.#set({ [name]: value }),
        act: (action) => void this.#act(action),
        choosePreset: (name) => void this.apply({ preset: name }),
        togglePlay: () => this.#togglePlay(),
        load: () => void this.#resume(engine().start()),
        retry: () => void this.#resume(engine().retry()),
        copyLink: () => void this.#copyLink(),
        openMore: (open) => this.#draw({ moreOpen: open }),
        openData: (figure, open) => {
          this.#model.openData[open ? "add" : "delete"](figure);
          this.#draw({});
        },
      },
    };
    this.replaceChildren();
    this.#draw({});
    this.#centreColumns();
  }

  #draw(change: Partial<LabModel>): void {
    const step = this.#model.snapshot.values["step"];
    Object.assign(this.#model, change);
    this.dataset["state"] = this.#model.state;
    render(labTemplate(this.#model), this);
    syncInputs(this);
    if (this.#model.snapshot.values["step"] !== step) this.#centreColumns();
  }

  /** On narrow screens figures through time scroll inside themselves: keep the step in view. */
  #centreColumns(): void {
    const { values, steps } = this.#model.snapshot;
    for (const scroller of this.querySelectorAll("[data-columns]")) {
      const at = ((Number(values["step"]) - 0.5) / steps) * scroller.scrollWidth;
      if (scroller.scrollWidth > scroller.clientWidth)
        scroller.scrollLeft = at - scroller.clientWidth / 2;
    }
  }

  // The engine

  #wake(): void {
    if (savesData() && engine().state === "idle") return; // only the tap that states the size starts it
    if (engine().state !== "failed") void this.#open().catch(() => undefined);
  }

  #followEngine(): void {
    if (this.#session?.lost) {
      this.#session = null;
      this.#opening = null;
      this.#stopPlaying();
    }
    const { state } = engine();
    this.#draw({
      state: this.#stateWith(state),
      engine: engineWords(engine()),
      offer: state === "failed" ? "retry" : state === "idle" && savesData() ? "load" : "",
      offerLabel: loadOffer(engine()),
    });
    const waiting = Object.keys(this.#model.pending).length > 0;
    if (state === "ready" && waiting && !this.#session && !this.#opening)
      void this.#resume(Promise.resolve());
  }

  #stateWith(engineState: EngineState): LabModel["state"] {
    if (engineState === "failed") return "error";
    if (this.#session) return this.#model.snapshot.running ? "running" : "ready";
    return engineState === "loading" || this.#opening ? "loading" : "static";
  }

  /** The open session, opening it (and the engine) where needed. */
  #open(): Promise<Session> {
    if (this.#session) return Promise.resolve(this.#session);
    this.#opening ??= this.#openAnew().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #openAnew(): Promise<Session> {
    const { snapshot, description } = this.#model;
    const left = this.#leaving.signal;
    const options = { preset: snapshot.preset, ...snapshot.start };
    const session = await engine().open<Description, Snapshot>(description.name, options);
    if (left.aborted) {
      session.close();
      throw new DOMException("The laboratory has left the page.", "AbortError");
    }
    this.#session = session;
    const kept = Object.fromEntries(snapshot.changed.map((name) => [name, snapshot.values[name]]));
    if (Object.keys(kept).length > 0) await session.set(kept);
    this.#take(session.snapshot);
    this.#followEngine();
    return session;
  }

  /** When the engine is there, send what the reader set while it was not. */
  async #resume(started: Promise<void>): Promise<void> {
    try {
      await started;
      await this.#open();
    } catch {
      return; // the engine's own words already say what failed
    }
    await this.#set({ ...this.#model.pending });
  }

  // What the reader does

  async #set(values: Record<string, Value>): Promise<void> {
    Object.assign(this.#model.pending, values);
    this.#draw({ refused: null });
    if (savesData() && engine().state === "idle") return;
    try {
      const session = await this.#open();
      const snapshot = await session.set(values);
      for (const [name, value] of Object.entries(values)) {
        if (this.#model.pending[name] === value) delete this.#model.pending[name];
      }
      this.#take(snapshot);
      this.#share();
    } catch (error) {
      this.#refuse(error, values);
    }
  }

  async #act(action: string): Promise<void> {
    try {
      const session = await this.#open();
      this.#take(await session.act(action));
      this.#share();
    } catch (error) {
      this.#refuse(error, {});
    }
  }

  /** A refused value stays in its field, with the rule beside it; nothing else changes. */
  #refuse(error: unknown, values: Record<string, Value>): void {
    if (this.#leaving.signal.aborted || engine().state !== "ready") return; // engine's words say it
    const [name = "", text = ""] = Object.entries(values)[0] ?? [];
    for (const each of Object.keys(values)) delete this.#model.pending[each];
    const message = error instanceof Error ? error.message : String(error);
    const known = this.#model.description.controls.some((control) => control.name === name);
    if (known) this.#draw({ refused: { name, text: String(text), message } });
    else this.#draw({ engine: { words: message, loaded: 0, total: 0, detail: "" } });
    this.#announcer.say(message);
  }

  #togglePlay(): void {
    if (this.#model.playing) {
      this.#stopPlaying();
      return;
    }
    const atEnd = () => Number(this.#model.snapshot.values["step"]) >= this.#model.snapshot.steps;
    if (atEnd()) void this.#act("first_step");
    this.#draw({ playing: true });
    this.#playTimer = window.setInterval(() => {
      if (atEnd()) this.#stopPlaying();
      else void this.#act("step_forward");
    }, PLAY_EVERY_MS);
  }

  #stopPlaying(): void {
    clearInterval(this.#playTimer);
    if (this.#model.playing) this.#draw({ playing: false });
  }

  // What Python answers

  #take(snapshot: Snapshot): void {
    const before = this.#model.snapshot;
    this.#draw({ snapshot, state: snapshot.running ? "running" : "ready" });
    if (snapshot.said && snapshot.said !== before.said) this.#announcer.say(snapshot.said);
    else if (snapshot.values["step"] !== before.values["step"]) {
      this.#announcer.say(Object.values(snapshot.figures)[0]?.summary ?? "");
    }
    if (snapshot.running && !this.#looping) void this.#loop();
  }

  /** Long work in slices: between two of them every control answers. */
  async #loop(): Promise<void> {
    this.#looping = true;
    try {
      while (this.#session && !this.#session.lost && this.#model.snapshot.running) {
        this.#take(await this.#session.advance(SLICE_MS));
        const wait = this.#model.snapshot.wait_ms;
        if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
      }
    } catch (error) {
      this.#refuse(error, {});
    } finally {
      this.#looping = false;
    }
    this.#share();
  }

  // The address

  #followFragment(): void {
    const values = readFragment(location.hash, this.id);
    if (!values) return;
    this.scrollIntoView({ block: "start" });
    void this.#set(values);
  }

  #share(): void {
    clearTimeout(this.#shareTimer);
    this.#shareTimer = window.setTimeout(() => {
      if (this.#model.snapshot.running) return;
      history.replaceState(history.state, "", fragmentOf(this.id, this.#model.snapshot));
    }, SHARE_AFTER_MS);
  }

  async #copyLink(): Promise<void> {
    const link = new URL(fragmentOf(this.id, this.#model.snapshot), location.href).href;
    try {
      await navigator.clipboard.writeText(link);
      this.#draw({ linkCopied: true });
      setTimeout(() => this.#draw({ linkCopied: false }), 2000);
    } catch {
      location.hash = new URL(link).hash; // no clipboard here: the address bar holds it
    }
  }
}
