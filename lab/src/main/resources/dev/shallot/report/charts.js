'use strict';
/*
 * What each picture shows. A builder gets the drawing surroundings {theme, width} and returns
 *   option        the ECharts option
 *   adapt(zoom)   what changes with the visible part of the x axis, zoom = {start, end} in percent
 *   zoom          the part to open with, if the picture can be zoomed
 *   csv           {name, header, rows()} of what is drawn
 * Nothing here depends on the reader's locale.
 */
const shallotCharts = (data) => {
  const facts = data.facts;
  const rounds = data.rounds;
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", "DejaVu Sans", sans-serif';

  // ---- numbers ----

  const superscript = (power) =>
    String(power).replace(/./g, (c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)]));

  /** Four significant digits, commas between thousands, powers of ten outside of 10^-3 .. 10^7. */
  const figure = (value, digits = 4) => {
    if (value === null || value === undefined || !Number.isFinite(value)) return 'not finite';
    if (value === 0) return '0';
    const size = Math.abs(value);
    if (size < 1e-3 || size >= 1e7) {
      const [mantissa, power] = value.toExponential(digits - 1).split('e');
      const short = String(Number(mantissa)).replace('-', '−');
      return (short === '1' ? '' : short + ' × ') + '10' + superscript(Number(power));
    }
    const whole = size < 1 ? 0 : Math.floor(Math.log10(size)) + 1;
    const text = whole >= digits ? value.toFixed(0) : String(Number(value.toPrecision(digits)));
    const [left, right] = text.split('.');
    return (left.replace(/\B(?=(\d{3})+$)/g, ',') + (right ? '.' + right : '')).replace('-', '−');
  };

  const wholeOnly = (value) => (Math.abs(value - Math.round(value)) < 1e-9 ? figure(Math.round(value), 9) : '');

  // ---- logarithmic axes: ECharts marks decades only, and a run often spans less than one ----

  const niceStep = (rough) => {
    const power = 10 ** Math.floor(Math.log10(rough));
    return [1, 2, 2.5, 5, 10].map((f) => f * power).find((s) => s >= rough * 0.999);
  };

  const logTicks = (low, high) => {
    const decades = Math.log10(high / low);
    const ticks = [];
    if (decades < 0.7) {
      const step = niceStep((high - low) / 5);
      for (let i = Math.ceil(low / step - 1e-9); i * step <= high * (1 + 1e-9); i++) {
        ticks.push(Number((i * step).toPrecision(12)));
      }
      return ticks;
    }
    const mantissas = decades < 1.6 ? [1, 2, 3, 5, 7] : decades < 3.2 ? [1, 2, 5] : [1];
    const every = Math.max(1, Math.ceil(decades / 9));
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
      if (power % every !== 0) continue;
      for (const mantissa of mantissas) {
        const tick = Number(mantissa + 'e' + power);
        if (tick >= low * 0.999999 && tick <= high * 1.000001) ticks.push(tick);
      }
    }
    return ticks;
  };

  /** Axis and grid lines for the positive ones of some values. */
  const logAxis = (values) => {
    let low = Infinity;
    let high = -Infinity;
    for (const v of values) {
      if (v > 0) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
    }
    if (low > high) return null;
    const margin = Math.max(1.02, (high / low) ** 0.04);
    low /= margin;
    high *= margin;
    return {
      yAxis: { min: low, max: high },
      ticks: { id: 'ticks', markLine: { data: logTicks(low, high).map((y) => ({ yAxis: y })) } },
    };
  };

  const tickSeries = (theme) => ({
    id: 'ticks',
    type: 'line',
    data: [],
    silent: true,
    tooltip: { show: false },
    markLine: {
      symbol: 'none',
      silent: true,
      animation: false,
      z: 0,
      lineStyle: { color: theme.grid, type: 'solid', width: 1 },
      label: { position: 'start', distance: 6, color: theme.muted, fontSize: 12, formatter: (p) => figure(p.value) },
      data: [],
    },
  });

  const logY = (theme, name) => ({
    type: 'log',
    name,
    nameLocation: 'middle',
    nameRotate: 90,
    nameGap: 56,
    nameTextStyle: { color: theme.text, fontSize: 13 },
    axisLabel: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLine: { show: true, lineStyle: { color: theme.axis } },
  });

  // ---- parts that all pictures share ----

  const base = (at, title, file) => ({
    animation: false,
    backgroundColor: at.theme.back,
    textStyle: { fontFamily: FONT, color: at.theme.text },
    title: {
      text: title,
      left: 0,
      top: 0,
      textStyle: { fontSize: 15, fontWeight: 600, color: at.theme.text, width: at.width - 50, overflow: 'truncate' },
    },
    toolbox: {
      right: 4,
      top: 0,
      iconStyle: { borderColor: at.theme.muted },
      feature: { saveAsImage: { name: file, title: 'Save as image', backgroundColor: at.theme.back } },
    },
    aria: { enabled: true, label: { description: title } },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: at.theme.back,
      borderColor: at.theme.axis,
      textStyle: { color: at.theme.text, fontSize: 13 },
      axisPointer: { type: 'line', lineStyle: { color: at.theme.muted, type: 'solid' } },
    },
  });

  const legend = (at, names) => ({
    type: at.width < 620 ? 'scroll' : 'plain',
    left: 0,
    right: at.width < 620 ? 0 : undefined,
    top: 28,
    itemWidth: 30,
    itemGap: 16,
    textStyle: { color: at.theme.text, fontSize: 12 },
    pageTextStyle: { color: at.theme.muted },
    pageIconColor: at.theme.text,
    pageIconInactiveColor: at.theme.grid,
    data: names,
  });

  const xAxis = (theme, name, max, more = {}) => ({
    type: 'value',
    min: 0,
    max,
    minInterval: 1,
    name,
    nameLocation: 'middle',
    nameGap: 28,
    nameTextStyle: { color: theme.text, fontSize: 13 },
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.axis } },
    axisTick: { show: true, lineStyle: { color: theme.axis } },
    axisLabel: { color: theme.muted, fontSize: 12, hideOverlap: true, formatter: wholeOnly },
    splitLine: { show: false },
    ...more,
  });

  const zoomBars = (theme, axes, zoom) => [
    { type: 'inside', xAxisIndex: axes, filterMode: 'none', ...zoom },
    {
      type: 'slider',
      xAxisIndex: axes,
      filterMode: 'none',
      height: 20,
      bottom: 8,
      showDataShadow: false,
      showDetail: false,
      brushSelect: false,
      borderColor: theme.grid,
      fillerColor: theme.filler,
      handleStyle: { color: theme.back, borderColor: theme.muted },
      moveHandleStyle: { color: theme.axis },
      ...zoom,
    },
  ];

  const rowsOf = (title, lines) =>
    `<b>${title}</b><table class="tip">${lines.map(([k, v]) => `<tr><td>${k}</td><td style="padding-left:1em;text-align:right">${v}</td></tr>`).join('')}</table>`;

  // ---- 1. the three phases ----

  const trace = (at) => {
    const { theme } = at;
    const t = data.trace;
    const tau = t.localSteps;
    const per = tau + 2;
    const detailed = t.round.length;
    const groups = t.groups;
    const total = (groups.length ? groups[groups.length - 1].to + 1 : detailed) * per;
    const sampling = [];
    const local = [];
    const aggregation = [];
    const bands = [];
    for (let j = 0; j < detailed; j++) {
      const x = j * per;
      const s = j * (tau + 1);
      if (t.before[j] !== null) sampling.push([x, t.before[j], 0]);
      sampling.push([x + 1, t.mean[s], 1], [x + 1, null, 0]);
      local.push([x + 1, t.mean[s], 0]);
      for (let i = 1; i <= tau; i++) local.push([x + 1 + i, t.mean[s + i], 1]);
      local.push([x + 1 + tau, null, 0]);
      aggregation.push([x + 1 + tau, t.mean[s + tau], 0], [x + per, t.after[j], 1], [x + per, null, 0]);
      bands.push([x + 1, x + 1 + tau]);
    }
    const middle = (g) => ((g.from + g.to + 1) / 2) * per;
    const window = (zoom) => [(zoom.start / 100) * total, (zoom.end / 100) * total];
    let seen = [0, total];

    /** The area between two curves of a round's subnets, as far as both are positive. */
    const band = (id, name, color, lower, upper) => ({
      id,
      name,
      type: 'custom',
      silent: true,
      clip: true,
      z: 1,
      color,
      itemStyle: { color },
      tooltip: { show: false },
      encode: { x: [0, 1], y: [] },
      data: bands,
      renderItem: (params, api) => {
        const j = params.dataIndex;
        if ((j + 1) * per < seen[0] || j * per > seen[1]) return null;
        const above = [];
        const below = [];
        for (let i = 0; i <= tau; i++) {
          const [low, high] = [lower(j * (tau + 1) + i), upper(j * (tau + 1) + i)];
          if (!(low > 0 && high > 0)) return null;
          above.push(api.coord([j * per + 1 + i, high]));
          below.unshift(api.coord([j * per + 1 + i, low]));
        }
        return { type: 'polygon', shape: { points: above.concat(below) }, style: { fill: color } };
      },
    });
    const groupBand = {
      id: 'groups',
      name: 'groups of rounds: min to max',
      type: 'custom',
      silent: true,
      clip: true,
      z: 1,
      color: theme.groupBand,
      itemStyle: { color: theme.groupBand },
      tooltip: { show: false },
      encode: { x: [0, 1], y: [] },
      data: groups.map((g) => [g.from * per, (g.to + 1) * per]),
      renderItem: (params, api) => {
        const g = groups[params.dataIndex];
        if (!(g.min > 0 && g.max > 0) || (g.to + 1) * per < seen[0] || g.from * per > seen[1]) return null;
        const [left, top] = api.coord([g.from * per, g.max]);
        const [right, bottom] = api.coord([(g.to + 1) * per, g.min]);
        return {
          type: 'rect',
          shape: { x: left, y: top, width: Math.max(right - left, 0.5), height: Math.max(bottom - top, 0.5) },
          style: { fill: theme.groupBand },
        };
      },
    };

    const line = (id, name, points, color, dash, symbol) => ({
      id,
      name,
      type: 'line',
      data: points.map(([x, y, own]) => [x, y > 0 ? y : null, own]),
      encode: { x: 0, y: 1 },
      connectNulls: false,
      symbol,
      symbolSize: (value) => (value[2] ? 7 : 0),
      showSymbol: true,
      lineStyle: { color, width: 2, type: dash },
      itemStyle: { color },
      emphasis: { disabled: true },
      z: 3,
    });
    const names = ['sampling: Gₖ → Sₖ', 'local steps: Sₖ → Lₖ,₁ … Lₖ,τ', 'aggregation: Lₖ,τ → Aₖ'];
    const series = [
      tickSeries(theme),
      line('sampling', names[0], sampling, theme.sampling, [5, 3], 'triangle'),
      line('local', names[1], local, theme.local, 'solid', 'circle'),
      line('aggregation', names[2], aggregation, theme.aggregation, [1.5, 3], 'diamond'),
    ];
    if (t.subnets > 1) {
      names.push('smallest to largest subnet', '± 1 standard deviation');
      series.push(
        band('range', names[3], theme.range, (i) => t.min[i], (i) => t.max[i]),
        band('deviation', names[4], theme.deviation,
          (i) => Math.max(t.min[i], t.mean[i] - t.deviation[i]),
          (i) => Math.min(t.max[i], t.mean[i] + t.deviation[i])));
    }
    if (groups.length) {
      names.push(groupBand.name, 'groups: mean', 'groups: last Aₖ');
      series.push(
        groupBand,
        line('groupMean', 'groups: mean', groups.map((g) => [middle(g), g.mean, 0]), theme.neutral, 'solid', 'none'),
        line('groupAfter', 'groups: last Aₖ', groups.map((g) => [(g.to + 1) * per, g.after, 0]), theme.aggregation, 'solid', 'none'));
    }

    const adapt = (zoom) => {
      const [from, to] = window(zoom);
      seen = [from, to];
      const values = [];
      for (let j = Math.max(0, Math.floor(from / per)); j < Math.min(detailed, Math.ceil(to / per)); j++) {
        values.push(t.before[j], t.after[j]);
        for (let s = j * (tau + 1); s < (j + 1) * (tau + 1); s++) values.push(t.mean[s], t.min[s], t.max[s]);
      }
      for (const g of groups) {
        if ((g.to + 1) * per >= from && g.from * per <= to) values.push(g.min, g.max, g.mean, g.after);
      }
      const axis = logAxis(values);
      const markers = (to - from) / (at.width - 80) < 0.16;
      return {
        ...(axis ? { yAxis: axis.yAxis } : {}),
        series: [
          ...(axis ? [axis.ticks] : []),
          ...['sampling', 'local', 'aggregation'].map((id) => ({ id, showSymbol: markers })),
        ],
      };
    };

    const step = (x) => {
      const n = Math.max(0, Math.min(total, Math.round(x)));
      const g = groups.find((one) => n > one.from * per && n <= (one.to + 1) * per);
      if (g) {
        return rowsOf(`rounds ${figure(g.firstRound, 9)} to ${figure(g.lastRound, 9)}`, [
          ['mean of all subnet errors', figure(g.mean)],
          ['smallest to largest', figure(g.min) + ' … ' + figure(g.max)],
          ['last A<sub>k</sub>', figure(g.after)],
        ]);
      }
      const j = Math.max(0, Math.ceil(n / per) - 1);
      const i = n - j * per;
      const k = figure(t.round[j], 9);
      if (i === 0) return rowsOf(`round ${k}, before sampling`, [['G<sub>k</sub>', figure(t.before[j])]]);
      const s = j * (tau + 1) + i - 1;
      const last = i === 1 ? t.before[j] : t.mean[s - 1];
      const now = i === per - 1 ? t.after[j] : t.mean[s];
      const change = last > 0 && now > 0 ? [['change', figure((now / last - 1) * 100, 3).replace(/^(?=[\d])/, '+') + ' %']] : [];
      if (i === per - 1) return rowsOf(`round ${k}, after aggregation`, [['A<sub>k</sub>', figure(now)], ...change]);
      return rowsOf(i === 1 ? `round ${k}, after sampling` : `round ${k}, local step ${i - 1} of ${tau}`, [
        [i === 1 ? 'mean S<sub>k</sub>' : `mean L<sub>k,${i - 1}</sub>`, figure(now)],
        ...(t.subnets > 1
          ? [['smallest to largest', figure(t.min[s]) + ' … ' + figure(t.max[s])], ['standard deviation', figure(t.deviation[s])]]
          : []),
        ...change,
      ]);
    };

    const opened = Math.max(3, Math.ceil(90 / per));
    const zoom = { start: 0, end: Math.min(100, (100 * opened * per) / Math.max(total, 1)) };
    const sparse = detailed > 0 && t.round[detailed - 1] !== detailed - 1;
    const roundAt = (j) => {
      if (Math.abs(j - Math.round(j)) > 1e-9) return '';
      const at0 = Math.round(j);
      if (at0 < detailed) return figure(t.round[at0], 9);
      const g = groups.find((one) => at0 >= one.from && at0 <= one.to);
      return g && g.lastRound - g.firstRound === g.to - g.from ? figure(g.firstRound + at0 - g.from, 9) : '';
    };
    const option = {
      ...base(at, 'Three-phase loss trace', 'trace'),
      legend: legend(at, names),
      grid: { left: 76, right: 18, top: at.width < 620 ? 108 : legendRows(at, names) * 24 + 84, bottom: 84 },
      xAxis: [
        xAxis(theme, sparse ? 'micro-steps of the observed rounds' : 'micro-steps: τ + 2 a round', total),
        xAxis(theme, 'round k', total / per, {
          position: 'top',
          nameGap: 24,
          axisLabel: { color: theme.muted, fontSize: 12, hideOverlap: true, formatter: roundAt },
          splitLine: { show: true, lineStyle: { color: theme.grid, type: 'solid' } },
          axisPointer: { show: false },
        }),
      ],
      yAxis: logY(theme, 'squared error ‖y − û‖², log scale'),
      dataZoom: zoomBars(theme, [0, 1], zoom),
      series,
    };
    option.tooltip.formatter = (params) => (params.length ? step(params[0].axisValue) : '');
    return {
      option,
      adapt,
      zoom,
      csv: {
        name: 'trace.csv',
        header: ['round', 'phase', 'local_step', 'mean', 'min', 'max', 'standard_deviation'],
        rows: () => {
          const rows = [];
          for (let j = 0; j < detailed; j++) {
            rows.push([t.round[j], 'before', '', t.before[j], '', '', '']);
            for (let i = 0; i <= tau; i++) {
              const s = j * (tau + 1) + i;
              rows.push([t.round[j], i ? 'local' : 'sampled', i || '', t.mean[s], t.min[s], t.max[s], t.deviation[s]]);
            }
            rows.push([t.round[j], 'aggregated', '', t.after[j], '', '', '']);
          }
          for (const g of groups) {
            rows.push([g.firstRound + '-' + g.lastRound, 'group', '', g.mean, g.min, g.max, '']);
            rows.push([g.lastRound, 'aggregated', '', g.after, '', '', '']);
          }
          return rows;
        },
      },
    };
  };

  /** How many lines a plain legend takes, estimated. */
  const legendRows = (at, names) => {
    let rows = 1;
    let used = 0;
    for (const name of names) {
      const width = 52 + name.length * 6.6;
      if (used + width > at.width) {
        rows++;
        used = 0;
      }
      used += width;
    }
    return rows;
  };

  // ---- 2. error by round ----

  const lastRound = rounds.round.length ? rounds.round[rounds.round.length - 1] + 1 : 1;

  const error = (at) => {
    const { theme } = at;
    const whole = [[0, data.initial.error], ...rounds.round.map((k, i) => [k + 1, rounds.error[i]])];
    const curves = [{ id: 'whole', name: 'whole network Gₖ', points: whole, color: theme.text, dash: 'solid', width: 2.2 }];
    if (rounds.sampled) {
      curves.push(
        { id: 'sampled', name: 'after sampling Sₖ', points: rounds.round.map((k, i) => [k, rounds.sampled[i]]), color: theme.sampling, dash: [5, 3], width: 1.2 },
        { id: 'trained', name: 'after local steps Lₖ,τ', points: rounds.round.map((k, i) => [k, rounds.trained[i]]), color: theme.local, dash: 'solid', width: 1.2 });
    }
    if (facts.targetNorm > 0) {
      curves.push({ id: 'target', name: '‖y‖²', points: [[0, facts.targetNorm], [lastRound, facts.targetNorm]], color: theme.muted, dash: [2, 4], width: 1.5 });
    }
    const names = curves.map((c) => c.name);
    const option = {
      ...base(at, 'Error by round', 'error'),
      legend: legend(at, names),
      grid: { left: 76, right: 18, top: 64, bottom: 84 },
      xAxis: xAxis(theme, 'round k', lastRound),
      yAxis: logY(theme, 'squared error ‖y − u‖², log scale'),
      dataZoom: zoomBars(theme, [0], { start: 0, end: 100 }),
      series: [
        tickSeries(theme),
        ...curves.map((c) => ({
          id: c.id,
          name: c.name,
          type: 'line',
          data: c.points.map(([x, y]) => [x, y > 0 ? y : null]),
          symbol: 'circle',
          symbolSize: 5,
          showSymbol: whole.length <= 12 && c.id !== 'target',
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
          k, rounds.sampled ? rounds.sampled[i] : '', rounds.trained ? rounds.trained[i] : '', rounds.error[i],
          rounds.displacement[i], rounds.flips[i], rounds.uncovered[i], rounds.dead[i], rounds.bytes[i]]),
      },
    };
  };

  // ---- 3. the neurons ----

  const neurons = (at, it) => {
    const { theme } = at;
    const option = {
      ...base(at, it.title, it.id),
      grid: { left: 76, right: 18, top: it.expected ? 64 : 40, bottom: 48 },
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
        {
          id: 'value',
          name: it.legend,
          type: 'line',
          data: it.points,
          symbol: 'circle',
          symbolSize: it.dots ? 4 : 5,
          showSymbol: it.points.length <= (it.dots ? 400 : 12),
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
      option.legend = legend(at, [it.legend, it.expectedName]);
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
      const largest = it.points.reduce((most, p) => Math.max(most, p[1] ?? 0), high);
      option.yAxis.max = niceStep(largest / 5) * Math.ceil(largest / niceStep(largest / 5) - 1e-9);
    }
    return {
      option,
      csv: { name: it.id + '.csv', header: ['round', it.id], rows: () => it.points },
    };
  };

  const after = (values, start) => {
    const points = rounds.round.map((k, i) => [k + 1, values[i]]);
    return start === null || start === undefined ? points : [[0, start], ...points];
  };
  const count = (v) => (v === null ? 'not finite' : figure(v, 9));
  const pairs = facts.width * facts.samples;

  return {
    trace,
    error,
    displacement: (at) => neurons(at, {
      id: 'displacement', title: 'Displacement', legend: 'max ‖wᵣ − w₀,ᵣ‖',
      yName: at.width < 420 ? 'max ‖wᵣ − w₀,ᵣ‖' : 'largest displacement ‖wᵣ − w₀,ᵣ‖', xName: 'rounds done', color: 'local',
      points: after(rounds.displacement, 0), format: (v) => figure(v, 3), exact: (v) => figure(v), at: (k) => `after ${k} rounds`,
    }),
    flips: (at) => neurons(at, {
      id: 'flips', title: 'Activation flips', legend: pairs > 0 ? 'share of m·n' : 'flips',
      yName: pairs > 0 ? 'flipped activations, % of m·n' : 'flipped activations', xName: 'rounds done', color: 'aggregation',
      points: after(rounds.flips.map((f) => (f === null ? null : pairs > 0 ? (100 * f) / pairs : f)), 0),
      format: (v) => figure(v, 3), exact: (v) => figure(v) + (pairs > 0 ? ' %' : ''), at: (k) => `after ${k} rounds`,
    }),
    uncovered: (at) => neurons(at, {
      id: 'uncovered', title: 'Uncovered neurons', legend: 'uncovered', yName: 'neurons without a subnet', xName: 'round k',
      color: 'local', dots: true, whole: true, points: rounds.round.map((k, i) => [k, rounds.uncovered[i]]),
      expected: facts.expectedUncovered, deviation: facts.uncoveredDeviation,
      expectedName: `expected m(1 − θ) = ${figure(facts.expectedUncovered)}`,
      format: (v) => figure(v, 5), exact: count, at: (k) => `round ${k}`,
    }),
    dead: (at) => neurons(at, {
      id: 'dead', title: 'Dead neurons', legend: 'dead', yName: 'neurons active on no sample', xName: 'rounds done',
      color: 'neutral', whole: true, points: after(rounds.dead, data.initial.dead), format: (v) => figure(v, 5), exact: count,
      at: (k) => `after ${k} rounds`,
    }),
  };
};
