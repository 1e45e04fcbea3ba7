// What the rich editor does not know of our Markdown stays as it was written: whole blocks as source that can be edited,
// signs inside a line as one piece. Runs on the tree that remark makes of a text, before Milkdown reads it.

const KNOWN = new Set([
  "paragraph", "heading", "text", "emphasis", "strong", "delete", "inlineCode", "break", "link", "image", "list", "listItem",
  "blockquote", "code", "thematicBreak", "table", "tableRow", "tableCell", "footnoteReference", "footnoteDefinition",
]);
const AS_WRITTEN = new Set(["html", "linkReference", "imageReference"]);
// Boxes of other wikis, mathematics, tables of contents, definitions, abbreviations, attributes: blocks of our dialect.
const OF_THE_DIALECT = /^ {0,3}(?:(?:!!!|\?\?\?\+?) ?[\w-]|:{3,}|\$\$|\[TOC\]|\*\[[^\]]+\]:|\{:)|\n {0,3}: {1,3}\S|\n {0,3}:{3,} *$/m;
const PIECES = /!?\[\[[^[\]\n]+\]\]|(?<![\w$])\$(?! )[^$\n]+(?<! )\$(?![\w$])|\{:[^}\n]*\}/g;
const CALLOUT = /^\[![A-Za-z]+\][+-]?/;
const OPENING = /^\ufeff?---[ \t]*\n/;
const CLOSING = /^(?:---|\.\.\.)[ \t]*(?:\n|$(?![^]))/m;
const KEY = /^[\p{L}\p{N}_"'][^:\n]*:(?=\s|$)/mu;

/** Where the header of a text ends; 0 without one. The same rule as intranet/core/frontmatter.py. */
export function headerEnd(text) {
  const opening = OPENING.exec(text);
  if (!opening) return text.startsWith("\ufeff") ? 1 : 0;
  const from = opening[0].length;
  const closing = CLOSING.exec(text.slice(from, from + 65536));
  return closing && KEY.test(text.slice(from, from + closing.index)) ? from + closing.index + closing[0].length : 0;
}

/** Change the tree in place; gives where each of its blocks stands in the source. */
export function keepAsWritten(tree, source) {
  const places = [];
  tree.children = tree.children.map((node) => {
    const place = wholeLines(source, node.position.start.offset, node.position.end.offset);
    places.push(place);
    const written = source.slice(place.start, place.end);
    const isKnown = KNOWN.has(node.type) && !(node.type === "paragraph" && OF_THE_DIALECT.test(written));
    if (!isKnown || !holdsOnlyKnown(node)) return { type: "asWritten", value: written };
    markPieces(node, source, written);
    return node;
  });
  return places;
}

function wholeLines(source, start, end) {
  while (start > 0 && " \t".includes(source[start - 1])) start--;
  while (end < source.length && " \t".includes(source[end])) end++;
  return { start, end };
}

/** HTML that stands alone inside a list or a quotation, and definitions there, have no place in the editor's own blocks. */
function holdsOnlyKnown(node) {
  const isPhrasing = ["paragraph", "heading", "tableCell", "emphasis", "strong", "delete", "link"].includes(node.type);
  return (node.children ?? []).every(
    (child) => (KNOWN.has(child.type) || (isPhrasing && AS_WRITTEN.has(child.type))) && holdsOnlyKnown(child),
  );
}

function markPieces(node, source, written, opensQuotation = false) {
  if (!node.children) return;
  node.children = node.children.flatMap((child, index) => {
    const own = slice(child, source) ?? written;
    if (AS_WRITTEN.has(child.type)) return [piece(own, child.type)];
    const isFirst = index === 0;
    if (child.type === "text") return pieces(child, own, isFirst && opensQuotation);
    if (child.type === "image") return [{ ...child, title: child.title ?? "", alt: child.alt ?? "" }];
    markPieces(child, source, own, isFirst && child.type === "paragraph" && node.type === "blockquote");
    return [child];
  });
}

/** What the author wrote; a link that remark found by itself in running text does not say where it stands.
    Inside a quotation or a list the lines of the source begin with the signs of what they are in. */
function slice(node, source) {
  if (!node.position) return null;
  return source.slice(node.position.start.offset, node.position.end.offset).replace(/\n[ \t>]+/g, "\n");
}

const piece = (source, look) => ({ type: "pieceAsWritten", value: source, look });

function pieces(node, written, opensQuotation) {
  const out = [];
  let text = node.value;
  const callout = opensQuotation && CALLOUT.exec(text);
  if (callout && written.startsWith(callout[0])) {
    out.push(piece(callout[0], "callout"));
    text = text.slice(callout[0].length);
  }
  let from = 0;
  for (const found of text.matchAll(PIECES)) {
    const source = [found[0], found[0].replaceAll("|", "\\|")].find((each) => standsIn(written, each));
    if (!source) continue;
    if (found.index > from) out.push({ type: "text", value: text.slice(from, found.index) });
    out.push(piece(source, lookOf(source)));
    from = found.index + found[0].length;
  }
  if (!out.length) return [node];
  if (from < text.length) out.push({ type: "text", value: text.slice(from) });
  return out;
}

/** Whether a piece was written like this, and not with a sign before it that takes its meaning away. */
function standsIn(written, source) {
  const at = written.indexOf(source);
  return at >= 0 && written[at - 1] !== "\\";
}

export const lookOf = (source) => (/^!?\[\[/.test(source) ? "wiki" : source.startsWith("$") ? "maths" : "signs");

/** What a link between double brackets shows: its label, or its target; an inclusion keeps its sign. */
export function labelOf(source) {
  if (source.startsWith("!")) return source;
  const inside = source.slice(2, -2).replaceAll("\\|", "|");
  const bar = inside.indexOf("|");
  return (bar < 0 ? inside : inside.slice(bar + 1)).trim() || inside;
}
