'use strict';
/* Draws every picture of the page, again when its width, the colour scheme or the medium changes. */
(() => {
  const THEMES = {
    light: {
      back: '#ffffff', text: '#1f2328', muted: '#59636e', axis: '#8b949e', grid: '#e4e8ec', neutral: '#6e7781',
      sampling: '#d55e00', local: '#0072b2', aggregation: '#009e73',
      range: 'rgba(0,114,178,0.13)', deviation: 'rgba(0,114,178,0.20)', groupBand: 'rgba(110,119,129,0.25)',
      expected: 'rgba(213,94,0,0.12)', filler: 'rgba(0,114,178,0.12)',
    },
    dark: {
      back: '#14171c', text: '#e6e9ed', muted: '#a3adb8', axis: '#6b7682', grid: '#2b3139', neutral: '#a3adb8',
      sampling: '#e69f00', local: '#56b4e9', aggregation: '#1fc79a',
      range: 'rgba(86,180,233,0.16)', deviation: 'rgba(86,180,233,0.24)', groupBand: 'rgba(163,173,184,0.25)',
      expected: 'rgba(230,159,0,0.16)', filler: 'rgba(86,180,233,0.18)',
    },
  };
  const builders = shallotCharts(JSON.parse(document.getElementById('run-data').textContent));
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const places = [...document.querySelectorAll('[data-chart]')];
  const drawn = new Set();
  let printing = false;

  const pictures = places.map((place) => {
    const chart = echarts.init(place, null, { renderer: 'svg' });
    const picture = { place, chart, zoom: null, built: null };
    chart.on('finished', () => {
      drawn.add(place);
      document.body.dataset.drawn = String(drawn.size);
    });
    chart.on('datazoom', () => {
      const { start, end } = chart.getOption().dataZoom[0];
      picture.zoom = { start, end };
      chart.setOption(picture.built.adapt(picture.zoom));
    });
    return picture;
  });

  /** As ECharts merges: the first drawing is one, not two. */
  const merge = (option, patch) => {
    Object.assign(option.yAxis, patch.yAxis);
    (patch.xAxis ?? []).forEach((axis, i) => Object.assign(option.xAxis[i], axis));
    for (const part of patch.series ?? []) {
      const whole = option.series.find((one) => one.id === part.id);
      Object.assign(whole, part, { lineStyle: { ...whole.lineStyle, ...part.lineStyle } });
    }
  };

  const draw = (picture) => {
    const { place, chart } = picture;
    chart.resize();
    const theme = dark.matches && !printing ? THEMES.dark : THEMES.light;
    const built = builders[place.dataset.chart]({ theme, width: place.clientWidth, printing });
    picture.built = built;
    if (built.adapt) {
      picture.zoom ??= built.zoom;
      built.option.dataZoom.forEach((bar) => Object.assign(bar, picture.zoom));
      merge(built.option, built.adapt(picture.zoom));
    }
    chart.setOption(built.option, { notMerge: true });
  };
  const drawAll = () => pictures.forEach(draw);

  /* Cells are numbers and fixed words; a number is written with a point whatever the locale. */
  const download = ({ name, header, rows }) => {
    const text = [header, ...rows()].map((row) => row.map((cell) => cell ?? '').join(',')).join('\n') + '\n';
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-csv]');
    if (!button) return;
    download(pictures.find((picture) => picture.place.dataset.chart === button.dataset.csv).built.csv);
  });

  document.body.dataset.charts = String(places.length);
  document.body.dataset.drawn = '0';
  drawAll();

  let waiting = 0;
  const later = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => pictures.forEach((picture) => {
      if (picture.place.clientWidth !== picture.chart.getWidth()) draw(picture);
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
})();
