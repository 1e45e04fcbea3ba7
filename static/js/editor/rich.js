// The rich mode of an editor: mounted on a text, it gives the same text back, with nothing changed but what was changed.
import { Plugin } from "@milkdown/kit/prose/state";
import { OpenedText, startMilkdown } from "./milkdown.js";

/** The reason why a text is not shown in rich mode. */
export class NotFaithful extends Error {}

/** Opens `text` inside `root`. Gives an object with view, text(), touched(), focus() and destroy().
    Throws NotFaithful when the editor does not see the blocks that the text has. */
export async function mount(root, text, { attributes = {}, plugins = [], changed = () => {} } = {}) {
  const watch = new Plugin({ view: () => ({ update: (view, before) => before.doc.eq(view.state.doc) || changed() }) });
  const { view, engine, destroy } = await startMilkdown(root, attributes, [...plugins, watch]);
  let opened;
  try {
    opened = new OpenedText(text, engine);
    if (!opened.isFaithful) throw new NotFaithful();
  } catch (problem) {
    await destroy();
    throw problem;
  }
  show(view, opened.doc);
  opened.remember(view.state.doc);
  return {
    view,
    engine,
    text: () => opened.save(view.state.doc).text,
    touched: () => opened.save(view.state.doc).touched,
    focus: () => view.focus(),
    destroy,
  };
}

/** Not a change that could be undone: a new state of the same editor. */
function show(view, doc) {
  const { schema, plugins } = view.state;
  view.updateState(view.state.constructor.create({ schema, doc, plugins }));
}
