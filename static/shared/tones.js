/** Tones, for a page that was touched: browsers give sound to no other. */

const TONE = 0.18; // seconds
const LOUD = 0.3;

const news = new EventTarget();
let audio = null;

/**
 * When the finger is lifted, that counts as a touch. A call or another app may take the sound away; the next touch brings
 * it back.
 */
export function listenForTouch() {
  for (const type of ['pointerup', 'click', 'keydown']) addEventListener(type, wake, { capture: true });
}

/** Would a tone be heard now? */
export function isHeard() {
  return audio?.state === 'running';
}

/** `run` whenever that may have changed. */
export function onHeard(run) {
  news.addEventListener('change', run);
}

function wake() {
  if (!audio) {
    audio = new AudioContext();
    audio.onstatechange = () => news.dispatchEvent(new Event('change'));
  }
  if (audio.state !== 'running') audio.resume().catch(() => {});
}

/** One after the other, in hertz. */
export function play(tones) {
  if (!isHeard()) return;
  tones.forEach((hertz, index) => {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    tone.frequency.value = hertz;
    volume.gain.value = LOUD;
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + index * TONE * 1.3);
    tone.stop(audio.currentTime + index * TONE * 1.3 + TONE);
  });
}
