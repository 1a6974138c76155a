'use strict';
/* The list of runs and sweeps, as it changes. */
(() => {
  const { figure } = shallotPlots;
  const MOST_COMPARED = 12;
  const body = document.querySelector('#list tbody');
  const filter = document.getElementById('filter');
  const compare = document.getElementById('compare');
  const chosen = new Set();
  let entries = [];

  const cell = (row, content, kind = '') => {
    const td = document.createElement('td');
    td.className = kind;
    td.append(content);
    row.append(td);
    return td;
  };

  const ago = (instant) => {
    const seconds = (Date.now() - Date.parse(instant)) / 1000;
    if (!(seconds >= 0)) return '';
    if (seconds < 60) return 'just now';
    if (seconds < 3600) return Math.floor(seconds / 60) + ' min ago';
    if (seconds < 86400) return Math.floor(seconds / 3600) + ' h ago';
    return instant.slice(0, 10);
  };

  /** "running" is what run.json says of a run that was killed, too. */
  const silent = (entry) => entry.state === 'running' && Date.now() - Date.parse(entry.changed) > 120000;

  const rounds = (entry) => {
    const text = figure(entry.rounds, 9) + (entry.planned ? ' of ' + figure(entry.planned, 9) : '') + (entry.kind === 'sweep' ? ' runs' : '');
    if (entry.state !== 'running' || silent(entry) || !entry.planned) return text;
    const bar = document.createElement('progress');
    bar.max = entry.planned;
    bar.value = entry.rounds;
    bar.title = text;
    const both = document.createElement('span');
    both.append(text, ' ', bar);
    return both;
  };

  const line = (entry) => {
    const row = document.createElement('tr');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = chosen.has(entry.path);
    box.ariaLabel = 'Compare ' + entry.name;
    box.hidden = entry.kind !== 'run' || entry.state === 'damaged';
    box.addEventListener('change', () => {
      if (box.checked) chosen.add(entry.path);
      else chosen.delete(entry.path);
      buttons();
    });
    cell(row, box);
    const link = document.createElement('a');
    link.href = `/${entry.kind}?path=${encodeURIComponent(entry.path)}`;
    link.textContent = entry.name;
    const about = document.createElement('div');
    about.className = 'about';
    about.textContent = [entry.title, entry.setting].filter(Boolean).join(' · ');
    cell(row, link).append(about);
    const state = cell(row, shallotState(silent(entry) ? 'running, or killed' : entry.state));
    if (silent(entry)) state.title = 'No news for a while: the run was killed, or its rounds take long.';
    const known = (value) => (value === null || value === undefined ? '' : figure(value));
    cell(row, known(entry.error), 'figure');
    cell(row, entry.relative === null || entry.relative === undefined ? '' : figure(100 * entry.relative, 3) + ' %', 'figure wide');
    cell(row, entry.rounds === undefined ? '' : rounds(entry), 'figure');
    cell(row, ago(entry.changed), 'figure wide');
    return row;
  };

  const buttons = () => {
    compare.disabled = chosen.size < 2 || chosen.size > MOST_COMPARED;
    compare.textContent = chosen.size > MOST_COMPARED ? `At most ${MOST_COMPARED}` : chosen.size ? `Compare ${chosen.size}` : 'Compare';
  };

  const show = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const text = (e) => [e.name, e.title, e.setting, e.state].join(' ').toLowerCase();
    body.replaceChildren(...entries.filter((e) => words.every((word) => text(e).includes(word))).map(line));
  };

  const take = (data) => {
    entries = data.entries;
    document.getElementById('folder').textContent = data.folder;
    document.getElementById('empty').hidden = entries.length > 0;
    document.getElementById('missing').hidden = data.there;
    document.getElementById('list').hidden = entries.length === 0;
    document.getElementById('tools').hidden = entries.length === 0;
    const cut = document.getElementById('cut');
    cut.hidden = !data.cut;
    cut.textContent = 'There are more: serve a folder further down to see them all.';
    const there = new Set(entries.map((e) => e.path));
    [...chosen].filter((path) => !there.has(path)).forEach((path) => chosen.delete(path));
    buttons();
    show();
  };

  filter.addEventListener('input', show);
  compare.addEventListener('click', () => {
    location.href = '/compare?' + [...chosen].map((path) => 'path=' + encodeURIComponent(path)).join('&');
  });
  shallotStream('/events/list', { list: take });
  setInterval(show, 30000);
})();
