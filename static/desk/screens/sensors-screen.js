import '../bays/bay-import.js';
import { BooksScreen } from '../bays/books-screen.js';
import '../bays/sensor-list.js';
import '../bays/unknown-sensors.js';

/** Sensors: how they are, those that nobody knows, and a file of them. */
export class SensorsScreen extends BooksScreen {
  heading = 'Sensors';
  other = '';

  get pages() {
    return {
      '': { words: 'How they are', tag: 'sensor-list' },
      unknown: { words: 'Not on the books', tag: 'unknown-sensors' },
      import: { words: 'Import', tag: 'bay-import', with: { what: 'sensors' } },
    };
  }
}

customElements.define('sensors-screen', SensorsScreen);
export default SensorsScreen;
