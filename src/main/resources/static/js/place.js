// A part of a record becomes its input where it stands: the form of its page is put into its place. Escape leaves; what
// was typed comes back when the part is opened again. Saving takes the page as it is after it, so that nothing reloads.
import { take } from "./live.js";

const drafts = new Map();
let open = null;

const parse = (markup) => new DOMParser().parseFromString(markup, "text/html");
const now = async () => parse(await (await fetch(location.href, { headers: { Accept: "text/html" } })).text());
const formOf = (page) => page.querySelector("#form form");
const entered = (form) => new URLSearchParams(new FormData(form));

async function edit(pressed) {
  let link = pressed;
  const href = link.getAttribute("href");
  if (open?.href === href) return focus(open.form);
  leave();
  const answer = await fetch(href, { headers: { Accept: "text/html" } }).catch(() => null);
  const form = answer?.ok && formOf(parse(await answer.text()));
  // The part may have been refreshed since.
  if (!link.isConnected) link = document.querySelector(`[data-box] [data-place="${CSS.escape(link.dataset.place)}"]`);
  if (!form || !link) return void location.assign(href);
  const box = link.closest("[data-box]");
  open = { href, form, box, name: link.dataset.place, before: entered(form).toString() };
  for (const child of box.children) child.dataset.away = "";
  box.dataset.editing = "";
  box.append(form);
  restore(form, drafts.get(href));
  focus(form);
}

function restore(form, draft) {
  if (!draft) return;
  for (const field of form.elements) {
    if (field.name && field.type !== "hidden" && draft.has(field.name)) field.value = draft.get(field.name);
  }
}

function focus(form) {
  const first = form.querySelector("[data-focus], [aria-invalid=true]") ?? form.querySelector("input:not([type=hidden]), textarea, select");
  first?.focus();
  if (first?.select) first.select();
}

function leave() {
  if (!open) return;
  const { href, form, box, name, before } = open;
  open = null;
  if (entered(form).toString() === before) drafts.delete(href);
  else drafts.set(href, entered(form));
  form.remove();
  delete box.dataset.editing;
  for (const child of box.children) delete child.dataset.away;
  const link = box.querySelector("[data-place]");
  note(link, drafts.has(href) ? "not saved" : "");
  if (link?.dataset.place === name) link.focus({ preventScroll: true });
}

function note(link, says) {
  link?.parentElement.querySelector("[data-unsaved]")?.remove();
  if (!link || !says) return;
  const tag = document.createElement("span");
  tag.className = "tag";
  tag.dataset.unsaved = "";
  tag.textContent = says;
  link.after(" ", tag);
}

function refuse(says) {
  open.form.querySelector("[data-told]")?.remove();
  const told = document.createElement("p");
  told.className = "error";
  told.dataset.told = "";
  told.setAttribute("role", "alert");
  told.textContent = says;
  open.form.prepend(told);
}

async function save(form) {
  const button = form.querySelector("button[type=submit]");
  button.setAttribute("aria-busy", "true");
  const answer = await fetch(form.action, { method: "POST", body: entered(form), headers: { Accept: "text/html" } }).catch(() => null);
  button.removeAttribute("aria-busy");
  if (open?.form !== form) return;
  if (!answer) return refuse("The server could not be reached. What you typed stays here; save it again.");
  const page = parse(await answer.text());
  if (answer.redirected && new URL(answer.url).pathname === location.pathname) return done(new URL(answer.url).search || location.search ? null : page);
  if (answer.redirected) return refuse("You are no longer signed in here. What you typed stays here: sign in in another tab, then save it again.");
  const again = formOf(page);
  if (!again) return refuse(page.querySelector("main h1")?.textContent || "It was not saved. What you typed stays here.");
  form.replaceWith(again);
  open.form = again;
  // What was typed differs from what is saved, whatever stands in the form now.
  open.before = "";
  focus(again);
}

// Elsewhere than on the bare page the answer may show another part of the history: this one is asked for anew.
async function done(answered) {
  const { href, name } = open;
  drafts.delete(href);
  open.before = entered(open.form).toString();
  leave();
  take(answered ?? (await now()));
  flash(answered?.querySelector(".flash"));
  document.querySelector(`[data-place="${CSS.escape(name)}"]`)?.focus({ preventScroll: true });
  tell("Saved.");
}

// What the answer says stands where it would after a reload, with its way back.
function flash(note) {
  document.querySelector(".flash")?.remove();
  if (note) document.querySelector("main .wrap").prepend(note);
}

function tell(says) {
  let told = document.getElementById("place-told");
  if (!told) {
    told = document.createElement("p");
    told.id = "place-told";
    told.className = "vh";
    told.setAttribute("role", "status");
    document.querySelector("main").append(told);
  }
  told.textContent = says;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-place]");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (link && plain && link.closest("[data-box]")) {
    event.preventDefault();
    edit(link);
  } else if (open && event.target.closest?.("[data-leave]") && open.form.contains(event.target)) {
    event.preventDefault();
    // Theirs is taken, or nothing was meant: what was typed is given up on purpose.
    open.before = entered(open.form).toString();
    leave();
    now().then(take).catch(() => {});
  }
});
document.addEventListener("submit", (event) => {
  if (!open || event.target !== open.form) return;
  event.preventDefault();
  save(open.form);
});
document.addEventListener("keydown", (event) => {
  if (!open || !open.form.contains(event.target)) return;
  if (event.key === "Escape") {
    event.preventDefault();
    leave();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    open.form.requestSubmit();
  }
});
addEventListener("beforeunload", (event) => {
  if (open && entered(open.form).toString() !== open.before || drafts.size > 0) event.preventDefault();
});
