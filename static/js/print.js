// Shows the print button where a script can print, and opens what is folded:
// paper has nothing to press.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}
addEventListener('beforeprint', () => {
  for (const folded of document.querySelectorAll('main details')) folded.open = true;
});
