// The list of what waits: each with its state; what the office refused stays until somebody read it.
(() => {
  const words = document.querySelector("[data-states]").dataset;
  const list = document.querySelector("[data-list]");
  const row = document.querySelector("template[data-row]");
  const set = (item, within) => {
    const at = (name) => within.querySelector(`[data-${name}]`);
    at("what").textContent = item.word;
    at("where").textContent = item.place;
    at("when").textContent = new Date(item.at).toLocaleString(document.documentElement.lang);
    at("state").textContent = words[item.state];
    at("say").textContent = item.say ?? "";
    at("say").hidden = at("acts").hidden = item.state !== "refused";
    at("again").addEventListener("click", async () => {
      await outbox.put({ ...item, state: "waiting" });
      send();
    });
    at("away").addEventListener("click", () => outbox.drop(item.id).then(draw));
    return within;
  };
  const draw = async () => {
    const items = await outbox.all();
    list.replaceChildren(...items.map((one) => set(one, row.content.cloneNode(true))).reverse());
    document.querySelector("[data-none]").hidden = items.some((one) => one.state !== "sent");
  };
  const send = async () => {
    const why = await outbox.flush();
    const told = document.querySelector("[data-told]");
    told.hidden = why !== "offline";
    told.textContent = words.offline;
    await draw();
  };
  document.querySelector("[data-send]").addEventListener("click", send);
  document.addEventListener("outbox", draw);
  draw();
})();
