import { nodeCode } from '../ports/node-error.ts';
import { ShelfmarkError } from '../model/error.ts';
import { parentPath, type LocalPath } from '../model/identity.ts';
import type { FileStep, LocalOperation } from '../model/plan.ts';
import type { Outcome } from '../model/outcome.ts';
import { relocated } from '../plan/place/layout.ts';
import type { LocalSide } from './ports.ts';

export interface LocalDone {
  /** In the order of the operations. */
  readonly outcomes: readonly Outcome[];
  /** Fingerprints of all that was written, to notice that somebody wrote into the same files right afterwards. */
  readonly written: ReadonlySet<string>;
}

/**
 * Carries out the steps of local operations: edits and the trash at the places of now, then folders, then single
 * files, then what is new. A step that cannot be done stops its own operation and no other.
 */
export async function applyLocal(
  operations: readonly LocalOperation[],
  side: LocalSide,
  tell: (outcome: Outcome) => void,
  signal: AbortSignal,
): Promise<LocalDone> {
  const stopped = new Map<LocalOperation, Outcome>();
  const digests = new Map<LocalPath, string>();
  const written = new Set<string>();
  const work = operations.flatMap((operation) =>
    operation.steps.map((step) => ({ operation, step, rank: rankOf(step, operation) })),
  );
  work.sort((left, right) => left.rank - right.rank);
  // A folder without the file that names it would be taken for another collection.
  const unmade: LocalPath[] = [];
  for (const { operation, step } of work) {
    if (stopped.has(operation)) continue;
    const place = 'to' in step ? step.to : step.path;
    if (unmade.some((folder) => place.startsWith(`${folder}/`))) {
      const hint = 'Run the command again.';
      stopped.set(operation, outcomeOf(operation, 'skipped', 'Its folder could not be made.', hint));
      continue;
    }
    if (signal.aborted) {
      stopped.set(operation, outcomeOf(operation, 'skipped', 'Stopped before it was written.', null));
      continue;
    }
    try {
      const done = await side.carryOut(withDigest(step, digests));
      if (done.status === 'stale') {
        const message = `${step.path} was changed in the folder while this ran, so it was left alone.`;
        stopped.set(operation, outcomeOf(operation, 'stale', message, 'Run the command again.'));
      } else if (done.digest !== null) {
        digests.set(step.path, done.digest);
        written.add(done.digest);
      } else if (step.step === 'move-folder') {
        // What was edited before goes by its new place from now on.
        for (const [path, digest] of [...digests]) digests.set(relocated(path, step.path, step.to), digest);
      }
    } catch (error) {
      if (!(error instanceof ShelfmarkError) && nodeCode(error) === null) throw error;
      stopped.set(operation, outcomeOf(operation, 'failed', messageOf(error, step), hintOf(error)));
    }
    if (step.step === 'create-collection' && stopped.has(operation)) unmade.push(parentPath(step.path));
  }
  const outcomes = operations.map((operation) => {
    const outcome = stopped.get(operation) ?? outcomeOf(operation, 'done', null, null);
    tell(outcome);
    return outcome;
  });
  return { outcomes, written };
}

function rankOf(step: FileStep, operation: LocalOperation): number {
  switch (step.step) {
    case 'edit-article':
    case 'edit-collection':
      return 0;
    case 'trash':
      return 1;
    case 'move-folder':
      return 2;
    case 'move-file':
      return 3;
    case 'create-collection':
      // A folder that is there already gets its file before it is emptied: an empty one would vanish.
      return operation.action === 'create' ? 4 : 0;
    case 'create-article':
      return 5;
  }
}

/** A file that an earlier step of this run has edited is expected as that step left it. */
function withDigest(step: FileStep, digests: ReadonlyMap<LocalPath, string>): FileStep {
  const digest = digests.get(step.path);
  return digest === undefined || !('digest' in step) ? step : { ...step, digest };
}

function messageOf(error: unknown, step: FileStep): string {
  if (error instanceof ShelfmarkError) return error.message;
  return `${step.path} could not be written (${nodeCode(error) ?? 'unknown'}); it is as it was.`;
}

function hintOf(error: unknown): string {
  if (error instanceof ShelfmarkError) return error.hint;
  return 'Check free space and permissions, then run the command again.';
}

function outcomeOf(
  operation: LocalOperation,
  status: Outcome['status'],
  message: string | null,
  hint: string | null,
): Outcome {
  return { operation, status, message, hint, id: operation.id };
}
