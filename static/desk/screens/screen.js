import { keepFocus } from '../../shared/keep-focus.js';
import { Screen as Base } from '../../shared/screen.js';

/** What all of the desk's screens have in common: the desk, and saying what became of a step. */
export class Screen extends Base {
  desk = null;

  get sources() {
    return [this.desk];
  }

  connectedCallback() {
    super.connectedCallback();
    // What the feed says is asked for first, and then the desk has changed: only that the feed stands or not is shown at once.
    this.desk.live.addEventListener('state', () => keepFocus(this, () => this.show()), { signal: this.left });
  }

  /** The parts of the address behind the screen's name: "#live/<id>" gives ["<id>"]. */
  get place() {
    return location.hash.slice(1).split('/').slice(1).map(decodeURIComponent);
  }

  /** Do it and say so, or say what stood in the way; as Desk.attempt. */
  attempt(run, done, refused) {
    return this.desk.attempt(run, done, refused);
  }

  /** `run(entry)` for each entry of the journal about one of these subjects, while the screen is shown. */
  onJournal(subjects, run) {
    this.desk.live.addEventListener('change', ({ detail }) => subjects.includes(detail.subject) && run(detail), { signal: this.left });
  }
}
