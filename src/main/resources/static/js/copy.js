// Copies what a button names: a number, a branch, a link. `{here}` stands for the address of the page, `{title}` for
// what it is called, without what would end a link in Markdown.
const show = () => document.querySelectorAll("[data-copy][hidden]").forEach((button) => { button.hidden = false; });

const told = (text) => text
  .replace("{here}", () => location.origin + location.pathname)
  .replace("{title}", () => document.querySelector("main h1").textContent.replace(/[[\]]/g, " ").trim());

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without TLS there is no clipboard to ask; a selection can still be copied.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  await copy(told(button.dataset.copy));
  button.closest("details.menu")?.removeAttribute("open");
  const before = button.getAttribute("aria-label");
  button.setAttribute("aria-label", "Copied");
  setTimeout(() => (before ? button.setAttribute("aria-label", before) : button.removeAttribute("aria-label")), 2000);
});
document.addEventListener("conduct:fresh", show);
show();
