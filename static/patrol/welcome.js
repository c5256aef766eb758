/** What an officer is offered once, below what there is to do: the home screen, then messages. */

import { html } from '../shared/html.js';
import './parts/install-help.js';
import './parts/push-ask.js';

export function welcome(hand, place) {
  place.replaceChildren(html`<install-help once></install-help><push-ask></push-ask>`);
  const [help, ask] = place.children;
  const offer = () => hand.day.onShift && help.hidden && ask.offer(hand.day.me);
  hand.day.addEventListener('change', offer);
  offer();
}
