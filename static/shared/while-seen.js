/**
 * `run` every so many milliseconds while the page is seen, until `signal` aborts. A page that nobody sees has no timer;
 * seen again, it runs at once if it would have run meanwhile.
 */
export function whileSeen(milliseconds, run, signal) {
  let timer = null;
  let last = Date.now();
  const tick = () => {
    last = Date.now();
    run();
  };
  const follow = () => {
    clearInterval(timer);
    if (document.hidden) return;
    timer = setInterval(tick, milliseconds);
    if (Date.now() - last >= milliseconds) tick();
  };
  document.addEventListener('visibilitychange', follow, { signal });
  signal.addEventListener('abort', () => clearInterval(timer));
  follow();
}
