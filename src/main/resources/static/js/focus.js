// A form that was not accepted: the summary takes the focus, as a screen reader expects.
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();
else if (!location.hash) document.querySelector("[data-first]")?.focus({ preventScroll: true });
