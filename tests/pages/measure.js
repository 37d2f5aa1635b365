// Measures of one page as it stands: returns a list of [kind, words]. Needs no library.
(phone) => {
  const found = [];
  const say = (kind, words) => found.push([kind, words.trim().replace(/\s+/g, " ").slice(0, 120)]);
  const name = (el) =>
    `${el.tagName.toLowerCase()}${el.id ? "#" + el.id : ""}.${[...el.classList].join(".")} ${el.textContent}`;
  const shown = (el) => {
    const box = el.getBoundingClientRect();
    const style = getComputedStyle(el);
    return (
      box.width > 1 && box.height > 1 && style.visibility !== "hidden" &&
      style.clipPath === "none" && el.checkVisibility({ opacityProperty: true })
    );
  };
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth + 1) {
    const wide = [...document.body.querySelectorAll("*")].find(
      (el) => shown(el) && el.getBoundingClientRect().right > root.clientWidth + 1,
    );
    say("sideways", `${root.scrollWidth} > ${root.clientWidth}: ${wide ? name(wide) : ""}`);
  }
  if (document.querySelectorAll("h1").length !== 1) {
    say("heading", `${document.querySelectorAll("h1").length} h1`);
  }
  const primary = [...document.querySelectorAll(".btn-primary")].filter(shown);
  if (primary.length > 1) say("primary", primary.map((el) => el.textContent).join(" | "));

  const surface = root.dataset.surface;
  const smallest = { care: 18, owner: 14 }[surface] ?? (phone ? 14 : 12);
  const target = { care: 44, owner: 44 }[surface] ?? 24;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const chinese = root.lang.startsWith("zh");
  while (walker.nextNode()) {
    const words = walker.currentNode.textContent.trim();
    const el = walker.currentNode.parentElement;
    if (!words || !shown(el) || el.closest("script, style, .visually-hidden")) continue;
    const size = parseFloat(getComputedStyle(el).fontSize);
    if (size < smallest - 0.01) say("small", `${size}px ${words}`);
    if (!chinese || el.closest("[lang=en], code, kbd, option[value='en']")) continue;
    if (/[\u4e00-\u9fff][,;:?!]|[,;?!][\u4e00-\u9fff]/.test(words)) say("punctuation", words);
    const plain = words.replace(/\S*[@/.]\S*|\b(English|Excel|Anju|Enter|Ctrl|Esc)\b/g, "");
    if (!/[\u4e00-\u9fff]/.test(plain) && /\b[A-Za-z]?[a-z]{3,}\b/.test(plain)) say("untranslated", words);
  }
  for (const el of document.querySelectorAll("body *")) {
    const style = getComputedStyle(el);
    const hides = style.overflowX === "hidden" || style.overflowX === "clip";
    if (el.matches("[class*=visually-hidden]")) continue;
    if (hides && style.clipPath === "none" && shown(el) && el.scrollWidth > el.clientWidth + 1 && el.textContent.trim()) {
      say("clipped", name(el));
    }
  }
  const within = (el) => {
    const text = el.parentElement.textContent.trim().length > el.textContent.trim().length;
    return text && getComputedStyle(el).display === "inline";
  };
  for (const el of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    if (!shown(el) || within(el) || el.closest(".visually-hidden-focusable")) continue;
    const label = el.closest("label");
    const box = (label && /checkbox|radio/.test(el.type) ? label : el).getBoundingClientRect();
    if (Math.min(box.width, box.height) < target - 0.5) {
      say("target", `${Math.round(box.width)}×${Math.round(box.height)} ${name(el)}`);
    }
  }
  return found;
}
