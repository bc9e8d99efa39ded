// What others change appears by itself: the parts of the page that differ are taken from the server anew. A part in
// which somebody writes, or has a menu open, stays as it is and says that there is news. Hidden pages ask for nothing.
import { ended } from "./session.js";

const PARTS = "main .head, main ol.line, main section[aria-labelledby], main [data-board], main table.table, main .empty, main dl.stats";
const BETWEEN = 1500;

let seen = document.body.dataset.since;
let source = null;
let last = 0;
let waiting = null;
let by = null;

const topics = () => {
  const [, first, second] = location.pathname.split("/");
  if (first === "items" && second) return [`item:${second}`];
  if (first === "lines" && second) return [`type:${second}`];
  return first === "" || first === "me" || first === "my-work" ? ["type:*"] : [];
};

function connect() {
  if (source || document.hidden || seen === undefined) return;
  const query = new URLSearchParams(topics().map((topic) => ["topic", topic]));
  query.set("since", seen);
  const mine = new EventSource(`/live?${query}`);
  source = mine;
  const hear = (event) => {
    seen = event.lastEventId || seen;
    soon();
  };
  mine.addEventListener("item", (event) => {
    by = JSON.parse(event.data).name;
    hear(event);
  });
  for (const name of ["list", "all", "inbox"]) mine.addEventListener(name, hear);
  mine.addEventListener("open", (event) => { if (event.lastEventId) seen = event.lastEventId; });
  mine.addEventListener("ended", () => {
    mine.close();
    ended();
  });
  mine.addEventListener("error", () => {
    if (mine.readyState === EventSource.CLOSED && source === mine) source = null;
  });
}

function disconnect() {
  source?.close();
  source = null;
}

function soon() {
  waiting ??= setTimeout(() => {
    waiting = null;
    last = Date.now();
    refresh().catch(() => {});
  }, Math.max(100, last + BETWEEN - Date.now()));
}

async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html", "Conduct-By-Itself": "page" } });
  if (!answer.ok || answer.redirected) return;
  take(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

// Puts what differs in a page that was fetched into this one.
export function take(fresh) {
  for (const shell of [".nav", ".tabbar"]) swap(document.querySelector(shell), fresh.querySelector(shell));
  const now = parts(document);
  const then = new Map(parts(fresh));
  if (now.length === then.size && now.every(([key]) => then.has(key))) {
    for (const [key, part] of now) editing(part) ? tell(part, then.get(key)) : swap(part, then.get(key));
  } else if (!now.some(([, part]) => editing(part))) {
    swap(document.querySelector("main .wrap"), fresh.querySelector("main .wrap"));
    remember();
  } else {
    const [, part] = now.find(([, one]) => editing(one));
    tell(part, null);
    for (const [key, one] of now) if (then.has(key) && !editing(one)) swap(one, then.get(key));
  }
}

function parts(page) {
  const counts = {};
  return [...page.querySelectorAll(PARTS)]
    .filter((part) => !part.parentElement.closest(PARTS))
    .map((part) => {
      const name = part.id || part.getAttribute("aria-labelledby") || part.className;
      counts[name] = (counts[name] || 0) + 1;
      return [`${name} ${counts[name]}`, part];
    });
}

const typed = (field) => {
  if (field.type === "hidden" || field.type === "submit") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.type === "file") return field.files.length > 0;
  if (field.tagName === "SELECT") {
    const own = [...field.options].findIndex((option) => option.defaultSelected);
    return !field.multiple && field.selectedIndex !== Math.max(0, own);
  }
  return field.value !== field.defaultValue;
};

const editing = (part) =>
  (part.contains(document.activeElement) && document.activeElement.matches("form[method=post] :is(input, textarea, select):not([type=hidden])")) ||
  [...part.querySelectorAll("input, textarea, select")].some(typed) ||
  part.querySelector("details.menu[open], dialog[open], [data-state].over, [data-editing]") !== null;

// The token of a form differs each time, and says nothing.
const markup = (part) => part.outerHTML.replace(/(name="_csrf" value=")[^"]*/g, "$1");

// What scripts did to a part (clocks that run, buttons that are shown) is no news: compared is what the server sent.
const sent = new WeakMap();
function remember() {
  for (const [, part] of parts(document)) sent.set(part, markup(part));
}

function swap(part, fresh) {
  if (!part || !fresh) return;
  const next = markup(fresh);
  if ((sent.get(part) ?? markup(part)) === next) return;
  const focused = part.contains(document.activeElement) ? handle(document.activeElement) : null;
  const open = new Set([...part.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent));
  sent.set(fresh, next);
  part.replaceWith(fresh);
  for (const summary of fresh.querySelectorAll("details:not(.menu) > summary")) {
    if (open.has(summary.textContent)) summary.parentElement.open = true;
  }
  fresh.querySelectorAll("[data-copy][hidden]").forEach((button) => { button.hidden = false; });
  window.htmx?.process(fresh);
  if (focused) document.querySelector(focused)?.focus({ preventScroll: true });
  fresh.dispatchEvent(new CustomEvent("conduct:fresh", { bubbles: true }));
}

const handle = (element) => {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const href = element.getAttribute("href");
  return href ? `main a[href="${CSS.escape(href)}"]` : null;
};

function tell(part, fresh) {
  if (fresh && sent.get(part) === markup(fresh)) return;
  if (part.querySelector("[data-news]")) return;
  const note = document.createElement("div");
  note.className = "note caution";
  note.dataset.news = "";
  note.setAttribute("role", "status");
  const mark = document.createElement("span");
  const words = document.createElement("div");
  const bold = document.createElement("b");
  bold.textContent = `${by || "Somebody"} changed this while you write.`;
  const link = document.createElement("a");
  link.href = location.pathname;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = "See how it is now";
  words.append(bold, " What you typed stays here. ", link);
  note.append(mark, words);
  part.prepend(note);
}

if (seen !== undefined && window.EventSource) {
  remember();
  connect();
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  setInterval(connect, 15000);
}
