import type { TransportAnswer } from '../../../src/intercom/http/transport.ts';

/** Entries in Intercom's JSON; each test says only what matters to it. */
type Json = Record<string, unknown>;

export const me = (more: Json = {}): Json => ({
  type: 'admin',
  id: '9001',
  name: 'Ada',
  email: 'ada@example.com',
  app: { type: 'app', id_code: 'ws1', name: 'Workspace', region: 'US' },
  ...more,
});

export const helpCenter = (more: Json = {}): Json => ({
  id: '71',
  workspace_id: 'ws1',
  created_at: 1,
  updated_at: 1,
  identifier: 'acme',
  website_turned_on: true,
  display_name: 'Acme Help',
  url: 'https://help.acme.test/',
  custom_domain: 'help.acme.test',
  ...more,
});

export const article = (more: Json = {}): Json => ({
  id: '100',
  type: 'article',
  workspace_id: 'ws1',
  parent_id: null,
  parent_type: null,
  parent_ids: [],
  title: 'Install',
  description: '',
  body: '<p class="no-margin">Hello</p>',
  author_id: 9001,
  state: 'draft',
  created_at: 1_700_000_000,
  updated_at: 1_700_000_000,
  url: null,
  ...more,
});

export const collection = (more: Json = {}): Json => ({
  id: '200',
  workspace_id: 'ws1',
  name: 'Guides',
  url: null,
  order: 1,
  created_at: 1_700_000_000,
  updated_at: 1_700_000_000,
  description: '',
  icon: 'bookmark',
  parent_id: null,
  help_center_id: 71,
  ...more,
});

export const listOf = (data: readonly unknown[], more: Json = {}): Json => ({
  type: 'list',
  data,
  total_count: data.length,
  pages: { type: 'pages', page: 1, per_page: 250, total_pages: data.length === 0 ? 0 : 1 },
  ...more,
});

export function answerOf(
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): TransportAnswer {
  const body = new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
  return { status, headers, body };
}
