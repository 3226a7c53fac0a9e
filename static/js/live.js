// Shows a pill when the server says that a list has changed. It never moves a
// row under the cursor. The stream is closed while the tab is hidden: a browser
// keeps six connections a site, and an agent has many tabs.
for (const pill of document.querySelectorAll('[data-live]')) watch(pill);

function watch(pill) {
  const shown = pill.firstElementChild;
  const title = document.title;
  let stream;

  const open = () => {
    stream = new EventSource(pill.dataset.live);
    stream.addEventListener('berubah', () => {
      shown.hidden = false;
      document.title = `(baru) ${title}`;
      stream.close();
    });
    stream.addEventListener('selesai', () => stream.close());
  };

  document.addEventListener('visibilitychange', () => {
    stream.close();
    if (!document.hidden && shown.hidden) open();
  });
  // What the reader does himself is no news to him.
  addEventListener('submit', () => stream.close());
  addEventListener('pagehide', () => stream.close());
  open();
}
