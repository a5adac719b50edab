/** An editor for Python: CodeMirror, in a file of its own that is loaded when first needed.
 *
 *     const { openEditor } = await import("./editor");
 *     const editor = openEditor(parent, { text, label, onChange, onRun, complete });
 *
 * Nothing but CodeMirror is imported here, so the rest of the page shares no code with it. Its looks
 * are in styles/editor.css. Tab indents until Escape is pressed; then Tab moves on, as anywhere.
 */
import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  closeCompletion,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { globalCompletion, localCompletionSource, python } from "@codemirror/lang-python";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** A name that may be typed next; `type` chooses the sign beside it. */
export interface Name {
  label: string;
  type: string;
}

export interface EditorOptions {
  text: string;
  /** What a screen reader calls it. */
  label: string;
  onChange(text: string): void;
  /** Ctrl-Enter, Shift-Enter. */
  onRun(): void;
  /** What fits where this text ends; none while Python cannot be asked. */
  complete?(text: string): Promise<Name[]>;
}

export interface Editor {
  readonly text: string;
  /** Replace the whole text; `onChange` is not told. */
  replace(text: string): void;
  /** Focus it, with the cursor at a place on the screen if there is one. */
  focus(at?: { x: number; y: number }): void;
  /** Mark a line (from 1) as the one an error came from; null for none. */
  mark(line: number | null): void;
  /** Close the list of names, also one that is still on its way. */
  dismiss(): void;
  destroy(): void;
}

const COLOURS = HighlightStyle.define([
  { tag: tags.comment, color: "var(--md-code-hl-comment-color)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--md-code-hl-string-color)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--md-code-hl-number-color)" },
  { tag: tags.keyword, color: "var(--md-code-hl-keyword-color)" },
  { tag: [tags.operator, tags.operatorKeyword], color: "var(--md-code-hl-operator-color)" },
  {
    tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)],
    color: "var(--md-code-hl-function-color)",
  },
  { tag: [tags.punctuation, tags.bracket], color: "var(--md-code-hl-punctuation-color)" },
]);

const setMark = StateEffect.define<number | null>();
const marked = Decoration.line({ class: "cm-error-line" });

const errorLine = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lines, transaction) {
    let next = transaction.docChanged ? Decoration.none : lines;
    for (const effect of transaction.effects) {
      if (!effect.is(setMark)) continue;
      const { doc } = transaction.state;
      const line = effect.value;
      const there = line !== null && line >= 1 && line <= doc.lines;
      next = there ? Decoration.set(marked.range(doc.line(line).from)) : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function openEditor(parent: HTMLElement, options: EditorOptions): Editor {
  let quiet = false;
  const run = () => {
    options.onRun();
    return true;
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        keymap.of([
          { key: "Ctrl-Enter", mac: "Cmd-Enter", run },
          { key: "Shift-Enter", run },
          ...completionKeymap,
          // After Escape the Tab key belongs to the page again, until the editor is left.
          { key: "Escape", run: leaveByTab },
          indentWithTab,
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        history(),
        python(),
        indentUnit.of("    "),
        indentOnInput(),
        bracketMatching(),
        syntaxHighlighting(COLOURS),
        autocompletion({ override: sources(options), icons: false }),
        errorLine,
        EditorView.contentAttributes.of({
          "aria-label": options.label,
          spellcheck: "false",
          autocapitalize: "off",
          tabindex: "0", // said for those who check: it can be focused anyway
        }),
        EditorView.domEventHandlers({ blur: () => view.setTabFocusMode(false) }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged && !quiet) options.onChange(state.doc.toString());
        }),
      ],
    }),
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    replace(text) {
      quiet = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      quiet = false;
    },
    focus(at) {
      view.focus();
      const place = at && view.posAtCoords(at, false);
      if (place !== undefined) view.dispatch({ selection: { anchor: place } });
    },
    mark: (line) => view.dispatch({ effects: setMark.of(line) }),
    dismiss: () => void closeCompletion(view),
    destroy: () => view.destroy(),
  };
}

function leaveByTab(view: EditorView): boolean {
  view.setTabFocusMode(true);
  return true;
}

/** Python knows best what fits; while it cannot be asked, Python's own names and the text's do. */
function sources({ complete }: EditorOptions) {
  const ask = async (context: CompletionContext): Promise<CompletionResult | null> => {
    const typed = context.matchBefore(/[\w.]+/);
    const afterImport = context.matchBefore(/^\s*(?:from|import)\s.*/);
    if (!context.explicit && !typed && !afterImport) return null;
    if (typed && /^[\d.]/.test(typed.text)) return null;
    const names = (await complete?.(context.state.sliceDoc(0, context.pos))) ?? [];
    if (names.length === 0) return globalCompletion(context);
    const word = context.matchBefore(/\w+/);
    return { from: word?.from ?? context.pos, options: names, validFor: /^\w*$/ };
  };
  return [ask, localCompletionSource];
}
