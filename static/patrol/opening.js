/** Opening what the phone keeps; and what is said where it can't be had, with the way on. */

import { html } from '../shared/html.js';
import { onceMore } from '../shared/once-more.js';
import { say } from '../shared/say.js';
import { NAME, openDatabase } from './store/database.js';

/**
 * The database. Where an older page still holds it, `main` says so until that one is closed; `replaced` is run when a
 * newer page has taken it from this one. What can't be opened is tried once more, then `main` says so and offers to
 * try again: a browser that keeps nothing, such as some private windows, would lose an officer's work. Raises the
 * browser's error where a newer page has it.
 */
export async function openStorage(main, replaced) {
  const tell = (words, more = '') => {
    main.replaceChildren(html`<section class="card stack" role="alert"><h1>${say('door-trouble')}</h1><p>${say(words)}</p>${more}</section>`);
  };
  const newer = () => tell('storage-newer', reload());
  const opened = () => openDatabase(NAME, {
    blocked: () => tell('storage-blocked'),
    replaced: () => {
      replaced();
      newer();
    },
  });
  const asked = (error) => new Promise((resolve, reject) => {
    if (error.name !== 'VersionError') return tell('storage-none', button('try-again', resolve));
    newer();
    return reject(error);
  });
  return persist(opened, asked);
}

/** What `open` opens, at the second attempt too; then again whenever `asked(error)` resolves. */
export async function persist(open, asked, pause) {
  for (;;) {
    try {
      return await onceMore(open, pause);
    } catch (error) {
      await asked(error);
    }
  }
}

function reload() {
  return button('storage-reload', () => location.reload());
}

function button(words, run) {
  const drawn = html`<button type="button" class="main">${say(words)}</button>`.firstElementChild;
  drawn.addEventListener('click', run);
  return drawn;
}
