// The console of a Shardgrid node: what the node tells by server-sent events, drawn once a second.

import { byId, say } from './dom.js';
import { LineChart } from './charts.js';
import { colourOf, Matrix, Ring } from './cluster-map.js';
import { bytes, short } from './format.js';
import { showHealth, showHot, showMaps, showMembers, showTiles, slowestMiddle, totalRate } from './overview.js';
import { showMoves, steerMoves } from './moves.js';
import { showScaling } from './scaling.js';
import { browseKeys, open, openMap } from './keys.js';
import { showRules, showStores } from './stores.js';
import { showReport } from './report.js';
import { offerDrills } from './drills.js';

const SILENT_MILLIS = 5000;

const matrix = new Matrix(byId('matrix'), byId('matrix-reading'));
const ring = new Ring(byId('ring'));
const rates = new LineChart(byId('rate-chart'), 'Operations a second of the cluster and of each node over the last five minutes', 'a second', short);
const slows = new LineChart(byId('slow-chart'), 'Latency that 99 of 100 operations did not exceed, by node, and that half did not, of the slowest node, over the last five minutes', 'ms', (value) => (value < 10 ? value.toFixed(2) : short(value)));
let heardAt = 0;
let hasReport = false;

function show(look) {
  showHealth(look);
  showTiles(look);
  matrix.show(look);
  ring.show(look);
  showMembers(look);
  showMoves(look);
  showScaling(look);
  showMaps(look, openMap);
  showStores(look);
  showRules(look);
  showHot(look, (key) => open(key.map, key.key, !key.text));
  const at = Date.parse(look.at);
  const byNode = (of) => look.members.map((member, place) =>
    [member.name, { value: member.does === null ? null : of(member.does), colour: colourOf(place) }]);
  rates.add(at, [['all', { value: totalRate(look) }], ...byNode((does) => does.operationsPerSecond)], 'all');
  slows.add(at, [['p50', { value: slowestMiddle(look) }], ...byNode((does) => does.slowMillis)], 'p50');
  if (!hasReport) {
    hasReport = true;
    showReport();
    if (look.drills) {
      offerDrills();
    }
  }
}

function linkIs(state, text) {
  byId('link').dataset.state = state;
  say(byId('link-text'), text);
}

function listen() {
  const events = new EventSource('/events');
  events.addEventListener('look', (event) => {
    heardAt = Date.now();
    linkIs('live', 'live');
    show(JSON.parse(event.data));
  });
  events.addEventListener('toolarge', (event) => {
    heardAt = Date.now();
    const { bytes: size, max } = JSON.parse(event.data);
    linkIs('broken', `too much to tell: ${bytes(size)}, grid.node.console.event-bytes-max = ${bytes(max)}`);
  });
  events.addEventListener('error', () => {
    linkIs('broken', 'no answer, trying again');
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(listen, 3000);
    }
  });
  return events;
}

const THEMES = ['system', 'light', 'dark'];

function themeIs(theme) {
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  const name = theme[0].toUpperCase() + theme.slice(1);
  const button = byId('theme');
  say(button, name);
  button.setAttribute('aria-label', `Colours: ${name}. Changes them.`);
  redraw();
}

function redraw() {
  matrix.draw();
  ring.draw();
}

function switchTheme() {
  const now = document.documentElement.dataset.theme ?? 'system';
  const next = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
  try {
    localStorage.setItem('shardgrid.theme', next);
  } catch {
    // It holds until the page is left, then.
  }
  themeIs(next);
}

byId('theme').addEventListener('click', switchTheme);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
themeIs(document.documentElement.dataset.theme ?? 'system');
steerMoves();
browseKeys();
listen();
setInterval(() => {
  if (heardAt > 0 && Date.now() - heardAt > SILENT_MILLIS) {
    linkIs('broken', `nothing heard for ${Math.round((Date.now() - heardAt) / 1000)} s`);
  }
}, 1000);
