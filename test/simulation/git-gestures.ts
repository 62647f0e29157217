/* What people do with git between runs, and in the middle of them. Nobody means to give up what others wrote by it. */
import type { Disk } from './disk.ts';
import { wordsIn } from './ledger.ts';
import { authorOf } from './people.ts';
import { contentFolder, isLock } from './places.ts';
import type { Commit, Repo } from './repo.ts';
import type { Stage } from './stage.ts';
import type { Stream } from './stream.ts';

/** Does something with the repository around a folder and says what. */
export function playGit(stage: Stage, disk: Disk, chance: Stream): string {
  const repo = stage.repos.get(disk);
  if (repo === undefined) return 'nobody has git here';
  const others = [...stage.repos.values()].filter((one) => one !== repo);
  const kind = chance.weigh([
    [4, 'commit'],
    [3, 'reset'],
    [1, 'commit and branch'],
    [2, 'stash'],
    [1, 'stash all'],
    [repo.stashes.length > 0 ? 5 : 0, 'pop'],
    [repo.stashes.length > 0 ? 1 : 0, 'drop'],
    [2, 'restore the folder'],
    [2, 'restore a file'],
    [1, 'restore an old file'],
    [2, 'switch'],
    [1.5, 'revert'],
    [1.5, 'merge'],
    [others.length > 0 ? 4 : 0, 'fetch and merge'],
    [1, 'leave out'],
    [repo.sparse.size > 0 ? 3 : 0, 'take in'],
  ] as const);
  const before = repo.work();
  const what = act(repo, others[0]?.head ?? null, kind, chance);
  const after = repo.work();
  for (const text of after.values()) stage.wholes.add(text);
  // Only what is as somebody committed it goes into the trash of git: what its own author throws away, knowing it.
  if (kind === 'reset' || kind === 'drop' || kind.startsWith('restore'))
    strikeOwn(stage, disk, [...before.values(), ...dropped(what)]);
  if (kind === 'restore an old file') strikeGone(stage, before, after);
  for (const [path, text] of before)
    if (!isLock(path) && after.get(path) !== text) noteBack(stage, disk, path, text, after.get(path) ?? '');
  for (const [path, text] of before) if (after.get(path) !== text) stage.mayTurn(text);
  for (const [path, text] of after) if (before.get(path) !== text) stage.mayTurn(text);
  if (others.length > 0 || what.isDone) noteShared(stage);
  return `the author in git: ${kind}${what.isDone ? '' : ', which is refused'}`;
}

interface Act {
  readonly isDone: boolean;
  readonly dropped?: readonly string[];
}

const dropped = (what: Act): readonly string[] => what.dropped ?? [];

function act(repo: Repo, others: Commit | null, kind: string, chance: Stream): Act {
  const tracked = [...repo.head.tree.keys()].filter((path) => path.startsWith(contentFolder));
  const file = chance.pick(tracked.filter((path) => path.endsWith('.md')));
  switch (kind) {
    case 'commit':
      return { isDone: repo.commit() };
    case 'commit and branch':
      repo.branch();
      return { isDone: repo.commit() };
    case 'reset':
      repo.reset();
      return { isDone: true };
    case 'stash':
      return { isDone: repo.stash(false) };
    case 'stash all':
      return { isDone: repo.stash(true) };
    case 'pop':
      return { isDone: repo.pop() };
    case 'drop': {
      const stash = repo.stashes.pop();
      return { isDone: true, dropped: [...(stash?.tree.values() ?? [])] };
    }
    case 'restore the folder':
      return { isDone: repo.restore(tracked) };
    case 'restore a file':
      return { isDone: file !== undefined && repo.restore([file]) };
    case 'restore an old file': {
      const [parent] = repo.head.parents;
      return { isDone: file !== undefined && parent !== undefined && repo.restore([file], parent) };
    }
    case 'switch':
      return { isDone: repo.switch() };
    case 'revert':
      return { isDone: repo.revert() };
    case 'merge':
      return { isDone: repo.merge(repo.other) };
    case 'fetch and merge':
      return { isDone: others !== null && repo.merge(others) };
    case 'leave out':
      return { isDone: file !== undefined && repo.leaveOut(file) };
    default:
      return { isDone: repo.takeIn() };
  }
}

/** Words of this author that are now in no file and no commit. */
function strikeOwn(stage: Stage, disk: Disk, texts: readonly string[]): void {
  const repo = stage.repos.get(disk);
  const left = new Set<string>();
  for (const text of [...(repo?.work().values() ?? []), ...(repo?.texts() ?? [])])
    for (const word of wordsIn(text)) left.add(word);
  const author = authorOf(stage, disk);
  for (const text of texts)
    stage.ledger.strike(wordsIn(text).filter((word) => stage.ledger.isBy(author, word) && !left.has(word)));
}

/** What git took out of a file: whoever then writes right there cannot be told from somebody who took it out by hand. */
function noteBack(stage: Stage, disk: Disk, path: string, before: string, after: string): void {
  const left = new Set(wordsIn(after));
  const gone = wordsIn(before).filter((word) => !left.has(word));
  const files = stage.takenBack.get(disk) ?? new Map<string, readonly string[]>();
  stage.takenBack.set(disk, files.set(path, [...(files.get(path) ?? []), ...gone]));
}

/** Who fetches an old file by name wants what it says, and not what it says no more. */
function strikeGone(
  stage: Stage,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): void {
  for (const [path, text] of before) {
    if (isLock(path) || after.get(path) === text) continue;
    const left = new Set(wordsIn(after.get(path) ?? ''));
    stage.ledger.strike(wordsIn(text).filter((word) => !left.has(word)));
  }
}

/** Marks of articles that several files are by now. */
export function noteShared(stage: Stage): void {
  const seen = new Map<string, string>();
  for (const disk of stage.repos.keys()) {
    for (const path of disk.paths(contentFolder)) {
      if (!path.endsWith('.md')) continue;
      const text = disk.text(path) ?? '';
      const title = /^title: .*$/m.exec(text)?.[0] ?? '';
      for (const word of wordsIn(text)) {
        if (!word.startsWith('id')) continue;
        if (seen.has(word)) stage.shared.add(word);
        // Two clones that call one new file differently: nobody can tell that both are one.
        if (seen.has(word) && seen.get(word) !== title) stage.moved.add(word);
        seen.set(word, title);
      }
    }
  }
}
