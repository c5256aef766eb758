/** The fields by which bays are chosen: words, zone, what they allow, how they are. */

import { get } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { allowsWords, options, STATE_CHOICES } from './words.js';

let restrictions = null;

/** All that bays may allow; asked for once while the desk is open, unless `anew`. */
export function knownRestrictions(anew = false) {
  if (anew || !restrictions) {
    restrictions = get('/restrictions').then(({ items }) => items);
    restrictions.catch(() => { restrictions = null; });
  }
  return restrictions;
}

export function restrictionOptions(items, empty) {
  return options(items.map((each) => [each.id, `${each.name}: ${allowsWords(each)}`]), empty);
}

export function chooseFields() {
  return html`<p class="tight"><label for="which-text">Street or bay</label><input id="which-text" name="text" type="search" autocomplete="off" maxlength="100"></p>
    <p class="tight"><label for="which-zone">Zone</label><select id="which-zone" name="zone_id"></select></p>
    <p class="tight"><label for="which-allows">Allows</label><select id="which-allows" name="restriction_id"></select></p>
    <p class="tight"><label for="which-state">State</label><select id="which-state" name="state">${options(STATE_CHOICES, 'Any')}</select></p>`;
}

export async function fillFields(form, zones) {
  form.elements.zone_id.replaceChildren(options(zones.map(({ id, name }) => [id, name]), 'Any'));
  form.elements.restriction_id.replaceChildren(restrictionOptions(await knownRestrictions(), 'Anything'));
}

/** What was chosen, as the API wants it: nothing for what was left open. */
export function chosenIn(form) {
  const names = ['text', 'zone_id', 'restriction_id', 'state'];
  const said = names.map((name) => [name, form.elements[name].value.trim()]).filter(([, value]) => value);
  return Object.fromEntries(said);
}
