'use strict';
/* First of all scripts: what fails is told on the page, and counted for tests. */
window.addEventListener('error', (event) => {
  const root = document.documentElement;
  root.dataset.errors = String(Number(root.dataset.errors || 0) + 1);
  const note = document.createElement('p');
  note.className = 'warning';
  note.textContent = 'A part of this page could not be drawn: ' + event.message;
  (document.querySelector('main') || root).prepend(note);
});
