/* Runs before the first paint, so that nobody sees another's language, a white flash at night, or small letters. */
(function early() {
  const root = document.documentElement;
  const read = (name) => localStorage.getItem(`openpatrol-${name}`);
  const spoken = root.dataset.languages.split(' ');
  const wanted = [read('language'), ...navigator.languages.map((each) => each.split('-')[0])];
  const language = wanted.find((each) => spoken.includes(each));
  if (language) root.lang = language === 'en' ? 'en-GB' : language;
  if (['ar', 'dv', 'fa', 'he', 'ps', 'ur', 'yi'].includes(language)) root.dir = 'rtl';
  for (const name of ['theme', 'contrast', 'motion', 'text']) {
    if (read(name)) root.dataset[name] = read(name);
  }
})();
