// A return-visit call by keys: 1–4 the result, then score, reasons and who takes it on. Without it
// the page is a plain form.
{
  const form = document.querySelector("[data-call]");
  const all = (selector) => [...form.querySelectorAll(selector)];
  const result = () => form.querySelector("[name=result]:checked");

  // What belongs to another result stays out of sight; without a result nothing more is asked.
  const follow = () => {
    const chosen = result()?.value ?? "";
    for (const part of all("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(chosen);
  };
  const press = (box) => {
    if (!box || box.closest("[hidden]")) return;
    if (box.type === "checkbox") box.checked = !box.checked;
    else box.checked = true;
    box.focus();
    follow();
  };
  const again = () => {
    for (const box of all("[type=radio], [type=checkbox]")) box.checked = false;
    follow();
    form.querySelector("[name=result]").focus();
  };
  const writing = (event) =>
    event.isComposing || event.target.closest("textarea, select, [type=text]") || event.altKey;

  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || writing(event)) return;
    if (localStorage.getItem("anju-single-keys") === "off") return;
    const key = event.key.toLowerCase();
    if (key === "escape") return again();
    const named = `[data-key="${CSS.escape(key)}"]`;
    const asked = result()
      ? form.querySelector(`[data-score="${CSS.escape(key)}"], ${named}:not([name=result])`)
      : form.querySelector(`[name=result]${named}`);
    if (!asked) {
      if (key === "p") document.querySelector('[data-key-of="p"]')?.click();
      return;
    }
    event.preventDefault();
    press(asked);
  };

  if (form) {
    follow();
    form.addEventListener("change", follow);
    addEventListener("keydown", onKey);
  }
}
