// Proof of work: finds a decimal nonce so that SHA-256(challenge + ":" + nonce)
// starts with the wanted zero bits. A synchronous hash of our own, in short
// slices: crypto.subtle is slower per hash and would wait for the event loop
// each time. Until it ends, the form works with its captcha, or waits.
const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
const K = [];
const START = [];
for (let n = 2; K.length < 64; n++) {
  let prime = true;
  for (let d = 2; d * d <= n; d++) prime &&= n % d > 0;
  if (!prime) continue;
  if (START.length < 8) START.push(fraction(Math.sqrt(n)));
  K.push(fraction(Math.cbrt(n)));
}

const w = new Int32Array(64);
const turn = (x, n) => (x >>> n) | (x << (32 - n));

const compress = (state, bytes, at) => {
  for (let i = 0; i < 16; i++, at += 4)
    w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  for (let i = 16; i < 64; i++) {
    const p = w[i - 15], q = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (turn(p, 7) ^ turn(p, 18) ^ (p >>> 3)) + (turn(q, 17) ^ turn(q, 19) ^ (q >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const x = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const y = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + x) | 0; d = c; c = b; b = a; a = (x + y) | 0;
  }
  return [a, b, c, d, e, f, g, h].map((v, i) => (v + state[i]) | 0);
};

// hasher keeps what is the same for every nonce, and returns the first word.
const hasher = (prefix) => {
  const whole = prefix.length - (prefix.length % 64);
  let middle = START;
  for (let at = 0; at < whole; at += 64) middle = compress(middle, prefix, at);
  const tail = new Uint8Array(128);
  tail.set(prefix.subarray(whole));
  return (nonce) => {
    let end = prefix.length - whole;
    for (const digit of String(nonce)) tail[end++] = digit.charCodeAt(0);
    const size = end < 56 ? 64 : 128;
    tail[end] = 128;
    tail.fill(0, end + 1, size);
    new DataView(tail.buffer).setUint32(size - 4, (whole + end) * 8);
    let state = compress(middle, tail, 0);
    if (size > 64) state = compress(state, tail, 64);
    return state[0];
  };
};

const finish = (form, nonce) => {
  form.elements.pow.value = nonce;
  for (const block of form.querySelectorAll("[data-pow-hide]")) {
    const used = [...block.querySelectorAll("input")].some((input) => input.value);
    block.hidden = !used && !block.contains(document.activeElement);
  }
  if (form.early) form.submit();
};

const solve = (form) => {
  form.onsubmit = (event) => {
    const { captcha, pow } = form.elements;
    form.early = !pow.value && !captcha?.value && !event.submitter?.name;
    return !form.early;
  };
  const hash = hasher(new TextEncoder().encode(form.dataset.powChallenge + ":"));
  const free = 32 - form.dataset.powBits;
  let nonce = 0;
  const slice = () => {
    for (const end = performance.now() + 10; performance.now() < end; nonce++)
      if (hash(nonce) >>> free === 0) return finish(form, nonce);
    setTimeout(slice);
  };
  slice();
};

document.querySelectorAll("form[data-pow-challenge]").forEach(solve);
