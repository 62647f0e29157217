/*
 * Stories for measures that scenarios reach too seldom or excuse too easily. Each is played as it is, and must end
 * well, and once without the measure, and must not.
 */
import { noTrouble, type Trouble } from '../../src/simulator/faults/faults.ts';
import { freshContent } from '../../src/simulator/state/fresh.ts';
import { defaultSwitches } from '../../src/simulator/state/switches.ts';
import { checkNow } from './checks.ts';
import type { Disk } from './disk.ts';
import { wordsIn } from './ledger.ts';
import { playRun, type RunEnd, type Sabotage } from './play-run.ts';
import { contentFolder } from './places.ts';
import { calm, Stage, type Step } from './stage.ts';

export type Story = (sabotage?: Sabotage) => Promise<readonly string[]>;

/** The answer to a create is lost with the process; then the author gives the file another title. */
export const retitledAfterSending: Story = (sabotage) =>
  cutOff({
    sabotage,
    before: (stage, disk) => put(stage, disk, 'w1', fileOf(stage, 'Old')),
    isLast: (step) => step.name === 'answer' && step.target === '/articles',
    after: (stage, disk) => put(stage, disk, 'w1', textOf(disk, 'w1').replace('Old', 'New')),
    articles: 1,
  });

/** The answer to a create is lost with the process; then a teammate gives the article another title. */
export const retitledThere: Story = (sabotage) =>
  cutOff({
    sabotage,
    before: (stage, disk) => put(stage, disk, 'w1', fileOf(stage, 'Old')),
    isLast: (step) => step.name === 'answer' && step.target === '/articles',
    after: (stage) => {
      for (const one of stage.operator.articles()) stage.operator.editArticle(one.id, { title: 'New' });
    },
    articles: 1,
  });

/** As before; and after a run that had to ask about the title, the author edits the text. */
export const retitledThereAndEditedHere: Story = async (sabotage) => {
  const edit = (stage: Stage, disk: Disk): void =>
    put(stage, disk, 'w1', `${textOf(disk, 'w1')}\n${stage.ledger.coin()}\n`);
  return cutOff({
    sabotage,
    before: (stage, disk) => put(stage, disk, 'w1', fileOf(stage, 'Old')),
    isLast: (step) => step.name === 'answer' && step.target === '/articles',
    after: (stage) => {
      for (const one of stage.operator.articles()) stage.operator.editArticle(one.id, { title: 'New' });
    },
    between: edit,
    articles: 1,
  });
};

/** As before, but the author edits the text before any run has looked. */
export const retitledThereWhileEditedHere: Story = (sabotage) =>
  cutOff({
    sabotage,
    before: (stage, disk) => put(stage, disk, 'w1', fileOf(stage, 'Old')),
    isLast: (step) => step.name === 'answer' && step.target === '/articles',
    after: (stage, disk) => {
      for (const one of stage.operator.articles()) stage.operator.editArticle(one.id, { title: 'New' });
      put(stage, disk, 'w1', `${textOf(disk, 'w1')}\n${stage.ledger.coin()}\n`);
    },
    articles: 1,
  });

/** The answer to a create cannot be read; before the article is found, a teammate takes a paragraph out and writes one. */
export const editedBeforeFound: Story = async (sabotage) => {
  const stage = new Stage(1);
  const disk = stage.newDisk();
  put(stage, disk, 'w1', fileOf(stage, 'Title'));
  const actor = stage.newActor(disk);
  const unreadable: Trouble = { ...noTrouble, kind: 'nonjson', value: '', applied: true };
  actor.weather = { ...calm, http: (step) => (step.name === 'POST' ? unreadable : null) };
  const word = stage.ledger.coin();
  stage.onStep = (who, step) => {
    const [article] = stage.operator.articles();
    const body = article?.contents['en']?.body ?? '';
    if (who !== actor || step.name !== 'GET' || article === undefined || body.includes(word)) return;
    const edited = body.replace(/<p[^>]*>[^<]*<\/p>$/, `<p class="no-margin">${word}</p>`);
    stage.operator.editArticle(article.id, { body: edited });
  };
  await playRun(stage, actor, { direction: 'sync', sabotage });
  stage.onStep = () => undefined;
  const end = await sync(stage, disk, sabotage);
  const isTold = end.end === 'ran' && end.exit === 3;
  return [
    ...(stage.operator.articles().length === 1 ? [] : ['I3 it was created twice']),
    ...(isTold || textOf(disk, 'w1').includes(word) ? [] : ['I4 nobody hears that the two differ']),
  ];
};

/** A create was answered, but the run did not end; then the author gives the file another title. */
export const retitledAfterAnswer: Story = (sabotage) =>
  cutOff({
    sabotage,
    before: (stage, disk) => put(stage, disk, 'w1', fileOf(stage, 'Old')),
    isLast: (step, stage) => step.name === 'read' && step.target.endsWith('.json') && stage.writes > 0,
    after: (stage, disk) => put(stage, disk, 'w1', textOf(disk, 'w1').replace('Old', 'New')),
    articles: 1,
  });

/** A file was made for a new article, but the run did not end; then the author gives it another title. */
export const retitledAfterPull: Story = (sabotage) =>
  cutOff({
    sabotage,
    before: (stage) => {
      const body = `<p class="no-margin">${stage.ledger.coin('id')}</p>`;
      stage.operator.createArticle({ title: 'Old', body, state: 'published' });
    },
    isLast: (_, __, disk) => disk.paths(contentFolder).some((path) => path.endsWith('/old.md')),
    after: (stage, disk) => put(stage, disk, 'old', textOf(disk, 'old').replace('title: Old', 'title: New')),
    articles: 1,
  });

/** A file was made for a new article, and then the disk failed; then the author gives it another title. */
export const retitledAfterFailure: Story = async (sabotage) => {
  const stage = new Stage(1);
  const disk = stage.newDisk();
  const body = `<p class="no-margin">${stage.ledger.coin('id')}</p>`;
  stage.operator.createArticle({ title: 'Old', body, state: 'published' });
  const actor = stage.newActor(disk);
  actor.weather = {
    ...calm,
    disk: (step) => (step.name === 'syncFolder' && step.target === contentFolder ? 'EROFS' : null),
  };
  await playRun(stage, actor, { direction: 'pull', sabotage });
  put(stage, disk, 'old', textOf(disk, 'old').replace('title: Old', 'title: New'));
  for (let round = 0; round < 3; round += 1) await sync(stage, disk, sabotage);
  const found = stage.operator.articles().length;
  return found === 1 ? [] : [`I3 there are ${found} articles`];
};

/** A file was moved after its article, but the run did not end; then the author writes all of it anew. */
export const rewrittenAfterMove: Story = (sabotage) =>
  cutOff({
    sabotage,
    before: async (stage, disk) => {
      put(stage, disk, 'guides/w1', fileOf(stage, 'Old'));
      put(stage, disk, 'guides/w2', fileOf(stage, 'Other'));
      await sync(stage, disk);
      const [shelf] = stage.operator.collections();
      const moved = stage.operator.articles().find((one) => one.contents['en']?.title === 'Old');
      if (moved === undefined || shelf === undefined) throw new RangeError('nothing was created');
      stage.operator.editArticle(moved.id, { parentId: null });
    },
    isLast: (_, __, disk) => disk.text(`${contentFolder}/w1.md`) !== null,
    after: (stage, disk) => {
      stage.ledger.strike(wordsIn(textOf(disk, 'w1')));
      put(stage, disk, 'w1', fileOf(stage, 'New'));
    },
    articles: 2,
  });

/** A create whose answer is lost arrives late, when the next run has already looked around. */
export const arrivedLate: Story = (sabotage) => lateCreate(sabotage, 0);

/** The machine sleeps between the note and the sending of a create, whose answer is lost and which arrives late. */
export const sleptBeforeSending: Story = (sabotage) => lateCreate(sabotage, 3_600_000);

/** @param asleep milliseconds between the note of a create and its sending */
async function lateCreate(sabotage: Sabotage | undefined, asleep: number): Promise<readonly string[]> {
  const stage = new Stage(1);
  const disk = stage.newDisk();
  put(stage, disk, 'w1', fileOf(stage, 'Title'));
  const actor = stage.newActor(disk);
  const late: Trouble = { ...noTrouble, kind: 'late', value: '30000', applied: true };
  actor.weather = { ...calm, http: (step) => (step.name === 'POST' ? late : null) };
  stage.onStep = (who, step) => {
    if (who === actor && step.name === 'POST') stage.clock.advance(asleep);
  };
  await playRun(stage, actor, { direction: 'sync', sabotage });
  stage.onStep = () => undefined;
  for (let round = 0; round < 4; round += 1) {
    await sync(stage, disk, sabotage);
    stage.clock.advance(round === 0 ? 1_000 : 200_000);
  }
  const found = stage.operator.articles().length;
  return found === 1 ? [] : [`I3 there are ${found} articles`];
}

/** Intercom asks for quiet in the middle of a run. */
export const toldToWait: Story = async (sabotage) => {
  const stage = new Stage(1);
  const disk = stage.newDisk();
  for (const name of ['w1', 'w2', 'w3']) put(stage, disk, name, fileOf(stage, `Title ${name}`));
  const actor = stage.newActor(disk);
  const limited: Trouble = { ...noTrouble, kind: 'status', value: '429', applied: false };
  let left = 1;
  actor.weather = {
    ...calm,
    http: (step) => {
      if (step.name !== 'POST' || left === 0) return null;
      left -= 1;
      return limited;
    },
  };
  await playRun(stage, actor, { direction: 'sync', sabotage });
  const found = stage.operator.articles().length;
  return [...stage.broken, ...(found === 3 ? [] : [`I4 there are ${found} articles`])];
};

/** Intercom asks for quiet again and again, until one of two calls is given up. */
export const toldToWaitForLong: Story = async (sabotage) => {
  const stage = new Stage(1);
  const disk = stage.newDisk();
  for (const name of ['w1', 'w2']) put(stage, disk, name, fileOf(stage, `Title ${name}`));
  await sync(stage, disk);
  for (const name of ['w1', 'w2']) put(stage, disk, name, `${textOf(disk, name)}\n${stage.ledger.coin()}\n`);
  const actor = stage.newActor(disk);
  const limited: Trouble = { ...noTrouble, kind: 'status', value: '429', applied: false };
  actor.weather = { ...calm, http: (step) => (/^\/articles\/\d/.test(step.target) ? limited : null) };
  await playRun(stage, actor, { direction: 'sync', sabotage });
  return stage.broken;
};

/** A draft that is open in the web editor swallows a text, and is thrown away then. */
export const draftInTheWay: Story = async (sabotage) => {
  const stage = new Stage(1);
  const disk = stage.newDisk();
  put(stage, disk, 'w1', fileOf(stage, 'Title'));
  await sync(stage, disk);
  const [article] = stage.operator.articles();
  if (article === undefined) throw new RangeError('nothing was created');
  stage.operator.editArticle(article.id, { body: '<p class="no-margin">Half a thought</p>', draft: true });
  const word = stage.ledger.coin();
  put(stage, disk, 'w1', `${textOf(disk, 'w1')}\n${word}\n`);
  await sync(stage, disk, sabotage);
  stage.operator.discardDraft(article.id);
  await sync(stage, disk, sabotage);
  await sync(stage, disk, sabotage);
  const shown = stage.operator.articles()[0]?.contents['en']?.body ?? '';
  return shown.includes(word) && textOf(disk, 'w1').includes(word) ? [] : [`I1 ${word} is lost`];
};

/** As before; and in the moment before the write, a teammate publishes another edit of the same article. */
export const draftAndEditInTheWay: Story = async (sabotage) => {
  const stage = new Stage(1);
  const disk = stage.newDisk();
  put(stage, disk, 'w1', fileOf(stage, 'Title'));
  await sync(stage, disk);
  const [article] = stage.operator.articles();
  if (article === undefined) throw new RangeError('nothing was created');
  const body = article.contents['en']?.body ?? '';
  stage.operator.editArticle(article.id, { body: '<p class="no-margin">Half a thought</p>', draft: true });
  const [here, there] = [stage.ledger.coin(), stage.ledger.coin()];
  put(stage, disk, 'w1', `${textOf(disk, 'w1')}\n${here}\n`);
  const actor = stage.newActor(disk);
  stage.onStep = (who, step) => {
    if (who === actor && step.name === 'PUT')
      stage.operator.editArticle(article.id, { body: `<p class="no-margin">${there}</p>${body}` });
  };
  await playRun(stage, actor, { direction: 'sync', sabotage });
  stage.onStep = () => undefined;
  stage.operator.discardDraft(article.id);
  await sync(stage, disk, sabotage);
  const shown = stage.operator.articles()[0]?.contents['en']?.body ?? '';
  return [here, there].flatMap((word) =>
    shown.includes(word) && textOf(disk, 'w1').includes(word) ? [] : [`I4 ${word} is not on both sides`],
  );
};

/** A list leaves an article out, and whoever asks for it gets no answer. */
export const unansweredIsNotGone: Story = async (sabotage) => {
  const stage = new Stage(1);
  const disk = stage.newDisk();
  for (const name of ['w1', 'w2', 'w3']) put(stage, disk, name, fileOf(stage, `Title ${name}`));
  await sync(stage, disk);
  const actor = stage.newActor(disk);
  const failing: Trouble = { ...noTrouble, kind: 'status', value: '500', applied: false };
  actor.weather = {
    ...calm,
    isShort: () => true,
    http: (step) => (/^\/articles\/\d/.test(step.target) ? failing : null),
  };
  await playRun(stage, actor, { direction: 'sync', sabotage });
  const left = disk.paths(contentFolder).length;
  return left === 3 ? [] : [`I10 only ${left} files are left`];
};

/** A teammate gives an article another title in the moment between the last look and the write of its text. */
export const titleInTheWindow: Story = async (sabotage) => {
  const stage = new Stage(1);
  const disk = stage.newDisk();
  const path = `${contentFolder}/w1.md`;
  disk.put(path, '---\ntitle: Old title\nstate: published\n---\n\nOld words.\n');
  await playRun(stage, stage.newActor(disk), { direction: 'push' });
  disk.put(path, (disk.text(path) ?? '').replace('Old words', 'New words'));
  const [article] = stage.operator.articles();
  const actor = stage.newActor(disk);
  stage.onStep = (who, step) => {
    if (who === actor && step.name === 'PUT' && article !== undefined)
      stage.operator.editArticle(article.id, { title: 'New title' });
  };
  await playRun(stage, actor, { direction: 'push', sabotage });
  const content = stage.operator.articles()[0]?.contents['en'];
  return [
    ...(content?.title === 'New title' ? [] : ['I1 the new title is lost']),
    ...(content?.body.includes('New words') === true ? [] : ['I4 the new words did not arrive']),
  ];
};

/** Most of the files are gone, as after a merge that went wrong. */
export const mostFilesGone: Story = async (sabotage) => {
  const stage = new Stage(1);
  const disk = stage.newDisk();
  const names = Array.from({ length: 8 }, (_, index) => `w${index}`);
  for (const name of names) put(stage, disk, name, fileOf(stage, `Title ${name}`));
  await sync(stage, disk);
  for (const name of names.slice(1)) disk.take(`${contentFolder}/${name}.md`);
  await sync(stage, disk, sabotage);
  const shown = stage.operator.articles().filter((one) => one.contents['en']?.state === 'published').length;
  return shown === 8 ? [] : [`I10 ${8 - shown} articles were taken offline`];
};

/** Somebody uses the token of another workspace. */
export const otherWorkspace: Story = async (sabotage) => {
  const stage = new Stage(1);
  const disk = stage.newDisk();
  for (const name of ['one', 'two', 'three'])
    disk.put(`${contentFolder}/${name}.md`, `---\ntitle: Article ${name}\nstate: published\n---\n\nWords.\n`);
  await sync(stage, disk);
  const before = disk.paths(contentFolder).length;
  const now = stage.clock.now();
  const workspace = freshContent({
    seed: 2,
    switches: defaultSwitches,
    defaultLocale: 'en',
    now: Math.floor(now / 1000),
  });
  const other = new Stage(2, { ...stage.content(), workspace });
  other.operator.createArticle({
    title: 'Theirs',
    body: '<p class="no-margin">Words.</p>',
    state: 'published',
  });
  const taken = disk.copy(() => other.clock.now());
  const end = await playRun(other, other.newActor(taken), { direction: 'sync', sabotage });
  const isRefused =
    end.end === 'ran' &&
    end.outcomes === null &&
    end.plan.refusals.some((one) => one.code === 'OTHER_WORKSPACE');
  return [
    ...(isRefused ? [] : ['I10 it ran with the token of another workspace']),
    ...(taken.paths(contentFolder).length === before ? [] : ['I10 files went into the trash']),
  ];
};

/** A run ends while another one has read the folder and waits for its turn. */
export const outdatedReading: Story = async (sabotage) => {
  const stage = new Stage(1);
  const disk = stage.newDisk();
  put(stage, disk, 'w1', fileOf(stage, 'Title'));
  await sync(stage, disk);
  const [article] = stage.operator.articles();
  if (article === undefined) throw new RangeError('nothing was created');
  const word = stage.ledger.coin();
  const body = article.contents['en']?.body ?? '';
  stage.operator.editArticle(article.id, { body: `${body}<p class="no-margin">${word}</p>` });
  const actor = stage.newActor(disk);
  let first: Promise<RunEnd> | null = null;
  const late = disk.copy(() => stage.clock.now());
  // An author saves as well, so that what the late one has read is not, to the letter, what the first one replaces.
  const [file = ''] = disk.paths(contentFolder).filter((path) => path.endsWith('.md'));
  disk.put(file, (disk.text(file) ?? '').replace('---\n\n', `---\n\n${stage.ledger.coin()}\n\n`));
  const outdated: Sabotage = {
    ...sabotage,
    files: (files) => ({
      ...files,
      // What it reads before its turn is the folder as it was; the other run goes first.
      list: async (folder) => (first === null ? late.list(folder) : files.list(folder)),
      stat: async (path) => (first === null ? late.stat(path) : files.stat(path)),
      read: async (path) => (first === null ? late.read(path) : files.read(path)),
      async makeFolder(path) {
        first ??= sync(stage, disk);
        await first;
        await files.makeFolder(path);
      },
    }),
  };
  await playRun(stage, actor, { direction: 'sync', sabotage: outdated });
  const after = stage.operator.articles()[0]?.contents['en']?.body ?? '';
  return after.includes(word) ? [] : ['I1 what the first run fetched was taken back'];
};

interface CutOff {
  readonly sabotage: Sabotage | undefined;
  readonly before: (stage: Stage, disk: Disk) => void | Promise<void>;
  /** Whether the process dies at this step. */
  readonly isLast: (step: Step, stage: Stage, disk: Disk) => boolean;
  readonly after: (stage: Stage, disk: Disk) => void;
  /** What happens after each of the runs that follow. */
  readonly between?: (stage: Stage, disk: Disk) => void;
  /** How many there are at the end. */
  readonly articles: number;
}

async function cutOff({
  sabotage,
  before,
  isLast,
  after,
  between,
  articles,
}: CutOff): Promise<readonly string[]> {
  const stage = new Stage(1);
  const disk = stage.newDisk();
  await before(stage, disk);
  const actor = stage.newActor(disk);
  stage.onStep = (who, step) => {
    if (who === actor && isLast(step, stage, disk)) actor.die();
  };
  const end = await playRun(stage, actor, { direction: 'sync', sabotage });
  if (end.end !== 'died') return ['it was not cut off'];
  after(stage, disk);
  for (let round = 0; round < 3; round += 1) {
    stage.clock.advance(200_000);
    await sync(stage, disk, sabotage);
    between?.(stage, disk);
  }
  const found = stage.operator.articles().length;
  const files = disk.paths(contentFolder).filter((path) => path.endsWith('.md')).length;
  return [
    ...(found === articles ? [] : [`I3 there are ${found} articles`]),
    ...(files === articles ? [] : [`I3 there are ${files} files`]),
    ...checkNow(stage, [disk]),
  ];
}

export const sync = (stage: Stage, disk: Disk, sabotage?: Sabotage): Promise<RunEnd> =>
  playRun(stage, stage.newActor(disk), { direction: 'sync', sabotage });

export const textOf = (disk: Disk, path: string): string => disk.text(`${contentFolder}/${path}.md`) ?? '';

export function put(stage: Stage, disk: Disk, path: string, text: string): void {
  stage.wholes.add(text);
  disk.put(`${contentFolder}/${path}.md`, text);
}

export const fileOf = ({ ledger }: Stage, title: string): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${ledger.coin('id')}\n\n${ledger.coinSome(3)}\n\n${ledger.coinSome(3)}\n`;
