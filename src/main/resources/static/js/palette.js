// The command palette: what is typed is asked of the server, arrows choose, Enter goes there.
const dialog = document.getElementById("palette");
const input = dialog?.querySelector("input");
const list = dialog?.querySelector("[role=listbox]");
const open = location.pathname.match(/^\/items\/([^/]+)$/)?.[1] ?? "";
let waiting;
let asked = 0;

const options = () => [...list.querySelectorAll("[role=option]")];
const chosen = () => list.querySelector("[aria-selected=true]");

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
}

async function ask() {
  const number = ++asked;
  const answer = await fetch(`/palette?${new URLSearchParams({ q: input.value, open })}`, { headers: { "HX-Request": "true" } });
  if (number !== asked || !answer.ok) return;
  list.innerHTML = await answer.text();
  choose(options()[0]);
}

export function show() {
  if (!dialog || dialog.open) return;
  input.value = "";
  list.replaceChildren();
  dialog.showModal();
  input.focus();
  ask();
}

if (dialog) {
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.indexOf(chosen());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(all[(at + (event.key === "ArrowDown" ? 1 : all.length - 1)) % all.length]);
    }
    if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      const to = chosen();
      dialog.close();
      to.click();
    }
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}
