// An owner's page keeps in its own tab what is ticked and typed until the office has it. Without this
// script a page works as well; a connection that breaks then loses that one page.
(() => {
  const SENT = "anju-sent";
  const KEPT = "anju-kept:";
  const here = KEPT + location.pathname;
  const link = KEPT + location.pathname.split("/").slice(0, 4).join("/");
  const kept = () => Object.keys(sessionStorage).filter((key) => key.startsWith(link));

  const OURS = /^([qt]\.|contact$|where$)/;
  const each = (form) => [...form.elements].filter((one) => OURS.test(one.name ?? ""));
  const ticks = (one) => /^(radio|checkbox)$/.test(one.type);
  // Names without a value are there too: nothing was ticked.
  const said = (form) => {
    const found = Object.fromEntries(each(form).map((one) => [one.name, []]));
    for (const one of each(form)) {
      if (!ticks(one) || one.checked) found[one.name].push(one.value);
    }
    return found;
  };
  const restore = (form) => {
    const had = Object.assign({}, ...kept().map((key) => JSON.parse(sessionStorage.getItem(key))));
    for (const one of each(form)) {
      if (!(one.name in had)) continue;
      if (ticks(one)) one.checked = had[one.name].includes(one.value);
      else [one.value] = had[one.name];
    }
  };

  const bind = (form) => {
    if (!document.getElementById("errors")) restore(form);
    const keep = () => sessionStorage.setItem(here, JSON.stringify(said(form)));
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
    form.addEventListener("submit", (event) => {
      const lost = form.querySelector("[data-offline]");
      lost.hidden = navigator.onLine !== false;
      if (lost.hidden) {
        sessionStorage.setItem(SENT, here);
        return;
      }
      event.preventDefault();
      lost.scrollIntoView({ block: "nearest" });
    });
  };

  try {
    // Who is sent on to another page has been heard; who came by herself, or went back, may not be.
    const [came] = performance.getEntriesByType("navigation");
    const sent = sessionStorage.getItem(SENT);
    const sentOn = came?.type === "navigate" && came.redirectCount > 0;
    if (sent && sent !== here && sentOn) sessionStorage.removeItem(sent);
    sessionStorage.removeItem(SENT);
    if (document.querySelector("[data-done]")) kept().forEach((key) => sessionStorage.removeItem(key));
    const form = document.querySelector("[data-keeps]");
    if (form) bind(form);
  } catch {
    // A browser that keeps nothing: the page is as it is without this script.
  }
})();
