// Counts the seconds the server gave, by a clock that nobody can set wrong.
// Seen every second, announced at 60, 30 and 0 (WCAG 4.1.3).
const words = (left) =>
  [[Math.floor(left / 60), "menit"], [left % 60, "detik"]]
    .filter(([n]) => n).map((part) => part.join(" ")).join(" ");

const count = (time) => {
  const status = time.parentElement.querySelector("[role=status]");
  const shown = time.textContent;
  const end = performance.now() + Number(time.dataset.left) * 1000;
  let last = Infinity;
  const crossed = (mark, left) => left <= mark && last > mark && last !== Infinity;

  const tick = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    time.textContent = left ? `${shown} (${words(left)} lagi)` : `${shown} (sekarang)`;
    if (crossed(60, left) || crossed(30, left)) status.textContent = `${words(left)} lagi`;
    if (left) setTimeout(tick, (end - performance.now()) % 1000);
    else status.textContent = time.dataset.done;
    last = left;
  };
  tick();
};

document.querySelectorAll("time[data-left]").forEach(count);
