// <editor-toolbar for="id">: buttons and keys that put Markdown around, before or below the selected text. An editor in rich
// mode sets `performs`, a function that does the same there.
import { insert, insertBlock, insertFootnote } from "./editor/source.js";

const AROUND = { bold: ["**", "**"], italic: ["*", "*"], link: ["[", "](https://)"], page: ["[[", "]]"] };
const BEFORE = { heading: () => "## ", list: () => "- ", numbers: (n) => `${n}. `, tasks: () => "- [ ] ", quote: () => "> " };
const STEPS = new Set(["undo", "redo"]);
const ANY_MARK = /^(#{1,6} |- \[[ x]\] |- |\d+\. |> )/;

class EditorToolbar extends HTMLElement {
  performs = null;

  connectedCallback() {
    this.area = document.getElementById(this.getAttribute("for"));
    if (!this.area) return;
    this.hidden = false;
    this.addEventListener("click", (event) => this.apply(event.target.closest("[data-format]")));
    this.addEventListener("keydown", (event) => this.move(event));
    this.area.addEventListener("keydown", (event) => this.shortcut(event));
  }

  /** The buttons that are shown at this moment. */
  get buttons() {
    return [...this.querySelectorAll("[data-format]")].filter((button) => !button.closest("[hidden]"));
  }

  apply(button) {
    if (!button) return;
    const action = button.dataset.format;
    if (this.performs?.(action, button)) return;
    this.area.focus();
    if (AROUND[action]) this.wrap(...AROUND[action]);
    else if (BEFORE[action]) this.prefix(BEFORE[action]);
    else if (STEPS.has(action)) document.execCommand(action);
    else if (action === "footnote") insertFootnote(this.area, button.dataset.snippet);
    else if (button.dataset.snippet) insertBlock(this.area, button.dataset.snippet);
  }

  wrap(open, close) {
    const { selectionStart: start, selectionEnd: end, value } = this.area;
    const words = value.slice(start, end);
    this.insert(open + words + close);
    if (close.startsWith("](")) this.area.setSelectionRange(start + words.length + 3, start + words.length + 11);
    else this.area.setSelectionRange(start + open.length, start + open.length + words.length);
    if (open === "[[") this.area.dispatchEvent(new Event("input", { bubbles: true }));
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
    insert(this.area, text);
  }

  move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const buttons = this.buttons;
    const next = buttons.at((buttons.indexOf(event.target) + step) % buttons.length);
    for (const button of this.querySelectorAll("[data-format]")) button.tabIndex = button === next ? 0 : -1;
    next.focus();
    event.preventDefault();
  }

  /** Do what the keys pressed stand for; gives whether they stand for anything. */
  shortcut(event) {
    if (!(event.ctrlKey || event.metaKey)) return false;
    const keys = ["Control", event.altKey && "Alt", event.shiftKey && "Shift", event.code.replace(/^(Key|Digit)/, "")];
    const pressed = keys.filter(Boolean).join("+");
    const button = this.buttons.find((each) => each.getAttribute("aria-keyshortcuts") === pressed);
    if (!button) return false;
    event.preventDefault();
    this.apply(button);
    return true;
  }
}

customElements.define("editor-toolbar", EditorToolbar);
