'use strict';
shallotBoard().show(shallotCharts(JSON.parse(document.getElementById('run-data').textContent)));
