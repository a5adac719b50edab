/**
 * The meaning of a glossary term, beside it while it is pointed at, focused or tapped (WCAG 1.4.13).
 *
 * It can be pointed at itself, stays until the pointer or the focus leaves, and Escape puts it away. A first tap
 * shows it, a second one follows the link. Without this script the style sheet shows it after the link.
 */
const GRACE = 200; // milliseconds for the pointer's way from the word to its meaning
const EDGE = 8; // pixels between the meaning and the window's edge

class Meaning {
  private readonly bubble = document.createElement("div");
  private readonly text = document.createElement("p");
  private term: HTMLAnchorElement | undefined;
  private dismissed: HTMLAnchorElement | undefined;
  private leaving: number | undefined;
  private touched = false;

  constructor() {
    this.bubble.id = "term-meaning";
    this.bubble.setAttribute("role", "tooltip");
    this.bubble.append(this.text);
    document.addEventListener("pointerover", (event) => this.onOver(event));
    document.addEventListener("pointerdown", (event) => this.onDown(event), { capture: true });
    document.addEventListener("click", (event) => this.onClick(event), { capture: true });
    document.addEventListener("focusin", (event) => this.onFocus(event));
    document.addEventListener("focusout", () => this.leave(0));
    document.addEventListener("keydown", (event) => this.onKey(event));
    window.addEventListener("resize", () => this.hide());
  }

  private onOver(event: PointerEvent): void {
    if (event.pointerType === "touch") return;
    const term = termAt(event.target);
    if (term !== this.dismissed) this.dismissed = undefined;
    if (term || this.bubble.contains(event.target as Node)) {
      clearTimeout(this.leaving);
      if (term && term !== this.dismissed) this.show(term, event.clientY);
    } else if (this.term && !this.term.matches(":focus-visible")) {
      this.leave(GRACE);
    }
  }

  private onDown(event: PointerEvent): void {
    this.touched = event.pointerType === "touch";
    if (!termAt(event.target) && !this.bubble.contains(event.target as Node)) this.hide();
  }

  /** Where nothing can be pointed at, the first tap takes the pointer's place. */
  private onClick(event: MouseEvent): void {
    const term = termAt(event.target);
    if (!term) return;
    if (!this.touched || this.term === term) {
      this.hide(); // the link is followed, and the page may change below the meaning
      return;
    }
    event.preventDefault();
    event.stopPropagation(); // instant navigation would follow it
    this.show(term, event.clientY);
  }

  private onFocus(event: FocusEvent): void {
    const term = termAt(event.target);
    if (!term?.matches(":focus-visible")) return;
    this.dismissed = undefined;
    clearTimeout(this.leaving);
    this.show(term);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.term) return;
    this.dismissed = this.term;
    this.hide();
  }

  private show(term: HTMLAnchorElement, near?: number): void {
    if (term === this.term) return;
    this.hide();
    this.term = term;
    this.text.textContent = term.dataset["meaning"] ?? "";
    term.setAttribute("aria-describedby", this.bubble.id);
    document.body.append(this.bubble);
    this.place(lineOf(term, near));
  }

  /** Below its line, or above it where there is no room; within the window. */
  private place(line: DOMRect): void {
    const { width, height } = this.bubble.getBoundingClientRect();
    const most = document.documentElement.clientWidth - width - EDGE;
    const below = line.bottom + height <= window.innerHeight || line.top < height;
    this.bubble.style.left = `${window.scrollX + Math.max(EDGE, Math.min(line.left, most))}px`;
    this.bubble.style.top = `${window.scrollY + (below ? line.bottom : line.top - height)}px`;
  }

  private leave(after: number): void {
    clearTimeout(this.leaving);
    this.leaving = window.setTimeout(() => {
      const stays = this.term?.matches(":hover, :focus-visible") || this.bubble.matches(":hover");
      if (!stays) this.hide();
    }, after);
  }

  private hide(): void {
    clearTimeout(this.leaving);
    this.term?.removeAttribute("aria-describedby");
    this.term = undefined;
    this.bubble.remove();
  }
}

function termAt(target: EventTarget | null): HTMLAnchorElement | undefined {
  return (target as Element | null)?.closest?.<HTMLAnchorElement>("a.term") ?? undefined;
}

/** A term may be broken between two lines: the one that is pointed at, or the first. */
function lineOf(term: HTMLAnchorElement, near?: number): DOMRect {
  const lines = [...term.getClientRects()];
  const pointed = lines.find(({ bottom }) => near !== undefined && near <= bottom);
  return pointed ?? lines[0] ?? term.getBoundingClientRect();
}

export function tellMeanings(): void {
  new Meaning();
}
