import { html } from '../../shared/html.js';
import { capital, plain } from '../../shared/task-words.js';
import { refuseForm } from '../parts/refused-form.js';
import './observation-table.js';
import { numberOf, ruleField } from './observation-table.js';
import { LABELS, NUMBERS, TEXTS } from './policy-fields.js';
import { withValues } from './policy-diff.js';

/** A policy as a form. `open({ bounds, codes }, mayChange)` once; then set and read `policy`. Emits `change`. */
export class PolicyForm extends HTMLElement {
  #policy = {};

  open({ bounds, codes }, mayChange) {
    const within = new Map(bounds.map(({ pointer, ...each }) => [pointer.slice(1), each]));
    this.replaceChildren(html`<form class="stack" novalidate><div class="errors" role="alert" tabindex="-1" hidden></div>
      <fieldset class="stack" ${!mayChange && 'disabled'}>
        <div class="fields">${TEXTS.map(textField)}</div>
        ${Object.entries(NUMBERS).map(([title, fields]) => html`<section><h2>${title}</h2>
          <div class="fields">${fields.map((field) => numberField(field, within.get(field[0])))}</div></section>`)}
        <section class="stack"><h2>Observation and sightings</h2>
          <p class="muted">No law sets them: each council has its own table. A row with a suffix goes before one without.</p>
          <observation-table></observation-table>
          <div class="fields"><p class="tight"><label for="dm">All other codes: observe, min</label><input id="dm" name="default_observation/minutes" type="number" step="1"></p>
            <p class="tight"><label for="ds">All other codes: sightings</label><input id="ds" name="default_observation/sightings" type="number" step="1"></p>
            <p class="tight"><span class="label">All other codes: it may begin</span>${ruleField('default_observation/start_rule', 'none', 'All other codes: it may begin')}</p></div></section>
        <section class="stack"><h2>Codes</h2>
          <p class="tight"><label for="codes">Codes that officers may raise, in the order in which their phones show them</label>
            <input id="codes" name="codes" data-describedby="codes-help" aria-describedby="codes-help">
            <span class="muted" id="codes-help">With spaces between, such as 30 01 05. Empty: all of the national list.</span></p>
          <fieldset><legend>Codes that turn on a permit, payment or badge alone</legend>
            <p class="muted">Off unless ticked: they need a system that is asked for permits and payments, and time to pay.</p>
            <div class="fields">${codes.filter(({ presence }) => presence).map(({ code, gist }) => html`<label class="choice"><input
              type="checkbox" name="presence_codes" value="${code}"> <span>${code} ${gist}</span></label>`)}</div></fieldset></section>
        <section class="stack"><h2>Officers</h2>
          <label class="choice"><input type="checkbox" name="phone_pin"> <span>A PIN on each officer’s phone</span></label>
          <p class="tight"><label for="equipment">What officers look over before they go out, one a line</label>
            <textarea id="equipment" name="equipment" rows="5"></textarea></p></section>
      </fieldset></form>`);
    this.addEventListener('submit', (event) => event.preventDefault());
  }

  set policy(policy) {
    this.#policy = structuredClone(policy);
    const { elements } = this.#form;
    for (const [name] of [...TEXTS, ...Object.values(NUMBERS).flat()]) elements[name].value = String(at(policy, name) ?? '');
    for (const name of ['minutes', 'sightings', 'start_rule']) {
      const usual = { minutes: 0, sightings: 1, start_rule: 'none' }[name];
      elements[`default_observation/${name}`].value = String(at(policy, `default_observation/${name}`) ?? usual);
    }
    this.querySelector('observation-table').rows = policy.observations ?? [];
    elements.codes.value = (policy.codes ?? []).join(' ');
    for (const box of this.querySelectorAll('[name=presence_codes]')) box.checked = (policy.presence_codes ?? []).includes(box.value);
    elements.phone_pin.checked = policy.phone_pin ?? false;
    elements.equipment.value = (policy.equipment ?? []).join('\n');
  }

  /** As it is typed; what the form has no field for stays as it was. */
  get policy() {
    const { elements } = this.#form;
    const numbers = Object.values(NUMBERS).flat().map(([name]) => [name, numberOf(elements[name].value)]);
    const texts = TEXTS.map(([name]) => [name, elements[name].value.trim() || null]);
    const codes = elements.codes.value.split(/[\s,;]+/).filter(Boolean);
    return withValues(this.#policy, [
      ...numbers, ...texts,
      ['default_observation/minutes', numberOf(elements['default_observation/minutes'].value)],
      ['default_observation/sightings', numberOf(elements['default_observation/sightings'].value)],
      ['default_observation/start_rule', elements['default_observation/start_rule'].value],
      ['observations', this.querySelector('observation-table').rows],
      ['codes', codes.length ? codes : null],
      ['presence_codes', [...this.querySelectorAll('[name=presence_codes]:checked')].map(({ value }) => value)],
      ['phone_pin', elements.phone_pin.checked],
      ['equipment', elements.equipment.value.split('\n').map((line) => line.trim()).filter(Boolean)],
    ]);
  }

  /** What the server finds wrong (an ApiError), at its fields. */
  refuse(error) {
    const errors = error.errors.map(({ pointer, detail }) => ({ pointer, detail: `${this.#called(pointer)}: ${detail}` }));
    refuseForm(this.#form, Object.assign(error, { errors }), (pointer) => this.#named(pointer));
  }

  get #form() {
    return this.querySelector('form');
  }

  #called(pointer) {
    const place = this.#named(pointer);
    return LABELS.get(place) ?? LABELS.get(place.split('/')[0]) ?? capital(plain(place));
  }

  /** "codes/0" is wrong in the field "codes". */
  #named(pointer) {
    const place = pointer.replace('/policy/', '');
    return this.#form.elements[place] ? place : place.split('/').slice(0, -1).join('/');
  }
}

function at(policy, place) {
  return place.split('/').reduce((inside, name) => inside?.[name], policy);
}

function textField([name, label, help]) {
  return html`<p class="tight"><label for="${`p-${name}`}">${label}</label><input id="${`p-${name}`}" name="${name}" autocomplete="off"
    data-describedby="${help && `h-${name}`}" aria-describedby="${help && `h-${name}`}">
    ${help && html`<span class="muted" id="${`h-${name}`}">${help}</span>`}</p>`;
}

function numberField([name, label, unit, help], { low, high, usual }) {
  const words = `${help} From ${low} to ${high}${unit && ` ${unit}`}, usually ${usual}.`.trim();
  return html`<p class="tight"><label for="${`p-${name}`}">${label}${unit && `, ${unit}`}</label><input id="${`p-${name}`}" name="${name}"
    type="number" step="any" data-describedby="${`h-${name}`}" aria-describedby="${`h-${name}`}"><span class="muted" id="${`h-${name}`}">${words}</span></p>`;
}

customElements.define('policy-form', PolicyForm);
