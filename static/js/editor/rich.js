// The rich mode of an editor: mounted on a text, it gives the same text back, with nothing changed but what was changed.
import { InputRule, inputRules } from "@milkdown/kit/prose/inputrules";
import { NodeSelection, Plugin, TextSelection } from "@milkdown/kit/prose/state";
import { active, addressHere, insertMarkdown, perform, tick, tickHere } from "./commands.js";
import { OpenedText, startMilkdown } from "./milkdown.js";
import { nameCallouts, pieceFor } from "./schema.js";

/** The reason why a text is not shown in rich mode. */
export class NotFaithful extends Error {
  isNotFaithful = true;
}

const WIKI_LINK = new InputRule(/\[\[([^[\]\n]+)\]\]$/, (state, match, start, end) =>
  state.tr.replaceWith(start, end, pieceFor(state.schema, match[0])),
);

/** Opens `text` inside `root`. `callouts` names the kinds of boxes. `changed` is called after each change of the text, `moved` after each of the selection, and
    `typed` at each key; `received` gets what is pasted or dropped, and says
    whether it took it. Throws NotFaithful when the editor does not see
    the blocks that the text has. */
export async function mount(root, text, { attributes = {}, callouts = {}, changed, moved, typed, received } = {}) {
  nameCallouts(callouts);
  const watch = new Plugin({
    view: () => ({
      update(view, before) {
        if (!before.doc.eq(view.state.doc)) changed?.();
        moved?.();
      },
    }),
    props: {
      handleDOMEvents: { keydown: leavesByTab() },
      handleKeyDown: (view, event) => typed?.(event) || (event.key === "Enter" && event.ctrlKey && tickHere(view)),
      handleClickOn: (view, _pos, node, nodePos, event) =>
        (isBox(event, node) && tick(view, nodePos)) || besidePiece(view, node, nodePos, event),
      handleTextInput: afterPiece,
      handlePaste: (_view, event) => Boolean(received?.(event.clipboardData)),
      handleDrop: (_view, event) => Boolean(received?.(event.dataTransfer)),
    },
  });
  const { view, engine, destroy } = await startMilkdown(root, attributes, [watch, inputRules({ rules: [WIKI_LINK] })]);
  const opened = await openedOr(destroy, () => new OpenedText(text, engine));
  show(view, opened.doc);
  opened.remember(view.state.doc);
  const editor = { view, engine };
  return {
    ...editor,
    save: () => opened.save(view.state.doc),
    sources: () => opened.opened.map((_, number) => opened.source(number)),
    perform: (action, detail) => perform(editor, action, detail),
    insert: (markdown) => insertMarkdown(view, engine, markdown),
    active: () => active(view.state),
    address: () => addressHere(view.state),
    wordsBefore: () => wordsBefore(view.state),
    focus: () => view.focus(),
    destroy,
  };
}

/** Tab moves an item of a list to the right; after Escape it leaves the editor, as it leaves any field. */
function leavesByTab() {
  let isLeaving = false;
  return (_view, event) => {
    if (event.key === "Tab" && isLeaving) return true;
    if (event.key !== "Shift") isLeaving = event.key === "Escape";
    return false;
  };
}

async function openedOr(destroy, open) {
  try {
    const opened = open();
    if (!opened.isFaithful) throw new NotFaithful();
    return opened;
  } catch (problem) {
    await destroy();
    throw problem;
  }
}

/** Not a change that could be undone: a new state of the same editor. */
function show(view, doc) {
  view.dom.classList.remove("editor");
  const { schema, plugins } = view.state;
  view.updateState(view.state.constructor.create({ schema, doc, plugins }));
}

/** The box of a task is drawn left of its words. */
function isBox(event, node) {
  const item = event.target.closest?.("li[data-item-type=task]");
  return Boolean(item) && typeof node.attrs.checked === "boolean" && event.target === item;
}

/** A click on a link puts the cursor beside it: a link that is chosen as a whole would give way to the next letter typed. */
function besidePiece(view, node, at, event) {
  if (node.type.name !== "piece_as_written") return false;
  const { left, width } = view.nodeDOM(at).getBoundingClientRect();
  const place = event.clientX < left + width / 2 ? at : at + node.nodeSize;
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, place)));
  return true;
}

/** Letters typed on a link or a picture that is chosen, as the arrow keys do, stand after it. */
function afterPiece(view, _from, _to, letters) {
  const { selection, tr } = view.state;
  if (!(selection instanceof NodeSelection) || !selection.node.isInline) return false;
  tr.insertText(letters, selection.to);
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, selection.to + letters.length)));
  return true;
}

/** What stands in the paragraph before the cursor, and where in the document it begins. */
function wordsBefore(state) {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.inlineContent || $from.parent.type.spec.code) return { words: "", start: 0 };
  const words = $from.parent.textBetween(0, $from.parentOffset, "\n", "\ufffc");
  return { words, start: $from.start() };
}
