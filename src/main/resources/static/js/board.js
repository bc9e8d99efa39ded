// Dragging a card is pressing the button of its menu that leads to the station it is dropped on; arrows and `m` do the
// same without a pointer.
const board = document.querySelector("[data-board]");
let dragged = null;

const cards = () => [...document.querySelectorAll("[data-card]")];
const told = (words) => {
  const line = document.querySelector("[data-told]");
  if (line) line.textContent = words;
};
const wayTo = (card, column) => [...card.querySelectorAll("[data-to]")].find((way) => way.dataset.to === column.dataset.state);
const stand = (card) => card.closest("[data-state]");

async function move(card, column) {
  if (stand(card) === column) return;
  const way = wayTo(card, column);
  if (!way) {
    told(`No way leads ${card.dataset.card} from ${stand(card).dataset.title} to ${column.dataset.title}.`);
    return refuse(card, column);
  }
  if (way.tagName === "A") return void (location.href = way.href);
  column.querySelector(".cell").append(card);
  const answer = await fetch(way.action, { method: "POST", body: new URLSearchParams(new FormData(way)) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-board]");
  if (!page) return location.reload();
  const key = card.dataset.card;
  document.querySelector("[data-board]").replaceWith(page);
  told(answer.ok ? `${key} is now at ${stand(find(key))?.dataset.title}.` : `${key} stays where it is.`);
  find(key)?.querySelector("a.title").focus();
}

const find = (key) => document.querySelector(`[data-card="${CSS.escape(key)}"]`);

function refuse(card, column) {
  document.querySelector("[data-board] > .note")?.remove();
  const note = document.createElement("div");
  note.className = "note stop";
  note.setAttribute("role", "alert");
  const mark = document.createElement("span");
  const words = document.createElement("div");
  words.textContent = `${card.dataset.card} stays where it is. No way leads from ${stand(card).dataset.title} to ${column.dataset.title}; its menu shows where it can go.`;
  note.append(mark, words);
  document.querySelector("[data-board]").prepend(note);
}

function beside(card, key) {
  const column = [...stand(card).querySelectorAll("[data-card]")];
  const at = column.indexOf(card);
  if (key === "ArrowDown") return column[at + 1];
  if (key === "ArrowUp") return column[at - 1];
  const columns = [...document.querySelectorAll("[data-state]")].filter((one) => one.querySelector("[data-card]"));
  const next = columns[columns.indexOf(stand(card)) + (key === "ArrowRight" ? 1 : -1)];
  const there = next ? [...next.querySelectorAll("[data-card]")] : [];
  return there[Math.min(at, there.length - 1)];
}

if (board) {
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-card]");
    if (dragged) event.dataTransfer.setData("text/plain", dragged.dataset.card);
  });
  document.addEventListener("dragover", (event) => {
    const column = event.target.closest?.("[data-state]");
    document.querySelectorAll("[data-state].over").forEach((one) => one.classList.toggle("over", one === column));
    if (!dragged || !column) return;
    event.preventDefault();
    column.classList.add("over");
  });
  document.addEventListener("drop", (event) => {
    const column = event.target.closest?.("[data-state]");
    column?.classList.remove("over");
    if (!dragged || !column) return;
    event.preventDefault();
    const card = dragged;
    dragged = null;
    move(card, column);
  });
  document.addEventListener("dragend", () => {
    dragged = null;
    document.querySelectorAll("[data-state].over").forEach((one) => one.classList.remove("over"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const card = event.target.closest?.("[data-card]");
    if (event.key.startsWith("Arrow") && !event.target.closest("input, textarea, select, .menu[open]")) {
      const to = card ? beside(card, event.key) : event.target === document.body ? cards()[0] : null;
      if (!to) return;
      event.preventDefault();
      to.querySelector("a.title").focus();
    }
    if (event.key === "m" && card) {
      const menu = card.querySelector("details");
      menu.open = true;
      menu.querySelector(".menu-list a, .menu-list button")?.focus();
      event.stopImmediatePropagation();
    }
  }, true);
}
