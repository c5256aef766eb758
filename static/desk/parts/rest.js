const A_MOMENT = 250; // ms

/** `run`, once nothing has been typed for a moment (`pause` ms): asked for as often as you like, done with what was said last. */
export class Rest {
  #run;
  #pause;
  #timer;

  constructor(run, pause = A_MOMENT) {
    this.#run = run;
    this.#pause = pause;
  }

  soon(...said) {
    this.stop();
    this.#timer = setTimeout(() => this.#run(...said), this.#pause);
  }

  /** Not at all, if it has not come to it yet. */
  stop() {
    clearTimeout(this.#timer);
  }
}
