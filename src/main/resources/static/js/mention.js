// Completes a name after `@` in what somebody writes. Without it the name is written out, which does the same.
const BEFORE = /(?:^|[^\p{L}\p{N}])@([\p{L}][\p{L}\p{N}.' -]{0,40})?$/u;

let list = null;
let field = null;
let asked = 0;

function close() {
  list?.remove();
  list = null;
  field?.removeAttribute("aria-controls");
  field = null;
}

function begun(area) {
  const found = BEFORE.exec(area.value.slice(0, area.selectionStart));
  return found ? (found[1] ?? "") : null;
}

async function look(area) {
  const begins = begun(area);
  if (begins === null) return close();
  const mine = ++asked;
  const answer = await fetch(`/mentions?q=${encodeURIComponent(begins)}`);
  if (!answer.ok || mine !== asked) return;
  const names = await answer.json();
  if (mine !== asked || begun(area) !== begins) return;
  show(area, names);
}

function show(area, names) {
  close();
  if (names.length === 0) return;
  field = area;
  list = document.createElement("ul");
  list.id = "mentions";
  list.className = "items mentions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "People to mention");
  names.forEach(({ name, initials }, index) => {
    const option = document.createElement("li");
    option.setAttribute("role", "option");
    option.id = `mention-${index}`;
    option.dataset.name = name;
    const plate = document.createElement("span");
    plate.className = "plate";
    plate.setAttribute("aria-hidden", "true");
    plate.textContent = initials;
    option.append(plate, ` ${name}`);
    option.addEventListener("mousedown", (event) => {
      event.preventDefault();
      insert(name);
    });
    list.append(option);
  });
  area.after(list);
  area.setAttribute("aria-controls", list.id);
  choose(list.firstElementChild);
}

function choose(option) {
  list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
  option.setAttribute("aria-selected", "true");
  field.setAttribute("aria-activedescendant", option.id);
}

function insert(name) {
  const area = field;
  const caret = area.selectionStart;
  const from = caret - begun(area).length;
  area.setRangeText(`${name} `, from, caret, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  close();
  area.focus();
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("main textarea")) look(event.target);
});
document.addEventListener("focusout", (event) => {
  if (event.target === field) close();
});
document.addEventListener("keydown", (event) => {
  if (!list || event.target !== field) return;
  const chosen = list.querySelector("[aria-selected=true]");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const down = event.key === "ArrowDown";
    const next = down ? chosen.nextElementSibling : chosen.previousElementSibling;
    choose(next ?? (down ? list.firstElementChild : list.lastElementChild));
  } else if (event.key === "Enter" || event.key === "Tab") {
    insert(chosen.dataset.name);
  } else if (event.key === "Escape") {
    close();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}, true);
