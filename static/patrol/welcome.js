/** What goes on beside the screens while a phone is in somebody's hand; and what they are offered once, below what there is to do: the home screen, then messages. */

import { html } from '../shared/html.js';
import { stayAwake } from './awake.js';
import { tellLanguage } from './language.js';
import { tellNews } from './news.js';
import { followSun } from './night.js';
import './parts/check-in-line.js';
import './parts/desk-message.js';
import './parts/install-help.js';
import './parts/push-ask.js';
import { askToKeep } from './storage.js';
import { tellZones } from './zone-news.js';

/** `banners`: what stands above all screens, and is given the hand. */
export function accompany(hand, ...banners) {
  followSun(hand.positions);
  tellNews(hand);
  tellZones(hand);
  tellLanguage(hand);
  askToKeep(hand);
  stayAwake(hand);
  tidyUp(hand);
  for (const banner of banners) {
    banner.hand = hand;
    hand.stopped.addEventListener('abort', () => { banner.hand = null; });
  }
}

/** Once the server has said what time it is. */
function tidyUp({ day, own, session, stopped }) {
  day.addEventListener('heard', () => session.tidy(own).catch(reportError), { signal: stopped, once: true });
}

export function welcome(hand, place) {
  place.replaceChildren(html`<install-help once></install-help><push-ask></push-ask>`);
  const [help, ask] = place.children;
  const offer = () => hand.day.onShift && help.hidden && ask.offer(hand.day.me);
  hand.day.addEventListener('change', offer, { signal: hand.stopped });
  offer();
}
