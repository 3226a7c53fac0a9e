// A page drawn from a POST takes an address that GET answers, so that going
// back or reloading sends nothing again.
history.replaceState(null, "", document.body.dataset.address);
