/** Reads text/event-stream as it arrives, in pieces of any size. */
export class EventReader {
  #rest = '';
  #event = fresh();

  /** The events that are complete with this piece: [{type, data, id}]. Comments are signs of life only. */
  read(piece) {
    const lines = (this.#rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    return lines.flatMap((line) => this.#take(line));
  }

  #take(line) {
    if (line === '') return this.#finish();
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line);
    if (field === 'event') this.#event.type = value;
    if (field === 'id') this.#event.id = value;
    if (field === 'data') this.#event.data.push(value);
    return [];
  }

  #finish() {
    const { type, id, data } = this.#event;
    this.#event = fresh();
    return data.length || type !== 'message' ? [{ type, id, data: data.join('\n') }] : [];
  }
}

function fresh() {
  return { type: 'message', id: null, data: [] };
}
