// Single keys do nothing while somebody types, beside a dialog, or once they are switched off in the account.
export const single = (event) =>
  document.body.dataset.keys !== "off" &&
  !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented &&
  !event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog[open]") &&
  !document.querySelector("dialog[open]");
