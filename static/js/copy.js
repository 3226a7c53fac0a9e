// "Salin" beside a key or a password. Where the clipboard is closed to us (an
// intranet without https) the text is selected, ready for the phone's own menu.
const select = (element) => getSelection().selectAllChildren(element);

const copy = async (element) => {
  try {
    await navigator.clipboard.writeText(element.textContent.trim());
    return "Sudah disalin.";
  } catch {
    select(element);
    return document.execCommand("copy") ? "Sudah disalin." : "Tekan lama pada teks, lalu pilih Salin.";
  }
};

for (const button of document.querySelectorAll("[data-copy]")) {
  const element = document.getElementById(button.dataset.copy);
  const status = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    status.textContent = "";
    status.textContent = await copy(element);
  });
}
