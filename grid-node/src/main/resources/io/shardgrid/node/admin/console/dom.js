// What the page is made of. Nothing here takes markup: what nodes tell is text, always.

export const byId = (id) => document.getElementById(id);

/** An element with properties, attributes (names with a dash, and role) and children. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes('-') || name === 'role' || name === 'scope') {
      element.setAttribute(name, value);
    } else {
      element[name] = value;
    }
  }
  element.append(...children);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** An element of a drawing with attributes. */
export function s(tag, attributes = {}) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  return element;
}

/** Sets a text if it is another one: what does not change is not touched. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/**
 * Makes the children of an element fit a list, and keeps those that are still there: so whoever is
 * on one of them with the keyboard stays there.
 */
export function keyed(parent, items, keyOf, create, update) {
  const old = new Map();
  for (const child of parent.children) {
    // The row that says that there is nothing has no key.
    if (child.dataset.key !== undefined) {
      old.set(child.dataset.key, child);
    }
  }
  let at = parent.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    let child = old.get(key);
    if (child) {
      old.delete(key);
    } else {
      child = create(item);
      child.dataset.key = key;
    }
    if (child === at) {
      at = at.nextElementSibling;
    } else {
      parent.insertBefore(child, at);
    }
    update(child, item);
  }
  for (const child of old.values()) {
    child.remove();
  }
}

/** A row of so many cells; classes by place. */
export function row(classes) {
  return h('tr', {}, ...classes.map((name) => h('td', { className: name })));
}

/** The row that says that there is nothing, or none. */
export function emptyRow(body, isEmpty, columns, text) {
  const there = body.querySelector('.none');
  if (!isEmpty) {
    there?.remove();
  } else if (!there) {
    const cell = h('td', { colSpan: columns, textContent: text });
    body.append(h('tr', { className: 'none' }, cell));
  }
}

/** A bar of a part of a whole; what it says stands beside it. */
export function meter(className = '') {
  return h('span', { className: `meter ${className}`, 'aria-hidden': 'true' }, h('span'));
}

export function fill(bar, share) {
  bar.firstElementChild.style.width = `${Math.max(0, Math.min(1, share || 0)) * 100}%`;
}

/** Asks before something is done that cannot be taken back. */
export function asked(text, yes) {
  const dialog = byId('ask');
  say(byId('ask-text'), text);
  say(byId('ask-yes'), yes);
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}

/** Has the node change something. What it says is wrong is thrown. */
export async function post(path, body) {
  return answer(await fetch(path, { method: 'POST', headers: { 'X-Shardgrid': 'console' }, body }));
}

/** Asks the node. What it says is wrong is thrown, but for the statuses that are named. */
export async function ask(path, ...alsoGood) {
  return answer(await fetch(path, { headers: { Accept: 'application/json' } }), alsoGood);
}

async function answer(response, alsoGood = []) {
  const told = await response.json().catch(() => ({ message: `status=${response.status}` }));
  if (!response.ok && !alsoGood.includes(response.status)) {
    throw new Error(told.message || response.statusText);
  }
  return told;
}
