import { html } from '../../shared/html.js';
import { shape } from '../../shared/shapes.js';

/**
 * Two people changed one thing: the second is shown both, side by side, and nothing was overwritten. Emits `clash-answer`
 * {keep}: `theirs` or `mine`.
 */
export class ChangeClash extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', ({ target: { value } }) => value && this.dispatchEvent(new CustomEvent('clash-answer', { detail: { keep: value }, bubbles: true })));
  }

  /** `what` was changed: “this zone”; `who`, `when`: of the change; `rows`: { what, mine, theirs, differs }. Null: there is none. */
  show(clash) {
    const mark = JSON.stringify(clash);
    if (this.dataset.shown === mark) return;
    this.dataset.shown = mark;
    this.hidden = clash === null;
    this.replaceChildren(clash ? draw(clash) : '');
    this.querySelector('h2')?.focus();
  }
}

function draw({ what: thing, who, when, rows }) {
  return html`<section class="card stack" aria-labelledby="clash-title"><h2 id="clash-title" tabindex="-1">${shape('alarm')} Changed meanwhile</h2>
    <p>${who} changed ${thing} at ${when}, while you were at it. Nothing was overwritten.</p>
    <table><thead><tr><td></td><th scope="col">Yours</th><th scope="col">Theirs</th></tr></thead>
      <tbody>${rows.map(({ what, mine, theirs, differs }) => html`<tr><th scope="row">${what}${differs && html` <strong>differs</strong>`}</th><td>${mine}</td><td>${theirs}</td></tr>`)}</tbody></table>
    <p class="row"><button type="button" value="theirs" class="main">Take theirs</button><button type="button" value="mine">Save mine in its place</button></p></section>`;
}

customElements.define('change-clash', ChangeClash);
