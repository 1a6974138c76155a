'use strict';
/*
 * What each picture shows. A builder gets the drawing surroundings {theme, width, printing} and returns
 *   option        the ECharts option
 *   adapt(zoom)   what changes with the visible part of the x axis, zoom = {start, end} in percent
 *   zoom          the part to open with, if the picture can be zoomed
 *   csv           {name, header, rows()} of what is drawn
 * Nothing here depends on the reader's locale.
 */
const shallotCharts = (data) => {
  const facts = data.facts;
  const rounds = data.rounds;
  const { bandSeries, figure, brief, niceStep, logAxis, tickSeries, logY, base, legend, legendHeight, xAxis, zoomBars, rowsOf } = shallotPlots;

  // ---- error by round ----

  const lastRound = rounds.last.length ? rounds.last[rounds.last.length - 1] + 1 : 1;

  /** Where a round, or the middle of a group of them, stands; ahead = 1 for what is true after it. */
  const place = (i, ahead) => (rounds.round[i] + rounds.last[i]) / 2 + ahead;
  const points = (values, ahead) => rounds.round.map((_, i) => [place(i, ahead), values[i]]);
  const grouped = rounds.error.min.length > 0;

  /** From the smallest to the largest value of each group of rounds. */
  const groupBand = (column, ahead, color, scale = 1) =>
    bandSeries(() => column.max
      .map((high, i) => [place(i, ahead), column.min[i], high])
      .filter(([, low, high]) => low !== null && high !== null)
      .map(([x, low, high]) => [x, low * scale, high * scale]), color);

  const error = (at) => {
    const { theme } = at;
    const whole = [[0, data.initial.error], ...points(rounds.error.mean, 1)];
    const curves = [{ id: 'whole', name: 'whole network: Gₖ', points: whole, color: theme.text, dash: 'solid', width: 2.2 }];
    if (rounds.sampled) {
      curves.push(
        { id: 'sampled', name: 'after sampling: Sₖ', points: points(rounds.sampled.mean, 0), color: theme.sampling, dash: [5, 3], width: 1.2 },
        { id: 'trained', name: 'after local step τ: Lₖ', points: points(rounds.trained.mean, 0), color: theme.local, dash: 'solid', width: 1.2 });
    }
    if (facts.targetNorm > 0) {
      curves.push({ id: 'target', name: facts.squared === false ? 'answering 0' : '‖y‖²', points: [[0, facts.targetNorm], [lastRound, facts.targetNorm]], color: theme.muted, dash: [2, 4], width: 1.5 });
    }
    const marked = (c) => whole.length <= 12 && c.id !== 'target';
    const names = curves.map((c) => ({ name: c.name, marks: marked(c) }));
    const option = {
      ...base(at, 'Error by round', 'error'),
      legend: legend(at, names),
      grid: { left: 76, right: 28, top: 40 + legendHeight(at, names), bottom: at.printing ? 48 : 84 },
      xAxis: xAxis(theme, 'round k', lastRound),
      yAxis: logY(theme, facts.squared === false ? 'error, log scale' : 'squared error ‖y − u‖², log scale'),
      dataZoom: zoomBars(at, [0], { start: 0, end: 100 }),
      series: [
        tickSeries(theme),
        ...(grouped ? [groupBand(rounds.error, 1, theme.groupBand)] : []),
        ...curves.map((c) => ({
          id: c.id,
          name: c.name,
          type: 'line',
          data: c.points.map(([x, y]) => [x, y > 0 ? y : null]),
          symbol: marked(c) ? 'circle' : 'none',
          symbolSize: 5,
          showSymbol: true,
          lineStyle: { color: c.color, width: c.width, type: c.dash },
          itemStyle: { color: c.color },
          emphasis: { disabled: true },
          z: c.id === 'whole' ? 4 : 3,
        })),
      ],
    };
    option.tooltip.formatter = (params) => {
      if (!params.length) return '';
      const lines = params.filter((p) => p.seriesId !== 'target' && p.value[1] !== null);
      return rowsOf('round ' + figure(Math.round(params[0].axisValue), 9), lines.map((p) => [p.marker + p.seriesName, figure(p.value[1])]));
    };
    const adapt = (zoom) => {
      const [from, to] = [(zoom.start / 100) * lastRound, (zoom.end / 100) * lastRound];
      const values = [];
      for (const c of curves) {
        c.points.forEach(([x, y]) => {
          if (c.id === 'target' || (x >= from && x <= to)) values.push(y);
        });
      }
      rounds.error.min.forEach((low, i) => {
        if (place(i, 1) >= from && place(i, 1) <= to) values.push(low, rounds.error.max[i]);
      });
      const axis = logAxis(values);
      return axis ? { yAxis: axis.yAxis, series: [axis.ticks] } : {};
    };
    return {
      option,
      adapt,
      zoom: { start: 0, end: 100 },
      csv: {
        name: 'rounds.csv',
        header: ['round', 'sampled_mean', 'trained_mean', 'error_after', 'displacement', 'flips', 'uncovered', 'dead', 'bytes'],
        rows: () => rounds.round.map((k, i) => [
          grouped ? `${k}-${rounds.last[i]}` : k,
          ...['sampled', 'trained', 'error', 'displacement', 'flips', 'uncovered', 'dead', 'bytes'].map((name) =>
            rounds[name] ? rounds[name].mean[i] : ''),
        ]),
      },
    };
  };

  // ---- the neurons ----

  const neurons = (at, it) => {
    const { theme } = at;
    const scaled = it.column.mean.map((v) => (v === null ? null : v * it.scale));
    const all = points(scaled, it.ahead);
    if (it.start !== undefined && it.start !== null) all.unshift([0, it.start]);
    const option = {
      ...base(at, it.title, it.id),
      grid: { left: 76, right: 28, top: 40, bottom: 48 },
      xAxis: xAxis(theme, it.xName, lastRound),
      yAxis: {
        type: 'value',
        name: it.yName,
        nameLocation: 'middle',
        nameRotate: 90,
        nameGap: 56,
        nameTextStyle: { color: theme.text, fontSize: 13 },
        minInterval: it.whole ? 1 : undefined,
        axisLine: { show: true, lineStyle: { color: theme.axis } },
        axisLabel: { color: theme.muted, fontSize: 12, formatter: it.format },
        splitLine: { show: true, lineStyle: { color: theme.grid } },
      },
      series: [
        ...(grouped ? [groupBand(it.column, it.ahead, theme.groupBand, it.scale)] : []),
        {
          id: 'value',
          name: it.legend,
          type: 'line',
          data: all,
          symbol: all.length <= (it.dots ? 400 : 12) ? 'circle' : 'none',
          symbolSize: it.dots ? 4 : 5,
          showSymbol: true,
          lineStyle: { color: theme[it.color], width: it.dots ? 1 : 2 },
          itemStyle: { color: theme[it.color] },
          emphasis: { disabled: true },
          z: 3,
        },
      ],
    };
    option.tooltip.formatter = (params) => {
      const p = params.find((one) => one.seriesId === 'value');
      return p ? rowsOf(it.at(figure(Math.round(p.value[0]), 9)), [[it.legend, it.exact(p.value[1])]]) : '';
    };
    if (it.expected) {
      const low = Math.max(0, it.expected - 2 * it.deviation);
      const high = it.expected + 2 * it.deviation;
      const names = [it.legend, { name: it.expectedName, marks: false }];
      option.legend = legend(at, names);
      option.grid.top = 40 + legendHeight(at, names);
      option.series.push({
        id: 'expected',
        name: it.expectedName,
        type: 'line',
        data: [[0, it.expected], [lastRound, it.expected]],
        symbol: 'none',
        lineStyle: { color: theme.sampling, width: 1.6, type: [6, 4] },
        itemStyle: { color: theme.sampling },
        emphasis: { disabled: true },
        markArea: { silent: true, itemStyle: { color: theme.expected }, data: [[{ yAxis: low }, { yAxis: high }]] },
        z: 2,
      });
    }
    if (it.expected || grouped) {
      const ends = it.expected ? it.expected + 2 * it.deviation : 0;
      const largest = [...all.map((p) => p[1] ?? 0), ...it.column.max.map((v) => (v ?? 0) * it.scale)].reduce((most, v) => Math.max(most, v), ends);
      const step = it.whole ? Math.ceil(niceStep(largest / 5)) : niceStep(largest / 5);
      option.yAxis.interval = step;
      option.yAxis.max = step * Math.ceil(largest / step - 1e-9);
    }
    return {
      option,
      csv: { name: it.id + '.csv', header: ['round', it.id === 'flips' && pairs > 0 ? 'flips_percent' : it.id], rows: () => all },
    };
  };

  const pairs = facts.width * facts.samples;

  return {
    trace: shallotTrace(data),
    ...shallotTracks(data),
    ...shallotTheory(data.theory),
    error,
    displacement: (at) => neurons(at, {
      id: 'displacement', title: 'Displacement', legend: 'max ‖wᵣ − w₀,ᵣ‖', yName: 'largest ‖wᵣ − w₀,ᵣ‖',
      xName: 'rounds done', color: 'local', column: rounds.displacement, ahead: 1, scale: 1, start: 0,
      format: brief, exact: (v) => figure(v), at: (k) => `after ${k} rounds`,
    }),
    flips: (at) => neurons(at, {
      id: 'flips', title: 'Activation flips', legend: pairs > 0 ? 'share of m·n' : 'flips',
      yName: pairs > 0 ? 'flips, % of m·n' : 'flips', xName: 'rounds done', color: 'aggregation',
      column: rounds.flips, ahead: 1, scale: pairs > 0 ? 100 / pairs : 1, start: 0,
      format: brief, exact: (v) => figure(v) + (pairs > 0 ? ' %' : ''), at: (k) => `after ${k} rounds`,
    }),
    uncovered: (at) => neurons(at, {
      id: 'uncovered', title: 'Uncovered neurons', legend: 'uncovered', yName: 'neurons', xName: 'round k',
      color: 'local', dots: true, whole: true, column: rounds.uncovered, ahead: 0, scale: 1,
      expected: facts.expectedUncovered, deviation: facts.uncoveredDeviation,
      expectedName: `expected m(1 − θ) = ${figure(facts.expectedUncovered)}`,
      format: (v) => figure(v, 6), exact: (v) => figure(v, 6), at: (k) => `round ${k}`,
    }),
    dead: (at) => neurons(at, {
      id: 'dead', title: 'Dead neurons', legend: 'dead', yName: 'neurons', xName: 'rounds done',
      color: 'neutral', whole: true, column: rounds.dead, ahead: 1, scale: 1, start: data.initial.dead,
      format: (v) => figure(v, 6), exact: (v) => figure(v, 6), at: (k) => `after ${k} rounds`,
    }),
  };
};
