import type { Plugin } from 'esbuild';

export const pageScriptPlugin: Plugin;
export const pageScriptForTests: {
  readonly name: string;
  readonly enforce: 'pre';
  resolveId(id: string): string | undefined;
  load(id: string): Promise<string | undefined>;
};
