// Keeps the page and its files, so that a tablet opens them without a line. Data never passes through here.

const VERSION = "{{version}}";
const FILES = {{files}};
const KEPT = `einlass-${VERSION}`;
const PAGE = /^\/einlass\/[1-9][0-9]*$/;

const fits = (answer) => answer.ok && !answer.redirected;

async function keep(cache, address) {
  const answer = await fetch(address, { cache: "no-cache", headers: { accept: "text/html" } });
  if (!fits(answer)) throw new Error("not signed in");
  await cache.put(address, answer);
}

// The pages that were kept before move along, or the old version stays in charge.
async function install() {
  const cache = await caches.open(KEPT);
  await cache.addAll(FILES);
  for (const name of (await caches.keys()).filter((one) => one.startsWith("einlass-") && one !== KEPT)) {
    const old = await (await caches.open(name)).keys();
    for (const request of old) {
      const { pathname } = new URL(request.url);
      if (PAGE.test(pathname)) await keep(cache, pathname);
    }
  }
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith("einlass-") && name !== KEPT) await caches.delete(name);
  await self.clients.claim();
}

async function serve(request) {
  const cache = await caches.open(KEPT);
  const { pathname } = new URL(request.url);
  const found = await cache.match(pathname);
  if (found) return found;
  return fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (!event.data || !PAGE.test(event.data.keep || "")) return;
  const kept = caches.open(KEPT).then((cache) => keep(cache, event.data.keep));
  event.waitUntil(kept.then(() => event.source.postMessage({ kept: true }), () => event.source.postMessage({ kept: false })));
});
self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || !(PAGE.test(pathname) || pathname.startsWith("/einlass/datei/"))) return;
  event.respondWith(serve(event.request));
});
