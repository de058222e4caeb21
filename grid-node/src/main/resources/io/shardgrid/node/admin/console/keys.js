// Looks at entries and changes them, by the same pages that anybody may ask.

import { ask, asked, byId, emptyRow, h, post, row, say } from './dom.js';
import { bytes, several, span } from './format.js';

const value = (id) => byId(id).value;
let cursor = null;
let scanned = null;

const query = (parameters) => new URLSearchParams(parameters).toString();

async function scan(isFurther) {
  const wanted = isFurther ? scanned : { map: value('scan-map'), prefix: value('scan-prefix') };
  if (!wanted.map) {
    byId('scan-map').focus();
    return;
  }
  scanned = wanted;
  const parameters = { map: wanted.map, limit: '50' };
  if (wanted.prefix) {
    parameters.prefix = wanted.prefix;
  }
  if (isFurther && cursor) {
    parameters.cursor = cursor;
  }
  say(byId('scan-say'), 'Looking');
  try {
    const page = await ask(`/entries/scan?${query(parameters)}`);
    cursor = page.cursor;
    byId('scan-more').disabled = cursor === null;
    showEntries(page);
  } catch (failure) {
    say(byId('scan-say'), failure.message);
  }
}

function showEntries(page) {
  const body = byId('scan-rows');
  body.replaceChildren(...page.entries.map((entry) => {
    const line = row(['cut', 'cut soft', 'n', 'n']);
    const label = entry.key.shown || '(empty)';
    line.children[0].append(entry.key.cut
      ? h('span', { className: 'mono', textContent: `${label}\u2026` })
      : h('button', { type: 'button', className: 'text mono', textContent: label, onclick: () => open(page.map, entry.key.shown, entry.key.hex) }));
    line.children[1].append(h('span', { className: 'mono', textContent: entry.value.shown }));
    say(line.children[2], String(entry.value.bytes));
    say(line.children[3], String(entry.shard));
    return line;
  }));
  emptyRow(body, page.entries.length === 0, 4, page.cursor === null ? 'There is none.' : 'None so far: go further.');
  say(byId('scan-say'), `${several(page.entries.length, 'entry', 'entries')} of ${page.map}${page.cursor === null ? ', the last ones' : ''}`);
}

/** Shows an entry, and brings whoever asked to it. */
export function open(map, key, isHex) {
  byId('scan-map').value = map;
  byId('entry-key').value = key;
  byId('entry-hex').checked = isHex;
  byId('entry-form').scrollIntoView({ block: 'nearest' });
  byId('entry-key').focus({ preventScroll: true });
  return get();
}

/** Scans a map from its beginning. */
export function openMap(map) {
  byId('scan-map').value = map;
  byId('scan-prefix').value = '';
  byId('keys').scrollIntoView();
  byId('scan-prefix').focus({ preventScroll: true });
  return scan(false);
}

function target() {
  if (!value('scan-map')) {
    throw new Error('Name a map first.');
  }
  if (!value('entry-key')) {
    throw new Error('Name a key first.');
  }
  const parameters = { map: value('scan-map'), key: value('entry-key') };
  if (byId('entry-hex').checked) {
    parameters.hex = 'true';
  }
  return parameters;
}

async function doing(what) {
  const line = byId('entry-say');
  try {
    say(line, await what());
  } catch (failure) {
    say(line, failure.message);
  }
}

function get() {
  return doing(async () => {
    const entry = await ask(`/entries?${query(target())}`, 404);
    const text = byId('entry-value');
    text.value = entry.value?.shown ?? '';
    // What is not text, or not all of it, must not be put back as it is shown.
    text.readOnly = entry.value !== null && (entry.value.hex || entry.value.cut);
    byId('entry-put').disabled = text.readOnly;
    byId('entry-ttl').value = entry.ttlMillis === null ? '' : String(Math.ceil(entry.ttlMillis / 1000));
    const where = `shard ${entry.shard} on ${entry.node ?? 'no node'}`;
    if (!entry.found) {
      return `There is no such entry; it would be in ${where}.`;
    }
    const form = entry.value.hex ? ', in hexadecimal digits' : '';
    const end = entry.ttlMillis === null ? 'no end' : `ends in ${span(entry.ttlMillis)}`;
    return `${bytes(entry.value.bytes)}${form}${entry.value.cut ? ', the beginning' : ''}, version ${entry.version}, ${end}, ${where}.`;
  });
}

const put = () => doing(async () => {
  const ttl = value('entry-ttl').trim();
  const told = await post(`/entries/put?${query(ttl ? { ...target(), ttl } : target())}`, value('entry-value'));
  return `Stored in shard ${told.shard}.`;
});

const remove = () => doing(async () => {
  const parameters = target();
  if (!(await asked(`Delete ${parameters.key} of ${parameters.map}?`, 'Delete'))) {
    return 'It was left.';
  }
  const told = await post(`/entries/remove?${query(parameters)}`);
  byId('entry-value').value = '';
  return told.applied ? 'Deleted.' : 'There was no such entry.';
});

export function browseKeys() {
  const submitted = (id, what) => byId(id).addEventListener('submit', (event) => {
    event.preventDefault();
    what();
  });
  submitted('scan-form', () => scan(false));
  submitted('entry-form', get);
  byId('scan-more').addEventListener('click', () => scan(true));
  byId('entry-put').addEventListener('click', put);
  byId('entry-remove').addEventListener('click', remove);
  byId('entry-key').addEventListener('input', () => {
    byId('entry-value').readOnly = false;
    byId('entry-put').disabled = false;
  });
}
