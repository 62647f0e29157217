import { spawn } from 'node:child_process';

/** Shows a page of this machine in the browser of whoever sits here; false where nothing can. */
export function openPage(address: string): Promise<boolean> {
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) return Promise.resolve(false);
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  return new Promise((done) => {
    const child = spawn(command ?? '', [...args, url.href], { stdio: 'ignore', detached: true });
    child.once('error', () => done(false));
    child.once('spawn', () => done(true));
    child.unref();
  });
}

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  // Not through a shell: it would take an address apart.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
