// The quick report remembers the last place, and says that it was kept.
(() => {
  const PLACE = "anju-place";
  const form = document.querySelector('[data-press="new"]');
  const place = form.elements.place;
  const got = form.querySelector("[data-got]");
  const lacks = form.querySelector("[data-lacks]");
  const named = () => {
    const chosen = place.selectedOptions[0];
    form.dataset.place = chosen ? `${chosen.parentElement.label} ${chosen.textContent}` : "";
  };
  const last = () => {
    const known = localStorage.getItem(PLACE);
    if ([...place.options].some((one) => one.value === known)) place.value = known;
    named();
  };
  place.addEventListener("change", named);
  form.addEventListener("change", () => {
    got.hidden = !form.elements.photo.files.length;
    lacks.hidden = true;
  });
  // Before the outbox takes it: what says nothing is not kept.
  form.addEventListener("submit", (event) => {
    if (form.elements.matter.value || form.elements.words.value.trim()) {
      localStorage.setItem(PLACE, place.value);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    lacks.hidden = false;
    lacks.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("pressed", () => {
    document.querySelector("[data-registered]").hidden = false;
    got.hidden = true;
    last();
    scrollTo(0, 0);
  });
  last();
})();
