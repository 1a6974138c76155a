'use strict';
/*
 * The three-phase loss trace: of every round G_k, S_k, L_{k,1} .. L_{k,tau}, A_k = G_{k+1}, one micro-step after the other.
 * Round number j of the log (not k: rounds may be left out) starts at micro-step j (tau + 2).
 *
 * Seen from near the phases of each round are drawn one by one. From so far that a round is only a few pixels wide, and in
 * the groups of rounds at the end of a long run, lines join the S, the L_{k,tau} and the A of neighbouring rounds instead.
 */
const shallotTrace = (data) => {
  const { FONT, figure, niceStep, logAxis, tickSeries, logY, base, legend, legendHeight, xAxis, zoomBars, rowsOf } = shallotPlots;
  const PHASES = ['sampling', 'local', 'aggregation'];
  const PIXELS_PER_ROUND = 5;

  return (at) => {
    const { theme } = at;
    const t = data.trace;
    const tau = t.localSteps;
    const per = tau + 2;
    const detailed = t.round.length;
    const groups = t.groups;
    const total = (groups.length ? groups[groups.length - 1].to + 1 : detailed) * per;
    const positive = (v) => (v > 0 ? v : null);

    // ---- what is drawn: points [x, y, 1 if marked] of each phase ----

    const near = () => {
      const points = { sampling: [], local: [], aggregation: [] };
      for (let j = 0; j < detailed; j++) {
        const x = j * per;
        const s = j * (tau + 1);
        if (t.before[j] !== null) points.sampling.push([x, t.before[j], 0]);
        points.sampling.push([x + 1, t.mean[s], 1], [x + 1, null, 0]);
        points.local.push([x + 1, t.mean[s], 0]);
        for (let i = 1; i <= tau; i++) points.local.push([x + 1 + i, t.mean[s + i], 1]);
        points.local.push([x + 1 + tau, null, 0]);
        points.aggregation.push([x + 1 + tau, t.mean[s + tau], 0], [x + per, t.after[j], 1], [x + per, null, 0]);
      }
      return points;
    };

    /** Means over so many neighbouring rounds, and the smallest and largest subnet error among them. */
    const neighbours = (size) => {
      const buckets = [];
      const mean = (from, to, of) => {
        let sum = 0;
        let count = 0;
        for (let j = from; j < to; j++) {
          if (of(j) !== null) {
            sum += of(j);
            count++;
          }
        }
        return count ? sum / count : null;
      };
      for (let from = 0; from < detailed; from += size) {
        const to = Math.min(from + size, detailed);
        let min = Infinity;
        let max = 0;
        for (let s = from * (tau + 1); s < to * (tau + 1); s++) {
          if (t.min[s] > 0) min = Math.min(min, t.min[s]);
          if (t.max[s] > 0) max = Math.max(max, t.max[s]);
        }
        buckets.push({
          from, to: to - 1, min, max,
          sampled: mean(from, to, (j) => t.mean[j * (tau + 1)]),
          trained: mean(from, to, (j) => t.mean[j * (tau + 1) + tau]),
          after: mean(from, to, (j) => t.after[j]),
        });
      }
      return buckets;
    };
    /** The groups at the end, put together until they stand for about as many rounds. */
    const merged = (size) => {
      const some = Math.max(1, Math.floor(size / (groups.length ? groups[0].to - groups[0].from + 1 : 1)));
      if (some === 1) return groups;
      const all = [];
      for (let i = 0; i < groups.length; i += some) {
        const part = groups.slice(i, i + some);
        const count = (g) => g.to - g.from + 1;
        const mean = (of) => part.reduce((sum, g) => sum + of(g) * count(g), 0) / part.reduce((sum, g) => sum + count(g), 0);
        const last = part[part.length - 1];
        all.push({
          from: part[0].from, to: last.to, firstRound: part[0].firstRound, lastRound: last.lastRound,
          min: Math.min(...part.map((g) => g.min ?? Infinity)), max: Math.max(...part.map((g) => g.max ?? 0)),
          sampled: mean((g) => g.sampled), trained: mean((g) => g.trained), after: mean((g) => g.after),
        });
      }
      return all;
    };
    const joined = (buckets) => {
      const middle = (g) => ((g.from + g.to + 1) / 2) * per;
      return {
        sampling: buckets.map((g) => [middle(g), g.sampled, 0]),
        local: buckets.map((g) => [middle(g), g.trained, 0]),
        aggregation: buckets.map((g) => [middle(g), g.after, 0]),
      };
    };

    /** 0 from near; from far the number of rounds that one point stands for. */
    const distance = (from, to) => {
      const inSight = (to - from) / per;
      return inSight * PIXELS_PER_ROUND <= at.width - 100 ? 0 : 2 ** Math.max(0, Math.ceil(Math.log2(inSight / 700)));
    };
    let drawn = 0;
    let seen = [0, 0];
    let buckets = [];
    let tail = groups;
    const points = () => {
      buckets = drawn ? neighbours(drawn) : [];
      const first = drawn ? joined(buckets) : near();
      tail = merged(drawn);
      const rest = joined(tail);
      return PHASES.map((phase) => first[phase].concat(rest[phase]).map(([x, y, own]) => [x, positive(y), own]));
    };

    // ---- bands: each one path, since thousands of shapes would make every zoom step slow ----

    const spot = (api, x, y) => api.coord([x, y]).map((pixel) => pixel.toFixed(2)).join(',');
    const outline = (api, xs, low, high) => {
      if (xs.some((_, i) => !(low(i) > 0 && high(i) > 0 && Number.isFinite(low(i))))) return '';
      const above = xs.map((x, i) => spot(api, x, high(i)));
      const below = xs.map((x, i) => spot(api, x, low(i))).reverse();
      return 'M' + above.concat(below).join('L') + 'Z';
    };
    const inSight = (g) => (g.to + 1) * per >= seen[0] && g.from * per <= seen[1];
    const ofRounds = (api, low, high) => {
      let path = '';
      for (let j = Math.max(0, Math.floor(seen[0] / per)); j < Math.min(detailed, Math.ceil(seen[1] / per)); j++) {
        const xs = Array.from({ length: tau + 1 }, (_, i) => j * per + 1 + i);
        path += outline(api, xs, (i) => low(j * (tau + 1) + i), (i) => high(j * (tau + 1) + i));
      }
      return path;
    };
    const ofGroups = (api, some) =>
      some.filter(inSight).map((g) => outline(api, [g.from * per, (g.to + 1) * per], () => g.min, () => g.max)).join('');
    const band = (id, name, color, path) => ({
      id,
      name,
      type: 'custom',
      progressive: 0,
      silent: true,
      clip: true,
      z: 1,
      color,
      itemStyle: { color },
      tooltip: { show: false },
      encode: { x: [], y: [] },
      data: [[0]],
      renderItem: (params, api) => ({ type: 'path', shape: { pathData: path(api) || 'M0,0' }, style: { fill: color } }),
    });
    const range = band('range', t.subnets > 1 ? 'smallest to largest subnet' : 'smallest to largest', theme.range, (api) =>
      (drawn ? ofGroups(api, buckets) : ofRounds(api, (s) => t.min[s], (s) => t.max[s])) + ofGroups(api, tail));
    const deviation = band('deviation', '± 1 standard deviation', theme.deviation, (api) =>
      drawn ? '' : ofRounds(api,
        (s) => Math.max(t.min[s], t.mean[s] - t.deviation[s]),
        (s) => Math.min(t.max[s], t.mean[s] + t.deviation[s])));

    /*
     * Grid lines and labels of the rounds, where they begin. Not the axis's own: zoomed in, ECharts counts from where the visible
     * part begins, which is no round.
     */
    let roundStep = 1;
    const roundTicks = {
      id: 'rounds',
      type: 'custom',
      progressive: 0,
      silent: true,
      clip: false,
      z: 0,
      tooltip: { show: false },
      encode: { x: [], y: [] },
      data: [[0]],
      renderItem: (params, api) => {
        const { x, y, width, height } = params.coordSys;
        const children = [];
        let free = -Infinity;
        for (let j = roundStep * Math.ceil(seen[0] / per / roundStep - 1e-9); j * per <= seen[1] + 1e-9; j += roundStep) {
          const at = Math.round(api.coord([j * per, 1])[0]) + 0.5;
          if (at < x - 1 || at > x + width + 1) continue;
          children.push({ type: 'line', shape: { x1: at, y1: y - 5, x2: at, y2: y + height }, style: { stroke: theme.grid, lineWidth: 1 } });
          const text = roundAt(j);
          const half = 3.7 * text.length + 4;
          if (text && at - half >= free) {
            free = at + half;
            children.push({ type: 'text', style: { x: at, y: y - 9, text, align: 'center', verticalAlign: 'bottom', fill: theme.muted, fontSize: 12, fontFamily: FONT } });
          }
        }
        return { type: 'group', children };
      },
    };

    // ---- the picture ----

    const names = ['sampling: Gₖ → Sₖ', 'local steps: Sₖ → Lₖ', 'aggregation: Lₖ → Aₖ'];
    const dashes = [[5, 3], 'solid', [1.5, 3]];
    const colors = [theme.sampling, theme.local, theme.aggregation];
    const marks = ['triangle', 'circle', 'diamond'];
    const lines = points().map((all, i) => ({
      id: PHASES[i],
      name: names[i],
      type: 'line',
      data: all,
      encode: { x: 0, y: 1 },
      connectNulls: false,
      symbol: marks[i],
      symbolSize: (value) => (value[2] ? 8 : 0),
      showSymbol: false,
      lineStyle: { color: colors[i], width: 2, type: dashes[i] },
      itemStyle: { color: colors[i] },
      emphasis: { disabled: true },
      z: 3,
    }));
    const shown = [...names];
    if (t.subnets > 1 || groups.length) shown.push(range.name);
    if (t.subnets > 1) shown.push(deviation.name);

    const adapt = (zoom) => {
      const [from, to] = [(zoom.start / 100) * total, (zoom.end / 100) * total];
      seen = [from, to];
      const values = [];
      for (let j = Math.max(0, Math.floor(from / per)); j < Math.min(detailed, Math.ceil(to / per)); j++) {
        values.push(t.before[j], t.after[j]);
        for (let s = j * (tau + 1); s < (j + 1) * (tau + 1); s++) values.push(t.mean[s], t.min[s], t.max[s]);
      }
      groups.filter(inSight).forEach((g) => values.push(g.min, g.max, g.after));
      const axis = logAxis(values);
      const wanted = distance(from, to);
      const changed = wanted !== drawn;
      drawn = wanted;
      roundStep = Math.max(1, Math.round(niceStep((to - from) / per / Math.min(24, at.width / 70))));
      const data = changed ? points() : [];
      return {
        ...(axis ? { yAxis: axis.yAxis } : {}),
        series: [
          ...(axis ? [axis.ticks] : []),
          ...PHASES.map((id, i) => ({
            id,
            ...(changed ? { data: data[i] } : {}),
            lineStyle: { width: drawn ? 1.2 : 2, type: drawn ? 'solid' : dashes[i] },
            showSymbol: (to - from) / (at.width - 100) < 0.16,
          })),
        ],
      };
    };

    const tip = (x) => {
      const n = Math.max(0, Math.min(total, Math.round(x)));
      const g = [...buckets, ...tail].find((one) => n > one.from * per && n <= (one.to + 1) * per);
      if (g) {
        const [first, last] = [g.firstRound ?? t.round[g.from], g.lastRound ?? t.round[g.to]];
        return rowsOf(first === last ? `round ${figure(first, 9)}` : `rounds ${figure(first, 9)} to ${figure(last, 9)}, means`, [
          ['after sampling S<sub>k</sub>', figure(g.sampled)],
          ['after local steps L<sub>k,τ</sub>', figure(g.trained)],
          ['after aggregation A<sub>k</sub>', figure(g.after)],
          ['smallest to largest', figure(g.min) + ' … ' + figure(g.max)],
        ]);
      }
      const j = Math.max(0, Math.ceil(n / per) - 1);
      const i = n - j * per;
      const k = figure(t.round[j], 9);
      if (i === 0) return rowsOf(`round ${k}, before sampling`, [['G<sub>k</sub>', figure(t.before[j])]]);
      const s = j * (tau + 1) + i - 1;
      const last = i === 1 ? t.before[j] : t.mean[s - 1];
      const now = i === per ? t.after[j] : t.mean[s];
      const percent = (now / last - 1) * 100;
      const change = last > 0 && now > 0 ? [['change', (percent > 0 ? '+' : '') + figure(percent, 3) + ' %']] : [];
      if (i === per) return rowsOf(`round ${k}, after aggregation`, [['A<sub>k</sub>', figure(now)], ...change]);
      return rowsOf(i === 1 ? `round ${k}, after sampling` : `round ${k}, local step ${i - 1} of ${tau}`, [
        [i === 1 ? 'mean S<sub>k</sub>' : `mean L<sub>k,${i - 1}</sub>`, figure(now)],
        ...(t.subnets > 1
          ? [['smallest to largest', figure(t.min[s]) + ' … ' + figure(t.max[s])], ['standard deviation', figure(t.deviation[s])]]
          : []),
        ...change,
      ]);
    };

    const sparse = detailed > 0 && t.round[detailed - 1] !== detailed - 1;
    const roundAt = (tick) => {
      const j = Math.round(tick);
      if (Math.abs(tick - j) > 1e-9) return '';
      if (j < detailed) return figure(t.round[j], 9);
      const g = groups.find((one) => j >= one.from && j <= one.to);
      return g && g.lastRound - g.firstRound === g.to - g.from ? figure(g.firstRound + j - g.from, 9) : '';
    };
    const opened = Math.max(3, Math.ceil(Math.min(90, (at.width - 100) / 8) / per)) * per;
    const zoom = { start: 0, end: Math.min(100, (100 * opened) / Math.max(total, 1)) };
    const option = {
      ...base(at, 'Three-phase loss trace', 'trace'),
      legend: legend(at, shown),
      grid: { left: 76, right: 28, top: 80 + legendHeight(at, shown), bottom: at.printing ? 48 : 84 },
      xAxis: [
        xAxis(theme, sparse ? 'micro-steps of the observed rounds' : 'micro-steps: τ + 2 a round', total),
        xAxis(theme, 'round k', total / per, {
          position: 'top',
          nameGap: 24,
          axisLabel: { show: false },
          axisTick: { show: false },
          axisPointer: { show: false },
        }),
      ],
      yAxis: logY(theme, data.facts.errorWord + ', log scale'),
      dataZoom: zoomBars(at, [0, 1], zoom),
      series: [tickSeries(theme), roundTicks, range, ...(t.subnets > 1 ? [deviation] : []), ...lines],
    };
    option.tooltip.formatter = (params) => (params.length ? tip(params[0].axisValue) : '');
    return { option, adapt, zoom, csv: { name: 'trace.csv', header: ['round', 'phase', 'local_step', 'mean', 'min', 'max', 'standard_deviation'], rows } };

    function rows() {
      const all = [];
      for (let j = 0; j < detailed; j++) {
        all.push([t.round[j], 'before', '', t.before[j], '', '', '']);
        for (let i = 0; i <= tau; i++) {
          const s = j * (tau + 1) + i;
          all.push([t.round[j], i ? 'local' : 'sampled', i || '', t.mean[s], t.min[s], t.max[s], t.deviation[s]]);
        }
        all.push([t.round[j], 'aggregated', '', t.after[j], '', '', '']);
      }
      for (const g of groups) {
        const k = g.firstRound + '-' + g.lastRound;
        all.push([k, 'sampled', '', g.sampled, '', '', ''], [k, 'local', tau, g.trained, '', '', '']);
        all.push([k, 'all subnet errors', '', '', g.min, g.max, ''], [k, 'aggregated', '', g.after, '', '', '']);
      }
      return all;
    }
  };
};
