// The product switcher opens in place; without a script it is a page.
import { finder } from "./finder.js";

const show = finder("products", (typed) => `/products?${new URLSearchParams({ typed })}`);

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-products]") || event.ctrlKey || event.metaKey || !document.getElementById("products")) return;
  event.preventDefault();
  show();
});
