/** How the run of a cell ended, and what a reader is told of it. */
import type { CodeError } from "./cell-output";

/** What `lab.cells.runner.Outcome` tells. */
export interface Outcome {
  status: "done" | "error" | "stopped";
  seconds: number;
  error: CodeError | null;
}

/** On the screen, above what it printed; Python's traceback below names the error. */
export function outcomeWords({ status, seconds, error }: Outcome): string {
  const took = `${seconds < 0.1 ? "less than 0.1" : seconds.toFixed(1)} s`;
  if (status === "done") return `Ran on your machine in ${took}.`;
  if (status === "stopped") return `Stopped after ${took}. What was made until then is there.`;
  return `An error ended it${error?.line ? ` in line ${error.line}` : ""}. Python says:`;
}

/** For those who listen: the same, and the error, since the traceback is not read out by itself. */
export function spokenOutcome(outcome: Outcome): string {
  const { error } = outcome;
  const words = outcomeWords(outcome);
  return error ? `${words} ${error.name}: ${firstLine(error.message)}` : words;
}

/** What a reader may do about an error; `lacksAbove`: a cell above has not run to its end. */
export function hintFor({ name }: CodeError, lacksAbove: boolean): string {
  return name === "NameError" && lacksAbove
    ? "A cell above may define it: press Run all above."
    : "";
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
