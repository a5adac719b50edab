/** A slider's track: where a value sits on it, and which value a position of the thumb means. */
import type { SliderControl } from "./types";

/** Where a value sits on the track, 0 to 1; beyond the range the thumb rests at the end. */
export function share(control: SliderControl, value: number): number {
  const map = control.scale === "log" ? Math.log : (x: number) => x;
  const along = (map(value) - map(control.low)) / (map(control.high) - map(control.low));
  return Number.isFinite(along) ? Math.min(Math.max(along, 0), 1) : 0;
}

/** The range input's own number: the value, or on a log scale thousandths of the track. */
export function thumb(control: SliderControl, value: number): number {
  return control.scale === "log" ? Math.round(share(control, value) * 1000) : value;
}

/** The value at a position of the thumb; a move too small to change it goes to the next value. */
export function atThumb(control: SliderControl, position: number, now: number): number {
  if (control.scale !== "log") return position;
  const exact = control.low * (control.high / control.low) ** (position / 1000);
  const value = control.integer ? Math.round(exact) : Number(exact.toPrecision(3));
  const before = thumb(control, now);
  if (value !== now || position === before) return value;
  return control.integer ? now + Math.sign(position - before) : Number(exact.toPrecision(5));
}

/** Every value on a linear track, as the range input spells it. */
export function trackValues(control: SliderControl): number[] {
  const { low, high, step } = control;
  const decimals = String(step).split(".")[1]?.length ?? 0;
  const count = Math.floor((high - low) / step + 1e-9) + 1;
  return Array.from({ length: count }, (_, index) =>
    Number((low + index * step).toFixed(decimals)),
  );
}
