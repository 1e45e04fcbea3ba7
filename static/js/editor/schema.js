// The two nodes of ours beside Milkdown's: a block and a piece of a line that stay as they were written.
import { $node } from "@milkdown/kit/utils";
import { labelOf, lookOf } from "./dialect.js";

const callouts = {};

/** Tell in the language of the page what the kinds of boxes are called, by their names in Markdown. */
export const nameCallouts = (names) => Object.assign(callouts, names);

function shown({ source, look }) {
  if (look === "wiki") return labelOf(source);
  return look === "callout" ? (callouts[source.replace(/[^a-z]/gi, "").toLowerCase()] ?? source) : source;
}

const sourceOf = (element) => ({ source: element.dataset.source, look: element.dataset.look });

/** A block that the editor cannot show otherwise: its source, which may be edited as such. */
export const asWritten = $node("as_written", () => ({
  content: "text*",
  group: "block",
  marks: "",
  code: true,
  defining: true,
  isolating: true,
  parseDOM: [{ tag: "pre.as-written", preserveWhitespace: "full", priority: 60 }],
  toDOM: () => ["pre", { class: "as-written", spellcheck: "false" }, ["code", 0]],
  parseMarkdown: {
    match: ({ type }) => type === "asWritten",
    runner: (state, node, type) => state.openNode(type).addText(node.value).closeNode(),
  },
  toMarkdown: {
    match: (node) => node.type.name === "as_written",
    runner: (state, node) => state.addNode("asWritten", undefined, node.textContent),
  },
}));

/** A link to a page, a formula, a piece of HTML …: one piece of a line, kept with the signs it was written with. */
export const pieceAsWritten = $node("piece_as_written", () => ({
  inline: true,
  group: "inline",
  atom: true,
  attrs: { source: { default: "" }, look: { default: "signs" } },
  leafText: (node) => node.attrs.source,
  parseDOM: [{ tag: "span.piece-as-written", getAttrs: sourceOf, priority: 60 }],
  toDOM: ({ attrs }) => [
    "span",
    {
      class: `piece-as-written piece-as-written--${attrs.look}`,
      "data-source": attrs.source,
      "data-look": attrs.look,
      title: attrs.source,
    },
    shown(attrs),
  ],
  parseMarkdown: {
    match: ({ type }) => type === "pieceAsWritten",
    runner: (state, node, type) => state.addNode(type, { source: node.value, look: node.look }),
  },
  toMarkdown: {
    match: (node) => node.type.name === "piece_as_written",
    runner: (state, node) => state.addNode("pieceAsWritten", undefined, node.attrs.source),
  },
}));

/** How remark writes what is ours, and plain text without its needless entities. */
export const handlers = {
  root: (node, _parent, state, info) => state.containerFlow(withChildren(node), info),
  asWritten: (node) => node.value,
  pieceAsWritten: (node) => node.value,
  text: (node, _parent, state, info) => state.safe(node.value, { ...info, encode: [] }),
};

/** Milkdown leaves the children of an empty paragraph away, such as that of a new task, and remark counts them. */
function withChildren(node) {
  if (node.type === "paragraph") node.children ??= [];
  node.children?.forEach(withChildren);
  return node;
}

/** The piece for a link, made of what somebody typed or chose. */
export const pieceFor = (schema, source) => schema.nodes.piece_as_written.create({ source, look: lookOf(source) });
