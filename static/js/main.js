// Every behaviour that any page may want. All of them only add to pages that work without them.
import "./dialog.js";
import "./menu.js";
import "./toast.js";
import "./tabs.js";
import "./time.js";
import "./confirm-leave.js";
import "./draft.js";
import "./editor-toolbar.js";
import "./preview.js";
import "./shortcut.js";
import "./autosubmit.js";
import "./password.js";
import "./keep-typing.js";
import "./presence.js";
import "./similar.js";
import "./complete-tags.js";
import "./unfold.js";
