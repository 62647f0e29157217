import { trusted } from './safe-html.ts';
import type { Safe } from './safe-html.ts';

const shapes: readonly (readonly [name: RegExp, path: string])[] = [
  [
    /folder/,
    'M3 6.5A1.5 1.5 0 0 1 4.5 5H9l2 2.5h8.5A1.5 1.5 0 0 1 21 9v8.5a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5z',
  ],
  [/^bookmark/, 'M6.5 3.5h11V20.5L12 16.5 6.5 20.5z'],
  [/star|heart|favou?rite/, 'M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1.1 5.9L12 16.9 6.7 19.7l1.1-5.9L3.5 9.7l5.9-.8z'],
  [/rocket|lightning|bolt|flash/, 'M13 2.5 5 13.5h5.5L10 21.5l8.5-11.5H13z'],
  [/chat|message|bubble|comment/, 'M4 4.5h16v11.5h-9L6.5 20v-4H4z'],
  [
    /gear|cog|setting|tool|wrench/,
    'M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M18.4 5.6l-2.1 2.1M7.7 16.3l-2.1 2.1',
  ],
];

const book = 'M4 5.5c3-1.3 5.7-1 8 .8 2.3-1.8 5-2.1 8-.8v13c-3-1.3-5.7-1-8 .8-2.3-1.8-5-2.1-8-.8zM12 6.3v13';

/** A drawing in the spirit of the icon's name; a book for all that is not known. */
export function iconOf(name: string): Safe {
  const path = shapes.find(([known]) => known.test(name))?.[1] ?? book;
  return trusted(
    `<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linejoin="round" stroke-linecap="round" aria-hidden="true"><path d="${path}"/></svg>`,
  );
}

const signs: Readonly<Record<string, string>> = {
  grey: 'M5 4h14v16H5zM8.5 9h7M8.5 12.5h7M8.5 16h4',
  blue: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.4v.2',
  green: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM8 12.3l2.8 2.8L16 9.5',
  yellow: 'M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.2',
  red: 'M8.4 3.5h7.2l4.9 4.9v7.2l-4.9 4.9H8.4l-4.9-4.9V8.4zM9 9l6 6M15 9l-6 6',
};

/** What tells a callout from one of another colour where nobody sees colours. */
export function signOf(color: string): Safe {
  return trusted(
    `<svg class="sign" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round" stroke-linecap="round" aria-hidden="true"><path d="${signs[color] ?? signs['grey'] ?? ''}"/></svg>`,
  );
}
