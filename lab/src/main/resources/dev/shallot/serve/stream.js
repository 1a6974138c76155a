'use strict';
/*
 * Listens to an address that tells news. Only while the page is seen: browsers allow six open answers from one address, over
 * all tabs, and a seventh tab would wait for ever. Coming back, everything is told anew from the start.
 */
const shallotStream = (address, handlers) => {
  let source = null;
  let complete = false;
  const note = document.getElementById('connection');
  const tell = (text) => {
    note.textContent = text;
    note.hidden = !text;
  };
  const open = () => {
    if (source || complete) return;
    source = new EventSource(address);
    source.addEventListener('open', () => tell(''));
    source.addEventListener('error', () => {
      tell('No answer at the moment. Is "shallot serve" still running? Trying again ...');
      // Refused, not interrupted: the browser does not try again by itself.
      if (source && source.readyState === EventSource.CLOSED) {
        close();
        setTimeout(() => document.hidden || open(), 3000);
      }
    });
    source.addEventListener('gone', () => tell('The folder is gone. What follows is what it held.'));
    source.addEventListener('damaged', (event) => {
      complete = true;
      close();
      tell(JSON.parse(event.data).message);
    });
    source.addEventListener('complete', () => {
      complete = true;
      close();
    });
    for (const [name, take] of Object.entries(handlers)) {
      source.addEventListener(name, (event) => {
        tell('');
        take(JSON.parse(event.data));
        document.body.dataset.news = String(Number(document.body.dataset.news ?? 0) + 1);
      });
    }
  };
  const close = () => {
    source?.close();
    source = null;
  };
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  window.addEventListener('pagehide', close);
  open();
};

/* A state of a run: its badge. */
const shallotState = (state) => {
  const badge = document.createElement('span');
  const bad = ['diverged', 'failed', 'damaged'].includes(state);
  badge.className = 'state' + (state === 'running' ? ' running' : bad ? ' bad' : '');
  badge.textContent = state === 'rounds-done' ? 'done' : state || 'unknown';
  return badge;
};
