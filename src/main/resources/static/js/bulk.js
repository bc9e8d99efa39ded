// Many records are changed twenty at a time, so that how far it is can be seen; without a script it is one request.
const AT_ONCE = 20;
const form = document.querySelector("[data-bulk]");

async function each(button) {
  const ready = [...form.querySelectorAll("tr[data-ready=true]")];
  const bar = form.querySelector("[data-progress]");
  const words = form.querySelector("[data-progress-words]");
  const fields = new FormData(form);
  fields.delete("row");
  fields.set(button.name, button.value);
  bar.max = ready.length;
  bar.hidden = false;
  for (const one of form.querySelectorAll("button")) one.disabled = true;
  const undo = form.querySelector("[data-undo]");
  let done = 0;
  for (let at = 0; at < ready.length; at += AT_ONCE) {
    const rows = ready.slice(at, at + AT_ONCE);
    const body = new URLSearchParams(fields);
    for (const row of rows) body.append("row", row.dataset.of);
    words.textContent = `${at} of ${ready.length} looked at, ${done} done.`;
    const answer = await fetch(form.action, { method: "POST", body });
    if (!answer.ok) {
      words.textContent = `Stopped after ${at} of ${ready.length}: the server did not answer. ${done} are done; the others are as they were.`;
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const row of rows) {
      const key = row.dataset.of.split("@")[0];
      const now = [...page.querySelectorAll("tr[data-of]")].find((one) => one.dataset.of.split("@")[0] === key);
      if (now) row.replaceWith(now);
      if (!now?.querySelector(".sig.clear")) continue;
      done++;
      const taken = Object.assign(document.createElement("input"), { type: "hidden", name: "undo", value: now.dataset.of });
      undo.append(taken);
    }
    bar.value = at + rows.length;
  }
  undo.hidden = done === 0;
  undo.querySelector("button").disabled = false;
  const stay = ready.length - done;
  words.textContent = `${done} ${done === 1 ? "is" : "are"} done${stay ? `, ${stay} could not be any more; the reason stands beside each` : ""}.`;
  button.remove();
}

form?.addEventListener("submit", (event) => {
  if (event.submitter?.name !== "do") return;
  event.preventDefault();
  each(event.submitter);
});
form?.querySelector("#f-act").addEventListener("change", () => form.requestSubmit(form.querySelector("[data-check]")));
