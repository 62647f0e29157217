/* An operation of one entry: what every one of them says, whatever it changes. Waves are set later. */
import type {
  Action,
  FieldChange,
  LocalOperation,
  ReadersSee,
  Removal,
  RemoteOperation,
} from '../../model/plan.ts';
import { pathOf, type DecisionContext } from './decision.ts';
import { remoteDigest } from '../compare/digest.ts';
import type { ArticleTriple, CollectionTriple, Triple } from '../terms/triple.ts';

interface Change<Write> {
  readonly action: Action;
  readonly write: Write;
  readonly fields: readonly FieldChange[];
  readonly reason: string;
  /** Missing: nothing is removed. */
  readonly removal?: Removal | null;
}

type WriteOf<Kind extends Triple['kind']> = Extract<RemoteOperation, { kind: Kind }>['write'];

/** An operation on the remote, which expects to find the entry as it was read. */
export function remoteOperation(
  triple: ArticleTriple,
  change: Change<WriteOf<'article'>>,
  context: DecisionContext,
): RemoteOperation;
export function remoteOperation(
  triple: CollectionTriple,
  change: Change<WriteOf<'collection'>>,
  context: DecisionContext,
): RemoteOperation;
export function remoteOperation<One extends Triple, Write>(
  triple: One,
  change: Change<Write>,
  context: DecisionContext,
): Omit<RemoteOperation, 'kind' | 'write'> & { readonly kind: One['kind']; readonly write: Write } {
  return {
    side: 'remote',
    kind: triple.kind,
    key: triple.key,
    path: pathOf(triple, context),
    id: triple.remote?.id ?? null,
    wave: 0,
    expected: triple.remote === null ? null : remoteDigest(triple.remote),
    action: change.action,
    write: change.write,
    fields: change.fields,
    reason: change.reason,
    removal: change.removal ?? null,
    readers: readersOf(triple, context),
  };
}

function readersOf({ remote }: Triple, { input }: DecisionContext): ReadersSee {
  if (remote?.kind !== 'article') return { url: null, locales: [] };
  const published = [...remote.locales].filter(([, content]) => content.state === 'published');
  const { defaultLocale } = input.policy;
  return {
    url: remote.url,
    locales: published.map(([locale]) => (locale === defaultLocale ? null : locale)),
  };
}

/** An operation on the folder: steps on files, and where the entry is afterwards. */
export function localOperation(
  triple: Triple,
  change: Pick<LocalOperation, 'action' | 'steps' | 'fields' | 'reason'>,
  context: DecisionContext,
): LocalOperation {
  const to = context.layout.pathOf(triple.key);
  return {
    side: 'local',
    kind: triple.kind,
    key: triple.key,
    path: triple.local?.path ?? to,
    to,
    id: triple.remote?.id ?? triple.base?.id ?? null,
    wave: 0,
    ...change,
  };
}
