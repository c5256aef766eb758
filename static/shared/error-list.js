import { html } from './html.js';

/** What is wrong, and each thing that has to be put right. */
export function errorList(error, words = error.message) {
  const details = error.errors.map(({ detail }) => detail).filter((detail) => detail !== words);
  const items = details.map((detail) => html`<li>${detail}</li>`);
  return html`<p class="now">${words}</p>${items.length > 0 && html`<ul>${items}</ul>`}`;
}
