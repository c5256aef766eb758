/**
 * `run`, asked for as often as you like: once at a time, and once more if it was asked for meanwhile. Waits
 * `pause` milliseconds first, so that what arrives together is done together.
 */
export function coalesce(run, pause = 200) {
  let next = null;
  let last = Promise.resolve();
  return () => {
    next ??= new Promise((resolve) => setTimeout(resolve, pause))
      .then(() => last)
      .then(() => {
        next = null;
        const result = run();
        last = result.catch(() => {});
        return result;
      });
    return next;
  };
}
