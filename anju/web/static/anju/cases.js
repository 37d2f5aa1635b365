// The work list from the keyboard: j/k move, x chooses; Enter opens, as on any link. Off where the reader says so.
{
  const list = document.querySelector("[data-list]");
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const off = () => localStorage.getItem("anju-single-keys") === "off";
  const typing = (event) =>
    event.isComposing || event.target.closest("input:not([type=checkbox]), select, textarea");

  const boxes = () => [...document.querySelectorAll('[data-row] [name="case"]')];
  const count = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    const told = document.querySelector("[data-count]");
    if (told) told.textContent = chosen || "";
    const bar = document.querySelector("[data-many]");
    if (bar) bar.hidden = chosen === 0;
    for (const box of boxes()) box.closest("tr").classList.toggle("on", box.checked);
  };

  const move = (by) => {
    const every = rows();
    const here = every.indexOf(document.activeElement.closest("[data-row]"));
    const next = every[here < 0 ? 0 : Math.min(Math.max(here + by, 0), every.length - 1)];
    next?.querySelector("[data-open]").focus();
    next?.scrollIntoView({ block: "nearest" });
  };

  addEventListener("keydown", (event) => {
    if (off() || typing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = document.activeElement.closest("[data-row]");
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "x" && row) row.querySelector('[name="case"]')?.click();
  });

  list?.addEventListener("change", (event) => {
    if (event.target.matches("[data-all]")) {
      for (const box of boxes()) box.checked = event.target.checked;
    }
    count();
  });

  // Rows closer together, as the reader left them.
  const TIGHT = "anju-tight";
  const button = document.querySelector("[data-tight]");
  const lay = (tight) => {
    document.querySelector("[data-list] table")?.classList.toggle("tight", tight);
    button?.setAttribute("aria-pressed", String(tight));
  };
  if (button && list) {
    button.hidden = false;
    lay(localStorage.getItem(TIGHT) === "yes");
    button.addEventListener("click", () => {
      const tight = localStorage.getItem(TIGHT) !== "yes";
      localStorage.setItem(TIGHT, tight ? "yes" : "no");
      lay(tight);
    });
  }
  count();
}
