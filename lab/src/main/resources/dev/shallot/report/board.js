'use strict';
/*
 * Draws the pictures of a page: every place <div data-chart="name"> for which there is a builder of that name, again when its
 * width, the colour scheme, the medium or the data change. Builders are as in charts.js.
 */
const shallotBoard = () => {
  const THEMES = {
    light: {
      back: '#ffffff', text: '#1f2328', muted: '#59636e', axis: '#8b949e', grid: '#e4e8ec', neutral: '#6e7781',
      sampling: '#d55e00', local: '#0072b2', aggregation: '#009e73',
      range: 'rgba(0,114,178,0.13)', deviation: 'rgba(0,114,178,0.20)', groupBand: 'rgba(110,119,129,0.25)',
      expected: 'rgba(213,94,0,0.12)', filler: 'rgba(0,114,178,0.12)',
      lines: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#1f2328', '#56b4e9', '#b8860b', '#6a3d9a'],
    },
    dark: {
      back: '#14171c', text: '#e6e9ed', muted: '#a3adb8', axis: '#6b7682', grid: '#2b3139', neutral: '#a3adb8',
      sampling: '#e69f00', local: '#56b4e9', aggregation: '#1fc79a',
      range: 'rgba(86,180,233,0.16)', deviation: 'rgba(86,180,233,0.24)', groupBand: 'rgba(163,173,184,0.25)',
      expected: 'rgba(230,159,0,0.16)', filler: 'rgba(86,180,233,0.18)',
      lines: ['#56b4e9', '#e69f00', '#1fc79a', '#e79ac6', '#e6e9ed', '#4a90d9', '#f0e442', '#b294e0'],
    },
  };
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const pictures = new Map();
  const drawn = new Set();
  let builders = {};
  let printing = false;

  // ---- one picture ----

  const picture = (place) => {
    const known = pictures.get(place);
    if (known) return known;
    const chart = echarts.init(place, null, { renderer: 'svg' });
    const made = { place, chart, zoom: null, built: null };
    pictures.set(place, made);
    chart.on('finished', () => {
      drawn.add(place);
      document.body.dataset.drawn = String(drawn.size);
    });
    chart.on('datazoom', () => {
      const { start, end } = chart.getOption().dataZoom[0];
      made.zoom = { start, end };
      chart.setOption(made.built.adapt(made.zoom));
    });
    return made;
  };

  /** As ECharts merges: the first drawing is one, not two. */
  const merge = (option, patch) => {
    Object.assign(option.yAxis, patch.yAxis);
    (patch.xAxis ?? []).forEach((axis, i) => Object.assign(option.xAxis[i], axis));
    for (const part of patch.series ?? []) {
      const whole = option.series.find((one) => one.id === part.id);
      Object.assign(whole, part, { lineStyle: { ...whole.lineStyle, ...part.lineStyle } });
    }
  };

  /** Builds a picture for a place: its option is complete, with the visible part as the reader left it. */
  const build = (it, at) => {
    const built = builders[it.place.dataset.chart](at);
    if (built.adapt) {
      it.zoom ??= built.zoom;
      built.option.dataZoom.forEach((bar) => Object.assign(bar, it.zoom));
      merge(built.option, built.adapt(it.zoom));
    }
    return built;
  };

  /* On paper nothing has been laid out yet when a picture must be drawn: it is drawn for a page 690 pixels wide, and the style sheet scales it. */
  const PAPER = 690;
  const onPaper = (place) => (place.closest('.pair')
    ? { width: Math.floor((PAPER - 28) / 2), height: 250 }
    : { width: PAPER, height: place.classList.contains('tall') ? 350 : 250 });

  const draw = (it, fresh) => {
    const paper = printing ? onPaper(it.place) : { width: 'auto', height: 'auto' };
    it.chart.resize(paper);
    const theme = dark.matches && !printing ? THEMES.dark : THEMES.light;
    it.built = build(it, { theme, width: printing ? paper.width : it.place.clientWidth, printing });
    it.chart.setOption(it.built.option, fresh ? { notMerge: true } : { replaceMerge: ['series'] });
  };
  const shown = () => [...pictures.values()].filter((it) => it.place.isConnected && builders[it.place.dataset.chart]);
  const drawAll = () => shown().forEach((it) => draw(it, true));

  // ---- files of a picture ----

  const save = (href, name) => {
    const link = document.createElement('a');
    link.href = href;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
  };
  const saveText = (text, type, name) => save(URL.createObjectURL(new Blob([text], { type })), name);

  /* Cells are numbers and words; a number is written with a point whatever the locale. */
  const cell = (value) => {
    const text = String(value ?? '');
    return /[",\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  };
  const csv = ({ name, header, rows }) =>
    saveText([header, ...rows()].map((row) => row.map(cell).join(',')).join('\n') + '\n', 'text/csv', name);

  /** For paper: dark on white, without what only a screen has. */
  const figure = (it, format) => {
    const sheet = document.createElement('div');
    const [width, height] = [it.place.clientWidth, it.place.clientHeight];
    const chart = echarts.init(sheet, null, { renderer: format === 'svg' ? 'svg' : 'canvas', width, height });
    chart.setOption(build(it, { theme: THEMES.light, width, printing: true }).option);
    const name = it.place.dataset.chart;
    if (format === 'svg') saveText(chart.renderToSVGString(), 'image/svg+xml', name + '.svg');
    else save(chart.getDataURL({ type: 'png', pixelRatio: 3, backgroundColor: '#ffffff' }), name + '.png');
    chart.dispose();
  };

  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-csv], [data-figure]');
    if (!button) return;
    const name = button.dataset.csv ?? button.dataset.figure;
    const it = shown().find((one) => one.place.dataset.chart === name);
    if (!it || !it.built) return;
    if (button.dataset.csv) csv(it.built.csv);
    else figure(it, button.dataset.format);
  });

  // ---- the page ----

  let waiting = 0;
  const later = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => printing || shown().forEach((it) => {
      if (it.place.clientWidth !== it.chart.getWidth()) draw(it, true);
    }));
  };
  new ResizeObserver(later).observe(document.querySelector('main'));
  dark.addEventListener('change', drawAll);
  const print = (on) => {
    printing = on;
    drawAll();
  };
  window.addEventListener('beforeprint', () => print(true));
  window.addEventListener('afterprint', () => print(false));
  document.body.dataset.drawn = '0';

  return {
    /** Draws with these builders from now on; again and again where data grow. */
    show(now) {
      builders = now;
      const places = [...document.querySelectorAll('[data-chart]')].filter((place) => builders[place.dataset.chart]);
      document.body.dataset.charts = String(places.length);
      places.forEach((place) => {
        const first = !pictures.has(place);
        draw(picture(place), first);
      });
    },
  };
};
