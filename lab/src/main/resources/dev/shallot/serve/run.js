'use strict';
/* One run while it goes on: its curves grow as its event log does. */
(() => {
  const path = new URLSearchParams(location.search).get('path');
  const byId = (id) => document.getElementById(id);
  const board = shallotBoard();
  const data = { rounds: {}, theory: undefined };
  byId('report').href = '/report?path=' + encodeURIComponent(path);
  byId('path').textContent = path || 'the folder itself';

  /** Columns from group number `from` on replace what was there. */
  const take = (rounds, from) => {
    for (const [name, column] of Object.entries(rounds)) {
      if (Array.isArray(column)) {
        const old = from && data.rounds[name] ? data.rounds[name].slice(0, from) : [];
        data.rounds[name] = old.concat(column);
      } else {
        data.rounds[name] ??= {};
        for (const [part, values] of Object.entries(column)) {
          const old = from && data.rounds[name][part] ? data.rounds[name][part].slice(0, from) : [];
          data.rounds[name][part] = old.concat(values);
        }
      }
    }
  };

  const cards = (list) => list.map(([name, value, note]) => {
    const card = document.createElement('div');
    card.className = 'card';
    for (const [tag, text, kind] of [['dt', name, ''], ['dd', value, ''], ['dd', note, 'note']]) {
      const part = document.createElement(tag);
      part.className = kind;
      part.textContent = text;
      card.append(part);
    }
    return card;
  });

  const words = (summary, reading) => {
    document.title = `${summary.title} · Shallot`;
    byId('title').textContent = summary.title;
    byId('state').replaceChildren(shallotState(summary.stopReason));
    byId('verdict').textContent = summary.stopReason === 'running' ? '' : summary.verdict;
    byId('verdict').className = 'verdict' + (summary.stopReason === 'diverged' ? ' bad' : '');
    byId('cards').replaceChildren(...cards(summary.cards));
    byId('warnings').replaceChildren(...summary.warnings.map((text) => {
      const note = document.createElement('p');
      note.className = 'warning';
      note.textContent = text;
      return note;
    }));
    const per = data.rounds.round.length ? data.rounds.last[0] - data.rounds.round[0] + 1 : 1;
    byId('thinned').textContent = (reading ? 'Still reading a long log. ' : '')
      + (per > 1 ? `Drawn in groups of ${per} rounds: lines are means, the band runs from the smallest to the largest.` : '');
  };

  const draw = () => {
    const all = shallotCharts(data);
    const latest = shallotTrace(data);
    const builders = { error: all.error, displacement: all.displacement, flips: all.flips };
    const measured = [data.initial.heldOut, ...data.rounds.heldOut.mean].some((v) => v !== null);
    byId('early').hidden = !measured;
    if (measured) builders.heldOut = all.heldOut;
    const steps = Array.isArray(data.trace.mean);
    byId('phases').hidden = !steps;
    byId('thin').hidden = !steps;
    if (steps) {
      // Opened on all that is kept, the latest rounds; from far its phases would be joined.
      builders.trace = (at) => {
        const built = latest(at);
        const total = data.trace.round.length * (data.trace.localSteps + 2);
        const seen = Math.min(100, (100 * Math.max(3 * (data.trace.localSteps + 2), (at.width - 100) / 8)) / total);
        return { ...built, zoom: { start: 100 - seen, end: 100 } };
      };
    }
    board.show(builders);
    document.body.dataset.rounds = String(data.rounds.last.length ? data.rounds.last[data.rounds.last.length - 1] + 1 : 0);
  };

  shallotStream('/events/run?path=' + encodeURIComponent(path), {
    run: (news) => {
      take(news.rounds, news.from);
      Object.assign(data, { facts: news.facts, initial: news.initial, trace: news.trace });
      words(news.summary, news.reading);
      draw();
    },
  });
})();
