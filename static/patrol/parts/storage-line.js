import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';

const MEGABYTE = 1_000_000;

/** How much of the phone the app uses, whether the browser may clear it, and which version of the app this is. */
export class StorageLine extends HTMLElement {
  async connectedCallback() {
    const [persisted, { usage = 0, quota = 0 } = {}, version] = await Promise.all([
      navigator.storage?.persisted?.() ?? false, navigator.storage?.estimate?.() ?? {}, versionOfShell(),
    ]);
    const free = (quota - usage) / MEGABYTE;
    this.replaceChildren(html`<p>${say(persisted ? 'storage-safe' : 'storage-unsafe')}</p>
      <p class="muted">${say('storage-used', { used: Math.ceil(usage / MEGABYTE), free: Math.floor(free) })}</p>
      <p class="muted">${version ? say('app-version', { version }) : say('app-version-none')}</p>`);
  }
}

/** As the service worker says it; null where none answers. */
function versionOfShell() {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return null;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage('version', [port2]);
    setTimeout(() => resolve(null), 2_000);
  });
}

customElements.define('storage-line', StorageLine);
