// Five minutes before the session ends a note offers to stay signed in. After the end, what was typed is kept in this tab while
// somebody signs in again, and is put back for the same person on the same page.
const WARN = 300;
const KEPT = `typed ${location.pathname}`;
const ENDS = "session ends";
const { person, idle, most } = document.body.dataset;
const last = Date.now() + Number(most) * 1000;
let over = false;

const seconds = () => Math.round((Math.min(Number(localStorage.getItem(ENDS)) || last, last) - Date.now()) / 1000);
const shown = (name) => document.querySelector(`main [data-note="${name}"]`);

/// Every answer of the server begins the time anew, in whichever tab; what a page asks for by itself does not.
export function used() {
  if (!person || over) return;
  localStorage.setItem(ENDS, String(Date.now() + Number(idle) * 1000));
  shown("staying")?.remove();
}

function note(name) {
  if (shown(name)) return shown(name);
  const made = document.querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);
  made.dataset.note = name;
  // A live region is only read out when it is there before its words are.
  const words = [...made.childNodes];
  made.replaceChildren();
  document.querySelector("main .wrap").prepend(made);
  setTimeout(() => made.append(...words));
  return made;
}

function look() {
  const left = seconds();
  if (left <= 0) return ended();
  if (left > WARN) return shown("staying")?.remove();
  const made = note("staying");
  setTimeout(() => {
    const minutes = Math.ceil(left / 60);
    const words = made.querySelector("[data-minutes]");
    if (words) words.textContent = minutes === 1 ? "a minute" : `${minutes} minutes`;
    // The longest a session may last is the same whatever is done in it.
    if (last - Date.now() < WARN * 1000) {
      made.querySelector("[data-stay]")?.remove();
      made.querySelector("[data-ends]").textContent = "It has lasted as long as one may. Send what you are writing, or it is kept here until you have signed in again.";
    }
  });
}

/// Also when it was ended elsewhere: the stream of this page says so.
export function ended() {
  if (!person || over) return;
  over = true;
  shown("staying")?.remove();
  note("ended");
}

const fields = () =>
  [...document.querySelectorAll("main form[method=post] :is(input, textarea, select)[name]")].filter((field) => !["hidden", "password", "file", "submit"].includes(field.type));
const ticks = (field) => field.type === "checkbox" || field.type === "radio";
const own = (field) => (field.tagName === "SELECT" ? [...field.options].some((one) => one.selected !== one.defaultSelected) : ticks(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
const name = (field) => [field.form.getAttribute("action"), field.name, ticks(field) ? field.value : ""].join(" ");

function keep() {
  const typed = fields().filter(own).map((field) => [name(field), ticks(field) ? field.checked : field.value]);
  if (typed.length) sessionStorage.setItem(KEPT, JSON.stringify({ person, typed }));
}

function restore() {
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (!kept) return;
  const { person: whose, typed } = JSON.parse(kept);
  if (whose !== person) return;
  const values = new Map(typed);
  let back = 0;
  for (const field of fields()) {
    if (!values.has(name(field))) continue;
    if (ticks(field)) field.checked = values.get(name(field));
    else field.value = values.get(name(field));
    back++;
  }
  if (back) note("again");
}

if (person && idle) {
  restore();
  used();
  look();
  setInterval(look, 15000);
  document.addEventListener("visibilitychange", () => document.hidden || look());
  document.addEventListener("htmx:afterRequest", (event) => event.detail.successful && used());
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.matches("[data-stay]")) {
      event.preventDefault();
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
      if (answer.status === 204) used();
      else ended();
    } else if (over && !form.matches("[action='/sign-out']")) {
      event.preventDefault();
      keep();
      location.reload();
    }
  }, true);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-return]")) return;
    event.preventDefault();
    keep();
    location.reload();
  });
}
