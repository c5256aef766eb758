/** All that happened to a task, entry by entry: what, when, and whose doing it was. */

import { auditWords, whoWords } from '../parts/audit-words.js';

/** Lines, the oldest first. `on(time)`: a time in words. */
export function journalLines({ journal, journal_begins_earlier: cut }, { on, outcomes }) {
  const lines = journal.map((entry, index) => ({
    key: `${entry.at} ${entry.kind} ${index}`,
    at: on(entry.at),
    words: auditWords(entry, { outcomes }),
    details: entry.actor ? [`By ${whoWords(entry)}`] : [],
  }));
  return cut ? [{ key: 'cut', at: '', words: 'What came before is in the audit log.', details: [] }, ...lines] : lines;
}
