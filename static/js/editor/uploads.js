// Files that are pasted, dropped or chosen: sent to the page, then put into its text as Markdown.

/** The files in what is pasted or dropped; none where there are words too, as in what word processors copy. */
export const filesOf = (data) => (data?.getData("text/plain").trim() ? [] : [...(data?.files ?? [])]);

/** Sends a file to `address`; gives the Markdown to insert. Throws an Error whose message is a sentence for people. */
export async function send(address, file, words) {
  if (!address) throw new Error(words.needsPage);
  const body = new FormData();
  body.append("file", file, file.name || "image.png");
  let answer;
  try {
    answer = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content },
      body,
    });
  } catch {
    throw new Error(words.offline);
  }
  if (answer.status === 404 || answer.status === 405) throw new Error(words.unavailable);
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok || !said.markdown) throw new Error(said.error ?? words.refused);
  return said.markdown;
}

/** Sends files one after the other and hands the Markdown of each to `insert`; `say` tells how it goes. */
export async function sendAll(address, files, { insert, say, words }) {
  for (const file of files) {
    say(words.sending.replace("{}", file.name));
    try {
      insert(await send(address, file, words));
      say("");
    } catch (problem) {
      say(problem.message);
      return;
    }
  }
}
