// Keys of a record beside those that press a control, and the way to the records beside it in the list one came from (rows.js).
const KEY = /^\/items\/([^/]+)$/;
const LIST = "conduct.list";

const here = () => KEY.exec(location.pathname)?.[1];

function beside() {
  const nav = document.querySelector("[data-beside]");
  const list = JSON.parse(sessionStorage.getItem(LIST) ?? "null");
  const at = list?.keys.indexOf(here()) ?? -1;
  if (!nav || at < 0 || list.keys.length < 2) return;
  for (const link of nav.querySelectorAll("[data-step]")) {
    const key = list.keys[at + Number(link.dataset.step)];
    link.hidden = !key;
    if (key) link.href = `/items/${key}`;
  }
  nav.querySelector("[data-at]").textContent = `${at + 1} of ${list.keys.length}`;
  nav.hidden = false;
}

function look(element) {
  if (!element) return;
  element.tabIndex = -1;
  element.scrollIntoView({ block: "nearest" });
  element.focus({ preventScroll: true });
}

function moves() {
  const menu = document.querySelector(".head details.menu");
  if (!menu) return;
  menu.open = true;
  menu.querySelector(".menu-list a, .menu-list button")?.focus();
}

const has = (key) => document.querySelector(`[data-key="${key}"]`);
const step = (by) => document.querySelector(`[data-beside]:not([hidden]) [data-step="${by}"][href]`)?.click();

const keys = {
  j: () => step(1),
  k: () => step(-1),
  s: () => has("s") || look(document.querySelector("#signals")),
  m: () => has("m") || moves(),
  M: () => has("M")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (!here() || !keys[event.key] || event.defaultPrevented && !"jksm".includes(event.key)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || document.body.dataset.keys === "off") return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]") || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  keys[event.key]();
});
document.addEventListener("conduct:fresh", beside);
if (here()) beside();
