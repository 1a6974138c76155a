'use strict';
/*
 * The places of a sweep: a heat map over two axes, lines with bands over one; builders as in charts.js. What is on the axes and
 * what the other axes are fixed at is the reader's choice: {quantity, x, y, fixed: {axis name: index of its label}}.
 */
const shallotSweep = (() => {
  const { FONT, figure, brief, bandSeries, logAxis, tickSeries, logY, base, legend, legendHeight, rowsOf } = shallotPlots;

  /* Cividis, dark to bright: it grows evenly brighter and looks the same to most colour-blind readers. Small values are bright. */
  const CIVIDIS = ['#00204d', '#00336f', '#39486b', '#575c6d', '#707173', '#8a8779', '#a69d75', '#c4b56c', '#e4cf5b', '#ffea46'];
  const DASHES = ['solid', [7, 4], [2, 3]];
  const MARKS = ['circle', 'triangle', 'diamond', 'rect'];
  const MOST_LINES = 10;
  const escape = (text) => String(text).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

  const free = (data) => data.axes.filter((axis) => axis.labels.length > 1);
  const titled = (axis) => axis.name + (axis.symbol ? ` ${axis.symbol}` : '');

  /** What to open with: the numeric axes first. */
  const firstChoice = (data) => {
    const axes = [...free(data)].sort((a, b) => Number(b.numeric) - Number(a.numeric));
    return {
      quantity: data.quantities.length ? data.quantities[0].key : 'relative',
      x: (axes[0] ?? data.axes[0])?.name,
      y: axes[1]?.name,
      fixed: Object.fromEntries(free(data).map((axis) => [axis.name, 0])),
    };
  };

  const indexOf = (data, name) => data.axes.findIndex((axis) => axis.name === name);

  /** The places that the choice shows. */
  const slice = (data, choice) => {
    const others = data.axes
      .map((axis, i) => ({ i, name: axis.name }))
      .filter(({ name }) => name !== choice.x && name !== choice.y);
    return data.places.filter((place) => others.every(({ i, name }) => place.at[i] === (choice.fixed[name] ?? 0)));
  };

  const quantityName = (data, choice) => data.quantities.find((q) => q.key === choice.quantity)?.name ?? choice.quantity;

  const capital = (text) => text[0].toUpperCase() + text.slice(1);

  const describe = (data, place) => data.axes.map((axis, i) => `${axis.name} ${axis.labels[place.at[i]]}`).join(', ');

  const told = (data, choice, place) => {
    const v = place.values[choice.quantity];
    const rows = [];
    if (v) {
      rows.push(['mean', figure(v.mean)]);
      if (v.n > 1) {
        rows.push(['± standard error', figure(v.se)], ['smallest to largest', `${figure(v.min)} … ${figure(v.max)}`]);
        rows.push(['95 % interval (bootstrap)', `${figure(v.low)} … ${figure(v.high)}`]);
      }
    }
    rows.push(['seeds', `${v ? v.n : 0} of ${place.seeds}`]);
    if (place.diverged) rows.push(['diverged', place.diverged]);
    if (place.failed) rows.push(['failed', place.failed]);
    return rowsOf(escape(describe(data, place)), rows);
  };

  const csv = (data, choice, name) => ({
    name,
    header: [...data.axes.map((axis) => axis.name), 'seeds', 'diverged', 'failed', 'mean', 'standard_error', 'standard_deviation', 'min', 'max', 'low_95', 'high_95'],
    rows: () => data.places.map((place) => {
      const v = place.values[choice.quantity] ?? {};
      return [...data.axes.map((axis, i) => axis.labels[place.at[i]]), v.n ?? 0, place.diverged, place.failed, v.mean, v.se, v.sd, v.min, v.max, v.low, v.high];
    }),
  });

  // ---- the heat map ----

  const scaleOf = (values) => {
    const low = Math.min(...values);
    const high = Math.max(...values);
    const logarithmic = low > 0 && high > 3 * low;
    const of = (v) => (logarithmic ? Math.log10(v) : v);
    return { logarithmic, of, back: (v) => (logarithmic ? 10 ** v : v), low: of(low), high: of(high) };
  };

  const inCell = (value) => {
    const size = Math.abs(value);
    return size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(1).replace('e+', 'e') : String(Number(value.toPrecision(3)));
  };

  const heat = (data, choice) => (at) => {
    const { theme } = at;
    const [xi, yi] = [indexOf(data, choice.x), indexOf(data, choice.y)];
    const [x, y] = [data.axes[xi], data.axes[yi]];
    const places = slice(data, choice);
    const known = places.filter((p) => p.values[choice.quantity]);
    const scale = scaleOf(known.length ? known.map((p) => p.values[choice.quantity].mean) : [1]);
    const share = (v) => (scale.high > scale.low ? (scale.of(v) - scale.low) / (scale.high - scale.low) : 0.5);
    const narrow = at.width < 640;
    const right = narrow ? 76 : 110;
    const width = (at.width - right - 80) / x.labels.length;
    const written = width >= 44;
    const category = (axis, name, gap) => ({
      type: 'category',
      data: axis.labels,
      name,
      nameLocation: 'middle',
      nameGap: gap,
      nameTextStyle: { color: theme.text, fontSize: 13 },
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: theme.muted, fontSize: 12 },
      splitArea: { show: true, areaStyle: { color: [theme.grid] } },
    });
    const longest = Math.max(...y.labels.map((label) => label.length));
    const option = {
      ...base(at, capital(quantityName(data, choice)), 'heat'),
      grid: { left: Math.min(160, 50 + 7 * longest), right, top: 40, bottom: 52 },
      xAxis: category(x, titled(x), 28),
      yAxis: { ...category(y, titled(y), 22 + 7 * Math.min(16, longest)), nameRotate: 90 },
      visualMap: {
        show: known.length > 1,
        type: 'continuous',
        min: scale.low,
        max: scale.high > scale.low ? scale.high : scale.low + 1,
        calculable: false,
        orient: 'vertical',
        right: 0,
        top: 'middle',
        itemHeight: Math.max(100, Math.min(240, 26 * y.labels.length)),
        itemWidth: 14,
        seriesIndex: 0,
        text: scale.high > scale.low ? [inCell(scale.back(scale.high)), inCell(scale.back(scale.low))] : undefined,
        textStyle: { color: theme.muted },
        inRange: { color: [...CIVIDIS].reverse() },
      },
      series: [
        {
          id: 'heat',
          type: 'heatmap',
          data: known.map((p) => ({
            value: [p.at[xi], p.at[yi], scale.of(p.values[choice.quantity].mean)],
            place: p,
            label: { color: share(p.values[choice.quantity].mean) > 0.55 ? '#ffffff' : '#000000' },
          })),
          label: { show: written, fontSize: width < 54 ? 10 : 12, formatter: (p) => inCell(p.data.place.values[choice.quantity].mean) },
          itemStyle: { borderColor: theme.back, borderWidth: 1 },
          emphasis: { itemStyle: { borderColor: theme.text, borderWidth: 2 } },
        },
        {
          id: 'none',
          type: 'scatter',
          symbolSize: 1,
          itemStyle: { opacity: 0 },
          data: places.filter((p) => !p.values[choice.quantity] && p.done).map((p) => ({ value: [p.at[xi], p.at[yi]], place: p })),
          label: { show: true, position: 'inside', color: theme.text, fontSize: 12, formatter: (p) => (p.data.place.diverged ? '∞' : '✕') },
        },
      ],
    };
    option.tooltip = { ...option.tooltip, trigger: 'item', formatter: (p) => told(data, choice, p.data.place) };
    return { option, csv: csv(data, choice, 'places.csv') };
  };

  // ---- lines with bands ----

  /** The axis is labelled where the sweep has places, not at round numbers; what would overlap is left out. */
  const labelsBelow = (theme, labels) => {
    let free = -Infinity;
    return {
      id: 'below',
      type: 'custom',
      progressive: 0,
      silent: true,
      clip: false,
      z: 0,
      tooltip: { show: false },
      encode: { x: 0, y: [] },
      data: [...labels].sort((a, b) => a - b).map((label) => [Number(label), label]),
      renderItem: (params, api) => {
        if (params.dataIndex === 0) free = -Infinity;
        const { y, height } = params.coordSys;
        const label = String(api.value(1));
        const at = api.coord([api.value(0), 1])[0];
        const half = 3.6 * label.length + 4;
        const children = [{ type: 'line', shape: { x1: at, y1: y + height, x2: at, y2: y + height + 5 }, style: { stroke: theme.axis, lineWidth: 1 } }];
        if (at - half >= free) {
          free = at + half;
          children.push({ type: 'text', style: { x: at, y: y + height + 9, text: label, align: 'center', verticalAlign: 'top', fill: theme.muted, fontSize: 12, fontFamily: FONT } });
        }
        return { type: 'group', children };
      },
    };
  };

  const lines = (data, choice) => (at) => {
    const { theme } = at;
    const xi = indexOf(data, choice.x);
    const x = data.axes[xi];
    const yi = choice.y ? indexOf(data, choice.y) : -1;
    const values = x.labels.map(Number);
    const numeric = x.numeric && x.labels.length > 1;
    const spread = numeric && Math.min(...values) > 0 && Math.max(...values) >= 30 * Math.min(...values);
    const names = yi < 0 ? [quantityName(data, choice)] : data.axes[yi].labels;
    const every = Math.ceil(names.length / MOST_LINES);
    const places = slice(data, choice);
    const curves = names.map((name, j) => {
      const points = places
        .filter((p) => (yi < 0 || p.at[yi] === j) && p.values[choice.quantity])
        .map((p) => ({ x: numeric ? values[p.at[xi]] : p.at[xi], v: p.values[choice.quantity], place: p }))
        .sort((a, b) => a.x - b.x);
      return { name: yi < 0 ? name : `${data.axes[yi].name} ${name}`, points, j };
    }).filter((c) => c.j % every === 0 && c.points.length);
    const shown = curves.flatMap((c) => c.points);
    const log = shown.length > 0 && shown.every((p) => p.v.mean > 0);
    const axis = log ? logAxis(shown.flatMap((p) => [p.v.mean, p.v.mean + (p.v.se ?? 0), p.v.mean - (p.v.se ?? 0)])) : null;
    const style = (i) => ({ color: theme.lines[i % theme.lines.length], dash: DASHES[Math.floor(i / theme.lines.length) % 3], mark: MARKS[i % MARKS.length] });
    const entries = curves.map((c) => c.name);
    const low = numeric ? Math.min(...values) : 0;
    const high = numeric ? Math.max(...values) : 0;
    const quantity = quantityName(data, choice);
    const option = {
      ...base(at, capital(quantity) + (yi < 0 ? '' : `, a line for each ${data.axes[yi].name}`), 'lines'),
      legend: { ...legend(at, entries), show: yi >= 0 },
      grid: { left: 88, right: 28, top: 40 + (yi >= 0 ? legendHeight(at, entries) : 6), bottom: 52 },
      xAxis: {
        type: numeric ? (spread ? 'log' : 'value') : 'category',
        ...(numeric ? (spread ? { min: low / 1.1, max: high * 1.1 } : { min: low - 0.03 * (high - low), max: high + 0.03 * (high - low) }) : { data: x.labels, boundaryGap: true }),
        name: titled(x) + (spread ? ', log scale' : ''),
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: { color: theme.text, fontSize: 13 },
        axisLine: { show: true, onZero: false, lineStyle: { color: theme.axis } },
        axisTick: { show: !numeric, lineStyle: { color: theme.axis } },
        axisLabel: { show: !numeric, color: theme.muted, fontSize: 12, hideOverlap: true },
        splitLine: { show: false },
      },
      yAxis: axis
        ? { ...logY(theme, quantity + ', log scale'), nameGap: 66, ...axis.yAxis }
        : {
          type: 'value', name: quantity, nameLocation: 'middle', nameRotate: 90, nameGap: 56,
          nameTextStyle: { color: theme.text, fontSize: 13 },
          axisLine: { show: true, lineStyle: { color: theme.axis } },
          axisLabel: { color: theme.muted, fontSize: 12, formatter: brief },
          splitLine: { show: true, lineStyle: { color: theme.grid } },
        },
      series: [
        ...(numeric ? [labelsBelow(theme, x.labels)] : []),
        ...(axis ? [{ ...tickSeries(theme), ...axis.ticks, data: axis.ticks.data.map(([y]) => [y, numeric ? low : 0]) }] : []),
        ...curves.filter((c) => c.points.some((p) => p.v.se > 0)).map((c) => ({
          ...bandSeries(() => c.points.map((p) => [p.x, p.v.mean - (p.v.se ?? 0), p.v.mean + (p.v.se ?? 0)]), style(curves.indexOf(c)).color + '2b'),
          id: 'band' + c.j,
        })),
        ...curves.map((c, i) => ({
          id: 'line' + c.j,
          name: c.name,
          type: 'line',
          data: c.points.map((p) => ({ value: [numeric ? p.x : p.x, p.v.mean], place: p.place })),
          symbol: style(i).mark,
          symbolSize: 7,
          showSymbol: true,
          lineStyle: { color: style(i).color, width: 1.8, type: numeric ? style(i).dash : [1, 4] },
          itemStyle: { color: style(i).color },
          emphasis: { disabled: true },
          z: 3,
        })),
      ],
    };
    option.tooltip = { ...option.tooltip, trigger: 'item', formatter: (p) => (p.data?.place ? told(data, choice, p.data.place) : '') };
    return { option, csv: csv(data, choice, 'places.csv') };
  };

  return { free, firstChoice, quantityName, heat, lines };
})();
