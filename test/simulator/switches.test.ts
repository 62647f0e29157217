import { expect, test } from 'vitest';
import { SwitchesSchema } from '../../src/simulator/state/switches.ts';
import type { Switches } from '../../src/simulator/state/switches.ts';
import { begin, complaint, fields, rows, workspace } from './workspace.ts';
import type { Json, Reply, Workspace } from './workspace.ts';

interface Row {
  readonly turned: Partial<Switches>;
  /** What a client sees, with the switch as it is and turned. */
  readonly see: (space: Workspace) => unknown;
  readonly byDefault: unknown;
  readonly seen: unknown;
}

const post = (space: Workspace, input: Json = {}): Reply =>
  space.call('POST', '/articles', { title: 'Install', author_id: space.author, ...input });
const make = (space: Workspace, input: Json = {}): string =>
  `/articles/${String(post(space, input).json['id'])}`;
const collect = (space: Workspace, input: Json = {}): Reply =>
  space.call('POST', '/help_center/collections', { name: 'Start', ...input });
const bodyOf = (space: Workspace, body: string): unknown => post(space, { body }).json['body'] ?? null;
const p = (text: string): string => `<p class="no-margin">${text}</p>`;
const translated = (reply: Reply, locale: string): unknown =>
  fields(reply.json['translated_content'])[locale];

/** Each switch, once: turning it is seen in an answer. */
const table: Readonly<Record<keyof Switches, Row>> = {
  multilingual: {
    turned: { multilingual: false },
    see: (space) => 'default_locale' in post(space).json,
    byDefault: true,
    seen: false,
  },
  localeKeys: {
    turned: { localeKeys: 'enabled' },
    see: (space) => {
      space.operator.editHelpCenter(space.world.defaultHelpCenter.id, { locales: ['en', 'fr'] });
      return Object.keys(fields(post(space).json['translated_content'])).length;
    },
    byDefault: 38,
    seen: 3,
  },
  unknownLocale: {
    turned: { unknownLocale: 'refuse' },
    see: (space) => post(space, { translated_content: { xx: { title: 'a' } } }).status,
    byDefault: 200,
    seen: 400,
  },
  clash: {
    turned: { clash: 'locale' },
    see: (space) => post(space, { translated_content: { en: { title: 'Other' } } }).json['title'],
    byDefault: 'Install',
    seen: 'Other',
  },
  omittedLocaleFields: {
    turned: { omittedLocaleFields: 'empty' },
    see: (space) => {
      const path = make(space, { translated_content: { fr: { title: 'a', body: 'b' } } });
      const after = space.call('PUT', path, { translated_content: { fr: { title: 'c' } } });
      return fields(translated(after, 'fr'))['body'];
    },
    byDefault: p('b'),
    seen: '',
  },
  nullLocale: {
    turned: { nullLocale: 'ignore' },
    see: (space) => {
      const path = make(space, { translated_content: { fr: { title: 'a' } } });
      return translated(space.call('PUT', path, { translated_content: { fr: null } }), 'fr') === null;
    },
    byDefault: true,
    seen: false,
  },
  localeTouchesTop: {
    turned: { localeTouchesTop: true },
    see: (space) => {
      const path = make(space);
      space.wait(5);
      return space.call('PUT', path, { translated_content: { fr: { title: 'a' } } }).json['updated_at'];
    },
    byDefault: begin,
    seen: begin + 5,
  },
  idleUpdate: {
    turned: { idleUpdate: 'leave' },
    see: (space) => {
      const path = make(space);
      space.wait(5);
      return space.call('PUT', path, {}).json['updated_at'];
    },
    byDefault: begin + 5,
    seen: begin,
  },
  authorOnUpdate: {
    turned: { authorOnUpdate: 'tokenAdmin' },
    see: (space) => {
      const path = make(space, { author_id: space.author + 1 });
      return Number(space.call('PUT', path, { title: 'a' }).json['author_id']) - space.author;
    },
    byDefault: 1,
    seen: 0,
  },
  unknownAdmin: {
    turned: { unknownAdmin: 401 },
    see: (space) => post(space, { author_id: 5 }).status,
    byDefault: 400,
    seen: 401,
  },
  missingTitle: {
    turned: { missingTitle: 'parameter_invalid' },
    see: (space) => complaint(post(space, { title: undefined })).code,
    byDefault: 'parameter_not_found',
    seen: 'parameter_invalid',
  },
  blankTitle: {
    turned: { blankTitle: 'accept' },
    see: (space) => post(space, { title: ' ' }).status,
    byDefault: 400,
    seen: 200,
  },
  longestTitle: {
    turned: { longestTitle: 3 },
    see: (space) => post(space).status,
    byDefault: 200,
    seen: 400,
  },
  unknownParent: {
    turned: { unknownParent: 400 },
    see: (space) => post(space, { parent_id: 5 }).status,
    byDefault: 404,
    seen: 400,
  },
  badMove: {
    turned: { badMove: 422 },
    see: (space) => {
      const { id } = collect(space).json;
      return space.call('PUT', `/help_center/collections/${String(id)}`, { parent_id: id }).status;
    },
    byDefault: 400,
    seen: 422,
  },
  severalParents: {
    turned: { severalParents: 'sameHelpCenter' },
    see: (space) => {
      const second = space.operator.createHelpCenter({}).id;
      const one = space.operator.createCollection({ name: 'a' }).id;
      const other = space.operator.createCollection({ name: 'b', helpCenterId: second }).id;
      const { id } = space.operator.createArticle({ title: 'a', parentIds: [one, other] });
      return rows([space.call('PUT', `/articles/${id}`, { parent_id: one }).json]).map(
        (row) => row['parent_ids'],
      );
    },
    byDefault: [[4_120_001]],
    seen: [[4_120_001, 4_120_002]],
  },
  nullParent: {
    turned: { nullParent: 'ignore' },
    see: (space) => {
      const path = make(space, { parent_id: collect(space).json['id'] });
      return space.call('PUT', path, { parent_id: null }).json['parent_id'];
    },
    byDefault: null,
    seen: 4_120_001,
  },
  parentlessUrl: {
    turned: { parentlessUrl: 'null' },
    see: (space) => post(space, { state: 'published' }).json['url'] === null,
    byDefault: false,
    seen: true,
  },
  deleteCollection: {
    turned: { deleteCollection: 'refuse' },
    see: (space) => {
      const { id } = collect(space).json;
      collect(space, { parent_id: id });
      return space.call('DELETE', `/help_center/collections/${String(id)}`).status;
    },
    byDefault: 200,
    seen: 400,
  },
  nestedHelpCenterId: {
    turned: { nestedHelpCenterId: 'given' },
    see: (space) => collect(space, { parent_id: collect(space).json['id'] }).json['help_center_id'] === null,
    byDefault: true,
    seen: false,
  },
  collectionIcon: {
    turned: { collectionIcon: 'ignored' },
    see: (space) => collect(space, { icon: 'star' }).json['icon'],
    byDefault: 'star',
    seen: 'book-bookmark',
  },
  collectionOrder: {
    turned: { collectionOrder: 'created' },
    see: (space) => {
      collect(space, { name: 'First' });
      space.wait(1);
      collect(space, { name: 'Second' });
      return rows(space.call('GET', '/help_center/collections').json['data'])[0]?.['name'];
    },
    byDefault: 'Second',
    seen: 'First',
  },
  ties: {
    turned: { ties: 'idAscending' },
    see: (space) => {
      post(space, { title: 'First' });
      post(space, { title: 'Second' });
      return rows(space.call('GET', '/articles').json['data'])[0]?.['title'];
    },
    byDefault: 'Second',
    seen: 'First',
  },
  helpCenterFilter: {
    turned: { helpCenterFilter: 'applied' },
    see: (space) => {
      collect(space);
      return space.call('GET', '/help_center/collections?help_center_id=5').json['total_count'];
    },
    byDefault: 1,
    seen: 0,
  },
  largePage: {
    turned: { largePage: 'refuse' },
    see: (space) => space.call('GET', '/articles?per_page=251').status,
    byDefault: 200,
    seen: 400,
  },
  negativePage: {
    turned: { negativePage: 'refuse' },
    see: (space) => space.call('GET', '/articles?page=-1').status,
    byDefault: 200,
    seen: 400,
  },
  nextHost: {
    turned: { nextHost: 'intercom' },
    see: (space) => {
      post(space);
      post(space);
      return fields(space.call('GET', '/articles?per_page=1').json['pages'])['next'];
    },
    byDefault: 'http://simulator.test/articles?per_page=1&page=2',
    seen: 'https://api.intercom.io/articles?per_page=1&page=2',
  },
  listLag: {
    turned: { listLag: 5 },
    see: (space) => {
      collect(space);
      return space.call('GET', '/help_center/collections').json['total_count'];
    },
    byDefault: 1,
    seen: 0,
  },
  searchLag: {
    turned: { searchLag: 5 },
    see: (space) => {
      post(space);
      return space.call('GET', '/articles/search?phrase=install').json['total_count'];
    },
    byDefault: 1,
    seen: 0,
  },
  webDraftPending: {
    turned: { webDraftPending: true },
    see: (space) => space.call('PUT', make(space, { state: 'published' }), { title: 'Other' }).json['title'],
    byDefault: 'Other',
    seen: 'Install',
  },
  headingIds: {
    turned: { headingIds: 'renew' },
    see: (space) => String(bodyOf(space, '<h1 id="h_1a2b3c4d5e">a</h1>')).includes('h_1a2b3c4d5e'),
    byDefault: true,
    seen: false,
  },
  nestedLists: {
    turned: { nestedLists: 'refuse' },
    see: (space) => post(space, { body: '<ul><li>a<ul><li>b</li></ul></li></ul>' }).status,
    byDefault: 200,
    seen: 400,
  },
  otherInline: {
    turned: { otherInline: 'keep' },
    see: (space) => bodyOf(space, '<s>a</s>'),
    byDefault: p('a'),
    seen: p('<s>a</s>'),
  },
  blockquote: {
    turned: { blockquote: 'keep' },
    see: (space) => bodyOf(space, '<blockquote>a</blockquote>'),
    byDefault: p('a'),
    seen: `<blockquote>${p('a')}</blockquote>`,
  },
  codeBreaks: {
    turned: { codeBreaks: 'br' },
    see: (space) => bodyOf(space, '<pre>a\nb</pre>'),
    byDefault: '<pre><code>a\nb</code></pre>',
    seen: '<pre><code>a<br>b</code></pre>',
  },
  collapsibleSections: {
    turned: { collapsibleSections: 'unwrap' },
    see: (space) => String(bodyOf(space, '<details><summary>a</summary>b</details>')).includes('<details>'),
    byDefault: true,
    seen: false,
  },
  dataImages: {
    turned: { dataImages: 'drop' },
    see: (space) => post(space, { body: '<img src="data:image/png;base64,AA">' }).status,
    byDefault: 400,
    seen: 200,
  },
  brokenImages: {
    turned: { brokenImages: 'accept' },
    see: (space) => {
      const input = { title: 'a', author_id: space.author, body: '<img src="https://x.test/a.png">' };
      return space.call('POST', '/articles', input, { images: new Map([['https://x.test/a.png', null]]) })
        .status;
    },
    byDefault: 400,
    seen: 200,
  },
  imageAddresses: {
    turned: { imageAddresses: 'own' },
    see: (space) =>
      /src="(https?:\/\/[^/]+)/.exec(String(bodyOf(space, '<img src="https://x.test/a.png">')))?.[1],
    byDefault: 'https://downloads.intercomcdn.com',
    seen: 'http://simulator.test',
  },
  signingPeriod: {
    turned: { signingPeriod: 'quarter' },
    see: (space) => {
      const path = make(space, { body: '<img src="https://x.test/a.png">' });
      const before = space.call('GET', path).json['body'];
      space.wait(1800);
      return space.call('GET', path).json['body'] === before;
    },
    byDefault: true,
    seen: false,
  },
  emptyBody: {
    turned: { emptyBody: 'null' },
    see: (space) => bodyOf(space, ''),
    byDefault: '',
    seen: null,
  },
  retryAfter: {
    turned: { retryAfter: true },
    see: (space) => {
      space.operator.setLimits({ perWindow: 1 });
      space.call('GET', '/me');
      return space.call('GET', '/me').headers['Retry-After'] ?? null;
    },
    byDefault: null,
    seen: '16',
  },
  readOnlyCode: {
    turned: { readOnlyCode: 'action_forbidden' },
    see: (space) => {
      const { token } = space.operator.addApp({ scope: 'read' });
      return complaint(space.call('DELETE', '/articles/5', undefined, { token })).code;
    },
    byDefault: 'forbidden',
    seen: 'action_forbidden',
  },
  strictAccept: {
    turned: { strictAccept: true },
    see: (space) => space.call('GET', '/me').status,
    byDefault: 200,
    seen: 406,
  },
  unstableVersion: {
    turned: { unstableVersion: true },
    see: (space) => space.call('GET', '/me', undefined, { version: 'Unstable' }).status,
    byDefault: 400,
    seen: 200,
  },
};

test.each(Object.entries(table))('turning %s is seen', (_, { turned, see, byDefault, seen }) => {
  expect(see(workspace())).toEqual(byDefault);
  expect(see(workspace(turned))).toEqual(seen);
});

test('no switch is left out', () => {
  expect(Object.keys(table).sort()).toEqual(Object.keys(SwitchesSchema.shape).sort());
});
