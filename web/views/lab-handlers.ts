/** What a lab does when the reader touches it: the handlers that its templates call. */
import type { Documents } from "./documents";
import { type Handlers, type LabModel, shownOf } from "./model";
import type { Player } from "./player";
import type { Requests } from "./requests";
import type { Screen } from "./screen";
import type { Session } from "./seat";
import type { Value } from "./types";

/** What the handlers need of their lab. */
export interface Touched {
  readonly screen: Screen;
  readonly session: Session | null;
  readonly requests: Requests;
  readonly documents: Documents;
  readonly player: Player;
  act(action: string): Promise<void>;
  apply(values: Record<string, Value>): Promise<void>;
  load(): void;
  retry(): void;
  hide(names: string[]): void;
}

/** `root` is the element that the lab is drawn in. */
export function handlersOf(lab: Touched, root: ParentNode): Handlers {
  return {
    set: (name, value) => whenThere(lab, lab.requests.set({ [name]: value })),
    reach: (name) => lab.requests.foresee(name),
    drag: (name, value) => whenThere(lab, lab.requests.drag(name, value)),
    setAll: (values) => whenThere(lab, lab.requests.set(values)),
    type: (name, text) => {
      const { screen } = lab;
      if (text !== null) screen.model.typing = { name, text };
      else if (screen.model.typing) screen.draw({ typing: null }); // with what came meanwhile
    },
    draft: (control, text) => lab.screen.drawDocument(control, { draft: text }),
    bring: (control, source) => void lab.documents.bring(control, source),
    closeOutput: () => lab.screen.draw({ given: null }),
    act: (action) => whenThere(lab, lab.act(action)),
    choosePreset: (name) => void lab.apply({ preset: name }),
    togglePlay: () => lab.player.toggle(),
    load: () => lab.load(),
    retry: () => lab.retry(),
    showAll: () => lab.hide([]),
    openMore: (open) => look(lab, { moreOpen: open }),
    openData: (figure, open) => {
      lab.screen.model.openData[open ? "add" : "delete"](figure);
      look(lab, {});
      if (open) keepInSight(root, figure);
    },
  };
}

/** It may have to wait for Python: that is said at the foot of the screen too, for the line that
 * says it may be screens above the button. */
function whenThere({ screen }: Touched, asked: Promise<void>): void {
  void asked;
  const { state, waiting } = screen.model;
  if (state !== "ready" && state !== "running" && !waiting) screen.draw({ waiting: true });
}

/** Open or close a door: what is behind it is asked for when it opens. */
function look({ screen, session, requests }: Touched, change: Partial<LabModel>): void {
  screen.draw(change);
  if (!session) return;
  session.shown = shownOf(screen.model);
  void requests.set({});
}

/** A figure that was pinned to the screen goes back to its place when its data opens. */
function keepInSight(root: ParentNode, figure: string): void {
  const drawn = root.querySelector(`.lab-first [data-figure="${figure}"]`);
  if (drawn && drawn.getBoundingClientRect().top < 0) drawn.scrollIntoView();
}
