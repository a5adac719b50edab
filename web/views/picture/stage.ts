/** A copy of a figure, laid out off the screen as it shall be drawn: light, wide, nothing scrolled away.
 *
 * It is put into its lab, so that all style sheets hold; the scheme is set on the copy alone.
 */

const WIDTH = 840; // inside its margins above the width at which figures take their narrow form
const LEFT_OUT = ".figure-data, .figure-save, .probe-line, .probe-words, .visually-hidden";
/** The last sentence of a caption, where it tells the reader of the page what to do. */
const WHAT_TO_DO = /(^|[.;] )(Choose|Click|Drag|Point|Press) [^.]*\.$/;
const MOST_WIDE = 6000;

/** `draw` gets the copy while it is laid out. */
export function onStage<T>(figure: HTMLElement, draw: (stage: HTMLElement) => T): T {
  const stage = document.createElement("div");
  stage.className = "figure-stage";
  stage.dataset["mdColorScheme"] = "default";
  stage.inert = true;
  stage.style.width = `${WIDTH}px`;
  const copy = figure.cloneNode(true) as HTMLElement;
  for (const element of copy.querySelectorAll(LEFT_OUT)) element.remove();
  for (const caption of copy.querySelectorAll(".figure-head > .quiet"))
    caption.textContent = caption.textContent.replace(WHAT_TO_DO, "").trim();
  stage.append(copy);
  (figure.closest("rnn-lab") ?? document.body).append(stage);
  try {
    widen(stage);
    pseudoElementsIn(copy);
    return draw(stage);
  } finally {
    stage.remove();
  }
}

/** As wide as its widest part wants to be: in a picture nothing can be scrolled. */
function widen(stage: HTMLElement): void {
  const beyond = [...stage.querySelectorAll<HTMLElement>("*")].map((element) =>
    element instanceof HTMLElement ? element.scrollWidth - element.clientWidth : 0,
  );
  const missing = Math.max(0, ...beyond);
  stage.style.width = `${Math.min(WIDTH + missing, MOST_WIDE)}px`;
  stage.dataset["whole"] = ""; // from here on nothing is cut off
}

/** What a style sheet adds before and after an element becomes an element, which can be measured. */
function pseudoElementsIn(root: HTMLElement): void {
  for (const host of [...root.querySelectorAll<HTMLElement>("*")]) {
    if (!(host instanceof HTMLElement)) continue;
    for (const place of ["::before", "::after"] as const) {
      const style = getComputedStyle(host, place);
      if (style.content === "none" || style.content === "normal" || style.display === "none")
        continue;
      const made = document.createElement("span");
      for (const name of style) made.style.setProperty(name, style.getPropertyValue(name));
      // Its words, without those for who listens: `"⏎" / "new line"`.
      made.textContent = /^"((?:[^"\\]|\\.)*)"/.exec(style.content)?.[1] ?? "";
      host.classList.add(`no-${place.slice(2)}`);
      if (place === "::before") host.prepend(made);
      else host.append(made);
    }
  }
}
