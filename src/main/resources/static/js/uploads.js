// Files that are too large are told before they are sent, so that nothing typed beside them is lost.
const size = (bytes) => `${(bytes / 1048576).toFixed(1)} MB`;

for (const input of document.querySelectorAll("input[type=file][data-most]")) {
  const most = Number(input.dataset.most);
  const field = input.closest(".field");
  const told = document.createElement("p");
  told.className = "error";
  told.id = `e-${input.id}`;
  told.setAttribute("role", "alert");
  const check = () => {
    const total = [...input.files].reduce((sum, file) => sum + file.size, 0);
    const large = total > most;
    if (large) {
      told.textContent = `These files have ${size(total)} together; at most ${size(most)} are taken at once. Choose fewer or smaller ones.`;
      input.before(told);
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") || ""} ${told.id}`.trim());
    } else {
      told.remove();
      input.removeAttribute("aria-invalid");
    }
    field?.classList.toggle("invalid", large);
    return !large;
  };
  input.addEventListener("change", check);
  input.form?.addEventListener("submit", (event) => {
    if (check()) return;
    event.preventDefault();
    input.focus();
  });
}
