// The command palette: what is typed is asked of the server, arrows choose, Enter goes there, or presses what the page has for it.
import { finder } from "./finder.js";

const open = location.pathname.match(/^\/items\/([^/]+)$/)?.[1] ?? "";
const control = (option) => document.querySelector(option.dataset.press);

// What the open page has no control for is not offered on it.
function here(list) {
  for (const option of list.querySelectorAll("[data-press]")) if (!control(option)) option.parentElement.remove();
  for (const group of list.querySelectorAll("[role=group]")) if (!group.querySelector("li")) group.remove();
}

document.getElementById("palette")?.addEventListener("click", (event) => {
  const option = event.target.closest?.("[data-press]");
  if (!option) return;
  event.preventDefault();
  const pressed = control(option);
  document.getElementById("palette").close();
  pressed.closest("details.menu")?.setAttribute("open", "");
  pressed.focus();
  if (!pressed.matches("textarea, input:not([type=checkbox])")) pressed.click();
});

export const show = finder("palette", (typed) => `/palette?${new URLSearchParams({ q: typed, open })}`, here);
