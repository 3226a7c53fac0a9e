// Single keys for who works here all day; each does what a link, a button or a
// field on the page does. The server leaves this file away for whoever has
// switched the keys off (WCAG 2.1.4).
const fields = {
  r: "#pertanyaan-teks",
  n: "#catatan-teks",
  s: "#keputusan :is(summary, input, textarea, select, button):not([type=hidden], :disabled)",
  "/": "#kata",
};
const places = { q: "/petugas/antrean", m: "/petugas/antrean?tampilan=milik-saya", l: "/petugas/laporan" };
let going = false; // after "g"

addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select");
  if (typing || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const wasGoing = going;
  going = event.key === "g" && !wasGoing;
  if (wasGoing ? go(places[event.key]) : press(event.key)) event.preventDefault();
});

function press(key) {
  if (key === "j" || key === "k") return move(key === "j" ? 1 : -1);
  if (key === "?") return go("/petugas/tombol");
  if (key === "a") return take(document.querySelector('form[action$="/pengambilan"] button'));
  if (key === "/" && !document.querySelector(fields[key])) return go("/petugas/cari");
  return reach(document.querySelector(fields[key] ?? "#tidak-ada"));
}

function go(place) {
  if (place) location.assign(place);
  return Boolean(place);
}

function take(button) {
  button?.click();
  return Boolean(button);
}

// reach moves the focus to a field, and opens what it is folded into.
function reach(field) {
  const folded = field?.closest("details");
  if (folded && field.tagName !== "SUMMARY") folded.open = true;
  field?.focus();
  return Boolean(field);
}

// move goes to the next row, and stays at the last.
function move(step) {
  const links = [...document.querySelectorAll("[data-row] th a")];
  const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  const next = links[here < 0 ? 0 : here + step];
  next?.focus();
  return Boolean(next);
}
