/** Leaving the phone to whoever comes next. */

const LAST_SENDING = 5_000; // ms; what has not gone by then stays on the phone, sealed

/**
 * Sign out at the officer's word: what waits is sent, then the sign-in ends. Where the server can't be reached nobody
 * could sign in after them, so they are asked first. Their work is hidden already; `stay` shows it anew, `left` is run
 * when they have gone.
 */
export async function takeLeave(hand, { session, door, stay, left }) {
  const { own, cutOff } = hand;
  if (!cutOff) {
    door.leaving();
    await sendLast(hand);
  }
  hand.stop();
  if (!cutOff && (await session.signOut(own))) return left();
  const leave = () => session.leave(own).then(left);
  return door.unheard({ hasPin: await session.hasPin(), stay, leave });
}

/** The last step may still be one that could be taken back: such as that the shift has ended. */
function sendLast(hand) {
  if (!hand.outbox.waiting.length) return null;
  return Promise.race([hand.send({ all: true }), new Promise((resolve) => setTimeout(resolve, LAST_SENDING))]);
}
