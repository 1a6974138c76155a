'use strict';
/* Error traces of several runs over each other, and the tables beside them; a builder as in charts.js. */
const shallotCompare = (() => {
  const { figure, logAxis, tickSeries, logY, base, legend, legendHeight, xAxis, zoomBars, rowsOf } = shallotPlots;
  const DASHES = ['solid', [7, 4], [2, 3]];

  /** How a run's line looks: eight colours, and beyond them dashes. */
  const style = (theme, i) => ({ color: theme.lines[i % theme.lines.length], dash: DASHES[Math.floor(i / theme.lines.length) % DASHES.length] });

  /* What may be on the x axis: rounds, or the local steps of all subnets that they took. */
  const SCALES = {
    rounds: { name: 'rounds done', of: () => 1 },
    steps: { name: 'local steps of all subnets, k·p·τ', of: (run) => run.stepsPerRound },
  };

  const lines = (data, scale) => data.runs.map((run) => {
    const relative = !data.comparable && run.targetNorm > 0 ? 1 / run.targetNorm : 1;
    const x = (k) => k * SCALES[scale].of(run);
    const at = (i) => x((run.rounds.round[i] + run.rounds.last[i]) / 2 + 1);
    const value = (y) => (y === null ? null : y * relative);
    return {
      name: run.name,
      points: [[0, value(run.initial.error)], ...run.rounds.error.mean.map((y, i) => [at(i), value(y)])],
    };
  });

  const errors = (data, scale) => (at) => {
    const { theme } = at;
    const curves = lines(data, scale);
    const total = Math.max(1, ...curves.map((c) => c.points[c.points.length - 1][0]));
    const marked = (c) => c.points.length <= 12;
    const names = curves.map((c) => ({ name: c.name, marks: marked(c) }));
    const what = data.errorName;
    const option = {
      ...base(at, 'Error of the whole network', 'errors'),
      legend: legend(at, names),
      grid: { left: 76, right: 28, top: 40 + legendHeight(at, names), bottom: at.printing ? 48 : 84 },
      xAxis: xAxis(theme, SCALES[scale].name, total),
      yAxis: logY(theme, what + ', log scale'),
      dataZoom: zoomBars(at, [0], { start: 0, end: 100 }),
      series: [
        tickSeries(theme),
        ...curves.map((c, i) => ({
          id: 'run' + i,
          name: c.name,
          type: 'line',
          data: c.points.map(([x, y]) => [x, y > 0 ? y : null]),
          symbol: marked(c) ? 'circle' : 'none',
          symbolSize: 5,
          showSymbol: true,
          lineStyle: { color: style(theme, i).color, width: 1.8, type: style(theme, i).dash },
          itemStyle: { color: style(theme, i).color },
          emphasis: { disabled: true },
          z: 3,
        })),
      ],
    };
    option.tooltip.formatter = (params) => {
      const rows = params.filter((p) => p.value && p.value[1] !== null && p.seriesId !== 'ticks');
      return rows.length
        ? rowsOf(figure(Math.round(params[0].axisValue), 9) + ' ' + (scale === 'rounds' ? 'rounds done' : 'local steps'),
          rows.map((p) => [p.marker + escape(p.seriesName), figure(p.value[1])]))
        : '';
    };
    const adapt = (zoom) => {
      const [from, to] = [(zoom.start / 100) * total, (zoom.end / 100) * total];
      const axis = logAxis(curves.flatMap((c) => c.points.filter(([x]) => x >= from && x <= to).map(([, y]) => y)));
      return axis ? { yAxis: axis.yAxis, series: [axis.ticks] } : {};
    };
    return {
      option,
      adapt,
      zoom: { start: 0, end: 100 },
      csv: {
        name: 'errors.csv',
        header: ['run', scale === 'rounds' ? 'rounds_done' : 'local_steps', data.comparable ? 'error' : 'relative_error'],
        rows: () => curves.flatMap((c) => c.points.map(([x, y]) => [c.name, x, y])),
      },
    };
  };

  /** Names are folders': the hover box is the one place where a picture takes markup. */
  const escape = (text) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

  /** A table: a row a key, a column a run. */
  const table = (rows, names) => {
    const make = (tag, text, parent) => {
      const element = document.createElement(tag);
      element.textContent = text;
      parent.append(element);
      return element;
    };
    const scroll = document.createElement('div');
    scroll.className = 'scroll';
    const whole = make('table', '', scroll);
    const head = make('tr', '', make('thead', '', whole));
    make('th', '', head);
    names.forEach((name) => { make('th', name, head).className = 'figure'; });
    const body = make('tbody', '', whole);
    rows.forEach((row) => {
      const line = make('tr', '', body);
      const first = make('th', row.what + '\u2002', line);
      // Markup of our own: a symbol is never a text of the run's.
      make('span', '', first).innerHTML = row.symbol;
      first.scope = 'row';
      row.values.forEach((value) => { make('td', value, line).className = 'figure'; });
    });
    return scroll;
  };

  /** Puts the tables and remarks of a comparison into the page. */
  const tables = (data) => {
    const names = data.runs.map((run) => run.name);
    const put = (id, ...parts) => document.getElementById(id).replaceChildren(...parts);
    put('results', table(data.results, names));
    const same = document.createElement('p');
    same.textContent = 'No plan key differs, and the data are the same.';
    put('differences', data.differences.length ? table(data.differences, names) : same);
    const told = document.getElementById('different-data');
    told.hidden = data.comparable;
  };

  return { builders: (data, scale) => ({ errors: errors(data, scale) }), tables, style };
})();
