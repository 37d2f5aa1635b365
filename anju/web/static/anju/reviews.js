// Reviews from the keyboard: j/k and ↓/↑ go from case to case, Ctrl + Enter saves. Single letters are off where the reader says so.
{
  const off = () => localStorage.getItem("anju-single-keys") === "off";
  const typing = (event) => event.isComposing || event.target.closest("input:not([type=checkbox]), select, textarea");
  const go = (event, where) => {
    const link = document.querySelector(`[data-${where}]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  };

  addEventListener("keydown", (event) => {
    // Inside a form every page sends it so; here the focus may stand beside the form.
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      if (!event.target.closest("form")) document.querySelector("form[data-say]")?.requestSubmit();
      return;
    }
    if (typing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const letter = !off();
    if (event.key === "ArrowDown" || (letter && event.key === "j")) go(event, "after");
    else if (event.key === "ArrowUp" || (letter && event.key === "k")) go(event, "before");
  });

  // The whole screen for a room full of people, and back.
  const full = document.querySelector("[data-full]");
  if (full && document.fullscreenEnabled) {
    full.hidden = false;
    full.addEventListener("click", () =>
      document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
    );
  }

  // What is still missing has the focus, so that a case takes its words and Ctrl + Enter.
  const boxes = [...document.querySelectorAll("form[data-boxes] :is(input:not([type=hidden]), select, textarea)")];
  const first =
    document.querySelector("form[data-say] .is-bad") ??
    document.querySelector("form[data-lacks] :is([name=person], [name=cause])") ??
    boxes.find((box) => !box.value);
  first?.focus();
}
