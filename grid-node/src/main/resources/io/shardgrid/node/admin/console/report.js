// The health report, when it is asked for.

import { ask, byId, h, say } from './dom.js';
import { clockTime } from './format.js';

const MARKS = { good: 'good', concern: 'look at', figure: '', unknown: 'unknown' };

async function look() {
  const button = byId('report-ask');
  button.disabled = true;
  try {
    const report = await ask('/health/report');
    byId('report-body').replaceChildren(...report.quadrants.map(quadrantOf));
    say(byId('report-at'), `As of ${clockTime(report.at)}`);
  } catch (failure) {
    say(byId('report-at'), failure.message);
  } finally {
    button.disabled = false;
  }
}

function quadrantOf(quadrant) {
  const title = quadrant.name[0].toUpperCase() + quadrant.name.slice(1);
  return h('div', {}, h('h3', { textContent: title }), ...quadrant.findings.map(findingOf));
}

function findingOf(finding) {
  const mark = h('span', { className: 'mark', textContent: MARKS[finding.mark] ?? finding.mark });
  mark.dataset.mark = finding.mark;
  return h('div', { className: 'finding' }, mark, h('div', {},
    h('span', { textContent: `${finding.name} ` }), h('b', { textContent: finding.value }),
    h('span', { className: 'soft', textContent: finding.text })));
}

export function showReport() {
  byId('report-ask').addEventListener('click', look);
  return look();
}
