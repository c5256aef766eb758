import { now, zone } from '../shared/clock.js';
import { html } from '../shared/html.js';
import { keyed } from '../shared/keyed.js';
import { when } from '../shared/words.js';

/** What officers saw at a task, look by look, with the photos that have come. */
export class TaskLooks extends HTMLElement {
  connectedCallback() {
    if (!this.firstChild) this.replaceChildren(html`<h3>What was seen</h3><ol></ol>`);
  }

  show({ looks }) {
    this.hidden = looks.length === 0;
    keyed(this.querySelector('ol'), looks.map(told), { key: ({ id }) => id, mark: JSON.stringify, draw });
  }
}

function told({ id, officer, recorded_at: at, misread_at: misread, plate, valve_front: front, valve_rear: rear, note, photos, addenda }) {
  return {
    id,
    who: `${officer.name}, ${when(at, now(), zone())}`,
    plate,
    misread: misread && `Marked as misread ${when(misread, now(), zone())}: it counts for nothing since.`,
    valves: front && `Valves at ${front} and ${rear} o’clock`,
    words: [note, ...addenda.map(({ text }) => `Added: ${text}`)].filter(Boolean),
    photos: photos.filter(({ received_at: came }) => came).map(({ sha256, taken_at: taken, chosen }) => ({
      url: `/api/v1/sightings/${id}/photos/${sha256}`, chosen, words: photoWords(taken && when(taken, now(), zone()), chosen),
    })),
    awaited: photos.filter(({ received_at: came }) => !came).length,
  };
}

function draw({ who, plate, misread, valves, words, photos, awaited }) {
  const seen = (what) => (misread ? html`<s>${what}</s>` : what);
  return html`<li class="tight"><p><span class="muted">${who}</span> ${plate && html`<strong>${seen(plate)}</strong>`}</p>
    ${valves && html`<p>${seen(valves)}</p>`}
    ${misread && html`<p class="soon">${misread}</p>`}
    ${words.map((each) => html`<p>${each}</p>`)}
    ${photos.length > 0 && html`<p class="photos">${photos.map(({ url, words: of, chosen }) => html`<a href="${url}"
      target="_blank" rel="noopener"><img src="${url}" alt="${of}" loading="lazy">${chosen && html`<span class="small">${of}</span>`}</a>`)}</p>`}
    ${awaited > 0 && html`<p class="muted">${awaitedWords(awaited)}</p>`}</li>`.firstElementChild;
}

function photoWords(at, chosen) {
  if (!chosen) return `Photo taken ${at}`;
  return at ? `Chosen from the phone’s pictures; the time is the file’s: ${at}` : 'Chosen from the phone’s pictures; the file has no time';
}

function awaitedWords(number) {
  return number === 1 ? 'One photo is still on the phone.' : `${number} photos are still on the phone.`;
}

customElements.define('task-looks', TaskLooks);
