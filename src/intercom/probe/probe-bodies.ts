import { textAt } from './probe-bench.ts';
import type { Question } from './probe-bench.ts';

/** HTML whose fate is not documented. */
const bodies: readonly (readonly [string, string])[] = [
  ['a heading id of the form that Intercom gives', '<h1 id="h_0123456789">A</h1>'],
  ['a heading id of another form', '<h1 id="setup">A</h1>'],
  ['a fourth level of headings', '<h1>A</h1><h2>B</h2><h3>C</h3><h4>D</h4>'],
  ['a list in a list', '<ul><li>One<ul><li>Two</li></ul></li></ul>'],
  ['a quotation', '<blockquote><p>A</p></blockquote>'],
  ['u, s, del, sup and sub', '<p><u>a</u><s>b</s><del>c</del><sup>d</sup><sub>e</sub></p>'],
  ['line breaks in code', '<pre><code>a\nb</code></pre>'],
  ['a collapsible section', '<details><summary>A</summary><p>B</p></details>'],
  [
    'a table with a header',
    '<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>B</td></tr></tbody></table>',
  ],
  ['a line', '<p>A</p><hr><p>B</p>'],
  ['an image that cannot be fetched', '<img src="https://shelfmark.invalid/a.png">'],
  ['an image as a data address', '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'],
  ['a table in a list', '<ul><li><table><tr><td>A</td></tr></table></li></ul>'],
  ['a frame of an unknown host', '<iframe src="https://example.com/"></iframe>'],
  ['white space between blocks', '<p>A</p>\n<p>B</p>'],
];

export const bodyQuestions: readonly Question[] = bodies.map(([what, body]) => ({
  topic: 'bodies',
  question: `How does ${what} come back?`,
  ask: async ({ article }) => {
    const reply = await article({ body });
    return reply.ok ? textAt(reply.json, 'body') : reply.said;
  },
}));
