/** What Python refused: shown beside the control it speaks of, else in the lab's engine line. */
import type { LabModel } from "./model";
import type { Value } from "./types";

interface Refusal {
  change: Partial<LabModel>;
  /** What was sent along with the refused value, and may be sent again without it. */
  others: Record<string, Value>;
}

export function refusalOf(message: string, values: Record<string, Value>): Refusal {
  const name = message.split(/[ :]/, 1)[0] ?? ""; // a ControlError begins with the control's name
  const { [name]: text, ...others } = values;
  if (text === undefined || name === "preset") return { change: inEngineLine(message), others: {} };
  return { change: { refused: { name, text: String(text), message } }, others };
}

export function inEngineLine(words: string): Partial<LabModel> {
  return { engine: { words, loaded: 0, total: 0, detail: "" } };
}
