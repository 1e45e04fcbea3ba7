// <editor-toolbar for="id">: buttons and keys that put Markdown around or before the selected text.
const AROUND = { bold: ["**", "**"], italic: ["*", "*"], link: ["[", "](https://)"] };
const BEFORE = { heading: () => "## ", list: () => "- ", numbers: (n) => `${n}. `, tasks: () => "- [ ] ", quote: () => "> " };
const ANY_MARK = /^(#{1,6} |- \[[ x]\] |- |\d+\. |> )/;

class EditorToolbar extends HTMLElement {
  connectedCallback() {
    this.area = document.getElementById(this.getAttribute("for"));
    if (!this.area) return;
    this.hidden = false;
    this.buttons = [...this.querySelectorAll("[data-format]")];
    this.addEventListener("click", (event) => this.apply(event.target.closest("[data-format]")));
    this.addEventListener("keydown", (event) => this.move(event));
    this.area.addEventListener("keydown", (event) => this.shortcut(event));
  }

  apply(button) {
    if (!button) return;
    const action = button.dataset.format;
    this.area.focus();
    if (AROUND[action]) this.wrap(...AROUND[action]);
    else this.prefix(BEFORE[action]);
  }

  wrap(open, close) {
    const { selectionStart: start, selectionEnd: end, value } = this.area;
    const words = value.slice(start, end);
    this.insert(open + words + close);
    if (open === "[") this.area.setSelectionRange(start + words.length + 3, start + words.length + 11);
    else this.area.setSelectionRange(start + open.length, start + open.length + words.length);
  }

  prefix(mark) {
    const { selectionStart, selectionEnd, value } = this.area;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const stop = value.indexOf("\n", selectionEnd);
    const end = stop < 0 ? value.length : stop;
    const lines = value.slice(start, end).split("\n");
    const isMarked = lines.every((line, index) => line.startsWith(mark(index + 1)));
    const changed = lines.map((line, index) => (isMarked ? "" : mark(index + 1)) + line.replace(ANY_MARK, ""));
    this.area.setSelectionRange(start, end);
    this.insert(changed.join("\n"));
  }

  insert(text) {
    // execCommand keeps the browser's own undo; setRangeText is the way out where it is refused.
    if (document.execCommand("insertText", false, text)) return;
    this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end");
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const from = this.buttons.indexOf(event.target);
    const next = this.buttons.at((from + step) % this.buttons.length);
    for (const button of this.buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
    event.preventDefault();
  }

  shortcut(event) {
    if (!(event.ctrlKey || event.metaKey)) return;
    const keys = ["Control", event.altKey && "Alt", event.shiftKey && "Shift", event.code.replace(/^(Key|Digit)/, "")];
    const pressed = keys.filter(Boolean).join("+");
    const button = this.buttons.find((each) => each.getAttribute("aria-keyshortcuts") === pressed);
    if (!button) return;
    event.preventDefault();
    this.apply(button);
  }
}

customElements.define("editor-toolbar", EditorToolbar);
