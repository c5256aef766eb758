import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgetMessages } from '../../static/patrol/push.js';
import { takeLeave } from '../../static/patrol/leaving.js';

/** A phone that is left: what happened, in order; `unheard` is what its officer is asked where the server is away. */
function makePhone({ cutOff = false, hears = true, waiting = 0, hasPin = false } = {}) {
  const story = [];
  const note = (word, answer) => async () => { story.push(word); return answer; };
  const hand = { own: {}, cutOff, outbox: { waiting: Array(waiting).fill({}) }, send: note('sent'), stop: () => story.push('stopped') };
  const session = { signOut: note('told the server', hears), leave: note('signed out here'), hasPin: async () => hasPin };
  const phone = { story, unheard: null };
  const door = { leaving: () => story.push('said so'), unheard: (asked) => { phone.unheard = asked; } };
  phone.leave = () => takeLeave(hand, { session, door, stay: () => story.push('stayed'), left: () => story.push('left') });
  return phone;
}

test('who signs out sees that at once; what waits goes first, then the sign-in', async () => {
  const phone = makePhone({ waiting: 1 });
  await phone.leave();
  assert.deepEqual(phone.story, ['said so', 'sent', 'stopped', 'told the server', 'left']);
});

test('without a signal nobody is signed out before they were asked', async () => {
  const phone = makePhone({ cutOff: true, hasPin: true });
  await phone.leave();
  assert.deepEqual(phone.story, ['stopped']);
  assert.equal(phone.unheard.hasPin, true);
  await phone.unheard.leave();
  assert.deepEqual(phone.story, ['stopped', 'signed out here', 'left']);
});

test('a server that does not answer is no signal, either', async () => {
  const phone = makePhone({ hears: false });
  await phone.leave();
  assert.ok(!phone.story.includes('left'));
  phone.unheard.stay();
  assert.equal(phone.story.at(-1), 'stayed');
});

test('the messages of whoever had the phone leave its screen, and its badge', async () => {
  const closed = [];
  const shown = ['offer', 'check-in'].map((name) => ({ close: () => closed.push(name) }));
  const serviceWorker = { getRegistration: async () => ({ getNotifications: async () => shown }) };
  const navigator = { serviceWorker, clearAppBadge: async () => closed.push('badge') };
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  globalThis.localStorage = { removeItem: (name) => closed.push(name) };
  await forgetMessages();
  assert.deepEqual(closed, ['openpatrol-device', 'offer', 'check-in', 'badge']);
});
