// Runs before anything is drawn: the scheme the person chose, else that of the system.
(function () {
  var chosen = null;
  try { chosen = window.localStorage.getItem('switchyard-scheme'); } catch (_) { /* no storage: the system decides */ }
  var isDark = chosen === 'dark' || (chosen !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
})();
