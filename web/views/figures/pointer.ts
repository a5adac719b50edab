/** Where in a part of a figure a pointer is, also in a lab that fills the screen, enlarged as a whole.
 *
 * What is enlarged by CSS `zoom` has pixels of its own, larger than the screen's; heights and places in
 * figures are counted in them.
 */

export interface Spot {
  /** From the left and from the top, in the part's own pixels. */
  x: number;
  y: number;
  /** As shares of its width and height. */
  across: number;
  down: number;
}

/** Where in `part`, the listening one unless told, a pointer is. */
export function spotOf(event: MouseEvent, part = event.currentTarget as Element): Spot {
  const box = part.getBoundingClientRect();
  const standard: number | undefined = part.currentCSSZoom;
  if (standard !== undefined) {
    const x = (event.clientX - box.left) / standard;
    const y = (event.clientY - box.top) / standard;
    return { x, y, across: (x * standard) / box.width, down: (y * standard) / box.height };
  }
  // WebKit (2.50) tells the box in the part's own pixels, counted from the corner of the page.
  const full = part.closest("[data-full]");
  const zoom = full ? Number(getComputedStyle(full).getPropertyValue("zoom")) || 1 : 1;
  const x = (event.clientX + scrollX) / zoom - (box.left + scrollX);
  const y = (event.clientY + scrollY) / zoom - (box.top + scrollY);
  return { x, y, across: x / box.width, down: y / box.height };
}
