/* Stories that scenarios told first, so that they stay told whatever the seeds come to mean. */
import { describe, expect, test } from 'vitest';
import { putBackAtOnce } from './git-stories.ts';
import {
  arrivedLate,
  draftAndEditInTheWay,
  draftInTheWay,
  editedBeforeFound,
  mostFilesGone,
  otherWorkspace,
  outdatedReading,
  retitledAfterAnswer,
  retitledAfterFailure,
  retitledAfterPull,
  retitledAfterSending,
  retitledThere,
  retitledThereAndEditedHere,
  retitledThereWhileEditedHere,
  rewrittenAfterMove,
  sleptBeforeSending,
  titleInTheWindow,
  toldToWait,
  toldToWaitForLong,
  unansweredIsNotGone,
} from './stories.ts';

describe('After a run that was cut off', () => {
  test('a new file with another title is not created a second time, the answer to the first being lost', async () => {
    expect(await retitledAfterSending()).toEqual([]);
  });
  test('a new file with another title is not created a second time, the answer having come', async () => {
    expect(await retitledAfterAnswer()).toEqual([]);
  });
  test('a new file is not created a second time where a teammate gave the first another title', async () => {
    expect(await retitledThere()).toEqual([]);
  });
  test('nor where the author then edits the file, before or after a run that had to ask', async () => {
    expect(await retitledThereAndEditedHere()).toEqual([]);
    expect(await retitledThereWhileEditedHere()).toEqual([]);
  });
  test('a file that was made for an article is its file with another title too', async () => {
    expect(await retitledAfterPull()).toEqual([]);
  });
  test('a file that was made for an article is its file also where the disk failed right after', async () => {
    expect(await retitledAfterFailure()).toEqual([]);
  });
  test('a file that was moved after its article is its file with another text too', async () => {
    expect(await rewrittenAfterMove()).toEqual([]);
  });
});

test('What a teammate changes of a new article before its lost answer is made up for is not taken for agreed', async () => {
  expect(await editedBeforeFound()).toEqual([]);
});

test('A create that arrives late is not sent a second time, nor one that a machine sends after a sleep', async () => {
  expect(await arrivedLate()).toEqual([]);
  expect(await sleptBeforeSending()).toEqual([]);
});

test('A run that is told to wait waits as long as it is told, and then goes on', async () => {
  expect(await toldToWait()).toEqual([]);
  expect(await toldToWaitForLong()).toEqual([]);
});

test('A text that goes into a draft which is open in the web editor is sent again when the draft is gone', async () => {
  expect(await draftInTheWay()).toEqual([]);
  expect(await draftAndEditInTheWay()).toEqual([]);
});

test('An article that a list leaves out and that cannot be asked for is not taken for deleted', async () => {
  expect(await unansweredIsNotGone()).toEqual([]);
});

test('A title that a teammate changes right before the text is sent stays', async () => {
  expect(await titleInTheWindow()).toEqual([]);
});

test('A run that had to wait for another one does not take back what that one fetched', async () => {
  expect(await outdatedReading()).toEqual([]);
});

test('A plan that takes most articles offline is refused', async () => {
  expect(await mostFilesGone()).toEqual([]);
});

test('The token of another workspace is refused', async () => {
  expect(await otherWorkspace()).toEqual([]);
});

test('A file that git puts back while a pull is still at it is no edit, also where no commit tells', async () => {
  expect(await putBackAtOnce()).toEqual([]);
  expect(
    await putBackAtOnce({
      deps: (deps) => ({ ...deps, base: { ...deps.base, readCommitted: async () => null } }),
    }),
  ).toEqual([]);
});
