// An owner's report: photos are made small here, a voice note is recorded here, and what was typed
// stays on the phone until it is sent. Without this script a page works as well.
(() => {
  const LONGEST = 180_000;
  const EDGE = 1600;
  const MOST = 300_000;
  const WEEK = 7 * 24 * 3600 * 1000;
  const KEPT = "anju-report:";

  const given = (input, files) => {
    const box = new DataTransfer();
    files.forEach((file) => box.items.add(file));
    input.files = box.files;
  };
  const drawn = async (file, edge, quality) => {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
  };
  const small = async (file) => {
    if (file.size <= MOST) return file;
    try {
      for (const [edge, quality] of [[EDGE, 0.8], [EDGE, 0.6], [1200, 0.6], [900, 0.5]]) {
        const made = await drawn(file, edge, quality);
        if (made?.size <= MOST) return new File([made], "photo.jpg", { type: "image/jpeg" });
      }
    } catch {
      // A kind that this browser does not draw: the server takes it as it is.
    }
    return file;
  };
  const bindPhotos = (form) => {
    for (const input of form.querySelectorAll("[data-shrinks]")) {
      let busy = null;
      input.addEventListener("change", () => {
        const work = Promise.all([...input.files].slice(0, 6).map(small)).then((made) => {
          given(input, made);
        });
        busy = work.catch(() => {}).then(() => (busy = null));
      });
      // Who presses while a photo is made small waits for it; the page goes on by itself.
      form.addEventListener("submit", (event) => {
        if (!busy) return;
        event.preventDefault();
        busy.then(() => setTimeout(() => form.requestSubmit(event.submitter)));
      });
    }
  };

  const bindVoice = (form) => {
    const button = form.querySelector("[data-voice]");
    const input = form.querySelector("#voice");
    if (!button || !globalThis.MediaRecorder || !navigator.mediaDevices) return;
    const told = form.querySelector("[data-voice-told]");
    const label = button.querySelector("span");
    const usual = label.textContent;
    let recorder;
    const tell = (words) => {
      told.textContent = words;
      told.hidden = false;
    };
    const begin = async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const pieces = [];
      recorder = new MediaRecorder(stream, { audioBitsPerSecond: 32_000 });
      recorder.ondataavailable = (event) => pieces.push(event.data);
      recorder.onstop = () => {
        stream.getTracks().forEach((track) => track.stop());
        const type = recorder.mimeType || "audio/webm";
        given(input, [new File(pieces, type.includes("mp4") ? "voice.m4a" : "voice.webm", { type })]);
        label.textContent = usual;
        tell(told.dataset.done);
      };
      recorder.start();
      setTimeout(() => recorder.state === "recording" && recorder.stop(), LONGEST - 2000);
      label.textContent = button.dataset.stop;
    };
    button.hidden = false;
    form.querySelector("[data-voice-file]").hidden = true;
    button.addEventListener("click", () => {
      if (recorder?.state === "recording") return recorder.stop();
      begin().catch(() => {
        tell(told.dataset.none);
        form.querySelector("[data-voice-file]").hidden = false;
      });
    });
  };

  // The words of a report that was begun and not sent, for seven days, on this phone alone.
  const bindDraft = (form) => {
    const words = form.querySelector("textarea[name=words]");
    const here = KEPT + form.dataset.report;
    if (words) {
      const had = JSON.parse(localStorage.getItem(here) ?? "null");
      if (had && Date.now() - had.at < WEEK && !words.value) words.value = had.words;
      words.addEventListener("input", () => {
        localStorage.setItem(here, JSON.stringify({ words: words.value, at: Date.now() }));
      });
    }
    form.addEventListener("submit", (event) => {
      const lost = form.querySelector("[data-offline]");
      if (!lost || navigator.onLine !== false) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      lost.hidden = false;
    });
  };

  try {
    if (document.querySelector("[data-sent]")) {
      Object.keys(localStorage).filter((key) => key.startsWith(KEPT)).forEach((key) => localStorage.removeItem(key));
    }
    document.querySelectorAll("[data-report]").forEach(bindDraft);
  } catch {
    // A browser that keeps nothing: the page is as it is without this script.
  }
  document.querySelectorAll("[data-report]").forEach((form) => {
    bindPhotos(form);
    bindVoice(form);
  });
})();
