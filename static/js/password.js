// "Tampilkan" beside a password. The type goes back before the form is sent,
// so that the browser does not remember the password as ordinary text.
for (const button of document.querySelectorAll("[data-reveal]")) {
  const input = document.getElementById(button.dataset.reveal);
  const show = (on) => {
    input.type = on ? "text" : "password";
    button.textContent = on ? "Sembunyikan" : "Tampilkan";
    button.setAttribute("aria-label", button.textContent + " kata sandi");
  };
  show(false);
  button.hidden = false;
  button.addEventListener("click", () => show(input.type === "password"));
  input.form?.addEventListener("submit", () => show(false));
}
