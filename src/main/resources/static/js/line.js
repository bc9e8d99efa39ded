// h and l walk along the stations of a drawn line; Enter follows the link as everywhere.
import { single } from "./single.js";

const stations = () => [...document.querySelectorAll(".map a")];

document.addEventListener("keydown", (event) => {
  if ((event.key !== "h" && event.key !== "l") || !single(event)) return;
  const all = stations();
  if (!all.length) return;
  const here = all.indexOf(document.activeElement);
  const from = here >= 0 ? here : all.findIndex((it) => it.hasAttribute("aria-current"));
  const to = Math.max(0, Math.min(all.length - 1, from + (event.key === "l" ? 1 : -1)));
  event.preventDefault();
  all[to].focus();
  all[to].scrollIntoView({ block: "nearest", inline: "center" });
});
