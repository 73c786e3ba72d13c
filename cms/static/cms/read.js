/* Reading a plan: the age one has chosen, its steps one a screen, aloud, and without network. All of it works without this file. */
(() => {
  "use strict";
  const AGE = "stins:arskurs";
  const kept = (key) => { try { return localStorage.getItem(key) || ""; } catch { return ""; } };
  const keep = (key, value) => { try { if (value) localStorage.setItem(key, value); else localStorage.removeItem(key); } catch { /* closed */ } };

  /* The age: chosen once, remembered on this device, on every plan and in its steps. */
  const asked = new URLSearchParams(location.search).get("arskurs");
  if (asked !== null) keep(AGE, asked);
  const plan = document.querySelector("[data-bands]");
  function choose(band) {
    const has = band && plan.querySelector('[data-grades="' + CSS.escape(band) + '"]');
    if (has) plan.dataset.band = band; else delete plan.dataset.band;
    for (const tab of plan.querySelectorAll("a[data-band]")) {
      if (tab.dataset.band === (has ? band : "")) tab.setAttribute("aria-current", "true"); else tab.removeAttribute("aria-current");
    }
  }
  if (plan) {
    choose(kept(AGE));
    plan.addEventListener("click", (event) => {
      const tab = event.target.closest("a[data-band]");
      if (!tab) return;
      event.preventDefault();
      keep(AGE, tab.dataset.band);
      choose(tab.dataset.band);
    });
  } else {
    document.querySelector('.plan a[data-band=""]')?.addEventListener("click", () => keep(AGE, ""));
  }

  /* Folded parts: opened by a link to them, and all of them on paper. */
  function unfold() {
    const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    const fold = target?.closest("details");
    if (fold) { fold.open = true; target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", unfold);
  unfold();
  const opened = [];
  window.addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details.plan__fold:not([open])")) { fold.open = true; opened.push(fold); }
  });
  window.addEventListener("afterprint", () => { for (const fold of opened.splice(0)) fold.open = false; });

  /* Aloud, by the browser's own voice. */
  const voice = window.speechSynthesis;
  if (voice) {
    const silence = () => {
      voice.cancel();
      for (const button of document.querySelectorAll("[data-read][data-says]")) { button.textContent = button.dataset.says; delete button.dataset.says; }
    };
    for (const button of document.querySelectorAll("[data-read]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        if (button.dataset.says) { silence(); return; }
        silence();
        button.dataset.says = button.textContent;
        button.textContent = button.dataset.stop;
        const parts = [...document.querySelectorAll(button.dataset.read + " :is(h1, h2, h3, p, li, .cue__kind)")]
          .filter((part) => part.checkVisibility?.() !== false && !part.querySelector("p, li, h2, h3") && !part.closest("nav, .no-print"));
        for (const part of parts) {
          const text = part.cloneNode(true);
          for (const extra of text.querySelectorAll("[popover]")) extra.remove();
          const words = new SpeechSynthesisUtterance(text.textContent);
          words.lang = part.closest("[lang]").lang;
          voice.speak(words);
        }
        const end = new SpeechSynthesisUtterance("");
        end.addEventListener("end", silence);
        voice.speak(end);
      });
    }
    window.addEventListener("pagehide", silence);
    document.addEventListener("stins:step", silence);
  }

  steps(document.querySelector("[data-steps]"));
  offline();

  /* One step a screen: by thumb, swipe and keys, with a quiet ring of time, and a screen that stays awake. */
  function steps(view) {
    if (!view) return;
    const screens = [...view.querySelectorAll("[data-step-number]")];
    const title = document.title;
    const start = new Map();
    let current = 0;
    const inAddress = () => {
      const number = Number(new URLSearchParams(location.search).get("steg"));
      return Math.min(Math.max(number || 1, 1), screens.length);
    };
    function show(number, moves) {
      current = number;
      for (const screen of screens) screen.hidden = Number(screen.dataset.stepNumber) !== number;
      if (!start.has(number)) start.set(number, Date.now());
      const heading = screens[number - 1].querySelector("h1");
      document.title = (view.closest("[data-neutral]") ? "" : heading.textContent + " – ") + title;
      document.dispatchEvent(new Event("stins:step"));
      tick();
      if (moves) { heading.focus({ preventScroll: true }); window.scrollTo(0, 0); }
    }
    function go(number) {
      if (number < 1 || number > screens.length || number === current) return;
      const address = new URL(location.href);
      address.searchParams.set("steg", number);
      address.hash = "";
      history.pushState(null, "", address);
      show(number, true);
    }
    function tick() {
      const screen = screens[current - 1];
      const circle = screen.querySelector("[data-ring]");
      if (!circle) return;
      const all = Number(screen.dataset.minutes) * 60;
      const gone = Math.min((Date.now() - start.get(current)) / 1000, all);
      circle.setAttribute("stroke-dasharray", (gone / all * 100).toFixed(1) + " 100");
      screen.querySelector(".ring__number").textContent = Math.ceil((all - gone) / 60);
    }
    view.addEventListener("click", (event) => {
      const link = event.target.closest("[data-step-to]");
      if (!link || event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      go(Number(link.dataset.stepTo));
    });
    window.addEventListener("popstate", () => show(inAddress(), true));
    const direction = document.documentElement.dir === "rtl" ? -1 : 1;
    document.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
      const by = { ArrowRight: direction, ArrowLeft: -direction, PageDown: 1, PageUp: -1 }[event.key];
      if (by) { event.preventDefault(); go(current + by); }
    });
    let touch = null;
    view.addEventListener("touchstart", (event) => { touch = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
    view.addEventListener("touchend", (event) => {
      if (!touch || document.querySelector("[popover]:popover-open")) return;
      const across = event.changedTouches[0].clientX - touch.clientX, down = event.changedTouches[0].clientY - touch.clientY;
      touch = null;
      if (Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(down)) go(current + (across < 0 ? direction : -direction));
    }, { passive: true });
    const wake = () => { if (!document.hidden) navigator.wakeLock?.request("screen").catch(() => {}); };
    document.addEventListener("visibilitychange", wake);
    wake();
    setInterval(tick, 1000);
    show(inAddress(), false);
  }

  /* Without network: the worker keeps what it is told to, from the first opening on. */
  function offline() {
    const worker = navigator.serviceWorker;
    if (!worker) return;
    const pages = document.body.dataset.keep?.split(" ") || [];
    if (pages.length || "offline" in document.body.dataset) {
      worker.register("/sw.js").then(() => worker.ready).then((registration) => {
        registration.active.postMessage({ keep: [...pages, location.pathname] });
      }).catch(() => { /* a browser that keeps nothing reads with network */ });
      worker.addEventListener("message", (event) => {
        const notice = document.querySelector("[data-kept]");
        if (notice && event.data.kept >= pages.length) notice.hidden = false;
      });
    }
  }
})();
