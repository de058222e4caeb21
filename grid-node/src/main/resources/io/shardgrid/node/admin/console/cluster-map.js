// Where every shard is: a matrix of nodes and shards, and the same as a ring.

import { h, keyed, say } from './dom.js';
import { bytes, count, rate } from './format.js';

const NODE_COLOURS = 6;
const ROW = 22;
const LANE = 13;
const ROOMY_ROWS = 5;
const NARROW = 520;

export const colourOf = (place) => place % NODE_COLOURS;

function ink() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  return {
    accent: colour('--accent'), card: colour('--card'), faint: colour('--faint'), lost: colour('--lost'),
    learner: colour('--series-1'), text: colour('--text'), soft: colour('--soft'),
    nodes: Array.from({ length: NODE_COLOURS }, (_, place) => colour(`--series-${place}`)),
  };
}

function sized(canvas, width, height) {
  const scale = window.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.style.height = `${height}px`;
  }
  const pen = canvas.getContext('2d');
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  return pen;
}

/** What is on a node of a shard, by look. */
function rolesOf(look) {
  const learners = new Set((look.moves?.moves ?? [])
    .filter((move) => move.state !== 'DONE' && move.state !== 'ABORTED')
    .map((move) => `${move.shard} ${move.target}`));
  return (shard, place) => {
    const holders = look.placement[shard];
    if (holders?.[0] === place) {
      return 'primary';
    }
    if (holders?.includes(place)) {
      return 'backup';
    }
    return learners.has(`${shard} ${look.members[place].name}`) ? 'learner' : 'none';
  };
}

export class Matrix {
  #canvas = h('canvas', { tabIndex: 0, role: 'img' });
  #names = h('div', { className: 'names' });
  #reading;
  #look = null;
  #shard = null;

  constructor(parent, reading) {
    this.#reading = reading;
    parent.classList.add('matrix');
    parent.append(this.#names, h('div', {}, this.#canvas));
    this.#canvas.setAttribute('aria-label', 'Shards by node and role. The table of members has the numbers.');
    this.#canvas.setAttribute('aria-describedby', reading.id);
    this.#canvas.addEventListener('pointermove', (event) => this.#point(event));
    this.#canvas.addEventListener('pointerleave', () => this.#read(null));
    this.#canvas.addEventListener('focus', () => reading.setAttribute('aria-live', 'polite'));
    this.#canvas.addEventListener('blur', () => reading.removeAttribute('aria-live'));
    this.#canvas.addEventListener('keydown', (event) => this.#step(event));
    new ResizeObserver(() => this.draw()).observe(parent);
  }

  show(look) {
    this.#look = look;
    this.draw();
  }

  #columns() {
    // A few members have room for two lines of cells each, which are easier to point at.
    const lanes = this.#canvas.clientWidth < NARROW ? 4 : this.#look.members.length <= ROOMY_ROWS ? 2 : 1;
    return Math.ceil(this.#look.placement.length / lanes);
  }

  #geometry() {
    const shards = this.#look.placement.length;
    const columns = this.#columns();
    const lanes = Math.ceil(shards / columns);
    const rowHeight = Math.max(ROW, lanes * (LANE + 1) + 8);
    return { shards, columns, lanes, rowHeight, cell: this.#canvas.clientWidth / columns };
  }

  draw() {
    if (!this.#look || this.#canvas.clientWidth === 0) {
      return;
    }
    const look = this.#look;
    const { shards, columns, rowHeight, cell } = this.#geometry();
    const members = look.members;
    const pen = sized(this.#canvas, this.#canvas.clientWidth, members.length * rowHeight);
    const colours = ink();
    const roleOf = rolesOf(look);
    const gap = cell >= 3 ? 1 : 0.4;
    members.forEach((member, place) => {
      for (let shard = 0; shard < shards; shard++) {
        const x = (shard % columns) * cell;
        const y = place * rowHeight + 4 + Math.floor(shard / columns) * (LANE + 1);
        pen.fillStyle = colours.faint;
        pen.fillRect(x, y, cell - gap, LANE);
        this.#drawRole(pen, colours, look.placement[shard]?.length === 0 ? 'lost' : roleOf(shard, place), x, y, cell - gap);
      }
    });
    this.#drawCursor(pen, colours);
    this.#drawNames(members, rowHeight);
  }

  #drawRole(pen, colours, role, x, y, width) {
    if (role === 'primary') {
      pen.fillStyle = colours.accent;
      pen.fillRect(x, y, width, LANE);
    } else if (role === 'lost') {
      pen.fillStyle = colours.lost;
      pen.fillRect(x, y, width, LANE);
    } else if (role === 'backup') {
      pen.globalAlpha = 0.55;
      pen.fillStyle = colours.accent;
      pen.fillRect(x, y + LANE / 2, width, LANE / 2);
      pen.globalAlpha = 1;
    } else if (role === 'learner') {
      pen.fillStyle = colours.learner;
      pen.fillRect(x, y, width, LANE);
      pen.fillStyle = colours.card;
      pen.fillRect(x + width / 4, y + 3, width / 2, LANE - 6);
    }
  }

  #drawCursor(pen, colours) {
    if (this.#shard === null) {
      return;
    }
    const { columns, rowHeight, cell } = this.#geometry();
    pen.strokeStyle = colours.text;
    pen.lineWidth = 1.5;
    this.#look.members.forEach((_, place) => {
      const x = (this.#shard % columns) * cell;
      const y = place * rowHeight + 4 + Math.floor(this.#shard / columns) * (LANE + 1);
      pen.strokeRect(x - 1, y - 1, cell + 1, LANE + 2);
    });
  }

  #drawNames(members, rowHeight) {
    this.#names.style.gridAutoRows = `${rowHeight}px`;
    keyed(
      this.#names, members.map((member, place) => ({ member, place })), ({ member }) => member.id,
      () => h('span', {}, h('span', { className: 'swatch', 'aria-hidden': 'true' }), h('span')),
      (line, { member, place }) => {
        line.firstElementChild.className = `swatch c${colourOf(place)}`;
        say(line.lastElementChild, member.name);
        line.title = member.name;
      },
    );
  }

  #point(event) {
    const { shards, columns, lanes, rowHeight, cell } = this.#geometry();
    const lane = Math.floor(((event.offsetY % rowHeight) - 4) / (LANE + 1));
    const shard = Math.max(0, Math.min(lanes - 1, lane)) * columns + Math.floor(event.offsetX / cell);
    this.#read(shard >= 0 && shard < shards ? shard : null);
  }

  #step(event) {
    const { shards, columns } = this.#geometry();
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, PageUp: -16, PageDown: 16, Home: -shards, End: shards }[event.key];
    if (step) {
      event.preventDefault();
      const from = this.#shard ?? (step > 0 ? -1 : shards);
      this.#read(Math.max(0, Math.min(shards - 1, from + step)));
    } else if (event.key === 'Escape') {
      this.#read(null);
    }
  }

  #read(shard) {
    this.#shard = shard;
    this.draw();
    say(this.#reading, shard === null
      ? 'Shards from left to right. Point at one, or go through them with the arrow keys.'
      : describe(this.#look, shard));
  }
}

function describe(look, shard) {
  const holders = look.placement[shard];
  const name = (place) => look.members[place].name;
  const where = !holders ? 'not placed'
    : holders.length === 0 ? 'LOST'
      : `primary ${name(holders[0])}, backups ${holders.slice(1).map(name).join(' ') || 'none'}`;
  const figures = look.shards[shard];
  const what = figures
    ? `${count(figures[0])} entries, ${bytes(figures[1])}, ${rate(figures[2])} operations a second`
    : 'nobody tells what it holds';
  return `Shard ${shard}: ${where}; ${what}`;
}

export class Ring {
  #canvas = h('canvas', { role: 'img' });
  #list = h('ul');
  #look = null;

  constructor(parent) {
    parent.classList.add('ring');
    parent.append(this.#canvas, this.#list);
    this.#canvas.setAttribute('aria-label', 'Shards as a ring, coloured by node. The list beside it has the numbers.');
  }

  show(look) {
    this.#look = look;
    this.draw();
  }

  draw() {
    const look = this.#look;
    if (!look) {
      return;
    }
    const side = 176;
    const pen = sized(this.#canvas, side, side);
    const colours = ink();
    const shards = look.placement.length;
    const arc = (place, from, to, radius, width, alpha) => {
      pen.beginPath();
      pen.globalAlpha = alpha;
      pen.strokeStyle = place === undefined ? colours.lost : colours.nodes[colourOf(place)];
      pen.lineWidth = width;
      pen.arc(side / 2, side / 2, radius, from, to);
      pen.stroke();
      pen.globalAlpha = 1;
    };
    for (let shard = 0; shard < shards; shard++) {
      const from = (shard / shards) * 2 * Math.PI - Math.PI / 2;
      const to = ((shard + 0.86) / shards) * 2 * Math.PI - Math.PI / 2;
      const holders = look.placement[shard];
      if (holders) {
        arc(holders[0], from, to, side / 2 - 11, 20, 1);
        holders.slice(1, 3).forEach((place, ring) => arc(place, from, to, side / 2 - 31 - ring * 13, 11, 0.6));
      }
    }
    pen.fillStyle = colours.text;
    pen.textAlign = 'center';
    pen.font = '600 20px system-ui, sans-serif';
    pen.fillText(String(shards), side / 2, side / 2 + 2);
    pen.fillStyle = colours.soft;
    pen.font = '12px system-ui, sans-serif';
    pen.fillText('shards', side / 2, side / 2 + 18);
    this.#drawList(look);
  }

  #drawList(look) {
    const owned = look.members.map((_, place) => look.placement.filter((holders) => holders?.[0] === place).length);
    keyed(
      this.#list, look.members.map((member, place) => ({ member, place })), ({ member }) => member.id,
      () => h('li', {}, h('span', { className: 'swatch', 'aria-hidden': 'true' }), h('span'), h('span', { className: 'soft' })),
      (line, { member, place }) => {
        line.firstElementChild.className = `swatch c${colourOf(place)}`;
        say(line.children[1], member.name);
        say(line.lastElementChild, `${owned[place]} primaries`);
      },
    );
  }
}
