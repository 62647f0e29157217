// Makes types/ from the sources: the types of the package, each door's in one file that needs nothing else, with all its
// comments. They are in git, so that a change of what scripts build on shows in review. Checks all types on the way.
//
//   node scripts/types.mjs [--check]    with --check it says whether what is there is still that
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { loadSources } from './load-sources.mjs';

const isCheck = process.argv.includes('--check');
// Not below node_modules: what is there counts as another package.
const folder = await mkdtemp(join(tmpdir(), 'shelfmark-types-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const checked = spawnSync(
  process.execPath,
  [
    'node_modules/typescript/bin/tsc',
    '-p',
    '.',
    '--noEmit',
    'false',
    '--declaration',
    '--emitDeclarationOnly',
    '--outDir',
    folder,
  ],
  { stdio: 'inherit' },
);
if (checked.status !== 0) process.exit(1);
await copyFile('package.json', join(folder, 'package.json'));
await writeFile(join(folder, 'src/simulator/state/switches.d.ts'), await switchTypes());

let isCurrent = true;
await mkdir('types', { recursive: true });
for (const name of ['index', 'simulator']) {
  const text = await rollUp(`src/library/${name}.d.ts`);
  const path = `types/${name}.d.ts`;
  if (!isCheck) await writeFile(path, text);
  else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
    process.stderr.write(
      `${path} is not what the sources say. Run "node scripts/types.mjs", and look at the change.\n`,
    );
    isCurrent = false;
  }
}
process.exitCode = isCurrent ? 0 : 1;

/** All that a file of types exports, and what that is made of, as one file. */
async function rollUp(entry) {
  const target = join(folder, 'rolled-up.d.ts');
  const silent = { default: { logLevel: 'none' } };
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: join(folder, entry),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2023',
            lib: ['es2023', 'esnext.disposable'],
            module: 'nodenext',
            moduleResolution: 'nodenext',
            types: ['node'],
            typeRoots: [resolve('node_modules/@types')],
            strict: true,
            skipLibCheck: true,
            allowImportingTsExtensions: true,
          },
          files: [join(folder, entry)],
        },
      },
      apiReport: { enabled: false },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      dtsRollup: { enabled: true, untrimmedFilePath: target },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'warning' } },
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
      },
    },
    packageJsonFullPath: join(folder, 'package.json'),
  });
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback(message) {
      message.handled =
        message.logLevel === ExtractorLogLevel.None || message.logLevel === ExtractorLogLevel.Info;
    },
  });
  if (!succeeded) throw new Error(`The types of ${entry} cannot be put into one file.`);
  const path = resolve('types/index.d.ts');
  return format(await readFile(target, 'utf8'), { ...(await resolveConfig(path)), filepath: path });
}

/** The switches of the simulator without the library that reads them, each with what it is about. */
async function switchTypes() {
  const { toJSONSchema, SwitchesSchema } = await loadSources(`
    export { toJSONSchema } from 'zod';
    export { SwitchesSchema } from './src/simulator/state/switches.ts';`);
  const { properties } = toJSONSchema(SwitchesSchema);
  const lines = Object.entries(properties).map(([name, one]) => {
    const { description, default: usual } = one;
    return `/** ${description}; by default ${JSON.stringify(usual)} */\nreadonly ${name}: ${typeOf(one)};`;
  });
  return `/** What nobody could find out about Intercom: one switch for each open question. */\nexport interface Switches {\n${lines.join('\n')}\n}\n`;
}

function typeOf({ type, enum: values, const: value }) {
  if (values !== undefined) return values.map((one) => JSON.stringify(one)).join(' | ');
  if (value !== undefined) return JSON.stringify(value);
  return type === 'integer' ? 'number' : type;
}
