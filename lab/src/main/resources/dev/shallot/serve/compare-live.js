'use strict';
/* Runs beside each other; those that go on grow. */
(() => {
  const paths = new URLSearchParams(location.search).getAll('path');
  const board = shallotBoard();
  const scale = document.getElementById('scale');
  let data = null;
  const draw = () => {
    if (data) board.show(shallotCompare.builders(data, scale.value));
  };
  scale.addEventListener('change', draw);
  document.getElementById('members').append(...paths.map((path) => {
    const link = document.createElement('a');
    link.href = '/run?path=' + encodeURIComponent(path);
    link.textContent = path + '  ';
    return link;
  }));
  shallotStream('/events/compare?' + paths.map((path) => 'path=' + encodeURIComponent(path)).join('&'), {
    comparison: (now) => {
      data = now;
      shallotCompare.tables(data);
      draw();
    },
  });
})();
