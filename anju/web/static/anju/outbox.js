// What was pressed and has not reached the office, kept in the phone's own database, sent one by one.
const field = document.querySelector("[data-field]");
const outbox = (() => {
  const NAME = "presses";
  const opened = new Promise((yes, no) => {
    const asked = indexedDB.open("anju-field", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(NAME, { keyPath: "id" });
    asked.onsuccess = () => yes(asked.result);
    asked.onerror = () => no(asked.error);
  });
  opened.catch(() => {});
  const run = async (mode, act) => {
    const deal = (await opened).transaction(NAME, mode);
    const asked = act(deal.objectStore(NAME));
    return new Promise((yes, no) => {
      deal.oncomplete = () => yes(asked.result);
      deal.onabort = deal.onerror = () => no(deal.error);
    });
  };
  const put = (item) => run("readwrite", (store) => store.put(item));
  const drop = (id) => run("readwrite", (store) => store.delete(id));
  // Another person's presses on the same phone wait until she signs in again.
  const all = async () => {
    const items = await run("readonly", (store) => store.getAll());
    return items.filter((one) => one.me === field.dataset.me).sort((a, b) => a.n - b.n);
  };
  const told = (detail) => document.dispatchEvent(new CustomEvent("outbox", { detail }));

  const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1] ?? "";
  const ask = (item) => {
    const body = new FormData();
    for (const [name, value] of item.fields) body.append(name, value);
    body.set("id", item.id);
    body.set("at", item.at);
    if (item.photo) body.set("photo", item.photo, "photo.jpg");
    const headers = { Accept: "application/json", "X-CSRFToken": cookie("csrftoken") };
    return fetch(item.url, { method: "POST", body, headers, redirect: "manual" });
  };

  // Returns "" to go on, or why sending stops for now.
  const send = async (item) => {
    let answer;
    try {
      answer = await ask(item);
    } catch {
      return "offline";
    }
    if (answer.type === "opaqueredirect") return "signin";
    const json = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (!json) return answer.status === 403 ? "signin" : "later";
    const said = await answer.json();
    Object.assign(item, { state: said.kept ? "sent" : "refused", say: said.say, sent: said.at });
    if (said.kept) item.photo = null;
    await put(item);
    told("sent");
    return "";
  };

  let busy = false;
  let again = false;
  const go = async () => {
    for (const item of await all()) {
      if (item.state !== "waiting") continue;
      const why = await send(item);
      if (why) return why;
    }
    return "";
  };
  const flush = async () => {
    if (busy) {
      again = true;
      return "";
    }
    busy = true;
    try {
      let why;
      do {
        again = false;
        why = navigator.locks ? await navigator.locks.request("anju-field", go) : await go();
      } while (again);
      told(why || "idle");
      return why;
    } finally {
      busy = false;
    }
  };

  const key = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
  let last = 0;
  const add = async (item) => {
    // In the order of pressing, also where the phone's clock was set back meanwhile.
    const before = (await all()).at(-1)?.n ?? 0;
    last = Math.max(Date.now(), last + 1, before + 1);
    const base = { id: key(), n: last, me: field.dataset.me, state: "waiting", at: new Date().toISOString() };
    await put({ ...base, ...item });
    told("added");
    flush();
  };
  return { all, put, drop, add, flush, opened };
})();
