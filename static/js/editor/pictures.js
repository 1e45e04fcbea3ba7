// A picture of ours is shown, any other is named: a page loads nothing from elsewhere, and a missing file is no error.
const OWN = /^\/wiki\/(?:[^/]+\/)?files\//;

/** How ProseMirror draws an image. */
export function pictures(node) {
  const { src, alt } = node.attrs;
  const dom = document.createElement(OWN.test(src) ? "img" : "span");
  dom.title = src;
  if (dom.nodeName === "IMG") {
    dom.src = src;
    dom.alt = alt ?? "";
  } else {
    dom.className = "piece-as-written piece-as-written--picture";
    dom.textContent = alt || src;
  }
  return { dom };
}
