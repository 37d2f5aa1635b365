// What pages gain from JavaScript; each works without it.
const root = document.documentElement;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// A refused form: the summary of errors takes the focus, also when htmx swaps it in.
const toErrors = (within) => within.querySelector("[data-focus]")?.focus();
// A browser places the first focus when it first paints, which can be after the page has loaded:
// whoever types at once would lose her first digits.
const toFirst = () => {
  if (!location.hash) document.querySelector("[autofocus]")?.focus();
};

// The switch offers the theme that is not in force, also where the system chose it.
const offerTheme = () => {
  for (const button of all("[data-theme-switch] button")) {
    button.hidden = button.value === (root.dataset.bsTheme === "dark" ? "dark" : "light");
  }
};

// Good news passes after ten seconds, unless somebody is reading or about to undo.
const letPass = (note) => {
  const go = () => (note.matches(":hover, :focus-within") ? setTimeout(go, 2000) : note.remove());
  setTimeout(go, 10_000);
};

// A menu closes when the reader goes elsewhere.
const closeMenus = (target) => {
  for (const menu of all("details.menu[open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
};

// Show-password boxes turn their field; consent boxes free their button.
const bindBoxes = (within) => {
  for (const box of all("[data-shows]", within)) {
    box.closest("label").hidden = false;
    box.addEventListener("change", () => {
      document.getElementById(box.dataset.shows).type = box.checked ? "text" : "password";
    });
  }
  for (const box of all("[data-frees]", within)) {
    const button = document.getElementById(box.dataset.frees);
    const follow = () => (button.disabled = !box.checked);
    box.addEventListener("change", follow);
    follow();
  }
};

// Copies the words of a message; the button is there only where it can.
const bindCopies = (within) => {
  if (!navigator.clipboard) return;
  for (const button of all("[data-copies]", within)) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).innerText);
      button.textContent = button.dataset.copied;
      setTimeout(() => (button.textContent = label), 2000);
    });
  }
};

// The manual lies beside the work: its link fills a drawer. A click with a key held opens the page.
const PAGE_OF_MANUAL = /^\/help\/(?!cards\/)[\w-]+\/$/;
const showManual = async (address) => {
  const drawer = document.getElementById("manual");
  try {
    await htmx.ajax("GET", address, { target: "#manual-text" });
    drawer.show();
    drawer.scrollTop = 0;
    document.getElementById("manual-title").focus();
  } catch {
    location.assign(address);
  }
};
const toManual = (event) => {
  const link = event.target.closest("a[data-manual], #manual a:not([data-whole])");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (link.origin !== location.origin || !PAGE_OF_MANUAL.test(link.pathname)) return;
  event.preventDefault();
  link.closest("dialog:not(#manual)")?.close();
  showManual(link.pathname);
};
const bindManual = () => {
  const link = document.querySelector(".topbar [data-manual]");
  document.getElementById("manual")?.addEventListener("close", () => link?.focus());
};

// Single keys are off in fields, while an input method composes, and where the reader says so.
const KEYS = "anju-single-keys";
const typing = (event) =>
  event.isComposing || event.target.closest("input, select, textarea, [contenteditable]");
let afterG = 0;
const onKey = (event) => {
  if (event.key === "Escape") {
    closeMenus(null);
    document.getElementById("manual")?.close();
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.target.closest("form")?.requestSubmit();
    return;
  }
  const off = localStorage.getItem(KEYS) === "off";
  if (off || typing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "?") document.getElementById("keys")?.showModal();
  const key = event.key.toLowerCase();
  if (Date.now() - afterG < 1500) {
    document.querySelector(`.rail [data-key="${CSS.escape(key)}"]`)?.click();
  }
  afterG = key === "g" ? Date.now() : 0;
};
const bindKeys = () => {
  for (const opener of all("[data-opens]")) {
    opener.hidden = false;
    opener.addEventListener("click", () =>
      document.getElementById(opener.dataset.opens).showModal(),
    );
  }
  for (const box of all("[data-single-keys]")) {
    box.checked = localStorage.getItem(KEYS) !== "off";
    box.addEventListener("change", () => localStorage.setItem(KEYS, box.checked ? "on" : "off"));
  }
};

addEventListener("DOMContentLoaded", () => {
  offerTheme();
  bindBoxes(document);
  bindCopies(document);
  bindKeys();
  bindManual();
  all("[data-passes]").forEach(letPass);
  toFirst();
  toErrors(document);
});
addEventListener("click", (event) => {
  closeMenus(event.target);
  toManual(event);
});
addEventListener("keydown", onKey);
addEventListener("htmx:afterSettle", (event) => {
  bindBoxes(event.target);
  toErrors(event.target);
});
// A refused form comes back as 422 and takes its place like any other answer.
addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
