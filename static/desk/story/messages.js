/** What phones were told of a task, and what the desk wrote to those who had it. */

const KINDS = { offer: 'asked to go', withdrawn: 'told that it is called off' };

/** Lines, in order. `on(time)`: a time in words; `now` in milliseconds. */
export function messageLines({ pushes, words }, { on, now }) {
  const lines = [...pushes.map((push) => pushLine(push, { on, now })), ...words.map((each) => wordsLine(each, on))];
  return lines.sort((one, other) => one.order - other.order);
}

function pushLine(push, { on, now }) {
  const { shape, tone, fate } = fateOf(push, { on, now });
  return {
    key: push.id, order: Date.parse(push.queued_at), shape, tone, at: on(push.queued_at),
    words: `${push.officer.name}’s phone was ${KINDS[push.kind] ?? 'told of it'}`,
    details: [fate],
  };
}

/** Only the phone’s own receipt proves that a message was shown. */
function fateOf({ state, sent_at: sent, received_at: received, expires_at: until, attempts, detail }, { on, now }) {
  if (received) return { shape: 'done', tone: 'fine', fate: `Shown on the phone ${on(received)}.` };
  if (state === 'dropped') return { shape: 'ended', tone: 'muted', fate: `Not sent: ${detail ?? 'it was of no use any more'}.` };
  if (state === 'failed') return { shape: 'alarm', tone: 'soon', fate: `It could not be delivered${detail ? `: ${detail}` : ''} (${tries(attempts)}).` };
  if (state === 'queued') return { shape: 'free', tone: 'soon', fate: attempts ? `Not sent yet, after ${tries(attempts)}.` : 'Not sent yet.' };
  const lapsed = Date.parse(until) <= now ? ` It was worth showing until ${on(until)}.` : '';
  return { shape: 'free', tone: 'soon', fate: `Sent ${on(sent)}; the phone has not said that it was shown.${lapsed}` };
}

function tries(number) {
  return number === 1 ? 'one try' : `${number} tries`;
}

function wordsLine({ id, officer, sent_by: by, text, sent_at: sent, read_at: read }, on) {
  return {
    key: id, order: Date.parse(sent), shape: read ? 'done' : 'free', tone: read ? 'fine' : 'soon', at: on(sent),
    words: `${by.name} wrote to ${officer.name}, while it was theirs: “${text}”`,
    details: [read ? `Read ${on(read)}.` : 'Not read yet.'],
  };
}
