// What is typed into a long form is kept a moment later. Without this script the form works as before.
(() => {
  const PAUSE = 800;
  const AGAIN = 10_000;
  const NEVER = new Set(["csrfmiddlewaretoken"]);

  const typed = (form) => {
    const kept = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (!NEVER.has(name) && typeof value === "string") kept.append(name, value);
    }
    return kept.toString();
  };

  const bind = (line) => {
    const form = line.closest("form");
    const words = line.querySelector("[data-draft-words]");
    const ask = line.querySelector("[data-draft-ask]");
    const own = [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16)).join("");
    let known = line.dataset.known;
    let timer = 0;
    let last = typed(form);
    let sent = false;

    const save = async (wins) => {
      const fields = typed(form);
      if (sent || (fields === last && !wins)) return;
      const body = new URLSearchParams({
        sign: line.dataset.draft,
        window: own,
        wins: wins ? "yes" : "",
        known,
        fields,
        csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
      });
      try {
        const answer = await fetch(line.dataset.save, { method: "POST", body, redirect: "error" });
        const said = await answer.json();
        words.textContent = said.words;
        ask.hidden = answer.status !== 409;
        if (answer.ok) {
          known = String(said.known);
          last = fields;
        }
      } catch {
        words.textContent = line.dataset.failed;
        timer = setTimeout(save, AGAIN);
      }
    };

    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    form.addEventListener("submit", () => {
      sent = true;
      clearTimeout(timer);
    });
    line.querySelector("[data-draft-wins]").addEventListener("click", () => save(true));
  };

  addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-draft]").forEach(bind);
  });
})();
