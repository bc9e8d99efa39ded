// Texts are written in Markdown: a preview by the renderer that shows them, a few marks by a button, and images that are
// pasted or dropped. Without it the same can be typed.
const AREA = "textarea[data-markdown]";
const MOST = 25 * 1024 * 1024;
const MARKS = [
  { says: "Bold", mark: "B", around: "**" },
  { says: "Code", mark: "<>", around: "`" },
  { says: "List", mark: "•", before: "- " },
];

const pending = new WeakMap();
const record = () => /^\/items\/([^/]+)$/.exec(location.pathname)?.[1];
const token = (area) => area.form.elements._csrf.value;

function equip(area) {
  if (area.dataset.equipped !== undefined) return;
  area.dataset.equipped = "";
  const tools = document.createElement("div");
  tools.className = "row tight";
  tools.dataset.tools = "";
  tools.setAttribute("role", "group");
  tools.setAttribute("aria-label", "Writing");
  const write = button("Write", () => compose(area, tools));
  const see = button("Preview", () => preview(area, tools));
  write.setAttribute("aria-pressed", "true");
  see.setAttribute("aria-pressed", "false");
  for (const one of [write, see]) one.classList.remove("quiet");
  const choice = document.createElement("span");
  choice.className = "seg";
  choice.append(write, see);
  tools.append(choice, ...MARKS.map((one) => button(one.mark, () => mark(area, one), one.says)), picker(area));
  area.after(tools);
}

function button(text, act, says) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn small quiet";
  made.textContent = text;
  if (says) made.setAttribute("aria-label", says);
  made.addEventListener("click", act);
  return made;
}

function picker(area) {
  const file = document.createElement("input");
  file.type = "file";
  file.accept = "image/*";
  file.multiple = true;
  file.hidden = true;
  file.addEventListener("change", () => {
    for (const one of file.files) put(area, one);
    file.value = "";
  });
  const holder = document.createElement("span");
  holder.append(button("Image", () => file.click()), file);
  return holder;
}

function mark(area, { around = "", before = "" }) {
  area.focus();
  const { selectionStart: from, selectionEnd: to, value } = area;
  const chosen = value.slice(from, to);
  if (before) {
    const start = value.lastIndexOf("\n", from - 1) + 1;
    area.setRangeText(value.slice(start, to).replace(/^/gm, before), start, to, "end");
  } else {
    area.setRangeText(around + chosen + around, from, to, "end");
    if (!chosen) area.selectionStart = area.selectionEnd = from + around.length;
  }
  changed(area);
}

const changed = (area) => area.dispatchEvent(new Event("input", { bubbles: true }));

function press(tools, which) {
  [...tools.querySelectorAll("[aria-pressed]")].forEach((one, at) => one.setAttribute("aria-pressed", String(at === which)));
}

async function preview(area, tools) {
  const body = new URLSearchParams({ text: area.value, _csrf: token(area) });
  const answer = await fetch("/preview", { method: "POST", body }).catch(() => null);
  if (!answer?.ok || answer.redirected) return tell(area, await reason(answer, "The preview could not be had."));
  tell(area, "");
  tools.parentElement.querySelector("[data-preview]")?.remove();
  const shown = document.createElement("div");
  shown.className = "area said";
  shown.dataset.preview = "";
  shown.innerHTML = (await answer.text()) || "<p>Nothing is written yet.</p>";
  area.hidden = true;
  area.after(shown);
  press(tools, 1);
}

function compose(area, tools) {
  tools.parentElement.querySelector("[data-preview]")?.remove();
  area.hidden = false;
  press(tools, 0);
  area.focus();
}

async function reason(answer, otherwise) {
  if (!answer) return "The server could not be reached. What you typed stays here.";
  if (answer.redirected) return "You are no longer signed in here. What you typed stays here.";
  if (answer.status === 413) return "It is larger than 25 MB. Attach a smaller one.";
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("main h1")?.textContent.trim() || otherwise;
}

function tell(area, says) {
  const holder = area.closest(".field, form");
  holder.querySelector("[data-refused]")?.remove();
  if (!says) return;
  const told = document.createElement("p");
  told.className = "error";
  told.dataset.refused = "";
  told.setAttribute("role", "alert");
  told.textContent = says;
  area.before(told);
}

async function put(area, file) {
  if (file.size > MOST) return tell(area, `${file.name} is larger than 25 MB. Attach a smaller one.`);
  if (!record()) return beside(area, file);
  tell(area, "");
  const waiting = `[${file.name || "image"} is being attached]`;
  area.setRangeText(waiting, area.selectionStart, area.selectionEnd, "end");
  pending.set(area.form, (pending.get(area.form) ?? 0) + 1);
  const body = new FormData();
  body.set("_csrf", token(area));
  body.set("pasted", "true");
  if (area.form.elements.outside?.checked) body.set("outside", "true");
  body.set("file", file, file.name || "image.png");
  const answer = await fetch(`/items/${record()}/attachments`, { method: "POST", body }).catch(() => null);
  pending.set(area.form, pending.get(area.form) - 1);
  const attached = answer?.ok && !answer.redirected ? await answer.json() : null;
  const at = area.value.indexOf(waiting);
  if (at >= 0) area.setRangeText(attached?.markdown ?? "", at, at + waiting.length, "end");
  if (!attached) tell(area, `${file.name || "The image"} was not attached. ${await reason(answer, "")}`);
  changed(area);
}

// A record that is not there yet: the file goes with it.
function beside(area, file) {
  const files = area.form.querySelector("input[type=file]");
  if (!files) return tell(area, "There is no record yet to attach it to.");
  const all = new DataTransfer();
  for (const one of [...files.files, file]) all.items.add(one);
  files.files = all.files;
  files.dispatchEvent(new Event("change", { bubbles: true }));
  files.scrollIntoView({ block: "nearest" });
}

document.addEventListener("focusin", (event) => {
  if (event.target.matches?.(AREA) && event.target.form?.elements._csrf) equip(event.target);
});
document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!event.target.matches?.(AREA) || files.length === 0) return;
  event.preventDefault();
  files.forEach((file) => put(event.target, file));
});
document.addEventListener("dragover", (event) => {
  if (event.target.matches?.(AREA) && event.dataTransfer?.types.includes("Files")) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const files = [...(event.dataTransfer?.files ?? [])];
  if (!event.target.matches?.(AREA) || files.length === 0) return;
  event.preventDefault();
  equip(event.target);
  files.forEach((file) => put(event.target, file));
});
document.addEventListener("submit", (event) => {
  if (!pending.get(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  tell(event.target.querySelector(AREA), "An image is still being attached. Send it again in a moment.");
}, true);
document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.(AREA) || !(event.ctrlKey || event.metaKey) || event.key !== "b") return;
  event.preventDefault();
  mark(event.target, MARKS[0]);
});
