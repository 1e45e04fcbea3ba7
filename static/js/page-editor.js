// On pages where a text of the wiki is written: rich text or Markdown over one field, suggestions, files.
// The field itself stays what is sent; without this script, or without the bundle, it is all there is.
import { Completion } from "./editor/completion.js";
import { insert, insertBlock, replace } from "./editor/source.js";
import { filesOf, sendAll } from "./editor/uploads.js";

const SETTING = "editor-mode";
const PAUSE = 250;

/** The rich editor, fetched when it is first wanted. */
export const rich = () => import("./editor/rich.js");

const remembered = {
  read() {
    try {
      return localStorage.getItem(SETTING);
    } catch {
      return null;
    }
  },
  write(mode) {
    try {
      localStorage.setItem(SETTING, mode);
    } catch {
      // A browser that refuses storage only asks again the next time.
    }
  },
};

class PageEditor {
  constructor(place) {
    this.place = place;
    this.area = place.querySelector("textarea");
    this.toolbar = place.querySelector("editor-toolbar");
    this.root = place.querySelector("[data-rich-root]");
    this.status = place.querySelector("[data-editor-status]");
    this.touched = this.area.form?.elements.namedItem("touched") ?? null;
    this.words = this.status.dataset;
    this.isRequired = this.area.required;
    this.suggest();
    this.receiveFiles();
    this.offerModes();
  }

  // ---- modes ----

  offerModes() {
    const modes = this.place.querySelector("[data-editor-modes]");
    if (!modes) return;
    modes.hidden = false;
    this.modes = [...modes.querySelectorAll("[data-mode]")];
    for (const button of this.modes) {
      button.addEventListener("click", () => {
        remembered.write(button.dataset.mode);
        this.enter(button.dataset.mode, true);
      });
    }
    this.mark("source");
    this.area.form?.addEventListener("submit", (event) => this.sync() || this.hold(event), true);
    addEventListener("pagehide", () => this.sync());
    this.area.addEventListener("input", () => this.hear());
    this.place.querySelector("label").addEventListener("click", () => this.editor?.focus());
    const isWide = matchMedia("(width >= 48rem)").matches;
    if ((remembered.read() ?? (isWide ? "rich" : "source")) === "rich") this.enter("rich");
  }

  mark(mode) {
    for (const button of this.modes) button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
  }

  async enter(mode, isAsked = false) {
    this.wanted = mode;
    if (mode === "rich") await this.open(isAsked);
    // Also when it was asked for while the rich editor was on its way.
    if (this.wanted === "source") await this.close(isAsked);
  }

  async open(isAsked) {
    if (this.editor || this.isOpening) return;
    this.isOpening = true;
    this.say("");
    const label = this.place.querySelector("label").textContent.trim();
    const described = [this.area.getAttribute("aria-describedby"), this.root.dataset.keys].filter(Boolean).join(" ");
    const attributes = { "aria-label": label, "aria-multiline": "true", "aria-describedby": described, class: "rich__text prose" };
    try {
      const { mount } = await rich();
      const settings = {
        attributes,
        callouts: JSON.parse(this.place.dataset.callouts ?? "{}"),
        changed: () => this.schedule(),
        moved: () => this.moved(),
        typed: (event) => this.completion.key(event) || this.toolbar.shortcut(event),
        received: (data) => this.receive(filesOf(data)),
      };
      let editor = null;
      let text;
      // What was written into the field in the meantime, or taken back from a draft, counts.
      do {
        await editor?.destroy();
        this.root.replaceChildren();
        text = this.area.value;
        editor = await mount(this.root, text, settings);
      } while (text !== this.area.value);
      this.editor = editor;
    } catch (problem) {
      this.say(problem.isNotFaithful ? this.words.unfaithful : this.words.failed);
      this.root.replaceChildren();
      return;
    } finally {
      this.isOpening = false;
    }
    this.known = this.area.value;
    this.show("rich");
    this.toolbar.performs = (action, button) => this.perform(action, button);
    if (isAsked) this.editor.focus();
  }

  async close(isAsked) {
    if (!this.editor || !this.sync()) return;
    this.before = Number(this.touched?.value ?? 0);
    const { editor } = this;
    this.editor = null;
    this.toolbar.performs = null;
    await editor.destroy();
    this.root.replaceChildren();
    this.show("source");
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    if (isAsked) this.area.focus();
  }

  show(mode) {
    const isRich = mode === "rich";
    this.mark(mode);
    this.area.hidden = isRich;
    this.area.required = this.isRequired && !isRich;
    this.root.hidden = !isRich;
    this.toolbar.setAttribute("aria-controls", isRich ? this.root.id : this.area.id);
    this.place.closest(".editor").classList.toggle("is-rich", isRich);
    this.completion.close();
    for (const button of this.toolbar.querySelectorAll("[data-format]")) button.removeAttribute("aria-pressed");
    this.toolbar.querySelector("[data-in-table]").hidden = true;
    if (isRich) this.moved();
  }

  // ---- one text ----

  schedule() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sync(), PAUSE);
  }

  /** Write what the rich editor holds into the field; whether the field holds it now. */
  sync() {
    clearTimeout(this.timer);
    if (!this.editor) return true;
    let saved;
    try {
      saved = this.editor.save();
    } catch {
      this.say(this.words.unwritten);
      return false;
    }
    const { text, touched } = saved;
    if (text === this.area.value) return true;
    this.area.value = text;
    this.known = text;
    if (this.touched && !this.isFree) this.touched.value = String(touched + this.before);
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  /** Nothing is sent while the field holds less than what is shown. */
  hold(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    this.place.scrollIntoView();
  }

  /** Blocks touched before the rich editor was opened anew, and whether somebody wrote in the field itself. */
  before = 0;
  isFree = false;

  /** Somebody else wrote into the field: the person in source mode, or a draft that comes back. */
  async hear() {
    if (this.area.value === this.known) return;
    this.isFree = true;
    if (this.touched) this.touched.value = "";
    if (!this.editor) return;
    const { editor } = this;
    this.editor = null;
    await editor.destroy();
    this.root.replaceChildren();
    await this.open(false);
    if (!this.editor) this.show("source");
  }

  say(words) {
    this.status.textContent = words;
  }

  // ---- the toolbar in rich mode ----

  perform(action, button) {
    if (action === "file") return false;
    if (action === "link") return this.link();
    if (action === "page") return this.typeBrackets();
    this.editor.perform(action, button.dataset.snippet);
    this.editor.focus();
    return true;
  }

  typeBrackets() {
    this.editor.focus();
    const { view } = this.editor;
    view.dispatch(view.state.tr.insertText("[["));
    return true;
  }

  link() {
    const dialog = document.getElementById(this.place.dataset.linkDialog);
    const field = dialog.querySelector("input");
    field.value = this.editor.address();
    dialog.returnValue = "";
    dialog.showModal();
    dialog.addEventListener(
      "close",
      () => {
        const href = { apply: field.value.trim(), remove: "" }[dialog.returnValue];
        if (href !== undefined) this.editor.perform("link", { href });
        this.editor.focus();
      },
      { once: true },
    );
    return true;
  }

  moved() {
    if (!this.editor) return;
    const active = this.editor.active();
    for (const button of this.toolbar.querySelectorAll("[data-holds]")) {
      button.setAttribute("aria-pressed", String(active.has(button.dataset.format)));
    }
    this.toolbar.querySelector("[data-in-table]").hidden = !active.has("table");
    const { words, start } = this.editor.wordsBefore();
    this.completion.follow(this.editor.view.dom, words, (suggestion, length) => {
      const from = start + words.length - length;
      this.take(suggestion, from, start + words.length);
    });
  }

  take({ insert: text }, from, to) {
    if (text.startsWith("[[")) this.editor.perform("piece", { source: text, from, to });
    else this.editor.view.dispatch(this.editor.view.state.tr.insertText(`${text} `, from, to));
    this.editor.focus();
  }

  // ---- suggestions and files in both modes ----

  suggest() {
    const list = this.place.querySelector("[data-completion]");
    this.completion = new Completion(this.place.dataset.suggests, list, this.place.querySelector("[data-completion-status]"));
    const { area } = this;
    const look = () => {
      if (area.hidden) return;
      if (area.selectionStart !== area.selectionEnd) {
        this.completion.close();
        return;
      }
      this.completion.follow(area, area.value.slice(Math.max(0, area.selectionStart - 80), area.selectionStart), (suggestion, length) => {
        const end = area.selectionStart;
        const closing = suggestion.insert.startsWith("[[") && area.value.slice(end, end + 2) === "]]" ? 2 : 0;
        replace(area, end - length, end + closing, suggestion.insert + (suggestion.insert.startsWith("@") ? " " : ""));
      });
    };
    area.addEventListener("input", look);
    area.addEventListener("click", look);
    area.addEventListener("keydown", (event) => this.completion.key(event), true);
    area.addEventListener("blur", () => this.completion.close());
  }

  receiveFiles() {
    const picker = this.place.querySelector("[data-file-picker]");
    this.toolbar.addEventListener("click", (event) => {
      if (event.target.closest("[data-format=file]")) picker.click();
    });
    picker.addEventListener("change", () => {
      this.receive([...picker.files]);
      picker.value = "";
    });
    const receive = (event, data) => {
      if (this.receive(filesOf(data))) event.preventDefault();
    };
    this.area.addEventListener("paste", (event) => receive(event, event.clipboardData));
    this.area.addEventListener("drop", (event) => receive(event, event.dataTransfer));
  }

  /** Whether there was anything to receive. */
  receive(files) {
    if (!files.length) return false;
    const put = (markdown) => {
      if (this.editor) return this.editor.insert(markdown);
      const { value, selectionStart } = this.area;
      if (value.slice(0, selectionStart).endsWith("\n")) insertBlock(this.area, markdown);
      else insert(this.area, markdown);
    };
    sendAll(this.place.dataset.files, files, { insert: put, say: (words) => this.say(words), words: this.words });
    return true;
  }
}

for (const place of document.querySelectorAll("[data-page-editor]")) new PageEditor(place);
