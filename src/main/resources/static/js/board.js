// Dragging a card, with mouse, pen or finger, is pressing the button of its menu that leads to the station it is dropped on;
// arrows and `m` do the same without a pointer.
import { single } from "./single.js";

const NEAR = 48;
const board = document.querySelector("[data-board]");

const cards = () => [...document.querySelectorAll("[data-card]")];
const find = (key) => document.querySelector(`[data-card="${CSS.escape(key)}"]`);
const stand = (card) => card.closest("[data-state]");
const wayTo = (card, column) => [...card.querySelectorAll("[data-to]")].find((way) => way.dataset.to === column.dataset.state);
const told = (words) => {
  const line = document.querySelector("[data-told]");
  if (line) line.textContent = words;
};

async function move(card, column) {
  if (stand(card).dataset.state === column.dataset.state) return;
  const way = wayTo(card, column);
  if (!way) {
    told(`No way leads ${card.dataset.card} from ${stand(card).dataset.title} to ${column.dataset.title}.`);
    return refuse(card, column);
  }
  if (way.tagName === "A") return void (location.href = way.href);
  const key = card.dataset.card;
  const cell = column.matches(".cell") ? column : document.querySelector(`.cell[data-state="${CSS.escape(column.dataset.state)}"]`);
  const body = new URLSearchParams(new FormData(way));
  cell.append(card);
  const answer = await fetch(way.action, { method: "POST", body });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-board]");
  if (!fresh) return location.reload();
  const said = page.querySelector(".flash.caution, .flash:has([data-undo])");
  if (said) fresh.prepend(said);
  const scrolled = document.querySelector("[data-board] .scroll-x").scrollLeft;
  document.querySelector("[data-board]").replaceWith(fresh);
  fresh.querySelector(".scroll-x").scrollLeft = scrolled;
  told(answer.ok ? `${key} is now at ${find(key) ? stand(find(key)).dataset.title : "its next station"}.` : `${key} stays where it is.`);
  find(key)?.querySelector("a.title").focus({ preventScroll: answer.ok });
}

function refuse(card, column) {
  document.querySelector("[data-board] > .note")?.remove();
  const note = document.querySelector("template[data-held]").content.firstElementChild.cloneNode(true);
  note.querySelector("div").textContent = `${card.dataset.card} stays where it is. No way leads from ${stand(card).dataset.title} to ${column.dataset.title}; its menu shows where it can go.`;
  document.querySelector("[data-board]").prepend(note);
}

/// Up and down through a station's lanes, left and right to the next station that has a card.
function beside(card, key) {
  const at = stand(card);
  const down = [...document.querySelectorAll(`.cell[data-state="${CSS.escape(at.dataset.state)}"] [data-card]`)];
  if (key === "ArrowDown" || key === "ArrowUp") return down[down.indexOf(card) + (key === "ArrowDown" ? 1 : -1)];
  const lane = [...document.querySelectorAll(".cell")].filter((one) => one.dataset.lane === at.dataset.lane && one.querySelector("[data-card]"));
  const next = lane[lane.indexOf(at) + (key === "ArrowRight" ? 1 : -1)];
  const there = next ? [...next.querySelectorAll("[data-card]")] : [];
  return there[Math.min([...at.querySelectorAll("[data-card]")].indexOf(card), there.length - 1)];
}

let drag = null;

function begin() {
  const box = drag.card.getBoundingClientRect();
  drag.ghost = drag.card.cloneNode(true);
  drag.ghost.removeAttribute("data-card");
  drag.ghost.classList.add("ghost");
  drag.ghost.style.width = `${box.width}px`;
  drag.from = { x: drag.x - box.left, y: drag.y - box.top };
  document.body.append(drag.ghost);
  drag.card.classList.add("dragged");
  for (const cell of document.querySelectorAll("[data-state]")) cell.classList.toggle("open", Boolean(wayTo(drag.card, cell)));
}

function follow(event) {
  drag.ghost.style.transform = `translate(${event.clientX - drag.from.x}px, ${event.clientY - drag.from.y}px)`;
  drag.over = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-state]");
  for (const cell of document.querySelectorAll("[data-state]")) cell.classList.toggle("over", cell === drag.over);
  const room = document.querySelector("[data-board] .scroll-x");
  const edge = room.getBoundingClientRect();
  if (event.clientX > edge.right - NEAR) room.scrollLeft += 16;
  if (event.clientX < edge.left + NEAR) room.scrollLeft -= 16;
}

function end() {
  clearTimeout(drag?.timer);
  drag?.ghost?.remove();
  drag?.card.classList.remove("dragged");
  for (const cell of document.querySelectorAll("[data-state]")) cell.classList.remove("over", "open");
  drag = null;
}

if (board) {
  document.addEventListener("pointerdown", (event) => {
    const card = event.target.closest?.("[data-card]");
    if (!card || event.button !== 0 || event.target.closest("details")) return;
    drag = { card, x: event.clientX, y: event.clientY, id: event.pointerId };
    // A finger first scrolls; it takes a card up by resting on it.
    if (event.pointerType === "touch") drag.timer = setTimeout(() => drag && begin(), 300);
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y);
    if (!drag.ghost && event.pointerType === "touch") return void (far > 10 && end());
    if (!drag.ghost && far > 5) begin();
    if (drag?.ghost) follow(event);
  });
  document.addEventListener("pointerup", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    const { card, over, ghost } = drag;
    end();
    if (!ghost) return;
    // The click that may follow would open the record.
    const still = (click) => click.preventDefault();
    addEventListener("click", still, true);
    setTimeout(() => {
      removeEventListener("click", still, true);
      if (over) move(card, over);
    });
  });
  document.addEventListener("pointercancel", end);
  document.addEventListener("dragstart", (event) => event.target.closest?.("[data-card]") && event.preventDefault());
  document.addEventListener("contextmenu", (event) => drag?.ghost && event.preventDefault());
  document.addEventListener("touchmove", (event) => drag?.ghost && event.preventDefault(), { passive: false });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && drag) return end();
    const card = event.target.closest?.("[data-card]");
    const menu = card?.querySelector("details.menu");
    if (menu?.open && /^\p{L}$/u.test(event.key)) {
      const ways = [...menu.querySelectorAll("[data-letter]")].filter((way) => way.dataset.letter.toLowerCase() === event.key.toLowerCase());
      if (ways.length === 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const controls = ways.map((way) => (way.tagName === "A" ? way : way.querySelector("button")));
      if (controls.length === 1) controls[0].click();
      else controls[(controls.indexOf(document.activeElement) + 1) % controls.length].focus();
      return;
    }
    if (event.key.startsWith("Arrow") && !event.target.closest("input, textarea, select, .menu[open]")) {
      const to = card ? beside(card, event.key) : event.target === document.body ? cards()[0] : null;
      if (!to) return;
      event.preventDefault();
      to.querySelector("a.title").focus();
    }
    if (event.key === "m" && card && single(event)) {
      event.preventDefault();
      menu.open = true;
      menu.querySelector(".menu-list a, .menu-list button")?.focus();
      event.stopImmediatePropagation();
    }
  }, true);
}
