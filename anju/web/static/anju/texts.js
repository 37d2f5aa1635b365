// Texts for replies: "::" and the beginning of a name in the box bring the words of the list into it,
// and so does a choice in the list. Without this script the choice is sent and put before the words.
document.querySelectorAll("textarea[data-texts]").forEach((box) => {
  const list = document.getElementById(box.dataset.texts);
  if (!list) return;
  const texts = [...list.options].filter((one) => one.value);
  const name = (one) => one.text.split(/[:：]/)[0].trim().toLowerCase();
  const put = (from, one) => {
    const till = box.selectionEnd;
    box.setRangeText(one.dataset.words, from, till, "end");
    list.value = "";
    box.focus();
  };
  list.addEventListener("change", () => {
    const chosen = list.selectedOptions[0];
    if (chosen && chosen.value) put(box.selectionStart, chosen);
  });
  box.addEventListener("input", () => {
    const before = box.value.slice(0, box.selectionEnd);
    const typed = /(?:::|：：)([^\s:：]*)$/.exec(before);
    if (!typed) return;
    const fitting = texts.filter((one) => name(one).startsWith(typed[1].toLowerCase()));
    if (typed[1] && fitting.length === 1) put(before.length - typed[0].length, fitting[0]);
    else if (fitting.length) list.value = fitting[0].value;
  });
  box.addEventListener("keydown", (event) => {
    const before = box.value.slice(0, box.selectionEnd);
    const typed = /(?:::|：：)([^\s:：]*)$/.exec(before);
    if (event.key !== "Enter" || !typed || !list.value) return;
    event.preventDefault();
    put(before.length - typed[0].length, list.selectedOptions[0]);
  });
});
