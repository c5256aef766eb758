const PAUSE = 500; // ms: some browsers fail for a moment, at their storage or while a service worker wakes

/** What `run` resolves to, at a second attempt too. */
export function onceMore(run, pause = PAUSE) {
  return run().catch(() => new Promise((resolve) => { setTimeout(resolve, pause); }).then(run));
}
