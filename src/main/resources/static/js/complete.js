// Proposals for the filter that is being typed in a query bar. Arrows choose, Enter or Tab takes, Esc closes; Enter without a
// choice searches.
let waiting;
let asked = 0;

const list = () => document.getElementById("completion");
const options = () => [...(list()?.querySelectorAll("[role=option]") ?? [])];
const chosen = () => list()?.querySelector("[aria-selected=true]");

/// The part the caret stands in; a quoted value is one.
function part(input) {
  const before = input.value.slice(0, input.selectionStart);
  return before.match(/(?:[^\s"]|"[^"]*"?)*$/)[0];
}

function close(input) {
  asked++;
  clearTimeout(waiting);
  if (!list()) return;
  list().hidden = true;
  list().replaceChildren();
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function choose(input, option) {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) input.setAttribute("aria-activedescendant", option.id);
}

async function ask(input) {
  const number = ++asked;
  const typed = part(input);
  const answer = await fetch(`${input.dataset.complete}?${new URLSearchParams({ typed })}`, { headers: { "HX-Request": "true" } });
  if (number !== asked || !answer.ok || !input.isConnected) return;
  list().innerHTML = await answer.text();
  const none = options().length === 0;
  list().hidden = none;
  input.setAttribute("aria-expanded", String(!none));
}

function take(input, option) {
  const typed = part(input);
  const begin = input.selectionStart - typed.length;
  const inserts = option.dataset.inserts;
  const whole = !inserts.endsWith(":");
  const alone = input.value.trim() === typed;
  input.setRangeText(inserts + (whole && !alone ? " " : ""), begin, input.selectionStart, "end");
  close(input);
  if (whole && alone) input.form.requestSubmit();
  else ask(input);
}

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-complete]")) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => ask(event.target), 100);
});
document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-complete]") && !event.target.value) ask(event.target);
});
document.addEventListener("focusout", (event) => {
  if (event.target.matches("[data-complete]")) close(event.target);
});
document.addEventListener("mousedown", (event) => {
  const option = event.target.closest?.("#completion [role=option]");
  if (!option) return;
  event.preventDefault();
  take(document.querySelector("[data-complete]"), option);
});
document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!input.matches?.("[data-complete]") || list()?.hidden !== false) return;
  const all = options();
  const at = all.indexOf(chosen());
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    choose(input, all[event.key === "ArrowDown" ? (at + 1) % all.length : (at <= 0 ? all.length : at) - 1]);
  } else if ((event.key === "Enter" && chosen()) || (event.key === "Tab" && !event.shiftKey && part(input))) {
    event.preventDefault();
    take(input, chosen() ?? all[0]);
  } else if (event.key === "Escape") {
    event.stopPropagation();
    close(input);
  } else if (event.key === "Enter") {
    close(input);
  }
});
