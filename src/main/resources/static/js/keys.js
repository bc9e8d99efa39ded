// The keyboard map of the design: every key presses a control that is on the page, or leads where the side bar does.
import { show as palette } from "./palette.js";
import { single } from "./single.js";
import { toggle } from "./theme.js";

const one = (selector) => document.querySelector(selector);
const rows = () => [...document.querySelectorAll("[data-rows] tbody tr:not(.group)")];
const cursor = () => one("[data-rows] tr.cursor");

function stand(row) {
  rows().forEach((one) => one.classList.toggle("cursor", one === row));
  row.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const list = rows();
  if (list.length) stand(list[Math.max(0, Math.min(list.length - 1, list.indexOf(cursor()) + step))]);
}

/// The next row whose clock is at risk or overrun, from the top again after the last.
function urgent() {
  const list = rows();
  const at = list.indexOf(cursor());
  const next = [...list.slice(at + 1), ...list.slice(0, at + 1)].find((row) => row.querySelector(".due.risk, .due.over"));
  if (next) stand(next);
}

/// Of the sheet, what applies here; the rest would only be in the way.
function show(id) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return;
  for (const part of dialog.querySelectorAll("[data-for]")) part.hidden = !one(part.dataset.for);
  dialog.showModal();
}

let going = 0;
function go(key) {
  going = 0;
  one(`.nav [data-go="${CSS.escape(key)}"]`)?.click();
}

const follow = (selector) => one(selector)?.click();
const into = (selector) => one(selector)?.focus();

const keys = {
  "?": () => show("keys"),
  D: toggle,
  c: () => follow("[data-key=c]"),
  "/": () => into("[data-key='/']"),
  g: () => { going = Date.now(); },
  j: () => move(1),
  k: () => move(-1),
  s: () => into("[data-key=s]"),
  n: urgent,
  m: () => follow("[data-key=m]"),
  M: () => follow("[data-key=M]"),
  a: () => follow("[data-key=a]"),
  e: () => follow("[data-key=e]"),
  r: () => into("[data-key=r]"),
  y: () => follow("[data-key=y]"),
};

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "k") {
    event.preventDefault();
    palette();
    return;
  }
  if (event.key === "Enter" && event.target === document.body && !document.querySelector("dialog[open]")) cursor()?.querySelector("a.title")?.click();
  if (!single(event)) return;
  if (Date.now() - going < 2000 && event.key !== "Shift") {
    event.preventDefault();
    go(event.key);
  } else if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});

for (const opener of document.querySelectorAll("[data-open]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => show(opener.dataset.open));
}
