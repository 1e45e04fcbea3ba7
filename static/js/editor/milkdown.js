// The Milkdown kit, with what rewrites texts left out and what keeps them put in.
import {
  Editor,
  defaultValueCtx,
  editorViewCtx,
  editorViewOptionsCtx,
  nodeViewCtx,
  remarkCtx,
  remarkStringifyOptionsCtx,
  rootCtx,
  schemaCtx,
} from "@milkdown/kit/core";
import { clipboard } from "@milkdown/kit/plugin/clipboard";
import { history } from "@milkdown/kit/plugin/history";
import {
  commands,
  hardbreakClearMarkPlugin,
  hardbreakFilterNodes,
  hardbreakFilterPlugin,
  headingIdGenerator,
  inlineNodesCursorPlugin,
  inputRules,
  keymap,
  markInputRules,
  remarkAddOrderInListPlugin,
  remarkLineBreak,
  remarkMarker,
  schema,
} from "@milkdown/kit/preset/commonmark";
import { gfm, remarkGFMPlugin } from "@milkdown/kit/preset/gfm";
import { gapCursor } from "@milkdown/kit/prose/gapcursor";
import { ParserState, SerializerState } from "@milkdown/kit/transformer";
import { $prose, $remark } from "@milkdown/kit/utils";
import { OpenedText } from "./blocks.js";
import { keepAsWritten } from "./dialect.js";
import { pictures } from "./pictures.js";
import { asWritten, handlers, pieceAsWritten } from "./schema.js";

const commonmark = [
  schema, inputRules, markInputRules, commands, keymap, hardbreakClearMarkPlugin, hardbreakFilterNodes, hardbreakFilterPlugin,
  inlineNodesCursorPlugin, remarkAddOrderInListPlugin, remarkLineBreak, remarkMarker,
].flat();

/** Read and write Markdown with the schema of an editor; see OpenedText. */
function engineOf(ctx, seen) {
  const [nodes, remark] = [ctx.get(schemaCtx), ctx.get(remarkCtx)];
  return {
    parse(markdown) {
      const doc = ParserState.create(nodes, remark)(markdown);
      return { doc, places: seen.places };
    },
    serialise(node) {
      const text = SerializerState.create(nodes, remark)(nodes.topNodeType.create(null, node));
      return text.replace(/^\s*\n|\s+$/g, "").replace(/^&#x20;|&#x20;$/gm, "");
    },
    written: (source) => nodes.nodes.as_written.create(null, source ? nodes.text(source) : null),
  };
}

function configure(ctx, root, attributes) {
  ctx.set(rootCtx, root);
  ctx.set(defaultValueCtx, "");
  ctx.set(headingIdGenerator.key, () => null);
  ctx.set(remarkGFMPlugin.options.key, { tablePipeAlign: false });
  ctx.update(remarkStringifyOptionsCtx, (options) => ({
    ...options,
    bullet: "-",
    rule: "-",
    handlers: { ...options.handlers, ...handlers },
  }));
  ctx.update(editorViewOptionsCtx, (options) => ({ ...options, attributes }));
  ctx.update(nodeViewCtx, (views) => [...views, ["image", pictures]]);
}

/** An editor inside `root`, empty. `plugins` are ProseMirror's own. Gives { view, engine, destroy }. */
export async function startMilkdown(root, attributes, plugins) {
  const seen = { places: [] };
  const keep = $remark("keepAsWritten", () => () => (tree, file) => {
    seen.places = keepAsWritten(tree, String(file));
  });
  const editor = await Editor.make()
    .config((ctx) => configure(ctx, root, attributes))
    .use(keep)
    .use(commonmark)
    .use(gfm)
    .use([asWritten, pieceAsWritten].flat())
    .use(plugins.map((plugin) => $prose(() => plugin)))
    .use(history)
    .use(clipboard)
    .use($prose(() => gapCursor()))
    .create();
  const view = editor.action((ctx) => ctx.get(editorViewCtx));
  const engine = editor.action((ctx) => engineOf(ctx, seen));
  return { view, engine, destroy: () => editor.destroy() };
}

export { OpenedText };
