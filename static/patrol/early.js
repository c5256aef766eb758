/* Runs before the first paint, so that nobody sees another's language, a white flash at night, or small letters. */
(function early() {
  const FEW = 17.5; // letters' heights beside each other: a phone of 360 px at one and a half times the size
  const root = document.documentElement;
  const kept = (name) => localStorage.getItem(`openpatrol-${name}`);
  const read = (name) => own()[name] ?? null;
  const letter = parseFloat(getComputedStyle(root).fontSize); // the browser's own: no stylesheet is read yet
  const device = (wish) => matchMedia(wish);
  const [darkness, contrast] = [device('(prefers-color-scheme: dark)'), device('(prefers-contrast: more)')];

  /** What whoever has the phone chose for themselves. */
  function own() {
    const person = JSON.parse(kept('person') ?? 'null');
    return person ? JSON.parse(kept(`own-${person.id}`) ?? '{}') : {};
  }

  function speak() {
    const spoken = root.dataset.languages.split(' ');
    const wanted = [read('language'), kept('language'), ...navigator.languages.map((each) => each.split('-')[0])];
    const language = wanted.find((each) => spoken.includes(each));
    if (language) root.lang = language === 'en' ? 'en-GB' : language;
    if (['ar', 'dv', 'fa', 'he', 'ps', 'ur', 'yi'].includes(language)) root.dir = 'rtl';
  }

  /** From sunset to sunrise, as the page found them where it was last ("1265 290", minutes of the day); else 19 to 7. */
  function isNight() {
    const [from, to] = (kept('night') ?? '1140 420').split(' ').map(Number);
    const now = new Date();
    const minute = now.getHours() * 60 + now.getMinutes();
    return from > to ? minute >= from || minute < to : minute >= from && minute < to;
  }

  function isDark() {
    const theme = read('theme');
    if (theme === 'time') return isNight();
    return theme === 'dark' || (theme !== 'light' && darkness.matches);
  }

  function dress() {
    const dark = isDark();
    root.dataset.theme = dark ? 'dark' : 'light';
    root.dataset.contrast = read('contrast') === 'more' || contrast.matches ? 'more' : 'usual';
    root.dataset.motion = read('motion') === 'less' ? 'less' : 'usual';
    root.dataset.text = read('text') ?? '100';
    fit();
    for (const meta of document.querySelectorAll('meta[name=theme-color]')) meta.content = dark ? '#0e171c' : '#ffffff';
  }

  /** Are the letters so large, by our setting or by the browser's, that few stand beside each other? */
  function fit() {
    root.toggleAttribute('data-large', innerWidth / ((letter * root.dataset.text) / 100) < FEW);
  }

  /** Where it is dark by time, night falls while the page is seen; nobody needs it otherwise. */
  let timer = null;
  function follow() {
    dress();
    clearInterval(timer);
    timer = read('theme') === 'time' && !document.hidden ? setInterval(dress, 60000) : null;
  }

  speak();
  follow();
  for (const wish of [darkness, contrast]) wish.addEventListener('change', dress);
  addEventListener('openpatrol-settings', follow);
  addEventListener('resize', fit);
  document.addEventListener('visibilitychange', follow);
})();
