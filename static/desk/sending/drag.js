/** Something is taken with a pointer (a mouse, a finger, a pen), carried over the page, and put down; Escape puts it back. */

const FAR = 6; // px; a pointer that moves less was a click
const EDGE = 70; // px from the window's upper and lower edge, within which the page scrolls
const STEP = 14; // px a frame

/**
 * `take(event)`: what is taken there, or null; `begun(thing)`; `over(thing, x, y)`: the words to show at the hand;
 * `dropped(thing)`; `ended(thing)`, however it ends. All until `signal` aborts.
 */
export class Drag {
  #root;
  #on;
  #held = null;
  #hand = document.createElement('p');

  constructor(root, { signal, ...on }) {
    [this.#root, this.#on] = [root, on];
    this.#hand.className = 'in-hand';
    this.#hand.setAttribute('aria-hidden', 'true');
    root.addEventListener('pointerdown', (event) => this.#down(event), { capture: true, signal });
    signal.addEventListener('abort', () => this.#end());
  }

  #down(event) {
    if (!event.isPrimary || event.button !== 0 || this.#held) return;
    const thing = this.#on.take(event);
    if (!thing) return;
    const left = new AbortController();
    this.#held = { thing, left, pointer: event.pointerId, from: [event.clientX, event.clientY], at: null };
    const on = (type, run) => addEventListener(type, (each) => this.#isOurs(each) && run(each), { capture: true, signal: left.signal });
    on('pointermove', ({ clientX, clientY }) => this.#move(clientX, clientY));
    on('pointerup', () => this.#up());
    on('pointercancel', () => this.#end());
    on('keydown', (each) => this.#key(each));
    on('blur', ({ target }) => target === window && this.#end());
  }

  #isOurs({ pointerId }) {
    return pointerId === undefined || pointerId === this.#held.pointer;
  }

  #move(x, y) {
    const { thing, from, at } = this.#held;
    if (!at && Math.hypot(x - from[0], y - from[1]) < FAR) return;
    this.#held.at = [x, y];
    if (!at) this.#begin(thing);
    this.#show();
  }

  #begin(thing) {
    document.body.append(this.#hand);
    document.documentElement.classList.add('sending');
    this.#on.begun(thing);
    this.#scroll();
  }

  #show() {
    const { thing, at: [x, y] } = this.#held;
    this.#hand.style.transform = `translate(${x}px, ${y}px)`;
    this.#hand.classList.toggle('leftwards', x > innerWidth / 2);
    this.#hand.textContent = this.#on.over(thing, x, y);
  }

  /** Near an edge the page goes on, for as long as the hand is there. */
  #scroll() {
    if (!this.#held?.at) return;
    const [, y] = this.#held.at;
    const before = scrollY;
    if (y < EDGE) scrollBy(0, -STEP);
    if (y > innerHeight - EDGE) scrollBy(0, STEP);
    if (scrollY !== before) this.#show();
    requestAnimationFrame(() => this.#scroll());
  }

  #up() {
    const { thing, at } = this.#held;
    if (at) {
      swallowClick();
      this.#on.dropped(thing);
    }
    this.#end();
  }

  #key(event) {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    swallowClickAtUp();
    this.#end();
  }

  #end() {
    if (!this.#held) return;
    const { thing, left } = this.#held;
    this.#held = null;
    left.abort();
    this.#hand.remove();
    document.documentElement.classList.remove('sending');
    this.#on.ended(thing);
  }
}

/** What is let go of over a button, or a map, was not meant to press it. */
function swallowClick() {
  const done = new AbortController();
  addEventListener('click', (event) => {
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true, signal: done.signal });
  setTimeout(() => done.abort());
}

function swallowClickAtUp() {
  addEventListener('pointerup', swallowClick, { capture: true, once: true });
}
