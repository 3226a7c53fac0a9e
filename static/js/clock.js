// Measures this device's clock against the server's, as NTP does (clock.md
// §4.2), and stamps a press at the change of a code. Advice only.
const box = document.querySelector("[data-clock]");
const form = box?.querySelector("form");
const status = box?.querySelector("[data-says]");

// Milliseconds by which the device is ahead, known to within the half trip.
const exchange = async () => {
  const t0 = Date.now(), p0 = performance.now();
  const { t1, t2 } = await (await fetch(box.dataset.clock, { cache: "no-store" })).json();
  const spent = performance.now() - p0;
  return { drift: t0 + spent / 2 - (t1 + t2) / 2, bound: (spent - (t2 - t1)) / 2 };
};

// The sample with the shortest trip; none when somebody set the clock meanwhile.
const measure = async () => {
  const offset = () => Date.now() - performance.now();
  const before = offset();
  let best = { bound: 2500 };
  for (let i = 0; i < 5; i++) {
    const sample = await exchange();
    if (sample.bound < best.bound) best = sample;
  }
  if (best.drift === undefined || Math.abs(offset() - before) > 1000) throw 0;
  return best;
};

const amount = (ms) => {
  const s = Math.abs(ms) / 1000;
  const [n, unit] = s < 90 ? [s, "detik"] : s < 5400 ? [s / 60, "menit"] : s < 172800 ? [s / 3600, "jam"] : [s / 86400, "hari"];
  return `${Math.round(n)} ${unit}`;
};

const within = (ms, limits) => {
  const [slow, fast] = limits.split(" ");
  return ms >= -slow && ms <= +fast;
};

// A computer's clock says nothing of the codes on a phone.
const tone = (ms) => {
  const { green, amber, phone } = box.dataset;
  return phone === undefined ? "info" : within(ms, green) ? "success" : within(ms, amber) ? "warn" : "danger";
};

const sentence = (ms) => {
  const { name, green } = box.dataset;
  return within(ms, green)
    ? `${name} cocok (selisih ${amount(ms)}).`
    : `${name} ${ms < 0 ? "terlambat" : "lebih cepat"} ${amount(ms)}.`;
};

const show = ({ drift, bound }) => {
  form.selisih.value = Math.round(drift);
  form.ragu.value = Math.ceil(bound);
  if (!status) return;
  status.textContent = sentence(drift);
  box.querySelector(".panel").className = `panel ${tone(drift)}`;
  box.querySelector("a").parentElement.hidden = true;
  form.hidden = false;
};

if (box) measure().then(show, () => {}); // what stands there without a script remains

const press = box?.querySelector("[data-press]");
if (press) {
  let at;
  const button = press.querySelector("button");
  press.hidden = false;
  button.onclick = () => {
    at = performance.now();
    press.querySelector("[role=status]").textContent = "Tercatat. Ketik kode yang baru muncul, lalu kirim.";
    form.kode.focus();
  };
  form.onsubmit = () => {
    if (at) form.usia.value = Math.round(performance.now() - at);
  };
}
