'use strict';
/* What all pictures share: numbers as text, logarithmic axes, frames. */
const shallotPlots = (() => {
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

  /** Three digits for the marks of an axis, never wide. */
  const brief = (value) => {
    const size = Math.abs(value);
    return size >= 1e6 || (size > 0 && size < 1e-4) ? String(Number(value.toPrecision(3)).toExponential()).replace('e+', 'e') : figure(value, 3);
  };

  const wholeOnly = (value) => (Math.abs(value - Math.round(value)) < 1e-9 ? figure(Math.round(value), 9) : '');

  // ---- logarithmic axes: ECharts marks decades only, and a run often spans less than one ----

  const niceStep = (rough) => {
    const power = 10 ** Math.floor(Math.log10(rough));
    return [1, 2, 2.5, 5, 10].map((f) => f * power).find((s) => s >= rough * 0.999);
  };

  const logTicks = (low, high) => {
    const decades = Math.log10(high) - Math.log10(low);
    const ticks = [];
    if (decades < 0.7) {
      const step = niceStep((high - low) / 5);
      for (let i = Math.ceil(low / step - 1e-9); i * step <= high * (1 + 1e-9); i++) {
        ticks.push(Number((i * step).toPrecision(12)));
      }
      return ticks;
    }
    const mantissas = decades < 1.6 ? [1, 2, 3, 5, 7] : decades < 3.2 ? [1, 2, 5] : [1];
    const every = Math.max(1, Math.ceil(niceStep(decades / 9)));
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
    let high = 0;
    for (const v of values) {
      if (v > 0) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
    }
    if (low > high) return null;
    // In logarithms: errors of a diverged run come close to the largest number there is.
    const margin = 10 ** Math.min(2, Math.max(0.01, 0.04 * (Math.log10(high) - Math.log10(low))));
    low = Math.max(low / margin, Number.MIN_VALUE);
    high = Math.min(high * margin, Number.MAX_VALUE);
    return {
      yAxis: { min: low, max: high },
      ticks: { id: 'ticks', data: logTicks(low, high).map((y) => [y, 0]) },
    };
  };

  /** The grid lines and labels of a logarithmic axis, behind everything else. */
  const tickSeries = (theme) => ({
    id: 'ticks',
    type: 'custom',
    progressive: 0,
    silent: true,
    clip: false,
    z: 0,
    tooltip: { show: false },
    data: [],
    encode: { x: [], y: 0 },
    renderItem: (params, api) => {
      const value = api.value(0);
      const { x, width } = params.coordSys;
      const y = Math.round(api.coord([api.value(1), value])[1]) + 0.5;
      return {
        type: 'group',
        children: [
          { type: 'line', shape: { x1: x, y1: y, x2: x + width, y2: y }, style: { stroke: theme.grid, lineWidth: 1 } },
          {
            type: 'text',
            style: { x: x - 8, y, text: figure(value), align: 'right', verticalAlign: 'middle', fill: theme.muted, fontSize: 12, fontFamily: FONT },
          },
        ],
      };
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
      top: 4,
      padding: 0,
      textStyle: { fontSize: 15, fontWeight: 600, color: at.theme.text, width: at.width - 50, overflow: 'truncate' },
    },
    toolbox: {
      show: !at.printing,
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

  /** Names of series; an object {name, marks: false} for a line without marks, whose legend would show one all the same. */
  const legend = (at, names) => ({
    left: 0,
    top: 30,
    padding: 0,
    itemWidth: 30,
    itemGap: 14,
    textStyle: { color: at.theme.text, fontSize: 12 },
    data: names.map((name) => (name.marks === false ? { name: name.name, itemStyle: { opacity: 0 } } : name)),
  });

  /** Pixels that a legend takes, estimated. */
  const legendHeight = (at, names) => {
    let rows = 1;
    let used = 0;
    for (const name of names) {
      const width = 50 + (name.name ?? name).length * 6.7;
      if (used + width > at.width) {
        rows++;
        used = 0;
      }
      used += width;
    }
    return rows * 26;
  };

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

  const zoomBars = ({ theme, printing }, axes, zoom) => [
    { type: 'inside', xAxisIndex: axes, filterMode: 'none', ...zoom },
    {
      type: 'slider',
      show: !printing,
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

  /**
   * A filled band between two curves. edges() gives [x, low, high], from left to right; where low is
   * not on the axis (0 or less on a logarithmic one), the band ends at the bottom of the plot.
   */
  const bandSeries = (edges, color) => ({
    id: 'band',
    name: 'band',
    type: 'custom',
    progressive: 0,
    silent: true,
    clip: true,
    z: 1,
    tooltip: { show: false },
    encode: { x: 0, y: [] },
    data: [[0]],
    renderItem: (params, api) => {
      const above = [];
      const below = [];
      const lowest = params.coordSys.y + params.coordSys.height;
      for (const [x, low, high] of edges()) {
        const [left, top] = api.coord([x, high]);
        const bottom = api.coord([x, low])[1];
        above.push([left, top]);
        below.unshift([left, Number.isFinite(bottom) ? Math.min(lowest, bottom) : lowest]);
      }
      return { type: 'polygon', shape: { points: above.concat(below) }, style: { fill: color } };
    },
  });

  return { FONT, bandSeries, figure, brief, niceStep, logAxis, tickSeries, logY, base, legend, legendHeight, xAxis, zoomBars, rowsOf };
})();
