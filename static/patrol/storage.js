/**
 * Whether the browser may clear what lies on this phone when room is short. It is asked not to when there is first
 * something to lose: where it passes the question on, its officer knows why.
 */

let kept = null;

/** True where the browser was asked to keep all, and refused. */
export function mayBeCleared() {
  return kept === false;
}

/** Once, when a first step of this officer lies on the phone. */
export function askToKeep({ outbox, stopped }, storage = navigator.storage) {
  let asked = !storage?.persist;
  const look = async () => {
    if (asked || !outbox.steps.length) return;
    asked = true;
    kept = (await storage.persisted()) || (await storage.persist());
  };
  outbox.addEventListener('change', look, { signal: stopped });
  look();
}
