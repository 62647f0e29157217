/*
 * Stories for what moves underneath a sync: git, a second run, another machine's clock, texts that cannot be read. Told
 * as those of `stories.ts` are: well as it is, and not without the measure.
 */
import { checkNow } from './checks.ts';
import type { Disk } from './disk.ts';
import { wordsIn } from './ledger.ts';
import { breakFile } from './people.ts';
import { contentFolder, lockFile, project } from './places.ts';
import { playRun, type RunEnd, type RunRequest } from './play-run.ts';
import { Repo } from './repo.ts';
import { Stage, textOfArticle, type Step } from './stage.ts';
import { fileOf, put, sync, textOf, type Story } from './stories.ts';

interface Scene {
  readonly stage: Stage;
  readonly disk: Disk;
  readonly repo: Repo;
  readonly run: (request?: Partial<RunRequest>, before?: (step: Step) => void) => Promise<RunEnd>;
}

const file = `${contentFolder}/w1.md`;

/** An article in step, and committed with its lock file. */
async function scene(sabotage: RunRequest['sabotage'], skew = 0): Promise<Scene> {
  const stage = new Stage(1);
  const disk = stage.newDisk();
  disk.skew = skew;
  put(stage, disk, 'w1', fileOf(stage, 'One'));
  put(stage, disk, 'w2', fileOf(stage, 'Two'));
  await sync(stage, disk, sabotage);
  const repo = new Repo(disk);
  stage.repos.set(disk, repo);
  return {
    stage,
    disk,
    repo,
    async run(request = {}, before) {
      stage.clock.advance(200_000);
      const actor = stage.newActor(disk);
      stage.onStep = (who, step) => {
        if (who === actor) before?.(step);
      };
      const end = await playRun(stage, actor, { direction: 'sync', sabotage, ...request });
      stage.onStep = () => undefined;
      return end;
    },
  };
}

const first = ({ operator }: Stage) => {
  const found = operator.articles().find((one) => one.contents['en']?.title.includes('One'));
  if (found === undefined) throw new RangeError('the first article is gone');
  return found;
};

/** A teammate writes a paragraph; gives its word. */
function teammate(stage: Stage): string {
  const { ledger, operator } = stage;
  ledger.author = 'teammate';
  const word = ledger.coin();
  const article = first(stage);
  operator.editArticle(article.id, { body: `${article.contents['en']?.body}<p>${word}</p>` });
  return word;
}

/** The author changes a file; gives the word that came in. */
function author(stage: Stage, disk: Disk, name = 'w1'): string {
  stage.ledger.author = 'author';
  const word = stage.ledger.coin();
  put(stage, disk, name, `${textOf(disk, name)}\n${word}\n`);
  return word;
}

/** What is wrong at the end, where these words must still be public, and so many articles there. */
function ending({ stage, disk }: Scene, words: readonly string[], articles = 2): readonly string[] {
  const all = stage.operator.articles();
  const shown = all
    .filter((one) => one.contents['en']?.state === 'published')
    .map((one) => textOfArticle(one, false))
    .join(' ');
  return [
    ...words.filter((word) => !wordsIn(shown).includes(word)).map((word) => `${word} is public no more`),
    ...(all.length === articles ? [] : [`I3 there are ${all.length} articles`]),
    ...stage.broken,
    ...checkNow(stage, [disk]),
  ];
}

/** A pull, committed with the lock file, and then the older file is fetched from git. */
export const oldFileFetched: Story = async (sabotage) => {
  const at = await scene(sabotage);
  const word = teammate(at.stage);
  await at.run();
  at.repo.commit();
  const [before] = at.repo.head.parents;
  at.repo.restore([file], before);
  await at.run();
  return ending(at, [word]);
};

/** A push, then a pull, then the files are put back and the lock file is not. */
export const folderPutBack: Story = async (sabotage) => {
  const at = await scene(sabotage);
  author(at.stage, at.disk);
  await at.run();
  const word = teammate(at.stage);
  await at.run();
  at.repo.restore([file]);
  await at.run();
  return ending(at, [word]);
};

/** The file is put back right after a pull has written it, and before the pull looks at what stands there. */
export const putBackAtOnce: Story = async (sabotage) => {
  const at = await scene(sabotage);
  const word = teammate(at.stage);
  let isWritten = false;
  await at.run({ direction: 'pull' }, (step) => {
    if (isWritten) at.repo.restore([file]);
    isWritten = step.name === 'replace' && step.target.endsWith(file);
  });
  await at.run();
  return [
    ...(wordsIn(textOf(at.disk, 'w1')).includes(word) ? [] : [`${word} is not in the file`]),
    ...ending(at, [word]),
  ];
};

/** A new file is pushed; a stash takes the lock file and leaves the new file, which then gets another title. */
export const lockStashed: Story = async (sabotage) => {
  const at = await scene(sabotage);
  put(at.stage, at.disk, 'w3', fileOf(at.stage, 'Three'));
  await at.run();
  put(at.stage, at.disk, 'w3', textOf(at.disk, 'w3').replace('Three', 'Third'));
  at.repo.stash(false);
  await at.run();
  return ending(at, [], 3);
};

/** A pull is killed before it writes the lock file, and the files are put back. */
export const killedAndReset: Story = async (sabotage) => {
  const at = await scene(sabotage);
  const word = teammate(at.stage);
  at.stage.clock.advance(200_000);
  const actor = at.stage.newActor(at.disk);
  at.stage.onStep = (who, step) => {
    if (who === actor && isLockWritten(step)) actor.die();
  };
  await playRun(at.stage, actor, { direction: 'pull', sabotage });
  at.stage.onStep = () => undefined;
  at.repo.reset();
  await at.run();
  return ending(at, [word]);
};

const isLockWritten = ({ name, target }: Step): boolean =>
  /^(?:replace|rename)$/.test(name) && target.endsWith(lockFile);

/** Another branch is checked out right before a run writes the lock file. */
export const switchedAtTheEnd: Story = async (sabotage) => {
  const at = await scene(sabotage);
  const word = teammate(at.stage);
  await at.run();
  at.repo.branch();
  at.repo.commit();
  put(at.stage, at.disk, 'w3', fileOf(at.stage, 'Three'));
  await at.run({}, (step) => {
    if (isLockWritten(step)) at.repo.switch();
  });
  await at.run();
  return ending(at, [word], 3);
};

/** A file is left out of a sparse checkout. */
export const leftOut: Story = async (sabotage) => {
  const at = await scene(sabotage);
  at.repo.leaveOut(file);
  await at.run();
  return ending(at, wordsIn(textOfArticle(first(at.stage), false)));
};

/** A file cannot be read for a while. */
export const unreadable: Story = async (sabotage) => {
  const at = await scene(sabotage);
  const words = wordsIn(textOf(at.disk, 'w1'));
  breakFile(at.stage, at.disk, file);
  await at.run();
  return ending(at, words);
};

/** The author saves right before a pull replaces the file. */
export const savedAtTheEnd: Story = async (sabotage) => {
  const at = await scene(sabotage);
  teammate(at.stage);
  let word = '';
  await at.run({ direction: 'pull' }, (step) => {
    if (/^(?:replace|rename)$/.test(step.name) && step.target.endsWith(file))
      word = author(at.stage, at.disk);
  });
  return [...(hasWord(at, word) ? [] : [`I1 ${word} was overwritten`]), ...ending(at, [])];
};

/** Both change one paragraph, and the policy is that the help center wins. */
export const loserKept: Story = async (sabotage) => {
  const at = await scene(sabotage);
  at.repo.commit();
  const own = author(at.stage, at.disk);
  teammate(at.stage);
  await at.run({ policy: { conflicts: 'remote' } });
  return hasWord(at, own) ? [] : [`I1 ${own} is nowhere`];
};

const hasWord = ({ disk }: Scene, word: string): boolean =>
  disk.paths(project).some((path) => wordsIn(disk.text(path) ?? '').includes(word));

/** Somebody else creates the same article between the list and the create. */
export const createdMeanwhile: Story = async (sabotage) => {
  const at = await scene(sabotage);
  const { ledger, operator } = at.stage;
  const [mark, word] = [ledger.coin('id'), ledger.coin()];
  put(at.stage, at.disk, 'w3', `---\ntitle: Three\nstate: published\n---\n\n${mark}\n\n${word}\n`);
  let isMade = false;
  await at.run({}, (step) => {
    if (isMade || step.name !== 'answer' || !step.target.startsWith('/help_center/collections')) return;
    isMade = true;
    operator.createArticle({
      title: 'Three',
      body: `<p class="no-margin">${mark}</p><p class="no-margin"></p><p class="no-margin">${word}</p>`,
      state: 'published',
      parentId: null,
    });
  });
  return ending(at, [], 3);
};

/** A teammate's tab, open since before, is saved over what was just pushed. */
export const writtenOver: Story = async (sabotage) => {
  const at = await scene(sabotage);
  const before = first(at.stage).contents['en']?.body ?? '';
  author(at.stage, at.disk);
  let isSaved = false;
  const end = await at.run({}, (step) => {
    if (isSaved || step.name !== 'answer' || first(at.stage).contents['en']?.body === before) return;
    isSaved = true;
    at.stage.operator.editArticle(first(at.stage).id, { body: before });
  });
  const isTold = end.end === 'ran' && (end.outcomes ?? []).some((one) => one.status === 'stale');
  return isTold ? [] : ['nobody was told that it was written over'];
};

/** A create is cut off on a machine whose clock is an hour ahead, and a teammate gives it another title. */
export const wrongClock: Story = async (sabotage) => {
  const at = await scene(sabotage, 3_600_000);
  put(at.stage, at.disk, 'w3', fileOf(at.stage, 'Three'));
  const actor = at.stage.newActor(at.disk);
  at.stage.onStep = (who, step) => {
    if (who === actor && step.name === 'answer' && at.stage.operator.articles().length === 3) actor.die();
  };
  await playRun(at.stage, actor, { direction: 'sync', sabotage });
  at.stage.onStep = () => undefined;
  for (const one of at.stage.operator.articles())
    if (one.contents['en']?.title === 'Three') at.stage.operator.editArticle(one.id, { title: 'Third' });
  await at.run();
  await at.run();
  return ending(at, [], 3);
};

/** A second run is started in another container while the first is at work. */
export const elsewhere: Story = async (sabotage) => {
  const at = await scene(sabotage);
  author(at.stage, at.disk);
  let second: Promise<RunEnd> | null = null;
  await at.run({}, (step) => {
    if (second !== null || step.name !== 'GET') return;
    const other = at.stage.newActor(at.disk);
    other.place = 'there';
    second = playRun(at.stage, other, { direction: 'sync', sabotage });
  });
  const end = await (second as Promise<RunEnd> | null);
  return end?.end === 'threw' ? [] : ['two runs were at work in one folder'];
};
