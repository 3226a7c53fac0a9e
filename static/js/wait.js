// Waits for the verdict that another device measures, and shows it: at once,
// or where something is being typed, by a word.
const place = document.querySelector("[data-wait]");
const stream = place && new EventSource(place.dataset.wait);
stream?.addEventListener("berubah", () => {
  stream.close();
  if (document.querySelector("#kode")?.value) place.firstChild.data = "Hasil dari HP sudah ada. ";
  else location.reload();
});
addEventListener("pagehide", () => stream?.close());
