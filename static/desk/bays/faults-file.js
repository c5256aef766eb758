/** What was faulty in a file, as a file: for whoever puts it right, all of it. */

import { html } from '../../shared/html.js';

const LINE_END = '\r\n';
const FORMULA = /^[=+\-@\t\r]/;

/** CSV with a heading; `first` is the number of the file's first item, `line` what an item is called. */
export function faultsCsv(refused, first, line) {
  const rows = refused.map(({ index, reference, detail }) => [index + first, reference, detail]);
  return [[line, 'Reference', 'What is wrong'], ...rows].map((row) => row.map(cell).join(',')).join(LINE_END) + LINE_END;
}

/** A link that gives it to whoever presses it, named after the file that it is about. */
export function faultsFile(refused, { first, line, name }) {
  const link = html`<a class="button" download="${name.replace(/\.[^.]*$/, '')}-faults.csv">All faults as a file</a>`.firstElementChild;
  link.href = URL.createObjectURL(new Blob([faultsCsv(refused, first, line)], { type: 'text/csv;charset=utf-8' }));
  return link;
}

/** No spreadsheet takes what somebody wrote for a formula. */
function cell(said) {
  const text = FORMULA.test(String(said)) ? `'${said}` : String(said);
  return `"${text.replaceAll('"', '""')}"`;
}
