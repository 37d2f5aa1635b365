// The desk's form while somebody speaks: what is known comes by itself, keys take what is proposed.
// Without it the page is a plain form.
(() => {
  const PAUSE = 180;
  const form = document.querySelector("[data-intake]");

  // The clock of an emergency; the instant stands beside it in words.
  const clock = document.querySelector("[data-countdown]");
  if (clock) {
    const until = new Date(clock.dataset.countdown).getTime();
    const tick = () => {
      const left = Math.ceil((until - Date.now()) / 1000);
      clock.textContent = left >= 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : clock.dataset.over;
      if (left >= 0) setTimeout(tick, 250);
    };
    tick();
  }
  if (!form) return;

  const field = (name) => form.elements.namedItem(name);
  const who = form.querySelector("#who");
  const words = form.querySelector("#words");
  const ASKED = ["who", "words", "category", "kind", "severity", "first", "bundle", "party", "assignee"];
  let timer = 0;
  let asked = 0;

  // Only the parts that tell something are swapped: what is being typed stays as it is.
  const PARTS = ["found", "hints", "person", "panel"];
  const ask = async () => {
    clearTimeout(timer);
    const mine = ++asked;
    const given = new URLSearchParams();
    for (const name of ASKED) given.set(name, field(name)?.value ?? "");
    const chosen = form.querySelector('[name="place"]:checked');
    if (chosen) given.set("place", chosen.value);
    try {
      const answer = await fetch(`${form.dataset.known}?${given}`, { redirect: "error" });
      if (!answer.ok || mine !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of PARTS) {
        const old = document.getElementById(id);
        const now = page.getElementById(id);
        if (!old || !now || old.contains(document.activeElement)) continue;
        old.replaceWith(document.importNode(now, true));
      }
    } catch {
      // No connection: the form is sent as it is.
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };

  who.addEventListener("input", () => {
    field("first").value = "";
    field("bundle").value = "";
    for (const one of form.querySelectorAll('[name="place"]')) one.checked = false;
    later();
  });
  words.addEventListener("input", later);
  form.addEventListener("change", (event) => {
    if (["place", "category", "kind", "severity"].includes(event.target.name)) ask();
  });
  // Enter in the first box takes the first that is found and goes on to the words.
  who.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (!form.querySelector('[name="place"]:checked')) field("first").value = "1";
    words.focus();
    ask();
  });

  const take = (chip) => {
    const box = field(chip.dataset.take);
    if (!box) return;
    const on = box.value !== chip.dataset.value;
    box.value = on ? chip.dataset.value : "";
    chip.classList.toggle("on", on);
    chip.setAttribute("aria-pressed", String(on));
    form.dispatchEvent(new Event("change", { bubbles: true }));
    if (chip.dataset.take === "category") ask();
  };
  form.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-take]");
    if (chip) take(chip);
  });
  addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const digit = /^Digit([1-3])$/.exec(event.code);
    const chip = digit && form.querySelectorAll("[data-take]")[digit[1] - 1];
    const button =
      event.code === "KeyS"
        ? form.querySelector('[name="act"][value="solved"]')
        : event.code === "KeyM" && form.querySelector('[name="merge"]');
    if (chip || button) event.preventDefault();
    if (chip) take(chip);
    else if (button) form.requestSubmit(button);
  });
})();
