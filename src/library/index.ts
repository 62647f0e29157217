/** The door for scripts: `import { openProject } from 'shelfmark'`. Importing it starts nothing and reads nothing. */
import type { OpenOptions, Project } from './project.ts';

/**
 * Opens a project. Reads its config and nothing else; both sides are read by the methods.
 *
 * Throws `ShelfmarkError`: `CONFIG_MISSING`, `CONFIG_INVALID`, `TARGET_UNKNOWN`.
 */
export async function openProject(options: OpenOptions = {}): Promise<Project> {
  // Loaded with the first project: whoever converts texts only need not wait for it.
  const door = await import('./open-project.ts');
  return door.openProject(options);
}

export { convert } from './convert.ts';
export type { ProjectEvent, ProjectListener } from './events.ts';
export type {
  ArticleEntry,
  ArticleText,
  AuditOptions,
  Calls,
  ChosenPaths,
  CollectionEntry,
  ConversionFinding,
  Converter,
  OpenOptions,
  PlanOptions,
  Project,
  ProjectPlan,
  RunReport,
  TranslationsOptions,
  Validation,
} from './project.ts';
export { ShelfmarkError, type ErrorKind } from '../model/error.ts';
export type { Direction, Summary, Refusal, Standing } from '../model/plan.ts';
export type { Fix, Place, Problem } from '../model/problem.ts';
export type { JsonOperation, JsonPlan } from '../report/plan-json.ts';
export type { JsonOutcome } from '../report/run-text.ts';
export type { JsonStatus } from '../report/status-text.ts';
export type { JsonTranslations } from '../report/state/translations-json.ts';
export { startSimulator } from './simulator.ts';
