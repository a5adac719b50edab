/** Controls a link hides (`&hide=w_x,train`): for a class, so that there is one thing to try. */
import type { LabModel } from "./model";
import type { Action, Control, Description } from "./types";

/** The menu of presets, which is no declared control. */
export const PRESET = "preset";

/** Something that can be hidden: its name, and what a reader knows it by. */
interface Hideable {
  name: string;
  words: string;
  symbol: string;
}

export function hideable({ controls, actions, groups, presets }: Description): Hideable[] {
  const drawn = ({ group, more }: Control) => more || group in groups || group === "scrub";
  const symbolOf = (control: Control) => (control.kind === "slider" ? control.symbol : "");
  const menu = presets.length > 0 ? [{ name: PRESET, words: "Start from", symbol: "" }] : [];
  const shown = controls.filter(drawn);
  return [
    ...menu,
    ...shown.map((one) => ({ name: one.name, words: one.label, symbol: symbolOf(one) })),
    ...actions.map(({ name, label }) => ({ name, words: `${label} (button)`, symbol: "" })),
  ];
}

/** What of the names can be hidden, and a sentence on those that are no control. */
export function hidingOf(
  names: string[],
  description: Description,
): Pick<LabModel, "hiding" | "notHidden"> {
  const known = new Set(hideable(description).map(({ name }) => name));
  const unknown = names.filter((name) => !known.has(name)).map((name) => `“${name}”`);
  const verb = unknown.length === 1 ? "is no control" : "are no controls";
  return {
    hiding: new Set(names.filter((name) => known.has(name))),
    notHidden: unknown.length ? `${unknown.join(", ")} ${verb} of this laboratory.` : "",
  };
}

/** The model with what is hidden taken out of its description; everything else is the model's own. */
export function withoutHidden(model: LabModel): LabModel {
  const { description, hiding } = model;
  if (hiding.size === 0) return model;
  const shown = ({ name }: { name: string }) => !hiding.has(name);
  const controls = description.controls.filter(shown);
  const actions = description.actions.filter(shown);
  const offered = ({ name }: Action) => model.snapshot.actions[name]?.shown !== false;
  const used = new Set(
    [...controls.filter(({ more }) => !more), ...actions.filter(offered)].map(({ group }) => group),
  );
  const groups = Object.fromEntries(
    Object.entries(description.groups).filter(([group]) => used.has(group)),
  );
  const seen = { ...description, controls, actions, groups };
  // A view and not a copy: what handlers read later is the model as it is then.
  return Object.create(model, { description: { value: seen } }) as LabModel;
}
