import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { isPhoto } from '../store/order.js';
import { sizeWords } from '../step-words.js';

/** One step in words: what, where, when, and how it stands; a photo with how much of it has arrived. */
export function stepLine({ what, where, at, how, step = {}, received = 0 }) {
  return html`<li><p><strong>${what}</strong>${where && html`<span class="where"> · ${where}</span>`}</p>
    <p class="muted">${at} · ${how}</p>
    ${isPhoto(step) && progress(step.about.size ?? 0, received)}</li>`;
}

function progress(size, received) {
  const words = received ? say('photo-progress', { received: sizeWords(received), size: sizeWords(size) }) : sizeWords(size);
  return html`<p class="row"><progress max="${size || 1}" value="${received}" aria-label="${say('photo-arrived')}"></progress> <span class="muted">${words}</span></p>`;
}
