// Entry of paper forms: the focus moves by itself. Without it the page is a plain form.
const form = document.querySelector("[data-paper]");
const boxes = form ? [...form.querySelectorAll("[data-digits]")] : [];
const room = form?.querySelector("[data-room]");
const say = form?.querySelector("[data-say]");

// A digit and its answer stay on one line.
const whole = (words) => {
  const part = document.createElement("span");
  part.className = "whole";
  part.textContent = words;
  return part;
};
const tell = (box, problem) => {
  say.hidden = false;
  say.querySelector("[data-say-words]").textContent = box.dataset.words;
  say
    .querySelector("[data-say-key]")
    .replaceChildren(...[problem, ...box.dataset.key.split("　")].filter(Boolean).map(whole));
  say.setAttribute("role", problem ? "alert" : "none");
  say.classList.toggle("bad", Boolean(problem));
};
const mark = (box, problem) => {
  box.classList.toggle("is-bad", Boolean(problem));
  box.toggleAttribute("aria-invalid", Boolean(problem));
  tell(box, problem);
};
const go = (box) => {
  box?.focus();
  box?.select();
};
// A box takes one digit, that of a list to tick several, with or without something between.
const several = (box) => "several" in box.dataset;
const fits = (box, typed) =>
  several(box)
    ? [...typed].every((one) => box.dataset.digits.includes(one) || " ,.、/+".includes(one))
    : box.dataset.digits.includes(typed);

boxes.forEach((box, place) => {
  box.addEventListener("focus", () => {
    box.select();
    tell(box, "");
  });
  box.addEventListener("input", (event) => {
    if (event.isComposing) return;
    const typed = box.value.normalize("NFKC");
    box.value = typed;
    if (typed === "") return;
    if (!fits(box, typed)) {
      mark(box, form.dataset.wrong);
      if (!several(box)) box.select();
      return;
    }
    mark(box, "");
    if (several(box) && typed !== "0") return;
    if (place + 1 < boxes.length) go(boxes[place + 1]);
    else box.select();
  });
  box.addEventListener("keydown", (event) => {
    const open = boxes.find((one) => one.value === "");
    if (event.key === "Enter" && several(box) && box.value && open && !event.isComposing) {
      event.preventDefault();
      go(open);
      return;
    }
    const back = (event.key === "ArrowLeft" && !several(box)) || (event.key === "Backspace" && box.value === "");
    if (back && place > 0) {
      event.preventDefault();
      go(boxes[place - 1]);
    } else if (event.key === "ArrowRight" && !several(box)) {
      event.preventDefault();
      go(boxes[place + 1]);
    }
  });
});

room?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
  // Another room than the refused one may be another sheet: its digits are looked at first.
  const open = room.value === room.defaultValue ? undefined : boxes[0];
  const next = boxes.find((box) => box.value === "") ?? open;
  if (next) {
    event.preventDefault();
    go(next);
  }
});

// What is missing is said before anything is sent; the office's machine checks it again.
form?.addEventListener("submit", (event) => {
  const wrong = boxes.find((box) => !box.value || !fits(box, box.value));
  if (!wrong) return;
  event.preventDefault();
  go(wrong);
  mark(wrong, wrong.value ? form.dataset.wrong : form.dataset.missing);
});

// A sheet that belongs to no home here is laid aside with one key.
const aside = form?.querySelector("[data-aside]");
addEventListener("keydown", (event) => {
  if (!aside || event.key !== "Escape" || event.isComposing) return;
  const other = event.target.closest("select") ?? document.querySelector("dialog[open]");
  if (!other) location.assign(aside.href);
});

// A form that was sent back: straight to the box that is wrong, which keeps what was typed.
addEventListener("DOMContentLoaded", () => {
  const wrong = form?.querySelector('[aria-invalid="true"]');
  if (wrong) go(wrong);
});
