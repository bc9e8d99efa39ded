// A list that takes longer than 300 ms shows a skeleton of its rows at their height; one that fails says so and keeps what was
// asked.
let waiting;

const ours = (event) => event.detail.elt?.matches?.("form.query") || event.detail.target?.id === "line-page";

function skeleton() {
  const table = document.querySelector("#list table");
  if (!table) return;
  table.setAttribute("aria-busy", "true");
  for (const row of table.querySelectorAll("tbody tr:not(.group)")) {
    row.style.height = `${row.offsetHeight}px`;
    for (const cell of row.cells) {
      const bone = document.createElement("span");
      bone.className = "skel";
      cell.replaceChildren(bone);
    }
  }
}

function failed(event) {
  clearTimeout(waiting);
  const list = document.getElementById("list");
  const note = document.querySelector("template[data-failed]")?.content.cloneNode(true);
  if (!list || !note) return;
  const form = event.detail.elt;
  note.querySelector("[data-again]").addEventListener("click", () => form.requestSubmit?.());
  list.querySelector(":scope > .note")?.remove();
  list.prepend(note);
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (ours(event)) waiting = setTimeout(skeleton, 300);
});
document.addEventListener("htmx:afterSwap", () => clearTimeout(waiting));
document.addEventListener("htmx:responseError", (event) => ours(event) && failed(event));
document.addEventListener("htmx:sendError", (event) => ours(event) && failed(event));
