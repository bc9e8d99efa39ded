// A passkey: asks the server for a challenge, lets the browser answer it, and sends the answer with the form.
const able = window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.isSecureContext;

const ceremonies = {
  create: (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  get: (options) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

const answer = async (form) => {
  const challenge = await fetch(form.dataset.challenge, {
    method: "POST",
    headers: { "X-CSRF-TOKEN": form.elements._csrf.value, Accept: "application/json" },
  });
  if (!challenge.ok || challenge.redirected) throw new Error(`no challenge: ${challenge.status}`);
  const credential = await ceremonies[form.dataset.passkey](await challenge.json());
  form.elements.credential.value = JSON.stringify(credential.toJSON());
  form.submit();
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[data-go]");
  const told = form.querySelector("[role=status]");
  if (!able) {
    told.textContent = "This browser has no passkeys.";
    button.disabled = true;
    continue;
  }
  button.addEventListener("click", async () => {
    button.disabled = true;
    told.textContent = "";
    try {
      await answer(form);
    } catch {
      told.textContent = "The browser gave no passkey. Try again, or use another way.";
      button.disabled = false;
    }
  });
  // Enter in a field of this form means the same.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    button.click();
  });
}
