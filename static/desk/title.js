/** What stands on the browser's tab: the page, and before it what can't wait. */

let page = 'Desk';
let calls = 0;

export function titlePage(words) {
  page = words;
  write();
}

/** How many call for somebody now. */
export function titleCalls(count) {
  calls = count;
  write();
}

function write() {
  document.title = `${calls ? `(${calls}) ! ` : ''}${page} · OpenPatrol`;
}
