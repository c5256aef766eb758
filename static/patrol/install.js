/** Putting the app on the home screen: what the browser offers, and which words fit this phone. */

const SEEN = 'openpatrol-install-seen';
let offer = null;

addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  offer = event;
  dispatchEvent(new Event('openpatrol-installable'));
});
addEventListener('appinstalled', () => { offer = null; });

/** installed · offered (one tap does it) · apple · android · other: how it is put on the home screen here. */
export function installWay({ agent = navigator.userAgent, touch = navigator.maxTouchPoints, standalone = isStandalone() } = {}) {
  if (standalone) return 'installed';
  if (offer) return 'offered';
  if (/iPhone|iPad/.test(agent) || (/Macintosh/.test(agent) && touch > 1)) return 'apple';
  return /Android/.test(agent) ? 'android' : 'other';
}

export async function install() {
  await offer.prompt();
  offer = null;
}

function isStandalone() {
  return navigator.standalone === true || matchMedia('(display-mode: standalone)').matches;
}

export function wasSeen() {
  return localStorage.getItem(SEEN) !== null;
}

export function noteSeen() {
  localStorage.setItem(SEEN, 'yes');
}
