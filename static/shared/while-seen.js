/** `run` every so many milliseconds while the page is seen, until `signal` aborts; a page that nobody sees has no timer. */
export function whileSeen(milliseconds, run, signal) {
  let timer = null;
  const follow = () => {
    clearInterval(timer);
    timer = document.hidden ? null : setInterval(run, milliseconds);
  };
  document.addEventListener('visibilitychange', follow, { signal });
  signal.addEventListener('abort', () => clearInterval(timer));
  follow();
}
