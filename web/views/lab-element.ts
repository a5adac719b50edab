/** `<rnn-lab>`: shows a lab, passes on what the reader does, draws what Python answers. */
import { engine } from "../bridge/engine";
import { savesData, unsupported } from "../bridge/support";
import { decodeFrame } from "../bridge/wire";
import { isAlone } from "./addresses";
import { Announcer } from "./announcer";
import { keepFilesFromReplacingThePage } from "./document";
import { Documents } from "./documents";
import { engineState, engineWords } from "./engine-words";
import { Address, fragmentOf, isOwnAddress, readFragment } from "./fragment";
import { hidingOf } from "./hidden";
import { inTurn } from "./in-turn";
import { Keeper } from "./keeper";
import { type Delivery, type LabModel, shownOf, staticModel } from "./model";
import { Outlet } from "./output";
import { Player, type Sequence } from "./player";
import { inEngineLine } from "./refusal";
import { Requests } from "./requests";
import { Runner } from "./runner";
import { Screen } from "./screen";
import { Seat, type Session } from "./seat";
import { Supplier } from "./supplier";
import type { Description, Frame, Snapshot, Value } from "./types";
import { whenNear, whenSeenAndIdle } from "./when-seen";

export class RnnLab extends HTMLElement {
  #shown: Screen | null = null;
  #seat!: Seat;
  #requests!: Requests;
  #address!: Address;
  #keeper!: Keeper;
  #leaving = new AbortController();
  /** The newest session goes on from what was kept. */
  #restored = false;
  readonly #documents = new Documents(
    (control, filename, content) => this.#requests.upload(control, filename, content),
    (control, change) => this.#screen.drawDocument(control, change),
  );
  readonly #outlet = new Outlet(this, (given) => this.#screen.draw({ given }));
  readonly #runner = new Runner(
    () => this.#seat.session,
    (snapshot) => this.#take(snapshot),
  );
  readonly #supplier = new Supplier(
    async (name, content) => this.#take(await (await this.#open()).give(name, content)),
    (delivery) => this.#followDelivery(delivery),
  );
  readonly #announcer = new Announcer((sentence) => this.#screen.draw({ announcement: sentence }));
  readonly #player = new Player(this.#sequence(), (playing) => this.#screen.draw({ playing }));

  /** The current snapshot, as tests and teachers' scripts read it. */
  get snapshot(): Snapshot {
    return this.#screen.snapshot;
  }

  /** Whether a reload would lose nothing: all that is worth keeping is kept. */
  get kept(): boolean {
    const session = this.#seat?.session;
    return !session || this.#keeper.isKept(session);
  }

  get description(): Description {
    return this.#screen.model.description;
  }

  /** The names of the controls that the link to here hides. */
  get hiding(): ReadonlySet<string> {
    return this.#screen.model.hiding;
  }

  /** The state as an address holds it. */
  fragment(hiding: Iterable<string>): string {
    return fragmentOf(this.id, this.snapshot, hiding);
  }

  /** It comes to life when it is about to be seen; before, only if it is spoken to. */
  connectedCallback(): void {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    if (this.#shown) this.#enter(this.#shown);
    else if (readFragment(location.hash, this.id)) inTurn(() => this.#screen, signal);
    else whenNear(this, signal, () => inTurn(() => this.#screen, signal));
    addEventListener("hashchange", () => this.#followFragment(), { signal });
  }

  #enter(screen: Screen): void {
    const { signal } = this.#leaving;
    const reason = unsupported();
    if (reason) {
      screen.draw({ disabled: true, ...inEngineLine(reason) });
      return;
    }
    engine().addEventListener("change", () => this.#followEngine(), { signal });
    for (const touch of ["pointerdown", "focusin"])
      this.addEventListener(touch, () => this.#wake(), { signal });
    if (screen.model.description.controls.some(({ kind }) => kind === "document"))
      keepFilesFromReplacingThePage(signal);
    this.#followEngine();
    void this.#followAddress();
    if (!savesData()) whenSeenAndIdle(this, signal, () => this.#wake());
  }

  disconnectedCallback(): void {
    this.#player.stop();
    this.#supplier.stop();
    this.#leaving.abort();
    this.#announcer.stop();
    this.#address?.stop();
    this.#outlet.stop();
    this.#seat?.leave((session) => this.#keeper.leave(session));
  }

  /** Set controls, then press a button: what a *Try this* link does. */
  async apply(values: Record<string, Value>, action = ""): Promise<void> {
    if (this.#screen.model.disabled) return;
    this.#player.stop();
    await this.#requests.set(values);
    if (action === "play") this.#player.toggle();
    else if (action) await this.#act(action);
  }

  get #screen(): Screen {
    if (!this.#shown) {
      this.#shown = this.#adopt();
      this.#enter(this.#shown);
    }
    return this.#shown;
  }

  /** Take over the figure that the build drew. */
  #adopt(): Screen {
    const frame = decodeFrame(this.querySelector("template")?.content.textContent ?? "") as Frame;
    const model: LabModel = {
      ...staticModel(this.id, frame),
      on: {
        set: (name, value) => this.#whenThere(this.#requests.set({ [name]: value })),
        drag: (name, value) => this.#whenThere(this.#requests.drag({ [name]: value })),
        setAll: (values) => this.#whenThere(this.#requests.set(values)),
        type: (name, text) => {
          model.typing = text === null ? null : { name, text };
        },
        draft: (control, text) => this.#screen.drawDocument(control, { draft: text }),
        bring: (control, source) => void this.#documents.bring(control, source),
        closeOutput: () => this.#screen.draw({ given: null }),
        act: (action) => this.#whenThere(this.#act(action)),
        choosePreset: (name) => void this.apply({ preset: name }),
        togglePlay: () => this.#player.toggle(),
        load: () => void this.#resume(engine().start()),
        retry: () => this.#retry(),
        showAll: () => this.#hide([]),
        openMore: (open) => this.#look({ moreOpen: open }),
        openData: (figure, open) => {
          model.openData[open ? "add" : "delete"](figure);
          this.#look({});
          if (open) this.#keepInSight(figure);
        },
      },
    };
    this.#seat = new Seat(model, (session) => this.#prepare(session));
    const screen = new Screen(this, model, this.#seat);
    this.#requests = this.#makeRequests(screen);
    this.#address = new Address(
      this.id,
      () => this.snapshot,
      () => this.hiding,
    );
    this.#keeper = new Keeper(
      this.id,
      (notKept) => this.#screen.draw({ notKept }),
      (session) => void this.#restoreLate(session),
    );
    this.replaceChildren();
    screen.draw({});
    requestAnimationFrame(() => screen.centreColumns()); // when the browser lays the page out anyway
    return screen;
  }

  #sequence(): Sequence {
    const lab = this;
    return {
      get atEnd() {
        const { values, steps } = lab.snapshot;
        return Number(values["step"]) >= steps;
      },
      first: () => this.#act("first_step"),
      next: async () => {
        await this.#act("step_forward");
        return engine().state === "ready";
      },
    };
  }

  #makeRequests(screen: Screen): Requests {
    const lab = this;
    return new Requests({
      screen,
      get session() {
        return lab.#seat.session;
      },
      get left() {
        return lab.#leaving.signal.aborted;
      },
      open: () => this.#open(),
      take: (snapshot) => this.#take(snapshot),
      share: () => this.#share(),
      say: (sentence) => this.#announcer.say(sentence),
    });
  }

  // The engine

  #wake(): void {
    if (engine().state !== "failed") void this.#open().catch(() => undefined);
  }

  #followEngine(): void {
    const { state } = engine();
    if (state === "failed" && this.#screen.model.offer !== "retry") {
      this.#player.stop();
      this.#supplier.stop();
      this.#announcer.say(engineWords(engine()).words);
    }
    this.#screen.draw(engineState(engine(), this.#screen.model.files));
    // It had a session, or there is something to send: then it wants one in the new Python too.
    const waiting =
      this.#screen.wasSupplied ||
      Object.keys(this.#screen.model.pending).length > 0 ||
      this.#documents.waiting;
    if (state === "ready" && waiting && !this.#seat.session && !this.#seat.opening)
      void this.#resume(Promise.resolve());
  }

  #followDelivery(delivery: Delivery | null): void {
    this.#screen.draw({ delivery });
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

  /** A new session goes on from what was kept; else it is given the reader's documents again. */
  async #prepare(session: Session): Promise<void> {
    const restored = await this.#keeper.restore(session);
    this.#restored = false;
    if (restored === "restored") {
      this.#restored = true;
      return;
    }
    if (restored !== "nothing")
      this.#screen.draw({ notKept: `What was kept is dropped: ${restored.refused}.` });
    this.#documents.forgotten();
  }

  /** The page before this one took its time to let go of what it kept, or another tab has closed. */
  async #restoreLate(session: Session): Promise<void> {
    await this.#prepare(session);
    this.#take(session.snapshot);
  }

  /** When the engine is there, send what the reader set and brought while it was not. */
  async #resume(started: Promise<void>): Promise<void> {
    try {
      await started;
      await this.#open();
    } catch {
      return; // the engine's own words already say what failed
    }
    await this.#requests.setPending();
    this.#documents.resume();
  }

  // What the reader does

  /** It may have to wait for Python: that is said at the foot of the screen too, for the line that
   * says it may be screens above the button. */
  #whenThere(asked: Promise<void>): void {
    void asked;
    const { state, waiting } = this.#screen.model;
    if (state !== "ready" && state !== "running" && !waiting) this.#screen.draw({ waiting: true });
  }

  /** Open or close a door: what is behind it is asked for when it opens. */
  #look(change: Partial<LabModel>): void {
    this.#screen.draw(change);
    if (!this.#seat.session) return;
    this.#seat.session.shown = shownOf(this.#screen.model);
    void this.#requests.set({});
  }

  /** A figure that was pinned to the screen goes back to its place when its data opens. */
  #keepInSight(figure: string): void {
    const drawn = this.querySelector(`.lab-first [data-figure="${figure}"]`);
    if (drawn && drawn.getBoundingClientRect().top < 0) drawn.scrollIntoView();
  }

  async #act(action: string): Promise<void> {
    // It may act on the file that is on its way.
    const snapshot = await this.#requests.act(action, () => this.#supplier.settled());
    if (snapshot?.output) await this.#outlet.give(snapshot.output);
  }

  // What Python answers

  #take(answer: Snapshot): void {
    if (this.#leaving.signal.aborted) return;
    const before = this.snapshot;
    const snapshot = this.#screen.show(answer);
    this.#supplier.follow(answer.wants ?? null);
    if (this.#seat.session) this.#keeper.follow(this.#seat.session);
    if (snapshot.said && snapshot.said !== before.said) this.#announcer.say(snapshot.said);
    else if (snapshot.values["step"] !== before.values["step"]) {
      this.#announcer.say(Object.values(snapshot.figures)[0]?.summary ?? "");
    }
    if (snapshot.running && !this.#runner.running) void this.#run();
  }

  async #run(): Promise<void> {
    await this.#runner.run().catch((error) => this.#requests.refuse(error, {}));
    this.#share();
  }

  // The address

  /** The address with which the page was entered. After a reload, what was kept is newer. */
  async #followAddress(): Promise<void> {
    const older = typeof this.snapshot.keep === "number" && isOwnAddress();
    if (older && readFragment(location.hash, this.id)) await this.#open().catch(() => undefined);
    if (!older || !this.#restored) this.#followFragment();
    else
      this.#screen.draw(
        hidingOf(readFragment(location.hash, this.id)?.hide ?? [], this.description),
      );
  }

  #followFragment(): void {
    const asked = readFragment(location.hash, this.id);
    if (!asked || this.#screen.model.disabled) return;
    if (!isAlone()) this.scrollIntoView({ block: "start" });
    this.#screen.draw(hidingOf(asked.hide, this.description));
    void this.#requests.set(asked.values);
  }

  #hide(names: string[]): void {
    this.#screen.draw(hidingOf(names, this.description));
    this.#share();
  }

  #share(): void {
    if (!this.#leaving.signal.aborted) this.#address.write();
  }
}
