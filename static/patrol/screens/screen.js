import { Screen as Base } from '../../shared/screen.js';

/** What all of the phone's screens have in common: an officer's hand, and what lies in it. */
export class Screen extends Base {
  hand = null;

  get sources() {
    const { day, outbox, positions, live } = this.hand;
    return [day, outbox, positions, live];
  }
}
