// Passkeys: asks the browser for one and sends its answer. Where it has none, or is too old to read
// and write them as JSON, the form stays hidden and the codes remain.
const { PublicKeyCredential: Key } = window;
const TOLD_TWICE = ["publicKey", "publicKeyAlgorithm", "transports"]; // the attestation holds them

const ask = () => {
  const told = JSON.parse(document.getElementById("js_data").textContent);
  if (told.creation_options) {
    const publicKey = Key.parseCreationOptionsFromJSON(told.creation_options.publicKey);
    return navigator.credentials.create({ publicKey });
  }
  const publicKey = Key.parseRequestOptionsFromJSON(told.request_options.publicKey);
  return navigator.credentials.get({ publicKey });
};

const bind = (form) => {
  const fault = form.querySelector("[data-fault]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    fault.hidden = true;
    try {
      const answer = (await ask()).toJSON();
      for (const told of TOLD_TWICE) delete answer.response[told];
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch {
      fault.hidden = false;
      fault.focus();
    }
  });
};

addEventListener("DOMContentLoaded", () => {
  if (!Key?.parseCreationOptionsFromJSON) return;
  document.querySelectorAll("form[data-passkey]").forEach(bind);
});
