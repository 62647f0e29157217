/** Where things lie on the disks of a scenario. */
export const project = '/project';
export const contentFolder = `${project}/content`;
export const stateFolder = `${project}/.shelfmark`;

const suffixOf = (target: string | null): string => (target === null ? '' : `.${target}`);
export const lockFileOf = (target: string | null): string => `${project}/sync.lock${suffixOf(target)}.json`;
export const journalOf = (target: string | null): string => `${stateFolder}/journal${suffixOf(target)}.jsonl`;
export const blocksOf = (target: string | null): string => `${stateFolder}/blocks${suffixOf(target)}.jsonl`;

export const lockFile = lockFileOf(null);
export const isLock = (path: string): boolean => path.startsWith(`${project}/sync.lock`);
