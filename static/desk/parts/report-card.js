import { queryOf } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import './report-picture.js';
import './report-spots.js';

/** One report: its finding in a sentence, its picture, its table, what is counted. Set `kind` (see reports/kinds.js). */
export class ReportCard extends HTMLElement {
  kind = null;

  connectedCallback() {
    const { table, title, heads, spots } = this.kind;
    this.className = 'card stack';
    this.replaceChildren(html`<h2 id="report-${table}">${title}</h2><p class="says"></p>
      <div class="stack figures" hidden>
        ${spots ? html`<report-spots></report-spots>` : html`<report-picture></report-picture>`}
        <details><summary>The figures as a table</summary><div class="wide" tabindex="0" role="region" aria-labelledby="report-${table}"><table>
          <caption class="unseen">${title}</caption>
          <thead><tr>${heads.map((head, index) => html`<th scope="col" class="${index ? 'figure' : ''}">${head}</th>`)}</tr></thead>
          <tbody></tbody></table></div></details>
      </div>
      <details class="means"><summary>What is counted</summary><ul></ul></details>
      <p class="file" hidden><a download>Download as CSV<span class="unseen">: ${title}</span></a></p>`);
  }

  /** `told`: the route's answer; `query`: what it was asked for. */
  show(told, query) {
    const { table, empty, nothing, says, rows } = this.kind;
    const none = empty(told);
    this.querySelector('.says').textContent = none ? nothing : says(told);
    this.querySelector('.says').hidden = !none && says(told) === '';
    this.querySelector('.figures').hidden = none;
    this.querySelector('.file').hidden = none;
    this.querySelector('.file a').href = `/api/v1/reports/file${queryOf({ table, ...query })}`;
    this.querySelector('.means ul').replaceChildren(html`${Object.values(told.means).map((words) => html`<li>${words}</li>`)}`);
    this.querySelector('tbody').replaceChildren(html`${none ? [] : rows(told).map(drawRow)}`);
    return none ? null : this.#draw(told);
  }

  #draw(told) {
    const { title, picture, spots, says } = this.kind;
    if (spots) return this.querySelector('report-spots').show(spots(told));
    return this.querySelector('report-picture').show(picture(told), `${title}. ${says(told)} The table below has all figures.`);
  }
}

function drawRow([first, ...cells]) {
  return html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td class="${typeof cell === 'number' || /^[\d–]/.test(cell) ? 'figure' : ''}">${
    typeof cell === 'number' ? cell.toLocaleString('en-GB') : cell}</td>`)}</tr>`;
}

customElements.define('report-card', ReportCard);
