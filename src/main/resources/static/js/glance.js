// A link to another record shows what it is when it is pointed at or focused: a few lines that the server writes, of what
// the reader may see. Escape closes them; the pointer may rest on them.
const LINKS = "main :is(.stream, .report, .said-text, .said, .items) a[href^='/items/']";
const KEY = /^\/items\/([A-Z][A-Z0-9]*-[0-9]+)$/;

const known = new Map();
let card = null;
let link = null;
let waiting;

const other = (target) => {
  const found = target.closest?.(LINKS);
  return found && KEY.test(found.pathname) && found.pathname !== location.pathname && !found.closest(".glance") ? found : null;
};

async function read(path) {
  if (!known.has(path)) {
    const answer = await fetch(`${path}/glance`, { headers: { "HX-Request": "true" } });
    known.set(path, answer.ok ? await answer.text() : null);
  }
  return known.get(path);
}

async function show(target) {
  const text = await read(target.pathname).catch(() => null);
  if (!text || link !== target || !target.isConnected) return;
  hide();
  link = target;
  card = document.createElement("div");
  card.className = "menu-list sm";
  card.id = "glance";
  card.setAttribute("role", "tooltip");
  card.innerHTML = text;
  document.body.append(card);
  const at = target.getBoundingClientRect();
  const below = at.bottom + card.offsetHeight + 8 < innerHeight;
  card.style.position = "fixed";
  card.style.padding = "8px 12px";
  card.style.maxWidth = "min(24rem, 92vw)";
  card.style.right = "auto";
  card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - card.offsetWidth - 8))}px`;
  card.style.top = `${below ? at.bottom : at.top - card.offsetHeight - 8}px`;
  target.setAttribute("aria-describedby", card.id);
  card.addEventListener("pointerleave", leave);
  card.addEventListener("pointerenter", () => clearTimeout(waiting));
}

function hide() {
  clearTimeout(waiting);
  link?.removeAttribute("aria-describedby");
  card?.remove();
  card = null;
  link = null;
}

function want(target) {
  if (target === link) return clearTimeout(waiting);
  hide();
  link = target;
  waiting = setTimeout(() => show(target), 250);
}

function leave() {
  clearTimeout(waiting);
  waiting = setTimeout(hide, 200);
}

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const target = other(event.target);
    if (target) want(target);
  });
}
document.addEventListener("pointerout", (event) => { if (link && event.target.closest?.("a") === link) leave(); });
document.addEventListener("focusout", (event) => { if (event.target === link) leave(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
addEventListener("scroll", () => card && hide(), { passive: true });
