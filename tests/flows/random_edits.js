// Edits a text at random in the rich editor, and looks each time whether what was not touched is still there to the byte.
([seed, steps]) => {
  let state = seed;
  const draw = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const { view, engine, perform, save } = window.editor;
  const original = save().text;
  const sources = new Map();
  let searched = 0;
  const blocks = (doc) => Array.from({ length: doc.childCount }, (_, index) => doc.child(index));
  const opened = blocks(view.state.doc);
  const slices = window.editor.sources();
  slices.forEach((slice, index) => sources.set(opened[opened.length - slices.length + index], slice));
  const startOf = (index) => blocks(view.state.doc).slice(0, index).reduce((sum, node) => sum + node.nodeSize, 0);
  const acts = [
    (tr, index) => {
      const texts = [];
      tr.doc.child(index).descendants((node, pos) => { if (node.isText) texts.push([pos, node.nodeSize]); });
      if (!texts.length) return;
      const [pos, size] = texts[draw(texts.length)];
      tr.insertText(" ajout", startOf(index) + 1 + pos + draw(size));
    },
    (tr, index) => {
      const texts = [];
      tr.doc.child(index).descendants((node, pos) => { if (node.isText) texts.push([pos, node.nodeSize]); });
      if (!texts.length) return;
      const [pos, size] = texts[draw(texts.length)];
      const from = startOf(index) + 1 + pos + draw(size);
      tr.delete(from, Math.min(from + 3, startOf(index) + 1 + pos + size));
    },
    (tr, index) => tr.doc.childCount > 2 && tr.delete(startOf(index), startOf(index) + tr.doc.child(index).nodeSize),
    (tr, index) => {
      const node = tr.doc.child(index);
      tr.delete(startOf(index), startOf(index) + node.nodeSize);
      tr.insert(blocks(tr.doc).slice(0, draw(tr.doc.childCount)).reduce((sum, each) => sum + each.nodeSize, 0), node);
    },
    (tr, index) => tr.insert(startOf(index), engine.parse("Collé **ici**\n\n- avec\n- une liste").doc.content),
  ];
  const problems = [];
  for (let step = 0; step < steps; step++) {
    const tr = view.state.tr;
    const kind = draw(7);
    const index = draw(view.state.doc.childCount);
    if (kind < 5) acts[kind](tr, index);
    if (tr.docChanged) view.dispatch(tr);
    else if (kind === 5) {
      for (const each of [index, index + 1]) {
        const neighbour = view.state.tr;
        if (each < view.state.doc.childCount) acts[0](neighbour, each);
        view.dispatch(neighbour);
      }
    } else perform(draw(2) ? "undo" : "redo");
    const text = save().text;
    searched = 0;
    for (const node of blocks(view.state.doc)) {
      const source = sources.get(node);
      if (source === undefined) continue;
      const at = text.indexOf(source, searched);
      if (at < 0) problems.push(`step ${step}, kind ${kind}: ${source.slice(0, 60)}`);
      else searched = at + source.length;
    }
  }
  const { text, touched } = save();
  for (let step = 0; step < steps * 3; step++) perform("undo");
  const undone = save().text;
  return { text: JSON.stringify({ problems, isUndone: undone === original, isChanged: text !== original }), touched };
}
