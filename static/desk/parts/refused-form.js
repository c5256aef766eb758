/** What the server finds wrong with a form: in words above it, and at each field that it names. */

import { fieldErrors } from '../../shared/api.js';
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

/**
 * What is wrong with it (an ApiError, or { message, errors } of ours), above it, its `fields` marked; null takes it away.
 * `names`: a field's own name, where the server has another for it.
 */
export function markForm(form, error, { names = {}, fields = 'input, select, textarea' } = {}) {
  const place = form.querySelector('.errors');
  place.hidden = error === null;
  place.replaceChildren(error === null ? '' : errorList(error));
  const wrong = error === null ? [] : Object.keys(fieldErrors(error)).map((name) => names[name] ?? name);
  for (const field of form.querySelectorAll(fields)) {
    if (wrong.includes(field.name)) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  }
}
