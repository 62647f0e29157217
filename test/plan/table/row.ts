import type { Scene } from '../../helpers/settle.ts';
import { article, collection, type SideSpec, type WorldSpec } from '../../helpers/worlds.ts';
import type { Run } from '../../helpers/inner-world.ts';

/** The world of one row of docs/decision-table.md; what each command does there is read from that page. */
export interface Row extends WorldSpec {
  /** The entry that the row is about. */
  readonly subject: string;
  /** What a teammate has done that no list shows, or the like. */
  readonly prepare?: (scene: Scene) => void;
  /** What else must be true after a sync. */
  readonly check?: (scene: Scene, run: Run) => void | Promise<void>;
  /** What becomes of the operations of a sync, where they are not all carried out. */
  readonly outcomes?: readonly string[];
}

export type Rows = Readonly<Record<string, Row>>;

/** An article in a collection: what most rows begin with. */
export const guides = collection();
export const more = collection();
export const install = article({ in: 'guides' });
export const usual: SideSpec = { guides, more, install, plain: article({ in: 'guides' }) };
export const without = (label: string, side: SideSpec = usual): SideSpec =>
  Object.fromEntries(Object.entries(side).filter(([name]) => name !== label));
export const withInstall = (spec: Parameters<typeof article>[0]): SideSpec => ({
  ...usual,
  install: article({ in: 'guides', ...spec }),
});

/** The three paragraphs of the article with some replaced. */
export const text = (first?: string, second?: string, third?: string): string =>
  [first ?? 'First of install.', second ?? 'Second of install.', third ?? 'Third of install.'].join('\n');

/** The codes of what is told beside the plan, in order. */
export const toldIn = ({ plan }: Run): readonly string[] => plan.problems.map((one) => one.code);
