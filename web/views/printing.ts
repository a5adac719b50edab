/** What the reader had opened when printing began: Material then opens every door of the page. */

export function markWhatIsOpen(): void {
  addEventListener("beforeprint", () => {
    for (const door of document.querySelectorAll(".figure-data"))
      door.toggleAttribute("data-opened", door.hasAttribute("open"));
  });
}
