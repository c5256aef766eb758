/** The library that draws charts, fetched when a report is first shown. */

import { onceMore } from '../../shared/once-more.js';

let loading = null;

/** Chart.js, ready to use; null where it can't be loaded just now: the tables have all figures, too. */
export function chartLibrary() {
  loading ??= onceMore(() => import('/vendor/chart.js/dist/chart.umd.min.js')).then(() => globalThis.Chart).catch(() => {
    loading = null;
    return null;
  });
  return loading;
}
