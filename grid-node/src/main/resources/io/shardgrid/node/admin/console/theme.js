// Before the page is drawn: dark or light as chosen here, else as the system has it.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('shardgrid.theme');
  } catch {
    // A browser may keep nothing.
  }
  if (chosen === 'dark' || chosen === 'light') {
    document.documentElement.dataset.theme = chosen;
  }
})();
