/**
 * The papers of an officer's shift: the briefing before it, the log after it. They come from the server and are kept,
 * so that they can be read where there is no signal.
 */

import { ApiError } from '../shared/api.js';
import { Answer } from './store/answer.js';

const OLD = 10 * 60_000; // ms; a briefing that was heard longer ago is asked for anew when it is looked at

/** Emits `change`. */
export class Papers extends EventTarget {
  constructor({ kept, outbox }) {
    super();
    Object.assign(this, { briefing: new Answer(kept, 'briefing'), log: new Answer(kept, 'log'), shifts: new Answer(kept, 'shifts') });
    for (const paper of [this.briefing, this.log, this.shifts]) {
      paper.addEventListener('change', () => this.dispatchEvent(new Event('change')));
    }
    outbox.addEventListener('sent', ({ detail: { step, answer, until } }) => until(this.#taken(step, answer)));
  }

  /** What is to be known of this shift: what is kept, then what the server says. Never raises. */
  async brief(shift) {
    await this.briefing.open(`/shifts/${shift.id}/briefing`);
    await this.#renew(this.briefing);
  }

  /** Look at the briefing again, if that was long ago. */
  async lookAgain(now) {
    if (this.briefing.path && !(now - this.briefing.at < OLD)) await this.#renew(this.briefing);
  }

  /** The log of a shift that has ended, as the server has it. */
  async fetchLog(shift) {
    await this.log.open(`/shifts/${shift.id}/log`);
    if (!this.log.said?.signed_at) await this.#renew(this.log);
  }

  /** Which shifts there are today, those that have ended too. */
  async fetchShifts() {
    await this.shifts.open('/shifts');
    await this.#renew(this.shifts);
  }

  /** The log of this shift, as far as it is known. */
  logOf(shift) {
    return this.log.path === `/shifts/${shift.id}/log` ? this.log.said : null;
  }

  /** The briefing of this shift, as far as it is known. */
  briefingOf(shift) {
    return this.briefing.said?.shift_id === shift?.id ? this.briefing.said : null;
  }

  async #renew(paper) {
    try {
      await paper.renew();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.dispatchEvent(new Event('change'));
    }
  }

  async #taken({ kind, about, body }, answer) {
    const read = { last_read: { sha256: body.sha256, read_at: body.recorded_at } };
    if (kind === 'briefing') await amend(this.briefing, `/shifts/${about.shift}/briefing`, read);
    if (kind === 'log-sign' && answer) await amend(this.log, `/shifts/${about.shift}/log`, answer);
  }
}

/** As an answer told of the paper at this path; it may come before any screen has opened that. */
async function amend(paper, path, change) {
  if (paper.path === null) await paper.open(path);
  if (paper.path === path && paper.said) await paper.amend(change);
}

/** How a briefing stands with its officer, unsent steps taken in: `unread`, `read` or `changed` since it was. */
export function readingOf(briefing, steps) {
  const own = steps.filter(({ kind, about, state }) => kind === 'briefing' && about.shift === briefing.shift_id && state === 'waiting');
  const read = own.at(-1)?.body.sha256 ?? briefing.last_read?.sha256;
  if (!read) return 'unread';
  return read === briefing.sha256 ? 'read' : 'changed';
}

/** The shift that ended last, of those that the phone knows of; null where none has. */
export function lastEnded(shifts) {
  const ended = shifts.filter((shift) => shift?.ended_at);
  return ended.reduce((last, shift) => (last && last.ended_at >= shift.ended_at ? last : shift), null);
}

/** How many steps a log still lacks: photos are no part of it, and its signature comes after it. */
export function lackingIn(steps) {
  return steps.filter(({ kind }) => !['photo', 'log-sign'].includes(kind)).length;
}
