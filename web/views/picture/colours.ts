/** Colours as any program that reads SVG knows them: `rgb(…)` and an opacity of their own. */

export interface Paint {
  colour: string;
  opacity: number;
}

const PLAIN = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/;
const known = new Map<string, Paint | null>();
let pixel: CanvasRenderingContext2D | null = null;

/** A computed colour; null for one that paints nothing, or for none (`none`, `url(…)`). */
export function paintOf(computed: string): Paint | null {
  const before = known.get(computed);
  if (before !== undefined) return before;
  const paint = plain(computed) ?? mixed(computed);
  const seen = paint && paint.opacity > 0 ? paint : null;
  known.set(computed, seen);
  return seen;
}

function plain(computed: string): Paint | null {
  const [all, red, green, blue, opacity] = PLAIN.exec(computed) ?? [];
  return all ? { colour: `rgb(${red}, ${green}, ${blue})`, opacity: Number(opacity ?? 1) } : null;
}

/** What is computed in another space, as `oklab(…)`: the browser itself says what is on the screen. */
function mixed(computed: string): Paint | null {
  if (!/^(color|oklab|oklch|lab|lch)\(/.test(computed)) return null;
  pixel ??= makePixel();
  if (!pixel) return null;
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = computed;
  pixel.fillRect(0, 0, 1, 1);
  const [red, green, blue, opacity = 0] = pixel.getImageData(0, 0, 1, 1).data;
  return { colour: `rgb(${red}, ${green}, ${blue})`, opacity: Number((opacity / 255).toFixed(3)) };
}

function makePixel(): CanvasRenderingContext2D | null {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  return canvas.getContext("2d", { willReadFrequently: true });
}

/** Set a paint as an attribute, and its opacity beside it if it has one. */
export function setPaint(element: Element, name: "fill" | "stroke" | "stop", paint: Paint): void {
  element.setAttribute(name === "stop" ? "stop-color" : name, paint.colour);
  if (paint.opacity < 1) element.setAttribute(`${name}-opacity`, String(paint.opacity));
}
