/** A lab that fills the screen, in type to be read from the last row.
 *
 * The element stays where it is in the page, so its state and a running training go on. Where the
 * browser has no full screen for elements (iPhones, frames without the permission) it fills the window.
 */

export class FullScreen {
  readonly #lab: HTMLElement;
  #bar: HTMLElement | null = null;
  /** The browser has been asked, and has not answered. */
  #asking = false;
  /** What had to become unreachable behind a lab that fills the window. */
  #behind: HTMLElement[] = [];
  #watching = new AbortController();

  constructor(lab: HTMLElement) {
    this.#lab = lab;
  }

  async enter(): Promise<void> {
    if (this.#bar || this.#asking) return;
    this.#asking = true;
    const real = await this.#ask();
    this.#asking = false;
    if (!this.#lab.isConnected) return;
    this.#lab.dataset["full"] = real ? "screen" : "window";
    this.#bar = this.#makeBar();
    this.#lab.prepend(this.#bar);
    this.#watching = new AbortController();
    const { signal } = this.#watching;
    // A browser that shows the lab in full screen also leaves it by itself at Escape.
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && this.leave();
    document.addEventListener("keydown", onKey, { signal });
    if (real) {
      const changed = () => document.fullscreenElement === this.#lab || this.leave();
      document.addEventListener("fullscreenchange", changed, { signal });
    } else {
      this.#behind = othersThan(this.#lab);
      for (const element of this.#behind) element.inert = true;
      document.documentElement.dataset["covered"] = "";
    }
    this.#lab.scrollTop = 0;
    this.#bar.querySelector("button")?.focus();
  }

  leave(): void {
    if (!this.#bar) return;
    this.#watching.abort();
    if (document.fullscreenElement === this.#lab) void document.exitFullscreen();
    for (const element of this.#behind) element.inert = false;
    this.#behind = [];
    delete document.documentElement.dataset["covered"];
    delete this.#lab.dataset["full"];
    this.#bar.remove();
    this.#bar = null;
    this.#lab.scrollIntoView({ block: "start" });
    this.#lab.querySelector<HTMLElement>("[data-action=full-screen]")?.focus({
      preventScroll: true,
    });
  }

  /** Whether the browser gave the screen. */
  async #ask(): Promise<boolean> {
    if (!document.fullscreenEnabled || !this.#lab.requestFullscreen) return false;
    return this.#lab.requestFullscreen().then(
      () => true,
      () => false,
    );
  }

  #makeBar(): HTMLElement {
    const bar = document.createElement("div");
    const button = document.createElement("button");
    bar.className = "full-bar";
    button.className = "button";
    button.type = "button";
    button.textContent = "Leave full screen (Escape)";
    button.dataset["action"] = "leave-full";
    button.addEventListener("click", () => this.leave());
    bar.append(button);
    return bar;
  }
}

/** Everything on the page that neither holds the lab nor is in it, and was reachable. */
function othersThan(lab: Element): HTMLElement[] {
  const others: HTMLElement[] = [];
  for (let at = lab; at.parentElement && at !== document.body; at = at.parentElement)
    for (const sibling of at.parentElement.children)
      if (sibling !== at && sibling instanceof HTMLElement && !sibling.inert) others.push(sibling);
  return others;
}
