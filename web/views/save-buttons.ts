/** *Save as a picture*, below every figure; the code that draws it comes when it is pressed. */

export function followSaveButtons(): void {
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    const button = target.closest<HTMLElement>("[data-save]");
    const figure = button?.closest<HTMLElement>("figure");
    if (button && figure) void save(button, figure);
  });
}

async function save(button: HTMLElement, figure: HTMLElement): Promise<void> {
  const told = figure.querySelector<HTMLElement>(".save-said");
  try {
    const { saveFigure } = await import("./picture/save");
    await saveFigure(figure, button.dataset["save"] === "png" ? "png" : "svg");
    if (told) told.textContent = "Saved.";
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (told) told.textContent = `The picture could not be made: ${why}`;
  }
}
