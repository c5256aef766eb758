import { ApiError } from './api.js';
import { html } from './html.js';
import { quoted } from './quoted.js';

/** What is wrong, in `better` words if there are some, and each thing that has to be put right. */
export function errorList(error, better = null) {
  const { message, title } = error;
  const shown = error instanceof ApiError ? quoted : String;
  const all = error.errors.map(({ detail }) => detail);
  const details = all.filter((detail) => detail !== message);
  const repeats = details.length > 0 && details.every((detail) => message.includes(detail));
  const words = better ?? shown(repeats ? title : message);
  const items = details.map((detail) => html`<li>${shown(detail)}</li>`);
  return html`<p class="now">${words}</p>${items.length > 0 && html`<ul>${items}</ul>`}`;
}
