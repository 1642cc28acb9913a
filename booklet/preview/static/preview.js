// Keeps the page up to date: hears that something is new, fetches the page again and changes what
// differs, so that focus, scrolling and open parts stay as they are. Without it, reload by hand.
"use strict";

const lost = () => document.getElementById("lost");
const frame = () => document.getElementById("book");
document.documentElement.classList.add("js");

// ------------------------------------------------------------------ change what differs

function morph(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || old.id !== fresh.id) {
    old.replaceWith(document.importNode(fresh, true));
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  attributes(old, fresh);
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  before.slice(after.length).forEach((node) => node.remove());
  after.forEach((node, index) => {
    if (index < before.length) morph(before[index], node);
    else old.append(document.importNode(node, true));
  });
  if (old.nodeName === "SELECT") old.value = fresh.value;
}

// What belongs to the person or to the frame is left alone.
const KEPT = { IFRAME: ["src"], INPUT: ["checked"], P: ["hidden"], DIV: ["tabindex"] };

function attributes(old, fresh) {
  const kept = KEPT[old.nodeName] || [];
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !kept.includes(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !kept.includes(name)) old.setAttribute(name, value);
  }
}

// The keyboard stops at a list only where there is something to scroll.
function stops() {
  for (const list of document.querySelectorAll(".scroll")) {
    const scrolls = getComputedStyle(list).overflowY === "auto" && list.scrollHeight > list.clientHeight;
    if (scrolls) list.setAttribute("tabindex", "0");
    else if (list !== document.activeElement) list.removeAttribute("tabindex");
  }
}

// ---------------------------------------------------------------------- fetch it again

let running = false;
let again = false;

async function refresh() {
  if (running) {
    again = true;
    return;
  }
  running = true;
  do {
    again = false;
    await fetchOnce();
  } while (again);
  running = false;
}

async function fetchOnce() {
  try {
    const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const held = document.activeElement;
    const head = held && held.closest(".panel");
    document.title = fresh.title;
    morph(document.body, fresh.body);
    // What had the focus is gone, such as a finding that was put right: stay near by.
    if (held && held !== document.body && !held.isConnected && head && head.isConnected) {
      head.focus({ preventScroll: true });
    }
    turnBook();
    stops();
  } catch {
    // The preview has stopped; the stream of news says so too.
  }
}

// ------------------------------------------------------------------------- the e-book

const place = (address) => new URL(address, location.href).pathname;
const chapterOf = (path) => path.split("/").slice(6).join("/");

function turnBook() {
  const book = frame();
  if (!book || !book.contentWindow) return;
  const wanted = place(book.dataset.address);
  const inside = book.contentWindow;
  const now = inside.location.pathname;
  if (now === wanted) return;
  const same = chapterOf(now) === chapterOf(wanted);
  const top = same ? inside.scrollY : 0;
  const hash = same ? inside.location.hash : "";
  book.addEventListener("load", () => { if (same) book.contentWindow.scrollTo(0, top); }, { once: true });
  inside.location.replace(wanted + hash);
  if (same) book.contentWindow.scrollTo(0, top);
}

function show(chapter) {
  history.replaceState(null, "", `?chapter=${encodeURIComponent(chapter)}`);
  return refresh();
}

// A link within the e-book was followed: the list of chapters follows too.
function follow() {
  const book = frame();
  let inside;
  try {
    inside = book.contentWindow.location;
  } catch {
    return;
  }
  if (!inside.pathname.startsWith("/b/")) return;
  inside && book.contentDocument.addEventListener("click", leave);
  const chapter = chapterOf(inside.pathname);
  if (chapter !== chapterOf(place(book.dataset.address))) show(decodeURIComponent(chapter));
}

// The way out of the e-book leads to a window of its own.
function leave(event) {
  const link = event.target.closest("a[href]");
  if (link && new URL(link.href).origin !== location.origin) {
    event.preventDefault();
    window.open(link.href, "_blank", "noopener,noreferrer");
  }
}

document.addEventListener("load", (event) => { if (event.target === frame()) follow(); }, true);

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-chapter]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const far = link.closest(".row");
  await show(new URL(link.href).searchParams.get("chapter"));
  if (far) document.getElementById("ebook").focus();
});

document.addEventListener("change", (event) => {
  if (event.target.id === "chapter") show(event.target.value);
  if (event.target.id === "edition") event.target.form.submit();
});

document.addEventListener("submit", (event) => {
  if (event.target.id !== "chapters") return;
  event.preventDefault();
  show(document.getElementById("chapter").value);
});

// --------------------------------------------------------------------------- the news

let news = null;

function listen() {
  if (news || document.hidden) return;
  news = new EventSource("events");
  news.onmessage = (event) => {
    lost()?.setAttribute("hidden", "");
    if (event.data !== document.body.dataset.revision) refresh();
  };
  news.onerror = () => lost()?.removeAttribute("hidden");
}

// A window that nobody sees holds no line open: a browser has only six.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    news?.close();
    news = null;
  } else listen();
});
addEventListener("resize", stops);
addEventListener("load", stops);
listen();
if (frame() && frame().contentDocument?.readyState === "complete") follow();
