/** Runs what it is given one after another, in order; one that failed stops none after it. */
export function inTurn() {
  let last = Promise.resolve();
  return (run) => {
    const done = last.then(run);
    last = done.catch(() => {});
    return done;
  };
}
