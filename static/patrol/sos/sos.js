/** SOS on every screen of the phone: its button, its screen, and the call that they show. */

import { Call } from './call.js';
import { whose } from '../whose.js';
import { isKnown, keepContact } from './contact.js';
import '../parts/left-call.js';
import '../parts/sos-button.js';
import '../parts/sos-screen.js';

const FIX = { enableHighAccuracy: true, maximumAge: 10_000, timeout: 30_000 };

export class Sos {
  #button;
  #screen;
  #left;
  #hand = null;
  #call;

  constructor({ button, screen, left }) {
    this.#button = button;
    this.#screen = screen;
    this.#left = left;
    const name = () => whose()?.name ?? '';
    this.#call = new Call({ storage: localStorage, person: () => whose()?.id ?? null, name, locate });
    screen.show(this.#call, name);
    left.addEventListener('put-away', ({ detail }) => this.#call.putAway(detail.id));
    button.addEventListener('call', () => this.#help());
    button.addEventListener('show', () => screen.open());
    screen.addEventListener('call', () => this.#help());
    this.#call.addEventListener('change', () => this.#changed());
    addEventListener('online', () => this.#call.look());
    document.addEventListener('visibilitychange', () => this.#call.look());
    this.#changed();
    if (this.#call.open) screen.open();
  }

  /** Whose phone it is: their position goes along, and what the server knows of their call is shown. */
  attend(hand) {
    this.#hand = hand;
    const told = () => this.#told(hand.day.me);
    const on = { signal: hand.stopped };
    hand.day.addEventListener('change', told, on);
    hand.live.addEventListener('change', ({ detail }) => detail?.subject === 'alert' && this.#call.look(), on);
    hand.stopped.addEventListener('abort', () => this.#leave(hand));
    this.#call.takenUpBy(hand.own.person);
    told();
  }

  /** Somebody has signed in: from now on the browser would send everything in their name. */
  takenUpBy(person) {
    this.#call.takenUpBy(person);
  }

  /** Is there a call that has reached nobody, and may get through yet? */
  get calling() {
    return ['sending', 'unreached'].includes(this.#call.state);
  }

  #leave(hand) {
    if (this.#hand === hand) this.#hand = null;
    this.#changed();
  }

  #told(me) {
    if (!me || me.person.id !== this.#hand.own.person) return;
    if (me.contact) keepContact(me.contact);
    this.#call.adopt(me.sos);
    this.#changed();
  }

  #help() {
    this.#call.begin(this.#hand?.positions.place());
    this.#screen.open();
  }

  #changed() {
    this.#button.hidden = !(isKnown() || whose() || this.#call.open);
    this.#button.state = this.#call.open ? this.#call.state : 'none';
    this.#left.show(this.#call.left, Boolean(this.#hand && !this.#hand.stopped.aborted));
  }
}

/** Fixes while help is called for: on shift or off it, and on a break. */
function locate(take) {
  if (!navigator.geolocation) return () => {};
  const taken = ({ coords }) => take({ lon: coords.longitude, lat: coords.latitude, accuracy_m: coords.accuracy });
  const watch = navigator.geolocation.watchPosition(taken, () => {}, FIX);
  return () => navigator.geolocation.clearWatch(watch);
}
