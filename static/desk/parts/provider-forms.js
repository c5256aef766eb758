/** What is said of a permit or payment system when it is connected, and put right later: a new token, another address. */

import { html } from '../../shared/html.js';

const ABOUT = ['about_plates', 'about_bays'];
const FRESH = { id: 'new', kind: 'apds', about_plates: true, about_bays: false, place_by: 'zone', name: '', base_url: '' };

export function connectForm() {
  return html`<form class="stack" name="connect" novalidate><div class="errors" role="alert" tabindex="-1" hidden></div>
    ${fields(FRESH, 'It is encrypted and never shown again.')}<button class="main">Connect it</button></form>`;
}

export function changeForm(provider) {
  return html`<form class="stack" name="change" data-id="${provider.id}" novalidate><div class="errors" role="alert" tabindex="-1" hidden></div>
    ${fields(provider, 'Leave it empty to keep the one we have. Another address needs its own.')}<button class="main">Save</button></form>`;
}

function fields({ id, kind, name, base_url: url, place_by: by, ...about }, help) {
  return html`<p class="tight"><label for="name-${id}">What you call it</label><input id="name-${id}" name="name" value="${name}" autocomplete="off"></p>
    ${kind !== 'list' && html`<p class="tight"><label for="url-${id}">Its address (APDS, https)</label><input id="url-${id}" name="base_url" value="${url}" type="url" inputmode="url" autocomplete="off" spellcheck="false"></p>
      <p class="tight"><label for="token-${id}">Access token that it gave you</label><input id="token-${id}" name="token" type="password" autocomplete="off">
        <span class="muted">${help}</span></p>`}
    <p class="tight"><label for="by-${id}">Its places follow</label><select id="by-${id}" name="place_by">
      ${[['zone', 'our zones'], ['bay', 'our bays']].map(([value, words]) => html`<option value="${value}" ${value === by && 'selected'}>${words}</option>`)}</select></p>
    <fieldset><legend>It is asked about</legend>
      <label class="choice"><input type="checkbox" name="about_plates" ${about.about_plates && 'checked'}> <span>Plates, at the kerb</span></label>
      <label class="choice"><input type="checkbox" name="about_bays" ${about.about_bays && 'checked'}> <span>Bays, before anybody is sent (only if it knows single bays)</span></label></fieldset>`;
}

/** As the server takes it; a token that was not typed stays what it is. */
export function bodyOf(form) {
  const said = Object.fromEntries(new FormData(form));
  if (!said.token) delete said.token;
  return { ...said, ...Object.fromEntries(ABOUT.map((name) => [name, name in said])) };
}
