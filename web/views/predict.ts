/** `<rnn-predict>`: the reader commits to a guess, and only then sees the answer beside it.
 *
 * All words are in the page that the build wrote; this hides the answer until there is a guess. The
 * guess is kept in the browser, where the browser keeps anything, and can be taken back.
 */

export class RnnPredict extends HTMLElement {
  #leaving = new AbortController();

  connectedCallback(): void {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    this.addEventListener("input", () => this.#showChosen(), { signal });
    this.addEventListener("click", (event) => this.#press(event), { signal });
    const kept = this.#kept;
    if (kept !== null && this.#choose(kept)) this.#reveal(kept);
    else this.#ask();
  }

  disconnectedCallback(): void {
    this.#leaving.abort();
  }

  #press({ target }: Event): void {
    const button = (target as Element).closest<HTMLElement>("[data-action]");
    if (button?.dataset["action"] !== "commit") return;
    if (this.dataset["state"] === "revealed") {
      this.#keep(null);
      this.#ask();
      this.#inputs[0]?.focus();
      return;
    }
    const guess = this.#chosen;
    if (guess === null) {
      this.#say("Choose one of the answers first.");
      this.#inputs[0]?.focus();
      return;
    }
    this.#keep(guess);
    this.#reveal(guess);
    this.#say(
      `${this.#find(".predict-verdict").textContent} ${this.#find(".predict-verdict + p").textContent}`,
    );
  }

  #ask(): void {
    this.dataset["state"] = "asked";
    this.#details.open = false;
    for (const input of this.#inputs) input.disabled = false;
    for (const note of this.querySelectorAll(".predict-note")) note.remove();
    this.#find("[data-action=commit]").textContent = "This is my guess";
    this.#scale?.toggleAttribute("hidden", true);
    this.#verdict.textContent = this.dataset["kind"] === "number" ? this.#answerWords : "";
    this.#showChosen();
    this.#say("");
  }

  #reveal(guess: string): void {
    this.dataset["state"] = "revealed";
    for (const input of this.#inputs) input.disabled = true;
    this.#details.open = true;
    this.#find("[data-action=commit]").textContent = "Take my guess back";
    if (this.dataset["kind"] === "number") this.#compareNumbers(Number(guess));
    else this.#compareChoices(guess);
  }

  #compareNumbers(guess: number): void {
    const answer = Number(this.dataset["answer"]);
    const off = guess - answer;
    const close = Math.abs(off) <= Number(this.dataset["near"]);
    const how = close ? "close enough" : off > 0 ? "too high" : "too low";
    this.#verdict.textContent = `You guessed ${this.#withUnit(String(guess))}: ${how}. It is ${this.#answerWords}.`;
    const { min, max } = this.#inputs[0] as HTMLInputElement;
    const mark = this.#find(".predict-guess");
    mark.textContent = `your guess ${this.#withUnit(String(guess))}`;
    mark.style.setProperty("--at", String((guess - Number(min)) / (Number(max) - Number(min))));
    this.#scale?.toggleAttribute("hidden", false);
  }

  #compareChoices(guess: string): void {
    const answer = this.dataset["answer"] ?? "";
    this.#verdict.textContent = guess === answer ? "You guessed it." : "It turns out otherwise.";
    this.#note(guess, "your guess");
    this.#note(answer, "the answer", true);
  }

  #note(choice: string, words: string, isTrue = false): void {
    const label = this.querySelector(`[data-choice="${CSS.escape(choice)}"]`);
    const note = document.createElement("span");
    note.className = "predict-note";
    note.textContent = words;
    note.toggleAttribute("data-true", isTrue);
    label?.append(note);
  }

  /** What the reader has picked; null for nothing yet. */
  get #chosen(): string | null {
    const inputs = this.#inputs;
    if (this.dataset["kind"] === "number") return inputs[0]?.value ?? null;
    return inputs.find((input) => input.checked)?.value ?? null;
  }

  /** Pick what was kept; false if the question no longer has such an answer. */
  #choose(guess: string): boolean {
    const [first] = this.#inputs;
    if (this.dataset["kind"] === "number") {
      if (first) first.value = guess;
      this.#showChosen();
      return first?.value === guess;
    }
    const choice = this.#inputs.find(({ value }) => value === guess);
    if (choice) choice.checked = true;
    return choice !== undefined;
  }

  #showChosen(): void {
    const output = this.querySelector("output");
    if (output) output.textContent = this.#withUnit(this.#chosen ?? "");
  }

  #withUnit(number: string): string {
    return `${number.replace("-", "−")}\u00a0${this.dataset["unit"] ?? ""}`.trim();
  }

  get #answerWords(): string {
    return this.dataset["told"] ?? "";
  }

  get #inputs(): HTMLInputElement[] {
    return [...this.querySelectorAll("input")];
  }

  get #details(): HTMLDetailsElement {
    return this.#find("details") as HTMLDetailsElement;
  }

  get #verdict(): HTMLElement {
    return this.#find(".predict-verdict strong");
  }

  get #scale(): HTMLElement | null {
    return this.querySelector(".predict-scale");
  }

  #find(selector: string): HTMLElement {
    return this.querySelector(selector) as HTMLElement;
  }

  #say(sentence: string): void {
    this.#find("[role=status]").textContent = sentence;
  }

  // The browser's memory, which may be closed to us.

  get #key(): string {
    return `unrolled:guess:${location.pathname}#${this.id}`;
  }

  get #kept(): string | null {
    try {
      return localStorage.getItem(this.#key);
    } catch {
      return null;
    }
  }

  #keep(guess: string | null): void {
    try {
      if (guess === null) localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, guess);
    } catch {
      // Then it lasts as long as the page.
    }
  }
}
