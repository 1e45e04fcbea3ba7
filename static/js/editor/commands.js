// What the buttons of the toolbar do in rich mode, and which of them hold where the cursor stands.
import { setBlockType, toggleMark, wrapIn, lift } from "@milkdown/kit/prose/commands";
import { redo, undo } from "@milkdown/kit/prose/history";
import { Fragment } from "@milkdown/kit/prose/model";
import { liftListItem, wrapInList } from "@milkdown/kit/prose/schema-list";
import { TextSelection } from "@milkdown/kit/prose/state";
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable } from "@milkdown/kit/prose/tables";
import { pieceFor } from "./schema.js";

const TABLE = {
  "row-add": addRowAfter,
  "column-add": addColumnAfter,
  "row-remove": deleteRow,
  "column-remove": deleteColumn,
  "table-remove": deleteTable,
};
const STEPS = { undo, redo };
const MARKS = { bold: "strong", italic: "emphasis" };

/** The nodes around the cursor, the innermost first. */
function around(state, name) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type.name === name) return { node: $from.node(depth), pos: $from.before(depth) };
  }
  return null;
}

/** The actions that are on where the selection is. */
export function active(state) {
  const { from, to, empty, $from } = state.selection;
  const holds = (mark) => (empty ? mark.isInSet(state.storedMarks ?? $from.marks()) : state.doc.rangeHasMark(from, to, mark));
  const item = around(state, "list_item");
  const isTask = typeof item?.node.attrs.checked === "boolean";
  const found = new Set(Object.keys(MARKS).filter((action) => holds(state.schema.marks[MARKS[action]])));
  if (holds(state.schema.marks.link)) found.add("link");
  if ($from.parent.type.name === "heading") found.add("heading");
  if (around(state, "blockquote")) found.add("quote");
  if (around(state, "table")) found.add("table");
  const list = item && state.doc.resolve(item.pos).parent.type.name;
  if (list) found.add(isTask ? "tasks" : list === "ordered_list" ? "numbers" : "list");
  return found;
}

/** Do what a button says; `detail` is the Markdown to insert or the address of a link. False when nothing could be done. */
export function perform({ view, engine }, action, detail) {
  const { state } = view;
  const run = (command) => command(view.state, view.dispatch, view);
  const nodes = state.schema.nodes;
  if (MARKS[action]) return run(toggleMark(state.schema.marks[MARKS[action]]));
  if (TABLE[action] ?? STEPS[action]) return run(TABLE[action] ?? STEPS[action]);
  if (action === "heading") return run(nextHeading(state));
  if (action === "quote") return run(around(state, "blockquote") ? lift : wrapIn(nodes.blockquote));
  if (action === "list") return turnIntoList(run, state, nodes.bullet_list, null);
  if (action === "numbers") return turnIntoList(run, state, nodes.ordered_list, null);
  if (action === "tasks") return turnIntoList(run, state, nodes.bullet_list, false, view);
  if (action === "link") return link(view, detail);
  if (action === "piece") return insertPiece(view, detail);
  if (action === "footnote") return footnote(view, engine, detail);
  return insertMarkdown(view, engine, detail);
}

function nextHeading(state) {
  const { parent } = state.selection.$from;
  const { heading, paragraph } = state.schema.nodes;
  if (parent.type !== heading) return setBlockType(heading, { level: 2 });
  return parent.attrs.level === 2 ? setBlockType(heading, { level: 3 }) : setBlockType(paragraph);
}

function turnIntoList(run, state, type, checked, view = null) {
  const item = around(state, "list_item");
  if (!item) {
    if (!run(wrapInList(type))) return false;
    return checked === null || run(check(checked));
  }
  const list = state.doc.resolve(item.pos).parent;
  const isTask = typeof item.node.attrs.checked === "boolean";
  if (list.type === type && isTask === (checked !== null)) return run(liftListItem(state.schema.nodes.list_item));
  return run((now, dispatch) => {
    const place = now.doc.resolve(item.pos);
    const tr = now.tr.setNodeMarkup(place.before(), type, type === list.type ? list.attrs : null);
    place.parent.forEach((child, offset) => tr.setNodeMarkup(place.start() + offset, null, { ...child.attrs, checked }));
    dispatch(tr);
    return true;
  });
}

const check = (checked) => (state, dispatch) => {
  const item = around(state, "list_item");
  const list = state.doc.resolve(item.pos);
  const tr = state.tr;
  list.parent.forEach((child, offset) => tr.setNodeMarkup(list.start() + offset, null, { ...child.attrs, checked }));
  dispatch(tr);
  return true;
};

/** Tick or untick the task at a position of the document; false where there is none. */
export function tick(view, pos) {
  const node = view.state.doc.nodeAt(pos);
  if (typeof node?.attrs.checked !== "boolean") return false;
  view.dispatch(view.state.tr.setNodeMarkup(pos, null, { ...node.attrs, checked: !node.attrs.checked }));
  return true;
}

/** Tick the task in which the cursor stands. */
export function tickHere(view) {
  const item = around(view.state, "list_item");
  return Boolean(item) && tick(view, item.pos);
}

/** The address of the link in which the selection stands, or nothing. */
export function addressHere(state) {
  const { $from } = state.selection;
  return state.schema.marks.link.isInSet($from.marks())?.attrs.href ?? "";
}

function link(view, { href, words }) {
  const { state } = view;
  const type = state.schema.marks.link;
  let { from, to, empty, $from } = state.selection;
  const tr = state.tr;
  if (empty && type.isInSet($from.marks())) [from, to] = linkedRange($from, type);
  if (from === to && href) {
    tr.insertText(words || href, from);
    to = from + (words || href).length;
  }
  tr.removeMark(from, to, type);
  if (href) tr.addMark(from, to, type.create({ href })).removeStoredMark(type);
  view.dispatch(tr.scrollIntoView());
  return true;
}

function linkedRange($from, type) {
  const { parent } = $from;
  let index = $from.index() - ($from.textOffset || $from.parentOffset < parent.content.size ? 0 : 1);
  const has = (at) => at >= 0 && at < parent.childCount && type.isInSet(parent.child(at).marks);
  if (!has(index) && has(index - 1)) index--;
  let [first, last] = [index, index];
  while (has(first - 1)) first--;
  while (has(last + 1)) last++;
  let start = $from.start();
  for (let at = 0; at < first; at++) start += parent.child(at).nodeSize;
  let end = start;
  for (let at = first; at <= last; at++) end += parent.child(at).nodeSize;
  return [start, end];
}

function insertPiece(view, { source, from, to }) {
  const at = view.state.selection;
  const tr = view.state.tr.replaceWith(from ?? at.from, to ?? at.to, pieceFor(view.state.schema, source));
  view.dispatch(tr.scrollIntoView());
  return true;
}

/** Put what a piece of Markdown says at the cursor: words into the line, blocks below the present one. */
export function insertMarkdown(view, engine, markdown) {
  const { doc } = engine.parse(markdown);
  const { state } = view;
  const isLine = doc.childCount === 1 && doc.firstChild.type.name === "paragraph" && !markdown.includes("\n");
  if (isLine && state.selection.$from.parent.inlineContent && !state.selection.$from.parent.type.spec.code) {
    view.dispatch(state.tr.replaceWith(state.selection.from, state.selection.to, doc.firstChild.content).scrollIntoView());
    return true;
  }
  const { $from } = state.selection;
  const top = $from.depth ? $from.node(1) : null;
  const isEmpty = top?.type.name === "paragraph" && !top.content.size;
  const start = isEmpty ? $from.before(1) : $from.depth ? $from.after(1) : state.doc.content.size;
  const tr = state.tr.replaceWith(start, isEmpty ? $from.after(1) : start, Fragment.from(doc.content));
  tr.setSelection(firstWords(tr.doc, start, start + doc.content.size));
  view.dispatch(tr.scrollIntoView());
  return true;
}

/** The first words between two positions that are no source, selected to be written over. */
function firstWords(doc, start, end) {
  let found = null;
  doc.nodesBetween(start, end, (node, pos, parent) => {
    if (!found && node.isText && !parent.type.spec.code) found = TextSelection.create(doc, pos, pos + node.nodeSize);
  });
  return found ?? TextSelection.near(doc.resolve(start + 1));
}

function footnote(view, engine, words) {
  const labels = [];
  view.state.doc.descendants((node) => {
    if (node.type.name.startsWith("footnote_")) labels.push(Number(node.attrs.label) || 0);
  });
  const label = String(Math.max(0, ...labels) + 1);
  const { schema, selection } = view.state;
  if (!selection.$from.parent.inlineContent || selection.$from.parent.type.spec.code) return false;
  const note = engine.parse(`[^${label}]: ${words}`).doc.firstChild;
  const tr = view.state.tr.insert(selection.to, schema.nodes.footnote_reference.create({ label }));
  const end = tr.doc.content.size;
  tr.insert(end, note);
  tr.setSelection(TextSelection.create(tr.doc, end + 2, end + 2 + words.length));
  view.dispatch(tr.scrollIntoView());
  return true;
}
