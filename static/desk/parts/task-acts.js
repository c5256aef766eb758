/** What the buttons of `task-steps` do, on whichever screen they stand; asking an officer is each screen's own. */
export function actOnTasks(screen) {
  const { desk } = screen;
  const on = (type, run, done) => screen.addEventListener(type, ({ detail }) => screen.attempt(() => run(detail), done));
  on('task-take-back', ({ id, shift }) => desk.takeBack(id, shift), 'It is taken back.');
  on('task-put-first', ({ id }) => desk.putFirst(id), 'It comes first in the next plan.');
  on('task-put-back', ({ id }) => desk.putBack(id), 'It is as urgent as it was.');
  on('task-withdraw', ({ id, why }) => desk.withdraw(id, why), 'Called off.');
  on('task-reopen', ({ id }) => desk.reopen(id), 'It waits for an officer again.');
}
