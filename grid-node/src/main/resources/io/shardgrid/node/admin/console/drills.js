// Drills: started, watched and stopped here, if this node lets them.

import { ask, asked, byId, h, post, say } from './dom.js';
import { clockTime, count, millis, rate, several, span } from './format.js';

const STATES = { running: 'running', stopping: 'stopping', held: 'everything held', failed: 'not everything held', stopped: 'stopped', broken: 'broken off' };
const HEADS = ['', 'Seconds', 'Ops', 'Ops/s', 'p50', 'p95', 'p99', 'Max', 'Failed'];

let offers = [];
let run = null;

/** Shows what there is, and from now on how it goes. */
export async function offerDrills() {
  let told;
  try {
    told = await ask('/drills');
  } catch {
    return; // Whoever may not start drills is not offered any.
  }
  offers = told.drills;
  byId('drill-number').replaceChildren(...offers.map((offer) =>
    h('option', { value: String(offer.number), textContent: `${offer.number}  ${titleOf(offer)}` })));
  byId('drill-number').addEventListener('change', showOffer);
  byId('drill-form').addEventListener('submit', start);
  byId('drill-stop').addEventListener('click', stop);
  byId('drills').hidden = false;
  byId('drills-link').hidden = false;
  showOffer();
  show(told.run);
  listen();
  setInterval(showTime, 1000);
}

function listen() {
  const events = new EventSource('/drills/events');
  events.addEventListener('look', (event) => show(JSON.parse(event.data)));
  events.addEventListener('toolarge', () => say(byId('drill-say'), 'There is more to tell than grid.node.console.event-bytes-max.'));
  events.addEventListener('error', () => {
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(listen, 3000);
    }
  });
}

/** Some numbers have two drills, which run one after the other. */
const titleOf = (offer) => offer.parts.map((part) => part.title).join('; then ');

function showOffer() {
  const offer = offers.find((one) => one.number === Number(byId('drill-number').value));
  byId('drill-proves').replaceChildren(
    ...offer.parts.map((part) => h('li', { textContent: part.proves })),
    h('li', { className: 'soft', textContent: `Starts ${several(offer.nodes, 'node', 'nodes')} on this machine, each with up to 512 MiB of heap.` }));
}

async function start(event) {
  event.preventDefault();
  const number = byId('drill-number').value;
  if (!await asked(`Start drill ${number} on the machine of this node? It takes memory and processor time from it for a minute or two.`, 'Start')) {
    return;
  }
  const query = new URLSearchParams({ number, rate: byId('drill-rate').value, calm: byId('drill-calm').value });
  await order(`/drills/start?${query}`);
}

const stop = () => order('/drills/stop');

async function order(path) {
  try {
    show(await post(path));
    say(byId('drill-say'), '\u00a0');
  } catch (failure) {
    say(byId('drill-say'), failure.message);
  }
}

function show(told) {
  run = told;
  const isUnderWay = run !== null && run.endedAt === null;
  byId('drill-start').disabled = isUnderWay;
  byId('drill-stop').disabled = !isUnderWay || run.state === 'stopping';
  if (run === null) {
    return;
  }
  const chip = byId('drill-state');
  chip.hidden = false;
  chip.dataset.drill = run.state;
  say(chip, STATES[run.state] ?? run.state);
  showTime();
  const parts = partsOf(run.lines).map(partOf);
  if (run.linesLeftOff > 0) {
    parts.unshift(h('p', { className: 'soft', textContent: `${count(run.linesLeftOff)} earlier lines are left off.` }));
  }
  if (run.text) {
    parts.push(h('p', { textContent: run.text }));
  }
  const body = byId('drill-parts');
  const isAtEnd = body.scrollTop + body.clientHeight >= body.scrollHeight - 8;
  body.replaceChildren(...parts);
  if (isUnderWay && isAtEnd) {
    body.scrollTop = body.scrollHeight;
  }
}

function showTime() {
  if (run !== null) {
    const end = run.endedAt === null ? Date.now() : Date.parse(run.endedAt);
    say(byId('drill-title'), `Drill ${run.number}, begun at ${clockTime(run.startedAt)}, ${span(Math.max(0, end - Date.parse(run.startedAt)))}`);
  }
}

/** The lines of each drill that runs under the number. */
function partsOf(lines) {
  const parts = [];
  for (const line of lines) {
    if (line.event === 'begin' || parts.length === 0) {
      parts.push({ title: line.event === 'begin' ? line.text : '', lines: [] });
    }
    parts.at(-1).lines.push(line);
  }
  return parts;
}

function partOf(part) {
  const of = (event) => part.lines.filter((line) => line.event === event);
  const parts = [h('p', {}, h('b', { textContent: part.title }))];
  const notes = part.lines.filter((line) => line.event === 'note' || line.event === 'detail');
  parts.push(h('ol', { className: 'told' }, ...notes.map((line) => h('li', {},
    h('span', { className: 'soft', textContent: whenOf(line) }), h('span', { textContent: line.text })))));
  if (of('figures').length > 0) {
    parts.push(h('div', { className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Figures of the load' }, tableOf(of('figures'))));
  }
  parts.push(h('ul', { className: 'checks' }, ...of('check').map((line) => {
    const mark = h('span', { className: 'mark', textContent: line.holds ? 'held' : 'FAILED' });
    mark.dataset.mark = line.holds ? 'good' : 'concern';
    return h('li', {}, mark, h('span', { textContent: line.text }));
  })));
  return h('div', { className: 'decision' }, ...parts);
}

const whenOf = (line) => (line.event === 'detail' ? '' : line.afterSeconds === null ? 'before' : `${line.afterSeconds.toFixed(1)} s`);

function tableOf(lines) {
  const head = h('tr', {}, ...HEADS.map((text, place) => h('th', { scope: 'col', className: place ? 'n' : '', textContent: text })));
  return h('table', {}, h('thead', {}, head), h('tbody', {}, ...lines.map(({ text, figures }) => {
    const cells = [text, figures.seconds.toFixed(1), count(figures.operations), rate(figures.perSecond), millis(figures.p50Millis),
      millis(figures.p95Millis), millis(figures.p99Millis), millis(figures.maxMillis), count(figures.failures)];
    return h('tr', {}, ...cells.map((cell, place) => h('td', { className: place ? 'n' : '', textContent: cell })));
  })));
}
