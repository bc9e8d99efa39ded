// Selecting rows of a list: `x` the row under the cursor, `Shift` `X` up to it, Esc none. What can be done with the selection
// is asked of the server, which asks the gates.
import { single } from "./single.js";

const form = () => document.getElementById("selection");
const boxes = () => [...(form()?.querySelectorAll("tbody input[name=row]") ?? [])];
const chosen = () => boxes().filter((box) => box.checked);
let last = null;
let waiting;
let asked = 0;

function show() {
  const all = boxes();
  const count = chosen().length;
  for (const box of all) box.closest("tr").setAttribute("aria-selected", box.checked);
  const head = form().querySelector("[data-all]");
  head.checked = count > 0 && count === all.length;
  head.indeterminate = count > 0 && count < all.length;
  const every = form().querySelector("[data-every]");
  if (every && count < all.length) every.checked = false;
  form().querySelector("[data-selected]").textContent = every?.checked ? "All" : count;
  // The keys of the bar are those of a record's page: they are only taken while something is selected.
  for (const act of form().querySelectorAll("[data-act]")) {
    if (count) act.dataset.key = act.dataset.act;
    else delete act.dataset.key;
  }
  clearTimeout(waiting);
  if (count) waiting = setTimeout(foresee, 150);
}

async function foresee() {
  const number = ++asked;
  const words = form()?.querySelector("[data-foresight]");
  if (!words) return;
  const answer = await fetch(words.dataset.foresight, { method: "POST", headers: { "HX-Request": "true" }, body: new URLSearchParams(new FormData(form())) });
  if (number !== asked || !words.isConnected) return;
  if (answer.ok) words.innerHTML = await answer.text();
  else words.textContent = "What can move could not be looked up.";
}

function toggle(box, range) {
  const all = boxes();
  const from = range && last && all.includes(last) ? all.indexOf(last) : all.indexOf(box);
  const to = all.indexOf(box);
  const checked = range ? true : !box.checked;
  for (let at = Math.min(from, to); at <= Math.max(from, to); at++) all[at].checked = checked;
  last = box;
  show();
}

document.addEventListener("change", (event) => {
  if (!form()?.contains(event.target)) return;
  if (event.target.matches("[data-all]")) for (const box of boxes()) box.checked = event.target.checked;
  if (event.target.matches("[data-every]") && event.target.checked) for (const box of boxes()) box.checked = true;
  if (event.target.matches("[name=row]")) last = event.target;
  show();
});
document.addEventListener("click", (event) => {
  if (event.shiftKey && event.target.matches?.("#selection [name=row]") && last && last !== event.target) {
    event.preventDefault();
    setTimeout(() => toggle(event.target, true));
  }
});
document.addEventListener("reset", (event) => {
  if (event.target === form()) setTimeout(show);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && form() && chosen().length && !document.querySelector("details.menu[open], dialog[open]")) form().reset();
  if (!form() || !single(event)) return;
  const box = document.querySelector("tr.cursor input[name=row]");
  if ((event.key === "x" || event.key === "X") && box) {
    event.preventDefault();
    toggle(box, event.key === "X");
  }
});
if (form() && chosen().length) show();
