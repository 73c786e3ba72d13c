{% load l10n %}{% localize off %}/* Keeps public pages and mentors' pages for reading without network: only answers that the server marks as such (the header
   Stins-Offline), never what a signed-in person sees. A new version of Stins starts afresh; leaving clears everything. */
"use strict";
const PAGES = "stins-pages-{{ version }}", FILES = "stins-files-{{ version }}", MOST_PAGES = 120, FRESH = 6 * 3600 * 1000;

const bare = (address) => { const url = new URL(address, self.location); return url.origin + url.pathname; };
const isToKeep = (response) => response.ok && !response.redirected && response.headers.has("Stins-Offline");
const isFile = (path) => path.startsWith({{ static_prefix|safe }}) || path.startsWith("/media/images/");

async function keep(address, response) {
  if (!isToKeep(response)) return false;
  const pages = await caches.open(PAGES);
  await pages.put(bare(address), response.clone());
  const all = await pages.keys();
  for (const oldest of all.slice(0, Math.max(all.length - MOST_PAGES, 0))) await pages.delete(oldest);
  return true;
}

/* With network always the newest; without, what was kept, whatever stands after the question mark. */
async function page(request) {
  try {
    const response = await fetch(request);
    if (!new URL(request.url).search) await keep(request.url, response);
    return response;
  } catch {
    const kept = await caches.match(bare(request.url), { cacheName: PAGES });
    return kept || new Response({{ nowhere|safe }}, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
  }
}

async function file(request) {
  const kept = await caches.match(request, { cacheName: FILES });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) (await caches.open(FILES)).put(request, response.clone());
  return response;
}

/* A page that nobody has opened yet has loaded none of its pictures: they are fetched with it. */
async function keepWhole(address) {
  const response = await fetch(address, { credentials: "same-origin", headers: { "X-Stins-Copy": "1" } });
  if (!isToKeep(response)) return false;
  const html = await response.clone().text();
  for (const [, source] of html.matchAll(/ src="([^"]+)"/g)) if (isFile(source)) await file(new Request(source));
  return keep(address, response);
}

/* A list from the mentor's page: fetched quietly, one after the other, and not again for some hours. */
async function keepAll(addresses) {
  const pages = await caches.open(PAGES);
  let kept = 0;
  for (const address of new Set(addresses)) {
    const known = await pages.match(bare(address));
    const isFresh = known && Date.now() - Date.parse(known.headers.get("Date")) < FRESH;
    try { if (isFresh || await keepWhole(address)) kept += 1; } catch { /* next time */ }
  }
  return kept;
}

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((files) => files.addAll({{ files|safe }})).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("stins-") && name !== PAGES && name !== FILES) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => {
  event.waitUntil(keepAll(event.data.keep || []).then((kept) => event.source.postMessage({ kept })));
});

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (isFile(url.pathname)) event.respondWith(file(request));
});
{% endlocalize %}
