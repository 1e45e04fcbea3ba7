// Puts a change made to a reworded text onto the text as its author wrote it. No browser needed.
//
// A rich editor reads Markdown and writes it again in its own manner. `before` is what it would have written without the
// change, `after` what it writes with it: what differs between the two is the change, and nothing else goes into `original`.
const MOST_CELLS = 4_000_000;
const TOKEN = /[\p{L}\p{N}\p{M}]+|\n|[^\S\n]+|[^]/gu;
const LETTERS = /[^\p{L}\p{N}\n]+/gu;

/** The words, blanks and signs of a text; joined, they are the text. */
export const tokens = (text) => text.match(TOKEN) ?? [];

/** Pairs [i, j] of equal members of two lists, both rising, as many as can be had together. */
export function matches(one, two, same = (a, b) => a === b) {
  let start = 0;
  let [end, other] = [one.length, two.length];
  while (start < end && start < other && same(one[start], two[start])) start++;
  while (end > start && other > start && same(one[end - 1], two[other - 1])) [end, other] = [end - 1, other - 1];
  const pairs = [];
  for (let i = 0; i < start; i++) pairs.push([i, i]);
  for (const [i, j] of longest(one.slice(start, end), two.slice(start, other), same)) pairs.push([i + start, j + start]);
  for (let i = 0; i < one.length - end; i++) pairs.push([end + i, other + i]);
  return pairs;
}

function longest(one, two, same) {
  const [rows, columns] = [one.length, two.length];
  if (!rows || !columns || rows * columns > MOST_CELLS) return [];
  const wide = columns + 1;
  const table = new Uint32Array((rows + 1) * wide);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const at = i * wide + j;
      table[at] = same(one[i], two[j]) ? table[at + wide + 1] + 1 : Math.max(table[at + wide], table[at + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (same(one[i], two[j])) pairs.push([i++, j++]);
    else if (table[(i + 1) * wide + j] >= table[i * wide + j + 1]) i++;
    else j++;
  }
  return pairs;
}

/** Which tokens of two texts correspond: line by line first, so that a long text stays quick, then word by word. */
function wordMatches(one, two) {
  const [linesOne, linesTwo] = [lined(one), lined(two)];
  const loose = (line) => line.words.join("").replace(LETTERS, "");
  for (const line of [...linesOne, ...linesTwo]) line.key = loose(line);
  const anchors =
    linesOne.length === linesTwo.length
      ? linesOne.map((_, index) => [index, index])
      : matches(linesOne, linesTwo, (a, b) => a.key === b.key && a.key !== "\n");
  const pairs = [];
  let [doneOne, doneTwo] = [0, 0];
  const within = (first, second) => {
    for (const [i, j] of matches(first.words, second.words)) pairs.push([first.from + i, second.from + j]);
  };
  for (const [i, j] of [...anchors, [linesOne.length, linesTwo.length]]) {
    within(joined(linesOne.slice(doneOne, i)), joined(linesTwo.slice(doneTwo, j)));
    if (i < linesOne.length && j < linesTwo.length) within(linesOne[i], linesTwo[j]);
    [doneOne, doneTwo] = [i + 1, j + 1];
  }
  return pairs;
}

function lined(words) {
  const lines = [{ from: 0, words: [] }];
  words.forEach((word, index) => {
    lines.at(-1).words.push(word);
    if (word === "\n") lines.push({ from: index + 1, words: [] });
  });
  return lines;
}

const joined = (lines) => ({ from: lines[0]?.from ?? 0, words: lines.flatMap((line) => line.words) });

/** `original` with the words that changed between `before` and `after`; where a changed word was written in another manner
    by its author, the reading of `after` stands. */
export function carried(original, before, after) {
  if (before === after) return original;
  const [own, old, now] = [tokens(original), tokens(before), tokens(after)];
  const toOwn = new Map(wordMatches(old, own));
  const kept = wordMatches(old, now).filter(([i]) => toOwn.has(i));
  let text = "";
  let [i, j, k] = [0, 0, 0];
  for (const [nextOld, nextNow] of [...kept, [old.length, now.length]]) {
    const nextOwn = nextOld === old.length ? own.length : toOwn.get(nextOld);
    const was = old.slice(i, nextOld).join("");
    const becomes = now.slice(j, nextNow).join("");
    text += was === becomes ? own.slice(k, nextOwn).join("") : becomes;
    if (nextOld < old.length) text += own[nextOwn];
    [i, j, k] = [nextOld + 1, nextNow + 1, nextOwn + 1];
  }
  return text;
}

/** The same, whole lines at a time: the author's line wherever the editor's line did not change. */
export function carriedByLines(original, before, after) {
  const [own, old, now] = [original.split("\n"), before.split("\n"), after.split("\n")];
  if (own.length !== old.length) return after;
  const kept = new Map(matches(old, now).map(([i, j]) => [j, i]));
  return now.map((line, index) => (kept.has(index) ? own[kept.get(index)] : line)).join("\n");
}

/** How much two texts resemble each other, from 0 to 1, by their words. */
export function likeness(one, two) {
  const words = (text) => tokens(text).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const [first, second] = [words(one), words(two)];
  if (!first.length && !second.length) return 1;
  const counts = new Map();
  for (const word of first) counts.set(word, (counts.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of second) {
    const left = counts.get(word) ?? 0;
    if (left) shared++;
    counts.set(word, left - 1);
  }
  return (2 * shared) / (first.length + second.length);
}
