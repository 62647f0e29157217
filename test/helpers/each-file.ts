/* What holds in every test file. Modules are shared by the files that one worker runs; this one is run for each of them. */
import fc from 'fast-check';
import { refuseTold } from './no-token.ts';

refuseTold();

// Where the tests run is nobody's terminal, but a runner in CI asks for colours, and the programs that tests start would
// inherit the wish: what they print is compared as a pipe gets it.
delete process.env['FORCE_COLOR'];
delete process.env['NO_COLOR'];

// The gate must say the same of the same code, so properties are tried from one seed there. To hunt for what it does
// not meet: PROPERTY_SEED=random, or any number.
const said = process.env['PROPERTY_SEED'] ?? '1';
if (said !== 'random') fc.configureGlobal({ seed: Number(said) });
