'use strict';
/* A page that shows a sweep: the reader's choice, the pictures of sweeps.js, the table of places. */
const shallotSweepPage = (() => {
  const { figure } = shallotPlots;
  const { free, firstChoice, quantityName, heat, lines } = shallotSweep;

  const make = (tag, text = '', kind = '') => {
    const element = document.createElement(tag);
    element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };

  const select = (name, options, value, change) => {
    const label = make('label', name + ' ');
    const box = make('select');
    options.forEach(([key, text]) => {
      const option = make('option', text);
      option.value = key;
      box.append(option);
    });
    box.value = String(value);
    box.addEventListener('change', () => change(box.value));
    label.append(box);
    return label;
  };

  /** Puts the boxes into an element; calls changed() after each choice. */
  const controls = (element, data, choice, changed) => {
    const again = () => {
      controls(element, data, choice, changed);
      changed();
    };
    const axes = free(data);
    const parts = [];
    if (data.quantities.length > 1) {
      parts.push(select('Show', data.quantities.map((q) => [q.key, q.name]), choice.quantity, (v) => { choice.quantity = v; again(); }));
    }
    if (axes.length > 1) {
      const names = axes.map((axis) => [axis.name, axis.name]);
      const swap = (which, other) => (v) => {
        if (choice[other] === v) choice[other] = choice[which];
        choice[which] = v;
        again();
      };
      parts.push(select('x axis', names, choice.x, swap('x', 'y')), select('y axis', names, choice.y, swap('y', 'x')));
    }
    axes.filter((axis) => axis.name !== choice.x && axis.name !== choice.y).forEach((axis) => {
      parts.push(select(axis.name, axis.labels.map((label, i) => [String(i), label]), choice.fixed[axis.name] ?? 0, (v) => { choice.fixed[axis.name] = Number(v); again(); }));
    });
    element.replaceChildren(...parts);
    element.hidden = parts.length === 0;
  };

  const MOST_ROWS = 400;
  const table = (element, data, choice) => {
    const bad = ['diverged', 'failed'].filter((kind) => data.places.some((place) => place[kind]));
    const head = [...data.axes.map((axis) => axis.name), 'seeds', 'mean', 'standard error', 'smallest', 'largest', '95 % interval', ...bad];
    const whole = make('table');
    const line = make('tr');
    head.forEach((name, i) => line.append(make('th', name, i >= data.axes.length ? 'figure' : '')));
    const top = make('thead');
    top.append(line);
    const body = make('tbody');
    const best = Math.min(...data.places.map((p) => p.values[choice.quantity]?.mean ?? Infinity));
    data.places.filter((p) => p.done).slice(0, MOST_ROWS).forEach((place) => {
      const v = place.values[choice.quantity];
      const row = make('tr', '', v && v.mean === best ? 'best' : '');
      data.axes.forEach((axis, i) => row.append(make(i ? 'td' : 'th', axis.labels[place.at[i]])));
      const many = v && v.n > 1;
      [
        place.done < place.seeds ? `${place.done} of ${place.seeds}` : String(place.seeds),
        v ? figure(v.mean) : '–', many ? figure(v.se) : '–', v ? figure(v.min) : '–', v ? figure(v.max) : '–',
        many ? `${figure(v.low)} … ${figure(v.high)}` : '–', ...bad.map((kind) => place[kind] || ''),
      ].forEach((text) => row.append(make('td', String(text), 'figure')));
      body.append(row);
    });
    whole.append(top, body);
    const scroll = make('div', '', 'scroll');
    scroll.append(whole);
    const done = data.places.filter((p) => p.done).length;
    element.replaceChildren(scroll, ...(done > MOST_ROWS ? [make('p', `${figure(done - MOST_ROWS, 9)} more places are in the data.`, 'told')] : []));
  };

  /** Everything of a page that shows a sweep, once and whenever the data grow. */
  const page = (board) => {
    let data = null;
    let choice = null;
    const byId = (id) => document.getElementById(id);
    const draw = () => {
      const two = free(data).length > 1;
      byId('heat-part').hidden = !two;
      byId('lines-part').hidden = free(data).length < 1;
      board.show({ ...(two ? { heat: heat(data, choice) } : {}), ...(free(data).length ? { lines: lines(data, choice) } : {}) });
      table(byId('places'), data, choice);
      byId('what').textContent = quantityName(data, choice);
    };
    return (now) => {
      const first = data === null;
      data = now;
      choice ??= firstChoice(data);
      if (first || !data.quantities.some((q) => q.key === choice.quantity)) {
        if (data.quantities.length) choice.quantity = data.quantities[0].key;
      }
      byId('title').textContent = data.title;
      byId('setting').textContent = data.setting + (data.seeds > 1 ? '; bands are ± 1 standard error of the mean over seeds' : '');
      byId('done').textContent = data.complete ? `All ${figure(data.cells, 9)} cells are finished.` : `${figure(data.done, 9)} of ${figure(data.cells, 9)} cells are finished.`;
      const bar = byId('progress');
      bar.max = data.cells;
      bar.value = data.done;
      bar.hidden = data.complete;
      byId('damage').hidden = !data.damage;
      byId('damage').textContent = data.damage;
      controls(byId('controls'), data, choice, draw);
      draw();
      document.body.dataset.done = String(data.done);
    };
  };

  return page;
})();
