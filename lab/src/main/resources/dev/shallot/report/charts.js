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

  /**
   * Curves of errors over rounds on a log axis; guides are level and do not stretch the axis, `band` is a column whose groups
   * are shaded, `mark` a round that is pointed at.
   */
  const overRounds = (at, it) => {
    const { theme } = at;
    const most = it.curves[0].points.length;
    const marked = (c) => most <= 12 && !c.guide;
    const names = it.curves.map((c) => ({ name: c.name, marks: marked(c) }));
    const band = it.band && grouped;
    const option = {
      ...base(at, it.title, it.id),
      legend: legend(at, names),
      grid: { left: 76, right: 28, top: 40 + legendHeight(at, names), bottom: at.printing ? 48 : 84 },
      xAxis: xAxis(theme, it.xName, lastRound),
      yAxis: logY(theme, it.yName + ', log scale'),
      dataZoom: zoomBars(at, [0], { start: 0, end: 100 }),
      series: [
        tickSeries(theme),
        ...(band ? [groupBand(it.band, 1, theme.groupBand)] : []),
        ...it.curves.map((c, i) => ({
          id: c.id,
          name: c.name,
          type: 'line',
          data: c.points.map(([x, y]) => [x, y > 0 ? y : null]),
          connectNulls: Boolean(it.sparse),
          symbol: marked(c) ? 'circle' : 'none',
          symbolSize: 5,
          showSymbol: true,
          lineStyle: { color: c.color, width: c.width, type: c.dash },
          itemStyle: { color: c.color },
          emphasis: { disabled: true },
          z: i === 0 ? 4 : 3,
          ...(i === 0 && it.mark
            ? {
              markLine: {
                silent: true, symbol: 'none', animation: false, data: [{ xAxis: it.mark.x }],
                lineStyle: { color: theme.muted, width: 1.5, type: [2, 4] },
                label: { formatter: it.mark.name, color: theme.muted, fontSize: 12, position: 'insideEndTop', rotate: 0, distance: it.mark.x > 0.7 * lastRound ? [-58, -14] : [58, -14] },
              },
            }
            : {}),
        })),
      ],
    };
    option.tooltip.formatter = (params) => {
      const lines = params.filter((p) => p.value && p.seriesId !== 'target' && p.value[1] !== null && p.value[1] !== undefined);
      return lines.length ? rowsOf('round ' + figure(Math.round(params[0].axisValue), 9), lines.map((p) => [p.marker + p.seriesName, figure(p.value[1])])) : '';
    };
    const adapt = (zoom) => {
      const [from, to] = [(zoom.start / 100) * lastRound, (zoom.end / 100) * lastRound];
      const values = [];
      for (const c of it.curves) {
        c.points.forEach(([x, y]) => {
          if (c.guide || (x >= from && x <= to)) values.push(y);
        });
      }
      if (band) {
        it.band.min.forEach((low, i) => {
          if (place(i, 1) >= from && place(i, 1) <= to) values.push(low, it.band.max[i]);
        });
      }
      const axis = logAxis(values);
      return axis ? { yAxis: axis.yAxis, series: [axis.ticks] } : {};
    };
    return { option, adapt, zoom: { start: 0, end: 100 }, csv: it.csv };
  };

  const error = (at) => {
    const { theme } = at;
    const curves = [{ id: 'whole', name: 'whole network: Gₖ', points: [[0, data.initial.error], ...points(rounds.error.mean, 1)], color: theme.text, dash: 'solid', width: 2.2 }];
    if (rounds.sampled) {
      curves.push(
        { id: 'sampled', name: 'after sampling: Sₖ', points: points(rounds.sampled.mean, 0), color: theme.sampling, dash: [5, 3], width: 1.2 },
        { id: 'trained', name: 'after local step τ: Lₖ', points: points(rounds.trained.mean, 0), color: theme.local, dash: 'solid', width: 1.2 });
    }
    if (facts.targetNorm > 0) {
      curves.push({ id: 'target', name: facts.zeroName, points: [[0, facts.targetNorm], [lastRound, facts.targetNorm]], color: theme.muted, dash: [2, 4], width: 1.5, guide: true });
    }
    return overRounds(at, {
      title: 'Error by round', id: 'error', xName: 'round k', yName: facts.errorName, curves, band: rounds.error,
      csv: {
        name: 'rounds.csv',
        header: ['round', 'sampled_mean', 'trained_mean', 'error_after', 'displacement', 'flips', 'uncovered', 'dead', 'bytes'],
        rows: () => rounds.round.map((k, i) => [
          grouped ? `${k}-${rounds.last[i]}` : k,
          ...['sampled', 'trained', 'error', 'displacement', 'flips', 'uncovered', 'dead', 'bytes'].map((name) =>
            rounds[name] ? rounds[name].mean[i] : ''),
        ]),
      },
    });
  };

  // ---- early stopping ----

  const heldOut = (at) => {
    const { theme } = at;
    const curves = [
      { id: 'heldOut', name: 'rows for early stopping', points: [[0, data.initial.heldOut], ...points(rounds.heldOut.mean, 1)], color: theme.local, dash: 'solid', width: 2.2 },
      { id: 'rows', name: 'rows trained on', points: [[0, data.initial.error], ...points(rounds.error.mean, 1)].map(([x, y]) => [x, y === null ? null : y / facts.samples]), color: theme.text, dash: [5, 3], width: 1.4 },
    ];
    return overRounds(at, {
      title: 'Loss on the rows for early stopping', id: 'held-out', xName: 'rounds done', yName: facts.lossName, curves,
      mark: Number.isFinite(facts.keptRound) ? { x: facts.keptRound + 1, name: facts.keptRound < 0 ? 'kept' : `kept: round ${facts.keptRound}` } : undefined,
      csv: {
        name: 'held-out.csv',
        header: ['rounds_done', 'held_out_loss', 'training_loss'],
        rows: () => curves[0].points.map(([x, y], i) => [x, y, curves[1].points[i][1]]),
      },
    });
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
    heldOut,
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
