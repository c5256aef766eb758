import { html } from './html.js';

/** What is wrong, and each thing that has to be put right. */
export function errorList(error, message = error.message) {
  const all = error.errors.map(({ detail }) => detail);
  const details = all.filter((detail) => detail !== message);
  const repeats = details.length > 0 && details.every((detail) => message.includes(detail));
  const words = repeats ? error.title : message;
  const items = details.map((detail) => html`<li>${detail}</li>`);
  return html`<p class="now">${words}</p>${items.length > 0 && html`<ul>${items}</ul>`}`;
}
