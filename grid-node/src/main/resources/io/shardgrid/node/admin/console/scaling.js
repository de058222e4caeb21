// What the autoscaler does, and why.

import { byId, h, say } from './dom.js';
import { bytes, clockTime, several, short, span } from './format.js';

let shown = '';

export function showScaling(look) {
  const scaler = look.autoscale;
  say(byId('autoscaler-mode'), scaler === null
    ? 'does not answer'
    : `${scaler.mode}, ${scaler.bounds.min} to ${scaler.bounds.max} nodes, on ${scaler.node}`);
  if (scaler === null) {
    return;
  }
  // It decides every few seconds only: what is read is left alone until there is something new.
  const state = JSON.stringify([scaler.decisions, scaler.notes, scaler.order?.state, scaler.mode]);
  if (state === shown) {
    return;
  }
  shown = state;
  const parts = [];
  if (scaler.order) {
    parts.push(orderOf(scaler.order));
  }
  const isDone = scaler.mode === 'act';
  parts.push(...scaler.decisions.slice(0, 5).map((decision) => decisionOf(decision, isDone)));
  if (scaler.decisions.length === 0) {
    parts.push(h('p', { className: 'soft', textContent: scaler.mode === 'off' ? 'It is switched off.' : 'It has not decided anything yet.' }));
  }
  if (scaler.notes.length > 0) {
    parts.push(h('div', { className: 'decision' }, h('b', { textContent: 'Done of late' }), h('ul', {},
      ...scaler.notes.slice(-5).reverse().map((note) => h('li', { textContent: `${clockTime(note.at)} ${note.text}` })))));
  }
  byId('autoscaler-body').replaceChildren(...parts);
}

function orderOf(order) {
  const what = order.leaving ? `${order.leaving} is to go` : `${several(order.nodes - order.before, 'node', 'nodes')} to come`;
  return h('div', { className: 'decision' },
    h('b', { textContent: `Order ${order.number}: ${what}` }),
    h('ul', {}, h('li', { textContent: `${order.state}, for ${span(order.ageMillis)}${order.text ? `; ${order.text}` : ''}` })));
}

function decisionOf(decision, isDone) {
  const verb = (one, more, number) => (isDone ? (number === 1 ? one : more) : 'should');
  const to = isDone ? ' to' : '';
  const nodes = Math.abs(decision.change);
  const what = decision.change > 0 ? `${several(nodes, 'node', 'nodes')} ${verb('is', 'are', nodes)}${to} come`
    : decision.leaving ? `${decision.leaving} ${verb('is', 'is', 1)}${to} go`
      : decision.change < 0 ? `${several(nodes, 'node', 'nodes')} ${verb('is', 'are', nodes)}${to} go` : 'all stay';
  const when = clockTime(decision.at);
  const times = decision.times > 1 ? `, ${decision.times} times since ${clockTime(decision.since)}` : '';
  const metrics = decision.metrics.map(metricText).join('; ');
  const lines = [metrics, `wanted ${decision.proposed} by the metrics, ${decision.stabilized} after the window, ${decision.limited} within the limits`,
    ...decision.reasons.map((reason) => `${reason.cause}: ${reason.text}`)].filter((line) => line);
  return h('div', { className: 'decision' },
    h('b', { textContent: `${several(decision.nodes, 'node', 'nodes')}, ${what}` }),
    h('span', { className: 'soft', textContent: ` ${when}${times}` }),
    h('ul', {}, ...lines.map((line) => h('li', { textContent: line }))));
}

function metricText(metric) {
  const unit = metric.kind === 'utilization' ? ' %' : '';
  const value = (number) => (metric.name === 'memory' && !unit ? bytes(number) : short(Number(number)) + unit);
  const reads = metric.reported === null ? 'not read' : value(metric.reported);
  const asks = metric.proposed === null ? '' : `: ${several(metric.proposed, 'node', 'nodes')}`;
  return `${metric.name} ${reads} of ${value(metric.target)}${asks}${metric.problem ? ` (${metric.problem})` : ''}`;
}
