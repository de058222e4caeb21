// Health, the figures, members, maps, what is hot.

import { byId, emptyRow, fill, h, keyed, meter, row, say } from './dom.js';
import { colourOf } from './cluster-map.js';
import { bytes, count, millis, percent, rate, several, short, span } from './format.js';

let wordBefore = null;

export function showHealth(look) {
  const { health, reasons } = look.health;
  document.title = `${health === 'HEALTHY' ? '' : `${health} · `}${look.cluster} · Shardgrid`;
  say(byId('cluster'), look.cluster);
  say(byId('node'), look.node);
  for (const id of ['word', 'health-word']) {
    say(byId(id), health);
  }
  byId('word').dataset.word = health;
  byId('health-word').closest('.card').dataset.word = health;
  const lines = reasons.length > 0 ? reasons.map((reason) => reason.text) : ['All copies of all shards are there, nothing moves.'];
  keyed(byId('reasons'), lines, (line) => line.replace(/\d+/g, '#'), () => h('li'), (item, line) => say(item, line));
  if (wordBefore !== null && wordBefore !== health) {
    say(byId('say'), `The cluster is ${health} now`);
  }
  wordBefore = health;
}

const known = (look) => look.members.map((member) => member.does).filter((does) => does !== null);
const sum = (all, of) => all.reduce((total, one) => total + of(one), 0);

export const totalRate = (look) => sum(known(look), (does) => does.operationsPerSecond);

/** The median of the node whose median is the highest; null if none had enough operations. */
export function slowestMiddle(look) {
  const middle = known(look).map((does) => does.middleMillis).filter((value) => value !== null);
  return middle.length ? Math.max(...middle) : null;
}

const time = (value) => (value === null ? '\u2013' : millis(value));

export function showTiles(look) {
  const nodes = known(look);
  const entries = sum(nodes, (does) => does.holds.entries);
  const live = sum(nodes, (does) => does.holds.liveBytes);
  const taken = sum(nodes, (does) => does.holds.reservedBytes);
  const may = sum(nodes, (does) => does.holds.bytesMax);
  const slow = nodes.map((does) => does.slowMillis).filter((value) => value !== null);
  const middle = slowestMiddle(look);
  const busy = nodes.map((does) => does.busy).filter((value) => value !== null);
  say(byId('tile-rate'), short(totalRate(look)));
  say(byId('tile-rate-more'), busy.length ? `busiest processor ${percent(Math.max(...busy))}` : 'a second');
  say(byId('tile-slow'), time(slow.length ? Math.max(...slow) : null));
  say(byId('tile-slow-more'), middle === null ? 'too few operations' : `p50 ${millis(middle)}`);
  say(byId('tile-entries'), short(entries));
  say(byId('tile-entries-more'), entries ? `${bytes(live)}, ${Math.round(live / entries)} B each` : 'no data yet');
  say(byId('tile-memory'), may ? percent(taken / may) : '\u2013');
  say(byId('tile-memory-more'), `${bytes(taken)} of ${bytes(may)}`);
  const up = look.members.filter((member) => member.standing === 'up').length;
  say(byId('tile-members'), String(look.members.length));
  say(byId('tile-members-more'), up === look.members.length ? 'all up' : `${up} up`);
}

const MEMBER_HEADS = ['Name', 'Standing', 'Address', 'Zone', 'Weight', 'Primaries', 'Backups', 'Entries', 'Memory', 'Processor', 'Ops/s', 'p50', 'p99', 'Up'];

export function showMembers(look) {
  keyed(
    byId('members'), look.members.map((member, place) => ({ member, place })), ({ member }) => member.id,
    () => {
      const line = row(['w', 'w', 'w wide', 'w', 'n', 'n', 'n', 'n', 'w wide', 'n', 'n', 'n', 'n', 'n']);
      MEMBER_HEADS.forEach((head, place) => { line.children[place].dataset.head = head; });
      line.children[0].append(h('span', { className: 'swatch', 'aria-hidden': 'true' }), ' ', h('span'));
      line.children[8].append(h('span', {}, meter('slim'), ' ', h('span')));
      return line;
    },
    (line, { member, place }) => {
      const cell = line.children;
      const does = member.does;
      cell[0].firstElementChild.className = `swatch c${colourOf(place)}`;
      say(cell[0].lastElementChild, member.name);
      const isWell = member.standing === 'up' && does !== null;
      say(cell[1], does === null && member.standing === 'up' ? 'silent' : member.standing);
      cell[1].className = `w ${isWell ? 'up' : member.standing === 'unreachable' || does === null ? 'gone' : 'off'}`;
      say(cell[2], member.respPort ? `${member.host}:${member.respPort}` : member.host);
      const texts = does === null
        ? Array(9).fill('\u2013')
        : [does.holds.primaries, does.holds.backups, count(does.holds.entries), null,
          does.busy === null ? '\u2013' : percent(does.busy), rate(does.operationsPerSecond),
          time(does.middleMillis), time(does.slowMillis), span(does.uptimeMillis)];
      say(cell[3], member.zone || '\u2013');
      say(cell[4], String(member.weight));
      [5, 6, 7, 9, 10, 11, 12, 13].forEach((column) => say(cell[column], String(texts[column - 5])));
      const share = does === null ? 0 : does.holds.reservedBytes / does.holds.bytesMax;
      fill(cell[8].querySelector('.meter'), share);
      say(cell[8].querySelector('.meter').nextElementSibling, does === null ? '\u2013' : bytes(does.holds.reservedBytes));
    },
  );
}

export function showMaps(look, open) {
  const body = byId('maps-rows');
  emptyRow(body, look.maps.length === 0, 5, 'No map has been written to.');
  keyed(
    body, look.maps, (map) => map.name,
    (map) => {
      const line = row(['', 'n', 'n', 'n', 'n']);
      line.children[0].append(h('button', { type: 'button', className: 'text', textContent: map.name, title: 'Scan it', onclick: () => open(map.name) }));
      return line;
    },
    (line, map) => {
      say(line.children[1], count(map.entries));
      say(line.children[2], bytes(map.bytes));
      say(line.children[3], map.entries ? `${Math.round(map.bytes / map.entries)} B` : '\u2013');
      say(line.children[4], map.hitRate === null ? '\u2013' : percent(map.hitRate));
    },
  );
  say(byId('maps-reads'), readsText(look));
  say(byId('maps-more'), look.mapsLeftOff ? `${look.mapsLeftOff} more` : '');
  keyed(byId('map-names'), look.maps, (map) => map.name, (map) => h('option', { value: map.name }), () => {});
}

function readsText(look) {
  if (look.maps.length === 0) {
    return '';
  }
  if (look.readsSeconds === 0) {
    return 'Hits: no member says what was read.';
  }
  const without = look.readsWithout.length ? `; without ${look.readsWithout.join(', ')}, no word from there` : '';
  return `Hits: of what was read within the last ${look.readsSeconds} s${without}.`;
}

const nameOf = (look, place) => (place === null || place === undefined ? '\u2013' : look.members[place].name);

export function showHot(look, open) {
  const keys = look.hotKeys.filter((key) => key.perSecond >= 1).slice(0, 8);
  const body = byId('hot-keys');
  emptyRow(body, keys.length === 0, 4, 'No key is asked for more than now and then.');
  keyed(
    body, keys, (key) => `${key.map} ${key.key}`,
    (key) => {
      const line = row(['', 'w', 'w', 'n']);
      const shown = key.whole ? key.key : `${key.key}\u2026`;
      line.children[0].append(key.whole
        ? h('button', { type: 'button', className: 'text mono', textContent: shown, title: 'Get it', onclick: () => open(key) })
        : h('span', { className: 'mono', textContent: shown }));
      return line;
    },
    (line, key) => {
      say(line.children[1], key.map);
      say(line.children[2], nameOf(look, key.member));
      say(line.children[3], key.errorPerSecond >= 1 ? `${rate(key.perSecond)} \u2212 ${rate(key.errorPerSecond)}` : rate(key.perSecond));
    },
  );
  showHotShards(look);
}

function showHotShards(look) {
  const total = totalRate(look);
  const all = look.shards
    .map((figures, shard) => ({ shard, perSecond: figures === null ? 0 : figures[2] }))
    .filter((one) => one.perSecond > 0)
    .sort((one, other) => other.perSecond - one.perSecond);
  const body = byId('hot-shards');
  const top = all.slice(0, 8);
  emptyRow(body, top.length === 0, 4, 'No shard has anything to do.');
  keyed(
    body, top, (one) => one.shard,
    (one) => {
      const line = row(['n', 'w', 'w', 'n']);
      say(line.children[0], String(one.shard));
      line.children[2].append(meter(), ' ', h('span'));
      return line;
    },
    (line, one) => {
      say(line.children[1], nameOf(look, look.placement[one.shard]?.[0]));
      fill(line.children[2].firstElementChild, one.perSecond / top[0].perSecond);
      say(line.children[2].lastElementChild, total ? percent(one.perSecond / total) : '');
      say(line.children[3], rate(one.perSecond));
    },
  );
  say(byId('hot-shards-more'), all.length ? several(all.length, 'shard is busy', 'shards are busy') : '');
}
