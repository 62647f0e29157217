import { expect, test } from 'vitest';
import { collectionNames } from '../../src/fields/collection-fields.ts';
import { pulledCollection } from '../../src/engine/advance.ts';
import { collection, inputOf } from '../helpers/worlds.ts';

test('what a folder says of a collection that is linked for the first time stays to be sent, whatever it is', () => {
  const { local, remote } = inputOf({
    local: { guides: collection({ name: 'Handbook', description: 'How.', icon: 'bolt' }) },
    remote: { guides: collection({ name: 'Guides', description: 'Why.', icon: 'star' }) },
  });
  const [here] = local.collections;
  const [there] = remote.collections;
  if (here === undefined || there === undefined) throw new Error('Nothing to compare');
  // The folder took in something of it, and the run ended before the rest was sent.
  const row = pulledCollection(null, here, there);
  for (const name of collectionNames) {
    expect(row[name]).toEqual({ local: there[name], remote: there[name] });
    expect(here[name]).not.toBe(row[name].local);
  }
});
