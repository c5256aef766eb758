import { html } from '../../shared/html.js';

/**
 * Whether a case is kept whatever its age: an appeal, a claim, a request of a court. Emits `case-hold` {reason} and
 * `case-lift` {reason}, the reason of the hold that is lifted.
 */
export class CaseHold extends HTMLElement {
  #hold = null;
  #mark;

  connectedCallback() {
    this.addEventListener('submit', (event) => this.#submit(event));
  }

  /** `hold`: { reason, placed_at, placed_by } or null; `on` writes a time. Drawn anew only when it is another one. */
  show({ hold, on }) {
    const mark = hold?.id ?? null;
    if (mark === this.#mark) return;
    [this.#hold, this.#mark] = [hold, mark];
    this.replaceChildren(html`<h2 id="held">How long it is kept</h2>${hold ? held(hold, on) : free()}`);
  }

  #submit(event) {
    event.preventDefault();
    const reason = this.#hold?.reason ?? new FormData(event.target).get('reason');
    this.dispatchEvent(new CustomEvent(this.#hold ? 'case-lift' : 'case-hold', { detail: { reason }, bubbles: true }));
  }
}

function held({ reason, placed_at: since, placed_by: by }, on) {
  return html`<p><strong>Held: ${reason}</strong></p>
    <p class="muted">By ${by.name}, since ${on(since)}. Nothing of this case is erased until the hold is lifted.</p>
    <form><button>Lift the hold</button></form>`;
}

function free() {
  return html`<p class="muted">As long as the policy says. Hold it for an appeal, a claim or a court, and nothing of it is erased.</p>
    <form class="tight"><label for="hold-reason">Hold this case, because</label>
      <div class="row"><input id="hold-reason" name="reason" required maxlength="500" autocomplete="off"><button>Hold</button></div></form>`;
}

customElements.define('case-hold', CaseHold);
