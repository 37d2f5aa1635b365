// Entry of paper forms: the focus moves by itself. Without it the page is a plain form.
const form = document.querySelector("[data-paper]");
const boxes = form ? [...form.querySelectorAll("[data-digits]")] : [];
const room = form?.querySelector("[data-room]");
const say = form?.querySelector("[data-say]");

const tell = (box, problem) => {
  say.hidden = false;
  say.querySelector("[data-say-words]").textContent = box.dataset.words;
  say.querySelector("[data-say-key]").textContent = [problem, box.dataset.key]
    .filter(Boolean)
    .join("　");
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
    if (!box.dataset.digits.includes(typed)) {
      mark(box, form.dataset.wrong);
      box.select();
      return;
    }
    mark(box, "");
    if (place + 1 < boxes.length) go(boxes[place + 1]);
    else box.select();
  });
  box.addEventListener("keydown", (event) => {
    const back = event.key === "ArrowLeft" || (event.key === "Backspace" && box.value === "");
    if (back && place > 0) {
      event.preventDefault();
      go(boxes[place - 1]);
    } else if (event.key === "ArrowRight") {
      event.preventDefault();
      go(boxes[place + 1]);
    }
  });
});

room?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
  if (boxes.some((box) => box.value === "")) {
    event.preventDefault();
    go(boxes.find((box) => box.value === ""));
  }
});

// What is missing is said before anything is sent; the office's machine checks it again.
form?.addEventListener("submit", (event) => {
  const wrong = boxes.find((box) => !box.value || !box.dataset.digits.includes(box.value));
  if (!wrong) return;
  event.preventDefault();
  go(wrong);
  mark(wrong, wrong.value ? form.dataset.wrong : form.dataset.missing);
});

// A form that was sent back: straight to the box that is wrong, which keeps what was typed.
addEventListener("load", () => {
  const wrong = form?.querySelector('[aria-invalid="true"]');
  if (wrong) go(wrong);
});
