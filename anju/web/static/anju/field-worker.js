// Keeps the pages of the ground and their files for where there is no signal. It sends nothing itself.
// VERSION, PAGES and FILES are said by the address that lets it in.
const CACHE = `anju-field-${VERSION}`;
const PATIENCE = 4000;

const kept = (path) => caches.open(CACHE).then((cache) => cache.match(path));
const forget = () => caches.open(CACHE).then((cache) => Promise.all(PAGES.map((one) => cache.delete(one))));

// Somebody who is signed out leaves nothing of hers behind for the next person.
const keep = async (path, answer) => {
  const cache = await caches.open(CACHE);
  if (answer.ok && !answer.redirected) await cache.put(path, answer.clone());
  else if (answer.type === "opaqueredirect" || answer.redirected || answer.status === 403) await forget();
  return answer;
};

const page = async (request, path) => {
  // An office that cannot answer just now is like no signal: work goes on with what is kept.
  const able = async (answer) => (answer.status < 500 ? answer : ((await kept(path)) ?? answer));
  const asked = fetch(request).then((answer) => keep(path, answer)).then(able);
  const slow = new Promise((done) => setTimeout(done, PATIENCE));
  try {
    return (await Promise.race([asked, slow.then(() => kept(path))])) ?? (await asked);
  } catch {
    return (await kept(path)) ?? Response.error();
  }
};

self.addEventListener("install", (event) => {
  const fill = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(FILES);
    await Promise.all(PAGES.map(async (path) => keep(path, await fetch(path))));
    await self.skipWaiting();
  };
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  const clean = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((one) => one.startsWith("anju-field-") && one !== CACHE).map((one) => caches.delete(one)));
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (PAGES.includes(pathname)) event.respondWith(page(event.request, pathname));
  else if (FILES.includes(pathname)) event.respondWith(kept(pathname).then((file) => file ?? fetch(event.request)));
});
