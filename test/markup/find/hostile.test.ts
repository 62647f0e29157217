import { cpuUsage } from 'node:process';
import { expect, test } from 'vitest';
import { addressesOf } from '../../../src/markup/find/addresses.ts';
import { headingsOf } from '../../../src/markup/find/headings.ts';
import { possibleAddresses } from '../../../src/markup/find/possible-addresses.ts';
import { quickHash } from '../../../src/markup/meaning/quick-hash.ts';
import { plainWords } from '../../../src/markup/read/plain-words.ts';

const finders: Readonly<Record<string, (text: string) => unknown>> = {
  'addresses of Markdown': (text) => addressesOf(text, 'markdown'),
  'addresses of HTML': (text) => addressesOf(text, 'html'),
  'possible addresses': (text) => possibleAddresses(text),
  headings: (text) => headingsOf(text),
  'words of HTML': (text) => plainWords(text, 'html'),
  'words of Markdown': (text) => plainWords(text, 'markdown'),
  'a quick fingerprint': (text) => quickHash(`${text}signature=`, 'html'),
};

const repeated: readonly string[] = [
  '<h1>',
  '<h1 ',
  '<h1 <h1 ',
  '</h1>',
  '<h1>a',
  '<img ',
  '<a href=',
  '<a href="',
  '<a href="x">',
  "src='",
  '[',
  '](',
  '[a](',
  '![',
  ']:',
  ']:<',
  '[a]: ',
  '<!--',
  '<a\n',
  '> <a\n',
  '<title>',
  '<script>',
  '# [',
  'https://x.intercomcdn.com',
];

function millisecondsOf(work: () => unknown): number {
  const before = cpuUsage();
  work();
  const { user, system } = cpuUsage(before);
  return (user + system) / 1000;
}

test.each(Object.entries(finders))(
  'a text of one thing again and again is looked through in time that grows no faster than it does: %s',
  (_, find) => {
    for (const piece of repeated) {
      const [short, long] = [10_000, 40_000].map((size) => piece.repeat(size / piece.length));
      let growth = Infinity;
      for (let attempt = 0; attempt < 10 && growth > 9; attempt += 1) {
        const little = millisecondsOf(() => find(short ?? ''));
        growth = Math.min(growth, millisecondsOf(() => find(long ?? '')) / Math.max(little, 2));
      }
      expect({ piece, grows: growth < 9 }).toEqual({ piece, grows: true });
    }
  },
);
