import { nodeOutside } from '../app/adapters/node-outside.ts';
import { runAction } from './run-action.ts';

const outside = nodeOutside();
process.exitCode = await runAction(outside, (text) => process.stdout.write(text));
outside.release();
