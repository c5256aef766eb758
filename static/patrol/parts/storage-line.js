import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { askShell } from '../shell.js';

const MEGABYTE = 1_000_000;

/** How much of the phone the app uses, whether the browser may clear it, and which version of the app this is. */
export class StorageLine extends HTMLElement {
  async connectedCallback() {
    const [persisted, { usage = 0, quota = 0 } = {}, shell] = await Promise.all([
      navigator.storage?.persisted?.() ?? false, navigator.storage?.estimate?.() ?? {}, askShell(),
    ]);
    const free = (quota - usage) / MEGABYTE;
    this.replaceChildren(html`<p>${say(persisted ? 'storage-safe' : 'storage-unsafe')}</p>
      <p class="muted">${say('storage-used', { used: Math.ceil(usage / MEGABYTE), free: Math.floor(free) })}</p>
      <p class="muted">${shellWords(shell)}</p>`);
  }
}

function shellWords(shell) {
  if (!shell) return say('app-version-none');
  return say(shell.whole ? 'app-version' : 'app-version-part', { version: shell.version });
}

customElements.define('storage-line', StorageLine);
