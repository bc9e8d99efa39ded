// Copies a record's number and link.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(`${button.dataset.copy} ${location.origin}${location.pathname}`);
    button.setAttribute("aria-label", "Copied");
  });
}
