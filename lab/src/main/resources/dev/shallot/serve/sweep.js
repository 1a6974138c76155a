'use strict';
/* A sweep while it fills. */
(() => {
  const path = new URLSearchParams(location.search).get('path');
  document.getElementById('report').href = '/report?path=' + encodeURIComponent(path);
  shallotStream('/events/sweep?path=' + encodeURIComponent(path), { sweep: shallotSweepPage(shallotBoard()) });
})();
