/** Text into HTML: everything that is put into a template is escaped, unless it is a node already. */

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** In which kind of place a character leaves the reader of a template. */
const NEXT = {
  text: { '<': 'tag' },
  tag: { '>': 'text', '"': 'double', "'": 'single' },
  double: { '"': 'tag' },
  single: { "'": 'tag' },
};
const BARE_ATTRIBUTE = /^[a-z-]+$/;

export function escape(text) {
  return String(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign]);
}

/**
 * A DocumentFragment from a template. Put in texts, numbers, nodes, or arrays of them; null, undefined and
 * false leave nothing. In a tag, values stand in quotes; a bare one can only be the name of an attribute.
 */
export function html(strings, ...values) {
  const { text, nodes } = markup(strings, values);
  const template = document.createElement('template');
  template.innerHTML = text;
  const fragment = document.importNode(template.content, true);
  for (const hole of fragment.querySelectorAll('template[data-hole]')) {
    hole.replaceWith(nodes[Number(hole.dataset.hole)]);
  }
  return fragment;
}

/** The template as text, with a hole (an empty template element, allowed anywhere) for each node. */
export function markup(strings, values) {
  const nodes = [];
  let place = 'text';
  let text = '';
  strings.forEach((chunk, index) => {
    place = placeAfter(chunk, place);
    text += chunk;
    if (index < values.length) text += put(values[index], place, nodes);
  });
  return { text, nodes };
}

function placeAfter(chunk, place) {
  return [...chunk].reduce((now, sign) => NEXT[now][sign] ?? now, place);
}

function put(value, place, nodes) {
  if (value === null || value === undefined || value === false || value === '') return '';
  if (place === 'text') return putText(value, nodes);
  if (typeof value === 'object') throw new TypeError('Only text can stand inside a tag.');
  if (place === 'tag' && !BARE_ATTRIBUTE.test(value)) throw new TypeError('Put quotes around this value.');
  return escape(value);
}

function putText(value, nodes) {
  if (Array.isArray(value)) return value.map((item) => put(item, 'text', nodes)).join('');
  if (value.nodeType === undefined) return escape(value);
  return `<template data-hole="${nodes.push(value) - 1}"></template>`;
}
