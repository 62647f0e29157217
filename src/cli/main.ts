#!/usr/bin/env node
import manifest from '../../package.json' with { type: 'json' };

const args = process.argv.slice(2);
// Asked again and again, by scripts and editors: nothing else is loaded for it.
if (args.length === 1 && args[0] === '--version') process.stdout.write(`${manifest.version}\n`);
else {
  const { start } = await import('./start.ts');
  await start();
}
