// Groups a complete NIP (8-6-1-3) or NI PPPK (8-4-2-1-3) when the field is left.
// Anything else stays as typed: only the server judges.
const groups = (digits) =>
  Number(digits.slice(12, 14)) > 20 ? [8, 4, 2, 1, 3] : [8, 6, 1, 3];

const group = (typed) => {
  const digits = typed.replace(/[\s.\-\u200b]/g, "");
  if (!/^\d{18}$/.test(digits)) return typed;
  let from = 0;
  return groups(digits).map((n) => digits.slice(from, (from += n))).join(" ");
};

for (const input of document.querySelectorAll("[data-nip]")) {
  const regroup = () => (input.value = group(input.value));
  input.addEventListener("blur", regroup);
  if (input !== document.activeElement) regroup();
}
