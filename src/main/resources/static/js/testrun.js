// A run by keyboard: j and k stand on a step, p f b s judge it, n writes a note, d reports a defect, t stops the timer, and what
// is pasted goes with the defect. Every key presses a control of the page; without script the page works by its forms.
import { single } from "./single.js";

const here = () => document.querySelector("[data-run]");

if (here()) {
  const rows = () => [...document.querySelectorAll("[data-steps] tbody tr")];
  const note = () => document.querySelector("[data-run-note]");
  let began = Date.now();
  let before = 0;

  const open = rows().find((row) => row.dataset.verdictRow === "") ?? rows()[0];
  open?.classList.add("cursor");

  const seconds = () => Math.round((before + (began ? Date.now() - began : 0)) / 1000);
  const timer = document.querySelector("[data-timer]");
  const shown = timer?.querySelector("span");
  const tick = () => {
    const now = seconds();
    if (shown) shown.textContent = `${Math.floor(now / 60)}:${String(now % 60).padStart(2, "0")}`;
  };
  if (timer) {
    timer.parentElement.hidden = false;
    setInterval(tick, 1000);
    timer.addEventListener("click", () => {
      if (began) before += Date.now() - began;
      began = began ? 0 : Date.now();
      timer.setAttribute("aria-pressed", String(!began));
      tick();
    });
  }

  const judge = (letter) => {
    const row = document.querySelector("[data-steps] tr.cursor") ?? rows()[0];
    row?.querySelector(`[data-verdict="${letter}"]`)?.click();
  };
  const other = (step) => {
    const cases = [...document.querySelectorAll("[data-cases] a")];
    cases[cases.findIndex((one) => one.hasAttribute("aria-current")) + step]?.click();
  };
  const keys = {
    p: () => judge("p"),
    f: () => judge("f"),
    b: () => judge("b"),
    s: () => judge("s"),
    n: () => note()?.focus(),
    d: () => document.querySelector("#defect [data-verdict=d]")?.click(),
    t: () => timer?.click(),
    J: () => other(1),
    K: () => other(-1),
  };
  let going = 0;
  // Before the keys of every page, which would take some of these.
  document.addEventListener("keydown", (event) => {
    if (event.target === note() && event.key === "Escape") note().blur();
    if (!single(event)) return;
    // After g a letter leads elsewhere.
    if (event.key === "g") going = Date.now();
    else if (Date.now() - going >= 2000 && keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    } else going = 0;
  }, true);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-judge]")) return;
    form.querySelector("[data-seconds]").value = seconds();
    form.querySelector("[data-note]").value = note()?.value ?? "";
  });

  document.addEventListener("paste", (event) => {
    const input = document.querySelector("[data-paste]");
    const images = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!input || !images.length) return;
    event.preventDefault();
    const files = new DataTransfer();
    for (const file of [...input.files, ...images]) files.items.add(file);
    input.files = files.files;
    input.dispatchEvent(new Event("change"));
  });
}
