// A dialog that proposes while somebody types: arrows choose, Enter presses what is chosen.
export function finder(id, address, prepare = () => {}) {
  const dialog = document.getElementById(id);
  if (!dialog) return () => {};
  const input = dialog.querySelector("input[role=combobox]");
  const list = dialog.querySelector("[role=listbox]");
  let waiting;
  let asked = 0;
  const options = () => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];
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
    const answer = await fetch(address(input.value), { headers: { "HX-Request": "true" } });
    if (number !== asked || !answer.ok) return;
    list.innerHTML = await answer.text();
    prepare(list);
    choose(options()[0]);
  }

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
  return () => {
    if (dialog.open) return;
    input.value = "";
    list.replaceChildren();
    dialog.showModal();
    input.focus();
    ask();
  };
}
