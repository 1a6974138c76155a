'use strict';
/* Pictures of what was tracked beside the theory; a builder as in charts.js. */
const shallotTracks = (data) => {
  const track = data.track;
  if (!track) return {};
  const { figure, brief, logAxis, tickSeries, logY, base, legend, legendHeight, xAxis, rowsOf } = shallotPlots;
  const last = track.round[track.round.length - 1];
  const along = (column) => track.round.map((k, i) => [k, column[i]]);
  const SHADES = ['#0072b2', '#56b4e9', '#009e73', '#e69f00', '#d55e00', '#cc79a7', '#999999', '#6a3d9a', '#b15928', '#1f78b4', '#33a02c', '#fb9a99'];

  /** Curves over rounds, on a log or a plain axis; levels are horizontal lines. */
  const picture = (it) => (at) => {
    const { theme } = at;
    const curves = it.curves(theme);
    const levels = (it.levels ?? []).filter((l) => l.value > 0).map((l) => ({
      name: l.name, points: [[0, l.value], [Math.max(last, 1), l.value]], color: theme.sampling, dash: [6, 4], level: true,
    }));
    const all = [...curves, ...levels];
    const few = track.round.length <= 12;
    const names = all.map((c) => ({ name: c.name, marks: few && !c.level }));
    const values = all.flatMap((c) => c.points.map((p) => p[1]));
    const axis = it.log ? logAxis(values) : null;
    const option = {
      ...base(at, it.title, it.id),
      legend: legend(at, names),
      grid: { left: 76, right: 28, top: 40 + legendHeight(at, names), bottom: 48 },
      xAxis: xAxis(theme, 'before round k', Math.max(last, 1)),
      yAxis: axis
        ? { ...logY(theme, it.yName + ', log scale'), ...axis.yAxis }
        : {
          type: 'value', name: it.yName, nameLocation: 'middle', nameRotate: 90, nameGap: 56, min: 0,
          nameTextStyle: { color: theme.text, fontSize: 13 },
          axisLine: { show: true, lineStyle: { color: theme.axis } },
          axisLabel: { color: theme.muted, fontSize: 12, formatter: brief },
          splitLine: { show: true, lineStyle: { color: theme.grid } },
        },
      series: [
        ...(axis ? [{ ...tickSeries(theme), ...axis.ticks }] : []),
        ...all.map((c) => ({
          name: c.name,
          type: 'line',
          data: c.points.map(([x, y]) => [x, axis ? (y > 0 ? y : null) : y]),
          symbol: few && !c.level ? 'circle' : 'none',
          symbolSize: 5,
          showSymbol: true,
          lineStyle: { color: c.color, width: c.width ?? 1.8, type: c.dash ?? 'solid' },
          itemStyle: { color: c.color },
          emphasis: { disabled: true },
          z: c.level ? 2 : 3,
        })),
      ],
    };
    option.tooltip.formatter = (params) => {
      const lines = params.filter((p) => p.value && p.value[1] !== null && p.value[1] !== undefined);
      return lines.length
        ? rowsOf('before round ' + figure(Math.round(params[0].axisValue), 9), lines.map((p) => [p.marker + p.seriesName, figure(p.value[1])]))
        : '';
    };
    return {
      option,
      csv: {
        name: it.id + '.csv',
        header: ['round', ...curves.map((c) => c.column)],
        rows: () => track.round.map((k, i) => [k, ...curves.map((c) => c.points[i][1])]),
      },
    };
  };

  return {
    trackSpectrum: picture({
      id: 'spectrum', title: 'Smallest eigenvalues', yName: 'λ_min', log: true,
      curves: (theme) => [
        { name: 'H(k)', column: 'whole', points: along(track.lambdaMin), color: theme.text, width: 2.2 },
        { name: 'm ∘ H: smallest subnet', column: 'subnet_smallest', points: along(track.subnetLow), color: theme.local },
        { name: 'm ∘ H: largest subnet', column: 'subnet_largest', points: along(track.subnetHigh), color: theme.local, dash: [2, 3], width: 1.2 },
      ],
      levels: [{ name: `λ₀/2 = ${figure(track.lambda0 / 2)}`, value: track.lambda0 / 2 }],
    }),
    trackDrift: picture({
      id: 'drift', title: 'Kernel drift', yName: 'relative drift', log: false,
      curves: (theme) => [{ name: '‖H(k) − H(0)‖/‖H(0)‖', column: 'drift', points: along(track.drift), color: theme.local }],
    }),
    trackFlips: picture({
      id: 'tracked-flips', title: 'Flips before each round', yName: 'flips, % of m·n', log: false,
      curves: (theme) => [{ name: 'share of m·n', column: 'flips_percent', points: along(track.flipShare.map((v) => (v === null ? null : 100 * v))), color: theme.aggregation }],
    }),
    trackDistance: picture({
      id: 'distance', title: 'Displacement beside R', yName: '‖wᵣ − w₀,ᵣ‖', log: true,
      curves: (theme) => [
        { name: 'farthest', column: 'farthest', points: along(track.farthest), color: theme.local },
        { name: 'mean', column: 'mean', points: along(track.meanDistance), color: theme.aggregation },
      ],
      levels: [{ name: `R = ${figure(track.radius)}`, value: track.radius }],
    }),
    trackResidual: picture({
      id: 'residual', title: 'Residual in the eigenbasis of H(0)', yName: 'squared residual', log: true,
      curves: () => track.octaves.map((column, i) => {
        const from = 2 ** i;
        return {
          name: i === 0 ? 'rank 1' : i === 1 ? 'ranks 2–3' : `${from}–${2 * from - 1}`,
          column: `ranks_from_${from}`, points: along(column), color: SHADES[i % SHADES.length], width: 1.5,
        };
      }),
    }),
    trackPl: picture({
      id: 'pl', title: 'PL constant', yName: 'σ_min(Φ)²', log: true,
      curves: (theme) => [{ name: 'σ_min(Φ)²', column: 'pl', points: along(track.pl), color: theme.local }],
    }),
  };
};
