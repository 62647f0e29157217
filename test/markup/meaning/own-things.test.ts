import { expect, test } from 'vitest';
import { lostThings, ownThings } from '../../../src/markup/meaning/own-things.ts';
import { markdown } from '../helpers/meaning.ts';

const own = (text: string): readonly string[] => ownThings(markdown(text));

test('what only a file can hold is found at any depth', () => {
  expect(
    own('- [x] ~~a~~ <kbd>b</kbd>\n  - [c](app://d)\n\n<!-- e -->\n\n~~~ js\n<!-- f -->\n~~~\n').toSorted(),
  ).toEqual(['<kbd>', 'a comment', 'a task box', 'the address app://d', 'the language js', '~~'].toSorted());
  expect(own('Plain **words** and [a link](https://x.test).\n')).toEqual([]);
});

test('what there is less of than before is lost, and told once', () => {
  expect(lostThings(own('~~a~~ x ~~b~~ c <!-- d -->\n'), own('~~a~~ c\n'))).toEqual(['~~', 'a comment']);
  expect(lostThings(own('~~a~~ b\n'), own('b ~~a~~ x ~~c~~\n'))).toEqual([]);
});
