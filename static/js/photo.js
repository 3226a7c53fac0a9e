// Shrinks photos before they travel: 3 MB take four minutes on 2G. Where
// anything fails, the photo goes as it is.
const enough = 300 * 1024, longest = 1800;

async function shrink(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= enough) return file;
  const photo = await createImageBitmap(file, { imageOrientation: "from-image" });
  const canvas = document.createElement("canvas"), ink = canvas.getContext("2d");
  const scale = Math.min(1, longest / Math.max(photo.width, photo.height));
  canvas.width = photo.width * scale;
  canvas.height = photo.height * scale;
  ink.fillStyle = "#fff";
  ink.fillRect(0, 0, canvas.width, canvas.height);
  ink.drawImage(photo, 0, 0, canvas.width, canvas.height);
  let small;
  for (const quality of [.8, .65, .5]) {
    small = await new Promise(done => canvas.toBlob(done, "image/jpeg", quality));
    if (small.size <= enough) break;
  }
  return small.size < file.size ? new File([small], "foto.jpg", { type: "image/jpeg" }) : file;
}

const kilobytes = files => Math.round(files.reduce((sum, f) => sum + f.size, 0) / 1024);

for (const input of document.querySelectorAll("[data-shrink]")) {
  const note = document.querySelector("[data-shrunk]");
  input.addEventListener("change", async () => {
    const chosen = [...input.files], sent = new DataTransfer();
    try {
      for (const file of chosen) sent.items.add(await shrink(file));
      input.files = sent.files;
      const after = kilobytes([...sent.files]);
      note.textContent = after < kilobytes(chosen) ? `Foto dikecilkan menjadi ${after} KB.` : "";
    } catch { }
  });
}
