/** The map library, fetched when a map is first opened. */

let loading = null;

/** Leaflet, ready to use; its stylesheet stands in the page by then. */
export function leaflet() {
  loading ??= load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load() {
  await Promise.all([import('/vendor/leaflet/dist/leaflet.js'), style('/vendor/leaflet/dist/leaflet.css')]);
  return globalThis.L;
}

/** Before our own, so that ours have the last word. */
function style(href) {
  const link = document.createElement('link');
  Object.assign(link, { rel: 'stylesheet', href });
  const ready = new Promise((resolve) => { link.onload = resolve; link.onerror = resolve; });
  document.head.prepend(link);
  return ready;
}
