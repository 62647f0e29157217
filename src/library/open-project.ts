import { resolve } from 'node:path';
import { applySavedPlan, planFileText } from '../app/apply.ts';
import { embeddedOutside } from '../app/adapters/embedded-outside.ts';
import { exitCodeOfRun } from '../app/exit-codes.ts';
import { parseSavedPlan, type SavedPlan } from '../app/project/saved-plan.ts';
import { planRun, type RunOptions } from '../app/run.ts';
import { auditRun } from '../app/state/audit.ts';
import { localesIn, translationsRun } from '../app/state/translations.ts';
import { validateRun } from '../app/validate.ts';
import { configFrom, findConfig } from '../config/find-config.ts';
import type { Config } from '../config/read-config.ts';
import { ShelfmarkError } from '../model/error.ts';
import type { Outside } from '../ports/outside.ts';
import { planJson } from '../report/plan-json.ts';
import { outcomesJson } from '../report/run-text.ts';
import { translationsJson } from '../report/state/translations-json.ts';
import { statusJson } from '../report/status-text.ts';
import { publicEvent } from './events.ts';
import type { OpenOptions, PlanOptions, Project, ProjectPlan, Validation } from './project.ts';
import { entriesOf, entryAt } from './read-entries.ts';

/** See the function of this name in `index.ts`. */
export async function openProject(options: OpenOptions): Promise<Project> {
  const folder = resolve(options.folder ?? '.');
  const plain = embeddedOutside(folder, process.env, options.signal);
  const config = await configOf(options, plain);
  return projectOf(config, { ...plain, env: envOf(options, config) }, options);
}

function configOf({ config, target }: OpenOptions, { files, folder }: Outside): Promise<Config> {
  if (typeof config === 'object') return configFrom(files, folder, config, target ?? null);
  return findConfig(files, folder, { file: config ?? null, target: target ?? null });
}

/** What is given goes before the environment. */
const envOf = ({ token, url }: OpenOptions, { tokenVariable }: Config): Outside['env'] => ({
  ...process.env,
  ...(token === undefined ? {} : { [tokenVariable]: token }),
  ...(url === undefined ? {} : { INTERCOM_URL: url }),
});

function projectOf(config: Config, outside: Outside, { onEvent = () => undefined }: OpenOptions): Project {
  const made = new WeakMap<ProjectPlan, { readonly saved: SavedPlan; readonly options: RunOptions }>();
  const runOptions = (options: PlanOptions = {}): RunOptions => ({
    config,
    direction: options.direction ?? 'sync',
    allowDeletes: options.allowDeletes ?? null,
    allowEmptied: options.allowEmptied === true,
    takeBack: options.takeBack === true,
    isStrict: options.strict === true,
    paths: options.paths ?? [],
    tell: (event) => onEvent(publicEvent(event)),
    onCall: onEvent,
  });
  return {
    folder: config.folder,
    content: config.content,
    target: config.target,
    defaultLocale: config.defaultLocale,
    async status() {
      return statusJson((await planRun(runOptions(), outside)).plan);
    },
    async plan(given) {
      const options = runOptions(given);
      const result = await planRun(options, outside);
      const plan: ProjectPlan = { ...planJson(result.plan), calls: result.calls };
      made.set(plan, { saved: parseSavedPlan(planFileText(result, options), 'the plan'), options });
      return plan;
    },
    async apply(plan) {
      const known = made.get(plan);
      if (known === undefined) throw foreignPlan();
      const { saved, options } = known;
      const result = await applySavedPlan(saved, { ...options, confirm: async () => true }, outside);
      return {
        ...planJson(result.plan),
        outcomes: outcomesJson(result.outcomes ?? []),
        calls: result.calls,
        exitCode: exitCodeOfRun(result),
      };
    },
    async validate({ paths = [] } = {}) {
      return validationOf(await validateRun(config, outside, { paths }));
    },
    async translations({ paths = [], locales = [] } = {}) {
      const found = await translationsRun(config, outside, { paths, locales: localesIn(locales, config) });
      return translationsJson(found, found.changes);
    },
    async audit({ paths = [], staleDays = null, since = null } = {}) {
      return validationOf(
        await auditRun(config, outside, { paths, staleDays: staleDays ?? null, since: since ?? null }),
      );
    },
    read: (path) => entryAt(path, config, outside),
    list: () => entriesOf(config, outside),
  };
}

function validationOf({
  problems,
  articles,
  collections,
}: Pick<Validation, 'problems'> & Pick<Validation['summary'], 'articles' | 'collections'>): Validation {
  const errors = problems.filter((one) => one.severity === 'error').length;
  const summary = { articles, collections, errors, warnings: problems.length - errors };
  return { version: 1, summary, problems };
}

const foreignPlan = (): ShelfmarkError =>
  new ShelfmarkError('PLAN_UNREADABLE', {
    kind: 'usage',
    message: 'This plan was not made by this project, or is a copy. Nothing was changed.',
    hint: 'Give "apply" the very object that "plan" of the same project gave.',
  });
