/** Prints how much of Intercom's limit is used, see `measurePace`: npm run bench -- pace [milliseconds a call] */
import { argv } from 'node:process';
import { measurePace } from './measure-pace.ts';

const figures = await measurePace({ latency: Number(argv[2] ?? 25) });
console.log(JSON.stringify(figures, null, 2));
