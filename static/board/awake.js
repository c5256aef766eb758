/** Keeps the screen on while it is seen. The browser lets go by itself whenever the page is hidden. */
export function keepAwake() {
  const ask = () => document.hidden || navigator.wakeLock?.request('screen').catch(() => null);
  document.addEventListener('visibilitychange', ask);
  ask();
}
