// Light or dark at once; the form's answer keeps it in the cookie.
const root = document.documentElement;
const button = document.querySelector("[data-theme-toggle]");
const dark = () =>
  root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

export function toggle() {
  if (!button) return;
  const form = new FormData(button.form);
  const theme = dark() ? "light" : "dark";
  form.set("theme", theme);
  root.dataset.theme = theme;
  fetch(button.form.action, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
}

button?.addEventListener("click", (event) => {
  event.preventDefault();
  toggle();
});
