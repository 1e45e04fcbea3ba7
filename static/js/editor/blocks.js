// Saves what a rich editor holds without rewriting what was not changed: every block that is still the one that was opened
// is given back as its author wrote it, to the byte; in a changed block, so is every word that did not change.
import { headerEnd } from "./dialect.js";
import { carried, carriedByLines, likeness } from "./merge.js";

const ALIKE = 0.25;

/** A text that was opened.
    `engine` knows: parse(markdown) -> { doc, places }, serialise(node) -> markdown, written(source) -> a block as written. */
export class OpenedText {
  constructor(text, engine) {
    this.engine = engine;
    this.head = text.slice(0, headerEnd(text));
    this.body = text.slice(this.head.length);
    const { doc, places } = engine.parse(this.body);
    this.places = places;
    const isBlank = !this.body.trim();
    this.isFaithful = isBlank || (doc.childCount === places.length && this.coversEverything());
    const blocks = [];
    doc.forEach((node) => blocks.push(node));
    this.doc = this.hasHeader ? doc.copy(doc.content.addToStart(engine.written(this.head.trimEnd()))) : doc;
    this.opened = isBlank ? [] : blocks;
    this.canonical = new Map();
  }

  get hasHeader() {
    return this.head.length > 1;
  }

  coversEverything() {
    let end = 0;
    for (const place of this.places) {
      if (place.start < end || this.body.slice(end, place.start).trim()) return false;
      end = place.end;
    }
    return !this.body.slice(end).trim();
  }

  /** The editor made its own objects of the nodes: these are the blocks that nobody has touched yet. */
  remember(doc) {
    const nodes = children(doc);
    this.header = this.hasHeader ? nodes.shift() : null;
    if (this.opened.length) this.opened = nodes;
    this.numbers = new Map(this.opened.map((node, index) => [node, index]));
  }

  /** The Markdown of `doc`, and how many blocks of the text that was opened it changes, adds or leaves out. */
  save(doc) {
    const nodes = children(doc);
    const head = this.savedHeader(nodes);
    this.context = this.definitions(nodes);
    const origins = this.origins(nodes);
    const pieces = [];
    nodes.forEach((node, index) => {
      const number = origins[index];
      const isSame = number !== null && this.opened[number] === node;
      const text = isSame ? this.source(number) : this.reworded(node, number);
      if (text || isSame) pieces.push({ text, number, isSame });
    });
    const gone = this.opened.length - new Set(pieces.map(({ number }) => number).filter((number) => number !== null)).size;
    const changed = pieces.filter(({ text, number }) => text !== this.source(number)).length;
    const touched = gone + changed + (head === this.head ? 0 : 1);
    const body = pieces.length ? this.joined(pieces) : this.opened.length ? "" : this.body;
    return { text: head + body, touched };
  }

  /** The header stands first, as source, and is taken off `nodes`; when it is no header any more it is an ordinary block. */
  savedHeader(nodes) {
    if (!this.header) return this.head;
    if (nodes[0]?.type !== this.header.type) return "";
    const text = nodes[0].textContent;
    if (headerEnd(`${text}\n`) !== text.length + 1) return "";
    nodes.shift();
    return text + this.head.slice(this.head.trimEnd().length);
  }

  source(number) {
    const place = number === null ? null : this.places[number];
    return place && this.body.slice(place.start, place.end);
  }

  /** For each block of the editor, the block it was: itself, or what stood there and resembles it, or null. */
  origins(nodes) {
    const found = nodes.map((node) => this.numbers.get(node) ?? null);
    const used = new Set(found.filter((number) => number !== null));
    for (let at = 0; at < nodes.length; at++) {
      if (found[at] !== null) continue;
      let end = at;
      while (end < nodes.length && found[end] === null) end++;
      const low = at ? found[at - 1] : -1;
      const high = end < nodes.length ? found[end] : this.opened.length;
      const free = [];
      for (let number = low + 1; number < high; number++) if (!used.has(number)) free.push(number);
      for (const [index, number] of this.paired(nodes.slice(at, end), free)) {
        found[at + index] = number;
        used.add(number);
      }
      at = end - 1;
    }
    return found;
  }

  paired(nodes, free) {
    if (nodes.length === 1 && free.length === 1) return [[0, free[0]]];
    const scores = nodes.map((node) => free.map((number) => this.score(node, this.opened[number])));
    const best = nodes.map(() => free.map(() => 0));
    const at = (i, j) => best[i]?.[j] ?? 0;
    for (let i = nodes.length - 1; i >= 0; i--) {
      for (let j = free.length - 1; j >= 0; j--) {
        const both = scores[i][j] >= ALIKE ? scores[i][j] + at(i + 1, j + 1) : 0;
        best[i][j] = Math.max(both, at(i + 1, j), at(i, j + 1));
      }
    }
    const pairs = [];
    for (let i = 0, j = 0; i < nodes.length && j < free.length; ) {
      if (scores[i][j] >= ALIKE && best[i][j] === scores[i][j] + at(i + 1, j + 1)) pairs.push([i++, free[j++]]);
      else if (at(i + 1, j) >= at(i, j + 1)) i++;
      else j++;
    }
    return pairs;
  }

  score(node, opened) {
    if (node.eq(opened)) return 2;
    return likeness(node.textContent, opened.textContent) + (node.type === opened.type ? 0.1 : 0);
  }

  /** A changed block in its author's manner wherever that still says what the editor shows, else in the editor's. */
  reworded(node, number) {
    const after = this.engine.serialise(node);
    if (number === null) return this.lightened(after);
    const opened = this.opened[number];
    const original = this.source(number);
    if (!this.canonical.has(number)) this.canonical.set(number, this.engine.serialise(opened));
    const before = this.canonical.get(number);
    if (before === after) return original;
    const light = this.lightened(after);
    const candidates = [carried(original, before, light), carried(original, before, after), carriedByLines(original, before, after)];
    return candidates.find((text) => this.reads(text, after)) ?? light;
  }

  /** Without the signs the editor puts before characters that mean nothing special where they stand. */
  lightened(text) {
    const light = text.replace(/(?<=[\p{L}\p{N}])\\_(?=[\p{L}\p{N}])/gu, "_").replace(/\\([&[\]])/g, "$1");
    return light !== text && this.reads(light, text) ? light : text;
  }

  /** Whether the editor would make of `text` the block that it writes as `wanted`. */
  reads(text, wanted) {
    const { doc } = this.engine.parse(`${text}\n\n${this.context}`);
    return doc.childCount === 1 + this.contextBlocks && this.engine.serialise(doc.child(0)) === wanted;
  }

  /** What links and footnotes of a block refer to, so that a block can be read alone. */
  definitions(nodes) {
    const labels = new Set();
    const written = [];
    for (const node of nodes) {
      if (node.type.name === "footnote_definition") labels.add(node.attrs.label);
      else if (/^ {0,3}\[[^\]^][^\]]*\]:/.test(node.textContent)) written.push(node.textContent);
    }
    const context = [...written, ...[...labels].map((label) => `[^${label}]: x`)].join("\n\n");
    this.contextBlocks = context ? this.engine.parse(context).places.length : 0;
    return context;
  }

  joined(pieces) {
    let text = pieces[0].number === 0 ? this.body.slice(0, this.places[0].start) : "";
    pieces.forEach((piece, index) => {
      if (index) text += this.between(pieces[index - 1], piece);
      text += piece.text;
    });
    const last = pieces.at(-1).number;
    if (last === this.places.length - 1) return text + this.body.slice(this.places[last].end);
    return `${text}\n`;
  }

  /** What stood between two blocks that were neighbours; an empty line between others, or where they would run together. */
  between(one, two) {
    if (one.number === null || two.number !== one.number + 1) return "\n\n";
    const gap = this.body.slice(this.places[one.number].end, this.places[two.number].start);
    if ((one.isSame && two.isSame) || gap.split("\n").length > 2) return gap;
    return this.engine.parse(one.text + gap + two.text).places.length === 2 ? gap : "\n\n";
  }
}

function children(doc) {
  const nodes = [];
  doc.forEach((node) => nodes.push(node));
  return nodes;
}
