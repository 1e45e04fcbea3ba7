// Suggestions while one types "[[" and a name of a page or decision, or "@" and a name of a person.
const OPENERS = [
  { pattern: /\[\[([^[\]\n|#]{0,60})$/, kind: "pages" },
  { pattern: /(?:^|[\s(])@([\p{L}][\p{L}\p{M}' -]{0,30}|)$/u, kind: "people" },
];
const PAUSE = 80;

/** What is being asked for by the words before the cursor: { kind, query, length }, or null. */
export function asked(words) {
  for (const { pattern, kind } of OPENERS) {
    const found = pattern.exec(words);
    if (found) return { kind, query: found[1], length: found[1].length + (kind === "pages" ? 2 : 1) };
  }
  return null;
}

/** A list of suggestions under `field`. `list` is its <ul role="listbox">, `status` where their number is said. */
export class Completion {
  constructor(address, list, status) {
    this.address = address;
    this.list = list;
    this.status = status;
    this.turn = 0;
    addEventListener("scroll", () => this.isOpen && this.place(), { passive: true });
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.choose([...list.children].indexOf(option));
    });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** Look for what the words before the cursor ask for; `take(suggestion, length)` puts the chosen one in their place. */
  follow(field, words, take) {
    const wanted = asked(words);
    clearTimeout(this.timer);
    const turn = ++this.turn;
    this.isAwaited = false;
    if (!wanted) return this.close();
    this.isOld = this.isOpen;
    this.field = field;
    this.take = (suggestion) => take(suggestion, wanted.length);
    this.timer = setTimeout(async () => {
      const found = await this.look(wanted).catch(() => []);
      if (turn !== this.turn) return;
      const { isAwaited } = this;
      this.show(found);
      if (isAwaited && this.isOpen) this.choose(0);
    }, PAUSE);
  }

  async look({ kind, query }) {
    const answer = await fetch(`${this.address}?${new URLSearchParams({ kind, q: query })}`, { headers: { Accept: "application/json" } });
    return answer.ok && !answer.redirected ? answer.json() : [];
  }

  show(found) {
    this.isOld = this.isAwaited = false;
    if (!found.length) return this.close();
    this.found = found;
    this.list.replaceChildren(...found.map((suggestion, index) => this.option(suggestion, index)));
    this.list.hidden = false;
    this.place();
    this.field.setAttribute("aria-controls", this.list.id);
    this.mark(0);
    this.status.textContent = this.status.dataset.words.replace("{}", found.length);
  }

  /** In rich text the list stands at the words; a field cannot tell where its words are, so there it stands at its foot. */
  place() {
    const { list } = this;
    const words = this.field.matches("textarea") ? null : getSelection().getRangeAt(0).getBoundingClientRect();
    list.classList.toggle("completion--at-words", Boolean(words?.height));
    if (!words?.height) return;
    const height = list.offsetHeight + 4;
    const top = words.bottom + height < innerHeight ? words.bottom + 4 : words.top - height;
    list.style.top = `${top}px`;
    list.style.left = `${Math.max(8, Math.min(words.left, innerWidth - list.offsetWidth - 8))}px`;
  }

  option({ label, hint }, index) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${index}`;
    item.setAttribute("role", "option");
    item.append(label);
    if (hint) {
      const small = document.createElement("small");
      small.textContent = hint;
      item.append(" ", small);
    }
    return item;
  }

  mark(index) {
    this.at = (index + this.found.length) % this.found.length;
    [...this.list.children].forEach((item, each) => item.setAttribute("aria-selected", String(each === this.at)));
    this.field.setAttribute("aria-activedescendant", this.list.children[this.at].id);
    this.list.children[this.at].scrollIntoView({ block: "nearest" });
  }

  /** Whether a key was meant for the list. A choice in a list that answers fewer letters than were typed waits for the answer
   *  to all of them. */
  key(event) {
    if (!this.isOpen || event.isComposing) return false;
    const isChosen = event.key === "Enter" || event.key === "Tab";
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.mark(this.at + step);
    else if (isChosen && this.isOld) this.isAwaited = true;
    else if (isChosen) this.choose(this.at);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  choose(index) {
    const suggestion = this.found[index];
    this.close();
    this.take(suggestion);
  }

  close() {
    this.turn++;
    if (!this.isOpen) return;
    this.list.hidden = true;
    this.status.textContent = "";
    this.field.removeAttribute("aria-activedescendant");
  }
}
