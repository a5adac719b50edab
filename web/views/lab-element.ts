/** `<rnn-lab>`: shows a lab, passes on what the reader does, draws what Python answers. */
import { render } from "lit";
import { engine } from "../bridge/engine";
import { savesData, unsupported } from "../bridge/support";
import { decodeFrame } from "../bridge/wire";
import { Announcer } from "./announcer";
import { syncInputs } from "./controls";
import { engineState, engineWords } from "./engine-words";
import { centreColumns } from "./figures/columns";
import { Address, readFragment } from "./fragment";
import { labTemplate } from "./lab-template";
import { type Delivery, type LabModel, shownOf, staticModel } from "./model";
import { Player } from "./player";
import { inEngineLine, refusalOf } from "./refusal";
import { Seat, type Session, WaitsForTap } from "./seat";
import { heldBack, Supplier } from "./supplier";
import type { Frame, Snapshot, Value } from "./types";
import { whenSeenAndIdle } from "./when-seen";

const SLICE_MS = 24;

export class RnnLab extends HTMLElement {
  #model!: LabModel;
  #seat!: Seat;
  #looping = false;
  #address: Address | null = null;
  #leaving = new AbortController();
  /** The session that has had all it wants at least once. */
  #supplied: Session | null = null;
  readonly #supplier = new Supplier(
    async (name, content) => this.#take(await (await this.#open()).give(name, content)),
    (delivery) => this.#followDelivery(delivery),
  );
  readonly #announcer = new Announcer((sentence) => this.#draw({ announcement: sentence }));
  readonly #player = new Player(
    () => this.#playOn(),
    (playing) => this.#draw({ playing }),
  );

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
      this.#draw({ disabled: true, ...inEngineLine(reason) });
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
    this.#player.stop();
    this.#supplier.stop();
    this.#leaving.abort();
    this.#announcer.stop();
    this.#address?.stop();
    this.#seat?.leave();
  }

  /** Set controls, then press a button: what a *Try this* link does. */
  async apply(values: Record<string, Value>, action = ""): Promise<void> {
    if (this.#model.disabled) return;
    this.#player.stop();
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
        setAll: (values) => void this.#set(values),
        type: (name, text) => {
          this.#model.typing = text === null ? null : { name, text };
        },
        act: (action) => void this.#act(action),
        choosePreset: (name) => void this.apply({ preset: name }),
        togglePlay: () => this.#togglePlay(),
        load: () => void this.#resume(engine().start()),
        retry: () => this.#retry(),
        copyLink: () => void this.#copyLink(),
        openMore: (open) => this.#look({ moreOpen: open }),
        openData: (figure, open) => {
          this.#model.openData[open ? "add" : "delete"](figure);
          this.#look({});
        },
      },
    };
    this.#seat = new Seat(this.#model);
    this.#address = new Address(this.id, () => this.snapshot);
    this.replaceChildren();
    this.#draw({});
    this.#centreColumns();
  }

  #draw(change: Partial<LabModel>): void {
    const step = this.#model.snapshot.values["step"];
    Object.assign(this.#model, change);
    this.#model.state = this.#state;
    this.dataset["state"] = this.#model.state;
    render(labTemplate(this.#model), this);
    syncInputs(this);
    if (this.#model.snapshot.values["step"] !== step) this.#centreColumns();
  }

  #centreColumns(): void {
    const { values, steps } = this.#model.snapshot;
    centreColumns(this, Number(values["step"]), steps);
  }

  // The engine

  #wake(): void {
    if (engine().state !== "failed") void this.#open().catch(() => undefined);
  }

  #followEngine(): void {
    const { state } = engine();
    if (state === "failed" && this.#model.offer !== "retry") {
      this.#player.stop();
      this.#supplier.stop();
      this.#announcer.say(engineWords(engine()).words);
    }
    this.#draw(engineState(engine(), this.#model.files));
    const waiting = Object.keys(this.#model.pending).length > 0;
    if (state === "ready" && waiting && !this.#seat.session && !this.#seat.opening)
      void this.#resume(Promise.resolve());
  }

  get #state(): LabModel["state"] {
    const { snapshot, delivery } = this.#model;
    const { session, opening } = this.#seat;
    if (engine().state === "failed") return "error";
    if (!session) return engine().state === "loading" || opening ? "loading" : "static";
    if (session === this.#supplied) return snapshot.running ? "running" : "ready";
    return delivery?.failed ? "error" : "loading";
  }

  #followDelivery(delivery: Delivery | null): void {
    this.#draw({ delivery });
    if (delivery?.failed) this.#announcer.say(delivery.words);
  }

  #retry(): void {
    if (engine().state === "failed") void this.#resume(engine().retry());
    else this.#supplier.retry();
  }

  /** The open session; a new one shows at once where it stands. */
  async #open(): Promise<Session> {
    if (this.#seat.session) return this.#seat.session;
    const session = await this.#seat.open();
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

  /** Open or close a door: what is behind it is asked for when it opens. */
  #look(change: Partial<LabModel>): void {
    this.#draw(change);
    if (!this.#seat.session) return;
    this.#seat.session.shown = shownOf(this.#model);
    void this.#set({});
  }

  async #set(values: Record<string, Value>): Promise<void> {
    Object.assign(this.#model.pending, values);
    // Sent before anything is drawn: Python works while the page does, and the answer draws it all.
    const early = this.#seat.session?.set(values);
    if (!early || this.#model.refused) this.#draw({ refused: null });
    try {
      const snapshot = await (early ?? (await this.#open()).set(values));
      this.#settle(values);
      this.#take(snapshot);
      this.#share();
    } catch (error) {
      this.#refuse(error, values);
    }
  }

  async #act(action: string): Promise<void> {
    try {
      const session = await this.#open();
      if (!this.#model.snapshot.running) await this.#supplier.settled(); // it may act on the file
      this.#take(await session.act(action));
      this.#share();
    } catch (error) {
      this.#refuse(error, {});
    }
  }

  /** These values are no longer on their way, unless newer ones have replaced them. */
  #settle(values: Record<string, Value>): void {
    for (const [name, value] of Object.entries(values)) {
      if (this.#model.pending[name] === value) delete this.#model.pending[name];
    }
  }

  /** A refused value stays in its field, with the rule beside it; the others are sent again. */
  #refuse(error: unknown, values: Record<string, Value>): void {
    if (this.#leaving.signal.aborted) return;
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof WaitsForTap) {
      this.#draw(inEngineLine(message));
      return;
    }
    if (engine().state !== "ready") return; // the engine's own words say what failed
    this.#settle(values);
    const { change, others } = refusalOf(message, values);
    this.#draw(change);
    if (Object.keys(others).length > 0) void this.#set(others).then(() => this.#draw(change));
    this.#announcer.say(message);
  }

  #togglePlay(): void {
    if (this.#player.playing) this.#player.stop();
    else if (this.#atEnd) void this.#act("first_step").then(() => this.#player.start());
    else this.#player.start();
  }

  get #atEnd(): boolean {
    return Number(this.#model.snapshot.values["step"]) >= this.#model.snapshot.steps;
  }

  async #playOn(): Promise<boolean> {
    if (!this.#atEnd) await this.#act("step_forward");
    return !this.#atEnd && engine().state === "ready";
  }

  // What Python answers

  #take(answer: Snapshot): void {
    if (this.#leaving.signal.aborted) return;
    const before = this.#model.snapshot;
    if (!answer.wants) this.#supplied = this.#seat.session;
    const snapshot = this.#supplied === this.#seat.session ? answer : heldBack(answer, before);
    this.#draw({ snapshot, engine: engineWords(engine()) });
    this.#supplier.follow(answer.wants ?? null);
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
      for (let { session } = this.#seat; session; { session } = this.#seat) {
        if (!this.#model.snapshot.running) break;
        this.#take(await session.advance(SLICE_MS));
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
    if (!this.#leaving.signal.aborted) this.#address?.write();
  }

  async #copyLink(): Promise<void> {
    if (!(await this.#address?.copy())) return;
    this.#draw({ linkCopied: true });
    setTimeout(() => this.#draw({ linkCopied: false }), 2000);
  }
}
