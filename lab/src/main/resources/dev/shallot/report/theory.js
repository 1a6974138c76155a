'use strict';
/* The two pictures of theory.json: what is predicted over what was measured, and what a floor is made of. */
const shallotTheory = (theory) => {
  const { bandSeries, figure, logAxis, tickSeries, logY, base, legend, legendHeight, xAxis, rowsOf } = shallotPlots;
  if (!theory) return {};

  const sum = (terms) => Object.values(terms).reduce((all, one) => all + (one ?? Infinity), 0);
  const points = (values) => theory.round.map((k, i) => [k, values[i] > 0 ? values[i] : null]);
  const lastRound = Math.max(1, theory.round[theory.round.length - 1]);
  const floor = sum(theory.terms);
  const largest = theory.mean.reduce((most, v) => Math.max(most, v ?? 0), 0);

  const curve = (id, name, data, color, dash, width) => ({ id, name, data, color, dash, width });

  const curves = (theme) => {
    const all = [curve('measured', 'measured mean', points(theory.mean), theme.text, 'solid', 2.2)];
    if (theory.lazy) {
      all.push(curve('lazy', 'P-LAZY (estimated)', points(theory.lazy), theme.sampling, [6, 4], 2));
      if (theory.lazyFloor > 0) {
        all.push(curve('floor', 'P-LAZY floor', [[0, theory.lazyFloor], [lastRound, theory.lazyFloor]], theme.sampling, [2, 4], 1.5));
      }
    }
    all.push(curve('rate', `rate of ${theory.theorem}, no floor`, points(theory.contraction), theme.aggregation, [6, 4], 1.6));
    const add = (id, name, more, dash) => {
      if (Number.isFinite(more) && more > 0 && more < 100 * largest) {
        all.push(curve(id, name, points(theory.contraction.map((v) => v + more)), theme.local, dash, 1.6));
      }
    };
    add('bound', `bound of ${theory.theorem}`, floor, 'solid');
    if (theory.terms.T1 !== undefined) add('rest', 'the bound without T1 (no bound)', floor - theory.terms.T1, [2, 4]);
    return all;
  };

  /** Mean plus and minus a standard deviation; below 0 the band ends at the axis. */
  const band = (color) =>
    bandSeries(() => theory.mean
      .map((mean, i) => [theory.round[i], mean - (theory.deviation[i] ?? 0), mean + (theory.deviation[i] ?? 0), mean])
      .filter(([, , , mean]) => mean > 0)
      .map(([k, low, high]) => [k, low > 0 ? low : NaN, high]), color);

  const chart = (at) => {
    const { theme } = at;
    const all = curves(theme);
    const names = all.map((c) => ({ name: c.name, marks: false }));
    const axis = logAxis(all.flatMap((c) => c.data.map((p) => p[1])));
    const ticks = tickSeries(theme);
    ticks.data = axis ? axis.ticks.data : [];
    const option = {
      ...base(at, 'Error by round: predicted and measured', 'theory'),
      legend: legend(at, names),
      grid: { left: 76, right: 28, top: 40 + legendHeight(at, names), bottom: 48 },
      xAxis: xAxis(theme, 'round k', lastRound),
      yAxis: { ...logY(theme, 'squared error ‖y − u‖², log scale'), ...(axis ? axis.yAxis : {}) },
      series: [
        ticks,
        band(theme.groupBand),
        ...all.map((c) => ({
          id: c.id,
          name: c.name,
          type: 'line',
          data: c.data,
          symbol: 'none',
          lineStyle: { color: c.color, width: c.width, type: c.dash },
          itemStyle: { color: c.color },
          emphasis: { disabled: true },
          z: c.id === 'measured' ? 4 : 3,
        })),
      ],
    };
    option.tooltip.formatter = (params) =>
      params.length
        ? rowsOf('round ' + figure(Math.round(params[0].axisValue), 9),
          params.filter((p) => p.seriesId !== 'floor' && p.value[1] !== null).map((p) => [p.marker + p.seriesName, figure(p.value[1])]))
        : '';
    return {
      option,
      csv: {
        name: 'theory.csv',
        header: ['round', 'measured_mean', 'measured_deviation', 'lazy', 'theorem_rate_term', 'theorem_bound'],
        rows: () => theory.round.map((k, i) => [
          k, theory.mean[i], theory.deviation[i], theory.lazy ? theory.lazy[i] : '', theory.contraction[i], theory.contraction[i] + floor,
        ]),
      },
    };
  };

  const terms = (at) => {
    const { theme } = at;
    const categories = [...Object.keys(theory.terms), ...(Object.keys(theory.terms).length > 1 ? ['B1'] : [])];
    const values = (some) => categories.map((name) => (name === 'B1' ? sum(some) : some[name]));
    const rows = [{ name: 'as printed', values: values(theory.terms), color: theme.local, symbol: 'circle' }];
    if (theory.carefulTerms) {
      rows.push({ name: 'with every factor carried along', values: values(theory.carefulTerms), color: theme.aggregation, symbol: 'diamond' });
    }
    const late = theory.mean.slice(Math.floor(0.8 * (theory.mean.length - 1)));
    const lines = [
      { name: 'measured start', value: theory.mean[0], dash: [6, 4] },
      { name: 'measured plateau', value: late.reduce((all, v) => all + v, 0) / late.length, dash: [2, 4] },
    ];
    const names = [...rows.map((row) => row.name), ...lines.map((line) => ({ name: line.name, marks: false }))];
    const axis = logAxis([...rows.flatMap((row) => row.values), ...lines.map((line) => line.value)]);
    const ticks = tickSeries(theme);
    ticks.data = axis ? axis.ticks.data : [];
    const option = {
      ...base(at, `The floor of ${theory.theorem}, term by term`, 'terms'),
      legend: legend(at, names),
      grid: { left: 96, right: 28, top: 40 + legendHeight(at, names), bottom: 32 },
      xAxis: {
        type: 'category',
        data: categories,
        axisLine: { show: true, onZero: false, lineStyle: { color: theme.axis } },
        axisTick: { show: false },
        axisLabel: { color: theme.text, fontSize: 12 },
      },
      yAxis: { ...logY(theme, 'squared error, log scale'), nameGap: 80, ...(axis ? axis.yAxis : {}) },
      series: [
        ticks,
        ...lines.map((line) => ({
          id: line.name,
          name: line.name,
          type: 'line',
          data: categories.map((name) => [name, line.value]),
          symbol: 'none',
          lineStyle: { color: theme.text, width: 1.5, type: line.dash },
          itemStyle: { color: theme.text },
          emphasis: { disabled: true },
          z: 2,
        })),
        ...rows.map((row) => ({
          id: row.name,
          name: row.name,
          type: 'scatter',
          data: row.values.map((v, i) => [categories[i], v > 0 && Number.isFinite(v) ? v : null]),
          symbol: row.symbol,
          symbolSize: 10,
          itemStyle: { color: row.color },
          emphasis: { disabled: true },
          z: 3,
        })),
      ],
    };
    option.tooltip.formatter = (params) =>
      params.length ? rowsOf(params[0].name, params.filter((p) => p.value[1] !== null).map((p) => [p.marker + p.seriesName, figure(p.value[1])])) : '';
    return {
      option,
      csv: {
        name: 'terms.csv',
        header: ['term', 'printed', 'careful'],
        rows: () => categories.map((name, i) => [name, ...rows.map((row) => row.values[i])]),
      },
    };
  };

  return { theory: chart, terms };
};
