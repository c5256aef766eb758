/** What the server finds wrong with a form, in words: above it, and at each field that it names. */

import { errorList } from '../../shared/error-list.js';
import { html } from '../../shared/html.js';

/** `named(pointer)`: the field's own name for the place that the server means ("/email" is "email"). */
export function refuseForm(form, error, named = (pointer) => pointer.split('/').pop()) {
  acceptForm(form);
  const place = form.querySelector('.errors');
  place.hidden = false;
  place.replaceChildren(errorList(error));
  const fields = error.errors.map(({ pointer = '', detail }) => [form.elements[named(pointer)], detail]).filter(([field]) => field instanceof Element);
  for (const [index, [field, detail]] of fields.entries()) say(field, detail, `wrong-${index}`);
  (fields[0]?.[0] ?? place).focus();
}

function say(field, detail, id) {
  field.setAttribute('aria-invalid', 'true');
  field.setAttribute('aria-describedby', [field.dataset.describedby ?? '', id].join(' ').trim());
  field.after(html`<span class="wrong now" id="${id}">${detail}</span>`);
}

/** Nothing is wrong with it, as far as anybody knows. */
export function acceptForm(form) {
  form.querySelector('.errors').hidden = true;
  form.querySelectorAll('.wrong').forEach((each) => each.remove());
  for (const field of form.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid');
    if (field.dataset.describedby) field.setAttribute('aria-describedby', field.dataset.describedby);
    else field.removeAttribute('aria-describedby');
  }
}
