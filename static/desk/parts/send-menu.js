import { html } from '../../shared/html.js';
import { placeWords } from '../../shared/task-words.js';
import { isGivable, whyBusy, whyNotZone } from '../sending/rules.js';

/** Where to send an officer, as a list: what a hand does by dragging them. Emits `send` {shift, task} or {shift, zone}: ids. */
export class SendMenu extends HTMLElement {
  #shift = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<dialog aria-labelledby="send-title"><form method="dialog" class="stack"><h2 id="send-title"></h2>
      <p class="muted" hidden></p><p class="tight"><label for="send-to">To</label><select id="send-to" name="to"></select></p>
      <p class="row"><button class="main" value="send">Send</button><button value="cancel" formnovalidate>Cancel</button></p></form></dialog>`);
    this.querySelector('dialog').addEventListener('close', ({ target }) => target.returnValue === 'send' && this.#send());
  }

  /** `tasks`: the open ones, the most urgent first. */
  open({ shift, tasks, zones }) {
    this.#shift = shift;
    const [busy, line] = [whyBusy(shift, tasks), this.querySelector('p')];
    this.querySelector('h2').textContent = `Send ${shift.officer.name}`;
    line.hidden = busy === null;
    line.textContent = busy && `${busy} A task can’t be given now.`;
    this.querySelector('select').replaceChildren(
      group('A task', busy ? [] : tasks.filter(isGivable).map((task) => [`task ${task.id}`, placeWords(task)])),
      group('A zone, and no other', zones.filter((zone) => !whyNotZone(shift, zone)).map(({ id, name }) => [`zone ${id}`, name])),
    );
    this.querySelector('[value=send]').disabled = !this.querySelector('option');
    const dialog = this.querySelector('dialog');
    dialog.returnValue = '';
    dialog.showModal();
  }

  #send() {
    const [kind, id] = this.querySelector('select').value.split(' ');
    this.dispatchEvent(new CustomEvent('send', { detail: { shift: this.#shift.id, [kind]: id }, bubbles: true }));
  }
}

function group(label, options) {
  return html`<optgroup label="${label}">${options.map(([value, words]) => html`<option value="${value}">${words}</option>`)}</optgroup>`;
}

customElements.define('send-menu', SendMenu);
