/* What the shell does when scripts run; every page works without. Words come from the page, so that they are translated. */
(() => {
  "use strict";
  const lang = document.documentElement.lang || "sv";

  function change(input, value) {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* ISO 8601: the week that holds the year's first Thursday is week 1. */
  function isoWeek(day) {
    const thursday = new Date(day);
    thursday.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
    return Math.ceil(((thursday - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 86400000 + 1) / 7);
  }

  function dayInWords(value) {
    const day = new Date(value + "T00:00:00Z");
    if (!value || Number.isNaN(day.getTime())) return "";
    const words = new Intl.DateTimeFormat(lang, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(day);
    return words + ", v.\u00a0" + isoWeek(day);
  }

  function prepare(root) {
    for (const output of root.querySelectorAll("[data-day-words]")) {
      const input = document.getElementById(output.dataset.dayWords);
      if (!input || output.dataset.ready) continue;
      output.dataset.ready = "1";
      const show = () => { output.textContent = dayInWords(input.value); };
      input.addEventListener("input", show);
      input.addEventListener("change", show);
      show();
    }
    for (const button of root.querySelectorAll("button[data-step], button[data-fill-from]")) button.hidden = false;
    if (!window.PublicKeyCredential) for (const way of root.querySelectorAll("[data-needs-passkeys]")) way.hidden = true;
    for (const button of root.querySelectorAll("button[data-print]")) button.hidden = false;
    for (const details of root.querySelectorAll("details[data-remember]")) {
      if (details.dataset.ready) continue;
      details.dataset.ready = "1";
      const key = "stins:" + details.dataset.remember;
      try {
        if (localStorage.getItem(key) === "open") details.open = true;
        details.addEventListener("toggle", () => {
          if (details.open) localStorage.setItem(key, "open"); else localStorage.removeItem(key);
        });
      } catch { /* storage is closed: the box opens as the page says */ }
    }
    root.querySelector("[data-error-summary]")?.focus();
  }

  function openMenu() {
    const menu = document.getElementById("meny");
    if (!menu) return false;
    menu.open = true;
    menu.querySelector("summary").focus();
    return true;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-step], button[data-fill-from]");
    if (button) {
      const input = document.getElementById(button.dataset.for);
      if (button.dataset.fillFrom) {
        const from = document.getElementById(button.dataset.fillFrom);
        if (from && from.value !== "") change(input, from.value);
      } else {
        const low = input.min === "" ? -Infinity : Number(input.min);
        const high = input.max === "" ? Infinity : Number(input.max);
        /* An uncounted number starts from the group's size, where the field says so. */
        const start = input.value === "" ? document.getElementById(input.dataset.stepFrom || "")?.value || 0 : input.value;
        const next = input.value === "" && Number(start) ? Number(start) : Number(start) + Number(button.dataset.step);
        change(input, String(Math.min(high, Math.max(low, next))));
      }
      return;
    }
    if (event.target.closest("button[data-print]")) { window.print(); return; }
    const exit = event.target.closest("[data-quick-exit]");
    if (exit) { event.preventDefault(); document.body.hidden = true; location.replace(exit.href); return; }
    const toMenu = event.target.closest('a[href="#meny"]');
    if (toMenu && openMenu()) { event.preventDefault(); window.scrollTo({ top: 0 }); return; }
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    const notice = document.getElementById("natverk");
    if (notice) notice.textContent = "";
  });

  /* Rows typed from a paper: Enter goes to the next row, and after the last one to the button; Ctrl and Enter saves. */
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-rows] [data-row]");
    if (event.key !== "Enter" || !row || !event.target.matches("input, select")) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) { row.closest("form").requestSubmit(); return; }
    const rows = [...row.closest("[data-rows]").querySelectorAll("[data-row]")];
    const next = rows[rows.indexOf(row) + 1]?.querySelector("input:not([type=hidden])");
    const target = next || row.closest("form").querySelector("[type=submit]");
    target.focus();
    target.select?.();
  });

  /* Signing out: nothing that was kept for reading without network stays on the device. */
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-forget]") || !window.caches) return;
    caches.keys().then((names) => names.filter((name) => name.startsWith("stins-")).forEach((name) => caches.delete(name)));
    navigator.serviceWorker?.getRegistrations().then((all) => all.forEach((one) => one.unregister()));
  });

  /* Twice on Save is once: the second press within some seconds does nothing, and the button's value is still sent. */
  const sent = new Map();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (sent.has(form)) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    const button = event.submitter;
    button?.classList.add("is-busy");
    const timer = setTimeout(() => release(form), 6000);
    sent.set(form, () => { clearTimeout(timer); button?.classList.remove("is-busy"); });
  }, true);
  function release(form) {
    sent.get(form)?.();
    sent.delete(form);
  }
  function releaseAll() { for (const form of [...sent.keys()]) release(form); }
  document.addEventListener("htmx:afterRequest", releaseAll);
  window.addEventListener("pageshow", releaseAll);

  /* A list that is about to be drawn anew takes no taps: they would be lost with the rows. */
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-busies]");
    if (form && window.htmx) document.getElementById(form.dataset.busies)?.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const busied = event.detail.elt.dataset?.busies;
    if (busied) document.getElementById(busied)?.removeAttribute("aria-busy");
  });

  function tell(kind) {
    const notice = document.getElementById("natverk");
    if (notice) notice.textContent = notice.dataset[kind];
  }
  document.addEventListener("htmx:sendError", () => tell("lost"));
  document.addEventListener("htmx:timeout", () => tell("lost"));
  document.addEventListener("htmx:responseError", () => tell("refused"));
  document.addEventListener("htmx:beforeSend", () => {
    const notice = document.getElementById("natverk");
    if (notice) notice.textContent = "";
  });
  // The passkey was not found, or the person changed their mind: the page says so, and nothing has happened.
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    for (const notice of document.querySelectorAll("[data-passkey-error]")) notice.hidden = false;
  });
  document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => prepare(document));
  else prepare(document);
})();
