/** What was typed and not yet sent, kept for one task in this tab; a reload or a crash does not lose it. */
export class Draft {
  #key;

  constructor(kind, taskId) {
    this.#key = `${kind}:${taskId}`;
  }

  load() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#key)) ?? {};
    } catch {
      return {};
    }
  }

  save(typed) {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(typed));
    } catch {
      // Storage is full or forbidden: the form itself still holds what was typed.
    }
  }
}

/** Nothing of this officer stays for the next one who signs in on this phone. */
export function forgetDrafts() {
  sessionStorage.clear();
}
