// Keeps a page of staff true while it is open. Rows are renewed where they
// stand and never move under the cursor: what is new waits behind a pill, and
// the title counts it. A ticket's page shows who else has it open.
const idle = 5 * 60_000;
const title = document.title;
const list = document.querySelector("[data-rows]");
let used = Date.now();
let stale = false;
let stream;

for (const event of ["pointermove", "pointerdown", "keydown", "scroll"]) addEventListener(event, onUse, { passive: true });
for (const pill of document.querySelectorAll("[data-live]")) watch(pill);

function onUse() {
  const wasIdle = Date.now() - used > idle;
  used = Date.now();
  if (wasIdle && stale) renew();
}

function watch(pill) {
  // What the reader does himself is no news to him.
  addEventListener("submit", () => stream.close());
  addEventListener("pagehide", () => stream.close());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && stale) renew();
    // A browser keeps six connections a site. The queue, of which one is open,
    // goes on counting.
    if (list) return;
    stream.close();
    if (!document.hidden) open(pill);
  });
  open(pill);
}

function open(pill) {
  stream = new EventSource(pill.dataset.live);
  stream.addEventListener("hadir", (event) => (document.querySelector("[data-here]").textContent = event.data));
  stream.addEventListener("berubah", (event) => {
    if (!list) return tell("", pill.querySelector("span span").textContent);
    stale = true;
    if (document.hidden) tell(event.data);
    // An empty chair must not keep its session alive by asking again.
    else if (Date.now() - used < idle) renew();
  });
}

// tell shows the pill and counts in the title.
function tell(count, text) {
  const pill = document.querySelector("[data-live] > span");
  const n = Number(count);
  pill.hidden = n === 0 && !text && count !== "sekarang";
  pill.querySelector("span").textContent = text || (n ? `${n} permohonan baru` : "Antrean berubah");
  document.title = pill.hidden ? title : `(${n || "baru"}) ${title}`;
}

// renew asks for the page again and puts into the rows what has changed.
async function renew() {
  stale = false;
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const rows = new Map([...fresh.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row]));
  for (const row of list.querySelectorAll("[data-row]")) {
    const now = rows.get(row.dataset.row);
    rows.delete(row.dataset.row);
    if (!now) row.querySelector('[data-label="Status"]').textContent = "Tidak lagi di daftar ini";
    now?.querySelectorAll("td[data-label]").forEach((cell, i) => put(row.querySelectorAll("td[data-label]")[i], cell));
  }
  put(document.querySelector(".tabs"), fresh.querySelector(".tabs"));
  tell(rows.size);
}

// put replaces what an element holds, unless the focus is in it.
function put(old, fresh) {
  if (old && fresh && !old.contains(document.activeElement) && old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
}
