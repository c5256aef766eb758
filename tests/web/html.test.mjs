import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escape, markup } from '../../static/shared/html.js';

const of = (strings, ...values) => markup(strings, values);

test('text that looks like a tag stays text', () => {
  assert.equal(of`<p>${'<script>alert(1)</script>'}</p>`.text, '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>');
});

test('a quote in a value cannot end its attribute', () => {
  assert.equal(of`<p title="${'" onclick="steal()'}"></p>`.text, '<p title="&quot; onclick=&quot;steal()"></p>');
});

test('a value without quotes in a tag can only name an attribute', () => {
  assert.equal(of`<input ${'disabled'}>`.text, '<input disabled>');
  assert.throws(() => of`<input ${'x onfocus=steal()'}>`, TypeError);
  assert.throws(() => of`<p class=${'a b'}></p>`, TypeError);
});

test('nothing, and false, leave nothing; zero is a number that people read', () => {
  assert.equal(of`<p>${null}${undefined}${false}${''}${0}</p>`.text, '<p>0</p>');
});

test('each item of a list is escaped', () => {
  assert.equal(of`<p>${['a', '<b>']}</p>`.text, '<p>a&lt;b&gt;</p>');
});

test('a node leaves a hole to be put in later, also within a list', () => {
  const node = { nodeType: 11 };
  const { text, nodes } = of`<ul>${[node, 'x']}</ul>`;
  assert.equal(text, '<ul><template data-hole="0"></template>x</ul>');
  assert.deepEqual(nodes, [node]);
});

test('a node can not stand inside a tag', () => {
  assert.throws(() => of`<p class="${{ nodeType: 1 }}"></p>`, TypeError);
});

test('a quote in running text does not confuse what follows', () => {
  assert.equal(of`<p>I'm ${'<here>'}</p>`.text, "<p>I'm &lt;here&gt;</p>");
});

test('every sign that matters is escaped', () => {
  assert.equal(escape(`&<>"'`), '&amp;&lt;&gt;&quot;&#39;');
});
