// Moves of shards: under way, ended of late, and what an operator may do about them.

import { asked, byId, emptyRow, fill, h, keyed, meter, post, row, say } from './dom.js';
import { bytes, span } from './format.js';

const ENDED = new Set(['DONE', 'ABORTED']);
let isPaused = false;

export function showMoves(look) {
  const moves = look.moves;
  const hold = byId('moves-hold');
  for (const id of ['moves-hold', 'moves-start', 'moves-cancel']) {
    byId(id).disabled = moves === null;
  }
  if (moves === null) {
    say(byId('moves-sum'), 'The authority over the placement does not answer.');
    return;
  }
  isPaused = moves.paused;
  say(hold, isPaused ? 'Resume' : 'Pause');
  const totals = moves.totals;
  byId('moves-cancel').disabled = totals.running + totals.waiting === totals.cancelled;
  const parts = [`${totals.running} running`, `${totals.waiting} waiting`, `${totals.done} done`, `${totals.aborted} given up`];
  if (totals.cancelled) {
    parts.push(`${totals.cancelled} cancelled`);
  }
  if (totals.running + totals.waiting > 0) {
    parts.push(`${bytes(totals.bytesLeft)} left at ${bytes(totals.bytesPerSecond)}/s`);
    if (totals.etaMillis !== null) {
      parts.push(`about ${span(totals.etaMillis)}`);
    }
  }
  say(byId('moves-sum'), (isPaused ? 'Paused: none begins that only evens out. ' : '') + parts.join(', '));
  showRows(moves.moves);
}

function showRows(moves) {
  const body = byId('moves-rows');
  const seen = new Map();
  const rows = moves.map((move) => {
    const name = `${move.shard} ${move.kind} ${move.source} ${move.target} ${ENDED.has(move.state)}`;
    seen.set(name, (seen.get(name) ?? 0) + 1);
    return { move, key: `${name} ${seen.get(name)}` };
  });
  emptyRow(body, rows.length === 0, 9, 'Nothing has moved since this authority governs.');
  keyed(
    body, rows, ({ key }) => key,
    () => {
      const line = row(['n', 'w', 'w', 'w', 'w', 'n', 'n', 'n', 'w']);
      line.children[4].append(meter(), ' ', h('span'));
      return line;
    },
    (line, { move }) => update(line, move),
  );
}

function update(line, move) {
  const cell = line.children;
  const isEnded = ENDED.has(move.state);
  line.className = isEnded ? 'ended' : '';
  line.title = move.reason;
  const all = move.bytesDone + move.bytesLeft;
  say(cell[0], String(move.shard));
  say(cell[1], move.kind);
  say(cell[2], `${move.source ?? 'nobody'} \u2192 ${move.target}`);
  say(cell[3], move.state);
  cell[3].className = `w ${move.state === 'ABORTED' ? 'off' : ''}`;
  fill(cell[4].firstElementChild, move.state === 'DONE' ? 1 : all ? move.bytesDone / all : 0);
  say(cell[4].lastElementChild, bytes(move.bytesDone));
  say(cell[5], isEnded ? '' : `${bytes(move.bytesPerSecond)}/s`);
  say(cell[6], isEnded ? span(move.ageMillis) : move.etaMillis === null ? '\u2013' : span(move.etaMillis));
  say(cell[7], move.pauseMicros === null ? '' : `${(move.pauseMicros / 1000).toFixed(1)} ms`);
  say(cell[8], move.digest);
  cell[8].className = `w ${move.digest === 'matched' ? 'up' : move.digest === 'differed' ? 'gone' : ''}`;
}

async function steer(order, query = '') {
  try {
    await post(`/migrations/${order}${query}`);
  } catch (failure) {
    say(byId('moves-sum'), failure.message);
  }
}

export function steerMoves() {
  byId('moves-hold').addEventListener('click', () => steer(isPaused ? 'resume' : 'pause'));
  byId('moves-start').addEventListener('click', () => steer('start'));
  byId('moves-cancel').addEventListener('click', async () => {
    if (await asked('Give up all moves that only even out, those that wait too, until they are planned anew?', 'Cancel all')) {
      await steer('cancel', '?all=true');
    }
  });
}
