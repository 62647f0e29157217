/** Where things lie on the disks of a scenario. */
export const project = '/project';
export const contentFolder = `${project}/content`;
export const stateFolder = `${project}/.shelfmark`;
export const lockFile = `${project}/sync.lock.json`;
