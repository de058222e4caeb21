// Stores behind maps, and rules: each panel is there while the cluster has one.

import { byId, h, keyed, row, say } from './dom.js';
import { count, millis, rate, several, short, span } from './format.js';

/** Writes that wait this much longer than they have to are a danger: the database does not have them. */
const LATE_MILLIS = 10_000;

const STORE_HEADS = ['Map', 'Writes', 'Breaker', 'Behind', 'Oldest', 'Waiting', 'Loads', 'Queries/s', 'Known absent', 'Filtered', 'Joined', 'Refused', 'Pool'];
const RULE_HEADS = ['Rule', 'State', 'Functions', 'SHA-256', 'Calls/s', 'Failures'];
const said = new Map();

const age = (number) => (number < 60_000 ? millis(number) : span(number));
const isLate = (store) => store.behind > 0 && store.oldestMillis > store.delayMillis + LATE_MILLIS;
const namesOf = (look, places) => places.map((place) => look.members[place].name).join(', ');

/** Shows a panel and its link if there is something, with what is wrong, which is said aloud once. */
function panel(id, isThere, name, troubles) {
  const section = byId(id);
  const link = byId(`${id}-link`);
  const isBad = troubles.length > 0;
  section.hidden = !isThere;
  link.hidden = !isThere;
  section.dataset.danger = String(isBad);
  link.dataset.danger = String(isBad);
  say(link, isBad ? `${name} !` : name);
  link.setAttribute('aria-label', isBad ? `${name}: ${troubles.length} in trouble` : name);
  say(byId(`${id}-say`), troubles.join('; '));
  if (troubles.length !== (said.get(id) ?? 0)) {
    said.set(id, troubles.length);
    say(byId('say'), isBad ? `${name}: ${troubles.length} in trouble` : `${name}: all is well again`);
  }
}

/** Who has not told what they know, in the sums of the panel. */
function without(look) {
  const silent = look.members.filter((member) => member.does === null).map((member) => member.name);
  return silent.length ? `, without ${silent.join(', ')}, no word from there` : '';
}

const line = (heads, classes) => {
  const made = row(classes);
  heads.forEach((head, place) => { made.children[place].dataset.head = head; });
  return made;
};

function chip(cell, kind, text) {
  const word = cell.firstElementChild;
  word.dataset[kind] = text.replace(' ', '-');
  say(word, text);
}

export function showStores(look) {
  const stores = look.stores;
  const open = stores.filter((store) => store.breaker !== 'closed').map((store) => `${store.map}: ${store.breaker}`);
  const late = stores.filter(isLate).map((store) => `${store.map}: writes late`);
  panel('stores', stores.length > 0, 'Stores', [...open, ...late]);
  say(byId('stores-more'), `${several(stores.length, 'map', 'maps')}, all members together${without(look)}; counts since each was started`);
  keyed(
    byId('stores-rows'), stores, (store) => store.map,
    () => {
      const made = line(STORE_HEADS, ['cutmap', 'w', 'w wide', 'n', 'n', 'n', 'n', 'n', 'n', 'n', 'n', 'n', 'n']);
      made.children[2].append(h('span', { className: 'word' }), ' ', h('span', { className: 'soft' }));
      return made;
    },
    (made, store) => {
      const cell = made.children;
      say(cell[0], store.map);
      say(cell[1], store.writes);
      chip(cell[2], 'breaker', store.breaker);
      say(cell[2].lastElementChild, store.stopped.length ? `on ${namesOf(look, store.stopped)}` : '');
      say(cell[3], count(store.behind));
      cell[4].dataset.alarm = String(isLate(store));
      say(cell[4], store.behind ? age(store.oldestMillis) + (isLate(store) ? ', late' : '') : '\u2013');
      say(cell[5], count(store.waiting));
      say(cell[6], `${store.loads} + ${count(store.loadsQueued)}`);
      say(cell[7], rate(store.queriesPerSecond));
      [store.knownAbsent, store.filtered, store.joined].forEach((number, place) => say(cell[8 + place], short(number)));
      say(cell[11], short(store.refused));
      say(cell[12], store.pool ? `${store.active} / ${store.pool}` : '\u2013');
    },
  );
}

export function showRules(look) {
  const rules = look.rules;
  const bad = rules.filter((rule) => rule.standing === 'quarantined').map((rule) => `${rule.name}: quarantined`);
  panel('rules', rules.length > 0, 'Rules', bad);
  say(byId('rules-more'), `${several(rules.length, 'rule', 'rules')}, all members together${without(look)}`);
  keyed(
    byId('rules-rows'), rules, (rule) => rule.name,
    () => {
      const made = line(RULE_HEADS, ['w', 'wide', 'wide mono', 'w mono', 'n', 'n']);
      made.children[1].append(h('span', { className: 'word' }), ' ', h('span', { className: 'soft' }));
      return made;
    },
    (made, rule) => {
      const cell = made.children;
      say(cell[0], rule.name);
      chip(cell[1], 'rule', rule.standing);
      say(cell[1].lastElementChild, rule.problem ? `on ${namesOf(look, rule.troubled)}: ${rule.problem}` : '');
      say(cell[2], rule.functions.join(', ') + (rule.functionsLeftOff ? `, ${count(rule.functionsLeftOff)} more` : '') || '\u2013');
      say(cell[3], rule.module.slice(0, 12));
      cell[3].title = rule.module;
      say(cell[4], rate(rule.callsPerSecond));
      say(cell[5], count(rule.failures));
    },
  );
}
