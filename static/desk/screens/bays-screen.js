import '../bays/bay-import.js';
import '../bays/bay-list.js';
import '../bays/bay-page.js';
import '../bays/bays-to-check.js';
import '../bays/bays-together.js';
import { BooksScreen } from '../bays/books-screen.js';
import '../bays/event-days.js';
import '../bays/suspension-list.js';

/** The books of bays ("#bays"), one of them ("#bays/<its id>"), and what is done with many. */
export class BaysScreen extends BooksScreen {
  heading = 'Bays';
  other = 'one';

  get pages() {
    return {
      '': { words: 'All bays', tag: 'bay-list' },
      one: { tag: 'bay-page' },
      suspensions: { words: 'Suspensions', tag: 'suspension-list' },
      check: { words: 'To check', tag: 'bays-to-check' },
      together: { words: 'Change many', tag: 'bays-together' },
      events: { words: 'Event days', tag: 'event-days' },
      import: { words: 'Import', tag: 'bay-import', with: { what: 'bays' } },
    };
  }
}

customElements.define('bays-screen', BaysScreen);
export default BaysScreen;
