/** `<rnn-lab>`: shows a lab, passes on what the reader does, draws what Python answers. */
import { engine } from "../bridge/engine";
import { savesData, unsupported } from "../bridge/support";
import { decodeFrame } from "../bridge/wire";
import { isAlone } from "./addresses";
import { Announcer } from "./announcer";
import { keepFilesFromReplacingThePage } from "./document";
import { Documents } from "./documents";
import { Address, fragmentOf, isOwnAddress, readFragment } from "./fragment";
import { hidingOf } from "./hidden";
import { inTurn } from "./in-turn";
import { handlersOf, type Touched } from "./lab-handlers";
import { LabPython, type Owner } from "./lab-python";
import { type LabModel, staticModel } from "./model";
import { Outlet } from "./output";
import { Player, type Sequence } from "./player";
import { inEngineLine } from "./refusal";
import { type Lab, Requests } from "./requests";
import { Runner } from "./runner";
import { Screen } from "./screen";
import type { Description, Frame, Snapshot, Value } from "./types";
import { whenNear, whenSeenAndIdle } from "./when-seen";

export class RnnLab extends HTMLElement {
  #shown: Screen | null = null;
  #python!: LabPython;
  #requests!: Requests;
  #address!: Address;
  #leaving = new AbortController();
  readonly #documents = new Documents(
    (control, filename, content) => this.#requests.upload(control, filename, content),
    (control, change) => this.#screen.drawDocument(control, change),
  );
  readonly #outlet = new Outlet(this, (given) => this.#screen.draw({ given }));
  readonly #runner = new Runner(
    () => this.#python.session,
    (snapshot) => this.#take(snapshot),
  );
  readonly #announcer = new Announcer((sentence) => this.#screen.draw({ announcement: sentence }));
  readonly #player = new Player(this.#sequence(), (playing) => this.#screen.draw({ playing }));

  /** The current snapshot, as tests and teachers' scripts read it. */
  get snapshot(): Snapshot {
    return this.#screen.model.snapshot;
  }

  /** Whether a reload would lose nothing: all that is worth keeping is kept. */
  get kept(): boolean {
    return this.#python?.kept ?? true;
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
    engine().addEventListener("change", () => this.#python.follow(), { signal });
    for (const touch of ["pointerdown", "focusin"])
      this.addEventListener(touch, () => this.#python.wake(), { signal });
    if (screen.model.description.controls.some(({ kind }) => kind === "document"))
      keepFilesFromReplacingThePage(signal);
    this.#python.follow();
    void this.#followAddress();
    if (!savesData()) whenSeenAndIdle(this, signal, () => this.#python.wake());
  }

  disconnectedCallback(): void {
    this.#leaving.abort();
    this.#player.stop();
    this.#announcer.stop();
    this.#address?.stop();
    this.#outlet.stop();
    this.#python?.leave();
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
    const parts = this.#parts();
    const model: LabModel = { ...staticModel(this.id, frame), on: handlersOf(parts, this) };
    this.#python = new LabPython(model, parts);
    this.#requests = new Requests(parts);
    this.#address = new Address(
      this.id,
      () => this.snapshot,
      () => this.hiding,
    );
    const screen = new Screen(this, model, this.#python.seat);
    this.replaceChildren();
    screen.draw({});
    requestAnimationFrame(() => screen.centreColumns()); // when the browser lays the page out anyway
    return screen;
  }

  /** What the lab is to its parts, and to nobody else. */
  #parts(): Touched & Owner & Lab {
    const lab = this;
    return {
      documents: this.#documents,
      player: this.#player,
      get screen() {
        return lab.#screen;
      },
      get requests() {
        return lab.#requests;
      },
      get session() {
        return lab.#python.session;
      },
      get left() {
        return lab.#leaving.signal.aborted;
      },
      open: () => this.#python.open(),
      load: () => this.#python.load(),
      retry: () => this.#python.retry(),
      act: (action) => this.#act(action),
      apply: (values) => this.apply(values),
      take: (snapshot) => this.#take(snapshot),
      hide: (names) => this.#hide(names),
      share: () => this.#share(),
      say: (sentence) => this.#announcer.say(sentence),
    };
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

  async #act(action: string): Promise<void> {
    // It may act on the file that is on its way.
    const snapshot = await this.#requests.act(action, () => this.#python.settled());
    if (snapshot?.output) await this.#outlet.give(snapshot.output);
  }

  // What Python answers

  #take(answer: Snapshot): void {
    if (this.#leaving.signal.aborted) return;
    const before = this.snapshot;
    const snapshot = this.#screen.show(answer);
    this.#python.took(answer);
    this.#announcer.tell(before, snapshot);
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
    if (older && readFragment(location.hash, this.id))
      await this.#python.open().catch(() => undefined);
    if (!older || !this.#python.restored) this.#followFragment();
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
