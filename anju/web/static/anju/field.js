// A worker's page: each press goes into the outbox first, and the page follows it at once.
(() => {
  const NEXT = { take: "arrive", arrive: "before", before: "after", after: "parts", parts: "done", done: "gone" };
  const STOPS = ["part", "away", "builder"];
  const AT_WORK = ["before", "after", "parts", "done"];
  const DARK = 45; // of 255, the mean of all pixels
  const EDGE = 1600;

  // A photo is made small before it is kept: signal in a basement is dear. What cannot be is kept whole.
  const shrunk = async (file) => {
    try {
      const image = await createImageBitmap(file);
      const scale = Math.min(1, EDGE / Math.max(image.width, image.height));
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.width * scale, image.height * scale];
      const pen = canvas.getContext("2d");
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      const photo = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.72));
      pen.drawImage(canvas, 0, 0, 16, 16);
      const dots = pen.getImageData(0, 0, 16, 16).data.filter((_, n) => n % 4 < 3);
      return { photo: photo ?? file, dark: dots.reduce((a, b) => a + b, 0) / dots.length < DARK };
    } catch {
      return { photo: file, dark: false };
    }
  };

  const follow = (step, then, what) => {
    if (what === "resume") return then;
    if (STOPS.includes(what)) return "resume";
    return what === "help" ? step : NEXT[what] ?? step;
  };

  // Shows a job at the step that its unsent presses have brought it to.
  const show = (job, items) => {
    let step = job.dataset.step;
    let then = job.dataset.then;
    for (const item of items) {
      if (STOPS.includes(item.what)) then = step;
      step = follow(step, then, item.what);
    }
    const slot = job.querySelector("[data-slot]");
    if (slot.dataset.now !== step) {
      const tool = document.querySelector(`template[data-tool="${step}"]`);
      if (step !== job.dataset.step || slot.dataset.now) {
        slot.replaceChildren(...(tool ? [tool.content.cloneNode(true)] : []));
        slot.querySelectorAll("[name=case]").forEach((one) => (one.value = job.dataset.job));
        if (job.dataset.must.split(" ").includes(step)) slot.querySelector("[data-skips]")?.remove();
      }
      slot.dataset.now = step;
    }
    job.hidden = step === "gone";
    for (const one of job.querySelectorAll("[data-at-work]")) one.hidden = !AT_WORK.includes(step);
  };

  const plain = () => field.querySelectorAll("[data-plain]").forEach((one) => (one.hidden = true));
  const overlay = async () => {
    const items = await outbox.all();
    const at = document.querySelector("[data-fresh]").dataset.at;
    const live = items.filter((one) => one.state === "waiting" || (one.state === "sent" && one.sent > at));
    for (const job of document.querySelectorAll("[data-job]")) {
      const mine = (one) => one.fields.some(([name, value]) => name === "case" && value === job.dataset.job);
      show(job, live.filter(mine));
      const refusal = items.filter((one) => one.state === "refused" && mine(one)).at(-1);
      const place = job.querySelector("[data-refusal]");
      place.hidden = !refusal;
      place.textContent = refusal?.say ?? "";
    }
    const open = [...document.querySelectorAll("[data-job]:not([hidden])")];
    if (open.length && !open.some((one) => one.open)) open[0].open = true;
    const [waiting, refused] = ["waiting", "refused"].map((kind) => items.filter((one) => one.state === kind).length);
    field.querySelector("[data-count]").textContent = waiting;
    field.querySelector("[data-off]").hidden = navigator.onLine;
    field.querySelector("[data-waits]").hidden = !waiting;
    field.querySelector("[data-refused]").hidden = !refused;
    field.querySelector("[data-bar]").hidden = navigator.onLine && !waiting && !refused;
    plain();
  };

  // What somebody is about to say is not taken out of her hand; nor is the place that her camera's photo comes to.
  let choosing = null;
  const inHand = () => {
    if (choosing?.isConnected || document.activeElement?.type === "file") return true;
    const typed = [...document.querySelectorAll("[data-live] [name=words]")].some((one) => one.value);
    return typed || !document.querySelector("[data-live]") || document.querySelector("[data-cannot][open]");
  };

  // A fresh page from the office takes the place of the one that is shown.
  const fresh = async () => {
    if (inHand()) return;
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const main = page.querySelector("[data-fresh]");
      if (!main || inHand() || page.querySelector("[data-field]")?.dataset.me !== field.dataset.me) return;
      const open = document.querySelector("[data-job][open]")?.id;
      document.querySelector("[data-fresh]").replaceWith(main);
      const same = open && document.getElementById(open);
      if (same) {
        for (const one of document.querySelectorAll("[data-job]")) one.open = one === same;
      }
      await overlay();
    } catch {
      // No signal: what is shown stays.
    }
  };

  const press = async (form, button, file) => {
    const fields = [...new FormData(form, button)].filter(([name, value]) => typeof value === "string" && !/^(id|csrfmiddlewaretoken)$/.test(name));
    const job = form.closest("[data-job]");
    const { photo, dark } = file ? await shrunk(file) : { photo: null, dark: false };
    const again = job?.querySelector("[data-dark]");
    if (again) {
      again.hidden = !dark;
      if (dark) again.dataset.press = again.elements.what.value = form.dataset.press;
    }
    const place = job?.querySelector("[data-place]").textContent ?? form.dataset.place ?? "";
    const word = (button ?? form.querySelector("label.btn"))?.textContent.trim() ?? "";
    await outbox.add({ url: form.getAttribute("action"), what: form.dataset.press, fields, photo, place, word });
    form.reset();
    document.dispatchEvent(new CustomEvent("pressed", { detail: form }));
  };

  const bind = () => {
    document.addEventListener("submit", (event) => {
      if (!event.target.matches("form[data-press]")) return;
      event.preventDefault();
      const input = event.target.querySelector("[type=file]");
      press(event.target, event.submitter, input?.files[0]);
    });
    document.addEventListener("click", (event) => (choosing = event.target.type === "file" ? event.target : null));
    const chosen = (event) => {
      choosing = null;
      if (event.target.type === "file") event.target.blur();
    };
    document.addEventListener("cancel", chosen, true); // it does not bubble
    document.addEventListener("change", (event) => {
      chosen(event);
      const form = event.target.closest("form[data-press]");
      const file = event.target.type === "file" && event.target.files[0];
      if (form?.dataset.press !== "new" && file) press(form, null, file);
    });
    document.addEventListener("outbox", (event) => {
      field.querySelector("[data-signin]").hidden = event.detail !== "signin";
      overlay();
    });
    const back = () => outbox.flush().then((why) => why || fresh());
    addEventListener("online", back);
    addEventListener("offline", overlay);
    document.addEventListener("visibilitychange", () => document.hidden || back());
    setInterval(() => document.hidden || back(), 45_000);
    // A photo that was taken before anybody listened is taken all the same.
    for (const input of document.querySelectorAll("form[data-press] [type=file]")) {
      if (input.files.length) input.dispatchEvent(new Event("change", { bubbles: true }));
    }
    overlay().then(back);
  };

  const forget = async () => {
    const old = new Date(Date.now() - 2 * 86_400_000).toISOString();
    for (const one of await outbox.all()) {
      if (one.state === "sent" && one.sent < old) await outbox.drop(one.id);
    }
  };

  // Where the browser keeps nothing, the forms send themselves as they are.
  outbox.opened.then(bind).then(forget).catch(() => {});
  navigator.serviceWorker?.register(field.dataset.worker).catch(() => {});
})();
