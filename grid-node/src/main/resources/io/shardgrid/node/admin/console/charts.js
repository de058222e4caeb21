// Lines over the last minutes. What is drawn can be read as text: at the cursor, and in a table.

import { h, keyed, s, say } from './dom.js';

const SECONDS = 300;
const HEIGHT = 168;
const LEFT = 44;
const RIGHT = 6;
const TOP = 8;
const BOTTOM = 20;
const NARROW = 480;

/** A chart of series by name, with one value a second at most; what is not known is a gap. */
export class LineChart {
  #series = new Map();
  #format;
  #svg;
  #legend;
  #table;
  #details;
  #cursor = null;
  #unit;

  /** @param format makes a text of a value; @param what says what is drawn, for who cannot see it */
  constructor(parent, what, unit, format) {
    this.#format = format;
    this.#unit = unit;
    this.#svg = s('svg', { role: 'img', tabindex: '0', 'aria-label': what, height: HEIGHT });
    this.#legend = h('ul', { className: 'legend' });
    this.#table = h('tbody');
    this.#details = h(
      'details',
      {},
      h('summary', { textContent: 'As a table' }),
      h(
        'table',
        {},
        h('thead', {}, h('tr', {}, ...['', 'now', 'mean', 'most'].map((name, place) =>
          h('th', { scope: 'col', className: place ? 'n' : '', textContent: name })))),
        this.#table,
      ),
    );
    parent.classList.add('chart');
    parent.append(this.#svg, this.#legend, this.#details);
    this.#svg.addEventListener('pointermove', (event) => this.#point(event.clientX));
    this.#svg.addEventListener('pointerleave', () => this.#read(null));
    this.#svg.addEventListener('blur', () => this.#read(null));
    this.#svg.addEventListener('keydown', (event) => this.#step(event));
    new ResizeObserver(() => this.draw()).observe(parent);
  }

  /** Takes up values by the name of the series; `main` of them is about all the others and drawn as such. */
  add(atMillis, values, main) {
    for (const [name, { value, colour }] of values) {
      const known = this.#series.get(name) ?? { points: [] };
      known.colour = colour;
      known.isMain = name === main;
      known.points.push([atMillis, value]);
      this.#series.set(name, known);
    }
    for (const [name, series] of this.#series) {
      series.points = series.points.filter(([at]) => at > atMillis - SECONDS * 1000);
      if (series.points.length === 0) {
        this.#series.delete(name);
      }
    }
    this.now = atMillis;
    this.draw();
  }

  #width() {
    return Math.max(200, this.#svg.clientWidth || 600);
  }

  #x(at) {
    const from = this.now - SECONDS * 1000;
    return LEFT + ((at - from) / (SECONDS * 1000)) * (this.#width() - LEFT - RIGHT);
  }

  #y(value, most) {
    return HEIGHT - BOTTOM - (value / most) * (HEIGHT - BOTTOM - TOP);
  }

  draw() {
    if (this.now === undefined) {
      return;
    }
    const most = niceMost(this.#series);
    const parts = [];
    for (const part of [0, 0.5, 1]) {
      const y = this.#y(most * part, most);
      parts.push(s('line', { x1: LEFT, x2: this.#width() - RIGHT, y1: y, y2: y, class: part ? 'gridline' : 'base' }));
      const label = s('text', { x: LEFT - 6, y: y + 4, 'text-anchor': 'end' });
      label.textContent = part ? this.#format(most * part) : '0';
      parts.push(label);
    }
    for (let minutes = 5; minutes >= 0; minutes--) {
      if (this.#width() < NARROW && minutes % 5 !== 0) {
        continue;
      }
      const label = s('text', {
        x: this.#x(this.now - minutes * 60000), y: HEIGHT - 4,
        'text-anchor': minutes === 5 ? 'start' : minutes === 0 ? 'end' : 'middle',
      });
      label.textContent = minutes ? `\u2212${minutes} min` : 'now';
      parts.push(label);
    }
    for (const series of [...this.#series.values()].sort((a, b) => a.isMain - b.isMain)) {
      const colour = series.isMain ? 'total' : `c${series.colour}`;
      parts.push(s('path', { d: this.#path(series.points, most), class: `series ${colour}` }));
    }
    if (this.#cursor !== null) {
      const x = this.#x(this.#cursor);
      parts.push(s('line', { x1: x, x2: x, y1: TOP, y2: HEIGHT - BOTTOM, class: 'cursor' }));
    }
    this.#svg.setAttribute('viewBox', `0 0 ${this.#width()} ${HEIGHT}`);
    this.#svg.replaceChildren(...parts);
    this.#drawTexts();
  }

  #path(points, most) {
    let path = '';
    let isGap = true;
    let before = 0;
    for (const [at, value] of points) {
      isGap ||= at - before > 5000;
      if (value === null) {
        isGap = true;
        continue;
      }
      path += `${isGap ? 'M' : 'L'}${this.#x(at).toFixed(1)} ${this.#y(value, most).toFixed(1)}`;
      isGap = false;
      before = at;
    }
    return path;
  }

  #drawTexts() {
    const names = [...this.#series.keys()];
    keyed(
      this.#legend, names, (name) => name,
      () => h('li', {}, h('span', { className: 'swatch', 'aria-hidden': 'true' }), h('span'), h('b')),
      (item, name) => {
        const series = this.#series.get(name);
        item.firstElementChild.className = `swatch ${series.isMain ? 'ct' : `c${series.colour}`}`;
        say(item.children[1], name);
        const value = this.#valueAt(series, this.#cursor ?? this.now);
        say(item.lastElementChild, value === null ? '\u2013' : this.#format(value));
      },
    );
    if (!this.#details.open) {
      return;
    }
    keyed(
      this.#table, names, (name) => name,
      () => h('tr', {}, h('th', { scope: 'row' }), ...[0, 1, 2].map(() => h('td', { className: 'n' }))),
      (line, name) => {
        const values = this.#series.get(name).points.map(([, value]) => value).filter((value) => value !== null);
        const mean = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
        [name, values.at(-1), mean, Math.max(0, ...values)].forEach((value, place) =>
          say(line.children[place], place === 0 ? value : value === undefined ? '\u2013' : `${this.#format(value)} ${this.#unit}`));
      },
    );
  }

  #valueAt(series, at) {
    let nearest = null;
    for (const [time, value] of series.points) {
      if (Math.abs(time - at) < 3000 && (!nearest || Math.abs(time - at) <= Math.abs(nearest[0] - at))) {
        nearest = [time, value];
      }
    }
    return nearest ? nearest[1] : null;
  }

  #point(clientX) {
    const box = this.#svg.getBoundingClientRect();
    const share = (clientX - box.left - LEFT) / (box.width - LEFT - RIGHT);
    this.#read(this.now - SECONDS * 1000 * (1 - Math.max(0, Math.min(1, share))));
  }

  #step(event) {
    const step = { ArrowLeft: -5000, ArrowRight: 5000, PageUp: -60000, PageDown: 60000 }[event.key];
    if (step && this.now !== undefined) {
      event.preventDefault();
      const next = (this.#cursor ?? this.now) + step;
      this.#read(Math.max(this.now - SECONDS * 1000, Math.min(this.now, next)));
    }
  }

  #read(at) {
    this.#cursor = at;
    this.draw();
  }
}

/** The end of the scale: 1, 2 or 5 times a power of ten, so that it rarely changes. */
function niceMost(all) {
  let most = 0;
  for (const series of all.values()) {
    for (const [, value] of series.points) {
      most = Math.max(most, value ?? 0);
    }
  }
  if (most <= 0) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= most * 1.05) ?? 20 * power;
}
