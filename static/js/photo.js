// Shrinks photos for 2G. Where that fails, they go as they are.
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

for (const input of document.querySelectorAll("[data-shrink]")) {
  const note = document.querySelector("[data-shrunk]");
  input.addEventListener("change", async () => {
    const sent = new DataTransfer();
    try {
      for (const file of input.files) sent.items.add(await shrink(file));
      const same = [...sent.files].every((file, i) => file.size === input.files[i].size);
      input.files = sent.files;
      note.textContent = same ? "" : "Foto dikecilkan.";
    } catch { }
  });
}
