// Editing Markdown in a plain field, in a way that the browser can undo.

/** Put `text` in place of what is selected. */
export function insert(area, text) {
  area.focus();
  // execCommand keeps the browser's own undo; setRangeText is the way out where it is refused.
  if (document.execCommand("insertText", false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Put `text` in place of the characters from `from` to `to`. */
export function replace(area, from, to, text) {
  area.focus();
  area.setSelectionRange(from, to);
  insert(area, text);
}

/** Put a block below the paragraph of the cursor, with empty lines around it, and select its first words. */
export function insertBlock(area, block) {
  const { value, selectionEnd } = area;
  const stop = value.indexOf("\n\n", selectionEnd);
  const at = value.trim() ? (stop < 0 ? value.trimEnd().length : stop) : 0;
  const before = at ? "\n\n" : "";
  replace(area, at, stop < 0 ? value.length : at, `${before}${block}${stop < 0 ? "\n" : ""}`);
  const words = /\p{L}[\p{L} ’']*/u.exec(block.replace(/^<\/?\w+>|\[![A-Z]+\]/gm, (sign) => " ".repeat(sign.length)));
  const start = at + before.length + (words?.index ?? 0);
  area.setSelectionRange(start, start + (words?.[0].length ?? 0));
}

/** Put the sign of the next footnote at the cursor, and the note itself, with `words`, at the end. */
export function insertFootnote(area, words) {
  const numbers = [...area.value.matchAll(/\[\^(\d{1,6})\]/g)].map((found) => Number(found[1]));
  const sign = `[^${Math.max(0, ...numbers) + 1}]`;
  replace(area, area.selectionEnd, area.selectionEnd, sign);
  const end = area.value.trimEnd().length;
  replace(area, end, area.value.length, `\n\n${sign}: ${words}\n`);
  area.setSelectionRange(end + sign.length + 4, end + sign.length + 4 + words.length);
}
