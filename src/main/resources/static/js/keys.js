// The keyboard map of the design: every key presses a control that is on the page.
import { show as palette } from "./palette.js";
import { toggle } from "./theme.js";

const one = (selector) => document.querySelector(selector);
const rows = () => [...document.querySelectorAll("[data-rows] tbody tr:not(.group)")];
const cursor = () => one("[data-rows] tr.cursor");

function move(step) {
  const list = rows();
  if (!list.length) return;
  const to = Math.max(0, Math.min(list.length - 1, list.findIndex((row) => row.classList.contains("cursor")) + step));
  list.forEach((row, at) => row.classList.toggle("cursor", at === to));
  list[to].scrollIntoView({ block: "nearest" });
}

function show(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

const follow = (selector) => one(selector)?.click();
const into = (selector) => one(selector)?.focus();

const keys = {
  "?": () => show("keys"),
  D: toggle,
  c: () => follow("[data-key=c]"),
  "/": () => into("[data-key='/']"),
  j: () => move(1),
  k: () => move(-1),
  s: () => into("[data-key=s]"),
  m: () => follow("[data-key=m]"),
  a: () => follow("[data-key=a]"),
  e: () => follow("[data-key=e]"),
  r: () => into("[data-key=r]"),
  y: () => follow("[data-key=y]"),
};

// `g`, then a letter, follows an entry of the navigation; what is not there is not gone to.
const places = { h: "/me", q: "/quality", p: "/procedure", a: "/log" };
let going = 0;

function go(event) {
  const place = event.timeStamp - going < 1500 && places[event.key];
  going = event.key === "g" ? event.timeStamp : 0;
  if (place) follow(`.nav a[href="${place}"]`);
  return place;
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "k") {
    event.preventDefault();
    palette();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]") || document.querySelector("dialog[open]")) return;
  if (going || event.key === "g") {
    if (go(event)) return event.preventDefault();
    if (event.key === "g") return;
  }
  if (event.key === "Enter" && event.target === document.body) cursor()?.querySelector("a.title")?.click();
  if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});

for (const opener of document.querySelectorAll("[data-open]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => show(opener.dataset.open));
}
