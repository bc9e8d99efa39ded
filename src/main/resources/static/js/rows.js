// A list is remembered when one of its records is opened: no second question is asked of the server.
const KEY = /^\/items\/([^/]+)$/;

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-rows] a");
  if (!link || !KEY.test(link.pathname)) return;
  const keys = [...document.querySelectorAll("[data-rows] tbody a")].map((one) => KEY.exec(one.pathname)?.[1]).filter(Boolean);
  sessionStorage.setItem("conduct.list", JSON.stringify({ keys: [...new Set(keys)] }));
}, true);
