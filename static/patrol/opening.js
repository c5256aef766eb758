/** Opening what the phone keeps; and what is said where it can't be had, with the way on. */

import { html } from '../shared/html.js';
import { say } from '../shared/say.js';
import { NAME, openDatabase } from './store/database.js';

/**
 * The database. Where an older page still holds it, `main` says so until that one is closed; `replaced` is run when a
 * newer page has taken it from this one. Raises the browser's error, said in `main`: one that keeps nothing, such as
 * some private windows, would lose an officer's work.
 */
export async function openStorage(main, replaced) {
  const tell = (words, more = '') => {
    main.replaceChildren(html`<section class="card stack" role="alert"><h1>${say('door-trouble')}</h1><p>${say(words)}</p>${more}</section>`);
  };
  const newer = () => tell('storage-newer', reload());
  try {
    return await openDatabase(NAME, {
      blocked: () => tell('storage-blocked'),
      replaced: () => {
        replaced();
        newer();
      },
    });
  } catch (error) {
    if (error.name === 'VersionError') newer();
    else tell('storage-none');
    throw error;
  }
}

function reload() {
  const button = html`<button type="button" class="main">${say('storage-reload')}</button>`.firstElementChild;
  button.addEventListener('click', () => location.reload());
  return button;
}
