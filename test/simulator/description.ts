import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

type Node = Record<string, unknown>;

/** A place where Intercom's own description of the API is known to be wrong, and how it should read. */
export interface KnownError {
  readonly says: string;
  readonly truth: string;
  readonly mend: (schemas: Node) => void;
}

/** All of them; each one is needed, which a test holds. */
export const knownErrors: readonly KnownError[] = [
  {
    says: 'every article has default_locale, translated_content and statistics',
    truth: 'lists have no statistics, and help centers of one language neither of the others',
    mend: (schemas) =>
      optional(schemas, 'article_list_item', 'default_locale', 'translated_content', 'statistics'),
  },
  {
    says: 'the statistics have a count named conversions',
    truth: 'it is named conversations',
    mend: (schemas) => optional(schemas, 'article_statistics', 'conversions'),
  },
  {
    says: 'every collection has a default_locale',
    truth: 'only those of multilingual help centers',
    mend: (schemas) => optional(schemas, 'collection', 'default_locale'),
  },
  {
    says: 'the next page is an object with starting_after',
    truth: 'it is an address, or absent',
    mend: (schemas) => {
      inside(schemas, 'cursor_pages', 'properties')['next'] = { type: 'string', format: 'uri' };
    },
  },
  {
    says: 'the data of a search is an object',
    truth: 'it is an empty array when nothing is found',
    mend: (schemas) => {
      const properties = inside(schemas, 'search_articles_response', 'properties');
      properties['data'] = { anyOf: [properties['data'], { type: 'array', maxItems: 0 }] };
    },
  },
  {
    says: 'the id of a request is a UUID',
    truth: 'it is some twenty letters and digits',
    mend: (schemas) => {
      delete inside(schemas, 'error', 'properties', 'request_id')['format'];
    },
  },
  {
    says: 'every admin has a job_title',
    truth: 'none does, not even in the description’s own example',
    mend: (schemas) => optional(schemas, 'admin', 'job_title'),
  },
  {
    says: 'the admin of the token has job_title, away_mode_enabled, away_mode_reassign and team_ids',
    truth: 'none of them is answered, not even in the description’s own example',
    mend: (schemas) =>
      optional(schemas, 'admin_with_app', 'job_title', 'away_mode_enabled', 'away_mode_reassign', 'team_ids'),
  },
  {
    says: 'each locale of an article has content',
    truth: 'locales without content are null',
    mend: (schemas) => nullableLocales(schemas, 'article_translated_content'),
  },
  {
    says: 'each locale of a collection has content',
    truth: 'locales without content are null',
    mend: (schemas) => nullableLocales(schemas, 'group_translated_content'),
  },
  {
    says: 'one language of an article has an address',
    truth: 'it is null while nobody can read it',
    mend: (schemas) => {
      inside(schemas, 'article_content', 'properties', 'url')['nullable'] = true;
    },
  },
  {
    says: 'one language of an article is sent whole, with its type',
    truth: 'only what is to change is sent',
    mend: (schemas) => {
      const part = { ...inside(schemas, 'article_content') };
      delete part['required'];
      const type = inside(schemas, 'article_translated_content', 'properties', 'type');
      const properties = { type };
      const additionalProperties = { anyOf: [part, { type: 'null' }] };
      const locales = { type: 'object', properties, additionalProperties };
      for (const name of ['create_article_request', 'update_article_request_body']) {
        inside(schemas, name, 'properties')['translated_content'] = locales;
      }
    },
  },
  {
    says: 'one language of a collection is sent whole, with its type',
    truth: 'only what is to change is sent',
    mend: (schemas) => {
      const part = { ...inside(schemas, 'group_content') };
      delete part['required'];
      const type = inside(schemas, 'group_translated_content', 'properties', 'type');
      const properties = { type };
      const additionalProperties = { anyOf: [part, { type: 'null' }] };
      const locales = { type: 'object', properties, additionalProperties };
      for (const name of ['create_collection_request', 'update_collection_request']) {
        inside(schemas, name, 'properties')['translated_content'] = locales;
      }
    },
  },
  {
    says: 'a new article names its parent by a number, a new collection by a string, an update by a string',
    truth: 'numbers and digits in a string are both taken, and null takes an article out',
    mend: (schemas) => {
      const anyId = {
        anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^[0-9]+$' }, { type: 'null' }],
      };
      for (const name of [
        'create_article_request',
        'update_article_request_body',
        'create_collection_request',
        'update_collection_request',
      ]) {
        inside(schemas, name, 'properties')['parent_id'] = anyId;
      }
    },
  },
  {
    says: 'title and author_id of a new article, and the name of a new collection, stand at the top',
    truth: 'they may stand in the default locale’s object',
    mend: (schemas) => {
      optional(schemas, 'create_article_request', 'title', 'author_id');
      optional(schemas, 'create_collection_request', 'name');
    },
  },
];

/** The description, ready to judge calls and answers; `unmended` leaves one known error as it is. */
export class Description {
  readonly #ajv: Ajv;
  readonly #paths: Node;
  readonly #schemas: Node;
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(unmended: KnownError | null = null) {
    const file = new URL('../fixtures/openapi/intercom-2.11.yaml', import.meta.url);
    const document = nodeOf(parse(readFileSync(file, 'utf8')));
    const schemas = inside(document, 'components', 'schemas');
    for (const one of knownErrors) if (one !== unmended) one.mend(schemas);
    nullableReferences(document);
    this.#paths = inside(document, 'paths');
    this.#schemas = schemas;
    this.#ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(document, 'intercom');
  }

  /** What is wrong with the body of a request; nothing when it is fine. */
  faultsOfRequest(method: string, target: string, body: unknown): string[] {
    const found = this.#operation(method, target);
    if (found === null) return [`${method} ${target} is not described`];
    const pointer = [...found, 'requestBody', 'content', 'application/json', 'schema'];
    if (nodeAt({ paths: this.#paths }, pointer) === null)
      return body === undefined ? [] : ['no body is described'];
    return this.#judge(pointer, body ?? {});
  }

  /** Parameters of the address that are not described. */
  faultsOfQuery(method: string, target: string): string[] {
    const found = this.#operation(method, target);
    if (found === null) return [`${method} ${target} is not described`];
    const described: unknown = nodeAt({ paths: this.#paths }, found)?.['parameters'];
    const known = (Array.isArray(described) ? described : []).map((one) => String(nodeOf(one)['name']));
    const sent = new URL(target, 'http://x.test').searchParams.keys();
    return [...sent].filter((name) => !known.includes(name)).map((name) => `${name} is not described`);
  }

  /** Properties of a request that are not described, which a schema by itself lets pass; `icon` is known to be read. */
  strangersInRequest(method: string, target: string, body: unknown): string[] {
    const found = this.#operation(method, target);
    if (found === null) return [`${method} ${target} is not described`];
    const pointer = [...found, 'requestBody', 'content', 'application/json', 'schema'];
    const schema = nodeAt({ paths: this.#paths }, pointer);
    const name = /"#\/components\/schemas\/(\w+)"/.exec(JSON.stringify(schema))?.[1];
    const known = name === undefined ? [] : Object.keys(inside(this.#schemas, name, 'properties'));
    return Object.keys(nodeOf(body ?? {}))
      .filter((one) => !known.includes(one) && !(one === 'icon' && target.includes('collections')))
      .map((one) => `${one} is not described`);
  }

  /** What is wrong with the body of an answer. */
  faultsOfAnswer(method: string, target: string, status: number, body: unknown): string[] {
    const found = this.#operation(method, target);
    if (found === null) return [`${method} ${target} is not described`];
    const pointer = [...found, 'responses', String(status), 'content', 'application/json', 'schema'];
    // Not every refusal is described for every call; all have the same shape.
    if (nodeAt({ paths: this.#paths }, pointer) !== null) return this.#judge(pointer, body);
    if (status >= 400) return this.#judge(['components', 'schemas', 'error'], body);
    return [`${method} ${target} is not described to answer ${status}`];
  }

  #judge(pointer: readonly string[], value: unknown): string[] {
    const reference = pointer.map((one) =>
      encodeURIComponent(one.replaceAll('~', '~0').replaceAll('/', '~1')),
    );
    const name = `intercom#/${reference.join('/')}`;
    const validate = this.#compiled.get(name) ?? this.#ajv.getSchema(name);
    if (validate === undefined) return [`no schema at ${pointer.join(' ')}`];
    this.#compiled.set(name, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message ?? ''}`);
  }

  /** Where the operation stands; of two paths that fit, the one without a placeholder. */
  #operation(method: string, target: string): string[] | null {
    const path = target.replace(/\?.*$/, '');
    const fits = Object.keys(this.#paths).filter((one) =>
      new RegExp(`^${one.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path),
    );
    const name = fits.find((one) => !one.includes('{')) ?? fits[0];
    if (name === undefined || nodeAt(this.#paths, [name, method.toLowerCase()]) === null) return null;
    return ['paths', name, method.toLowerCase()];
  }
}

function optional(schemas: Node, name: string, ...properties: readonly string[]): void {
  const schema = inside(schemas, name);
  const required: unknown = schema['required'];
  schema['required'] = Array.isArray(required)
    ? required.filter((one) => !properties.includes(String(one)))
    : [];
}

function nullableLocales(schemas: Node, name: string): void {
  const properties = inside(schemas, name, 'properties');
  for (const [locale, schema] of Object.entries(properties)) {
    if (locale !== 'type') properties[locale] = { anyOf: [schema, { type: 'null' }] };
  }
}

/** `nullable` beside a reference, or beside an enumeration, is meant but has no effect in JSON Schema. */
function nullableReferences(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, child] of Object.entries(node)) {
    nullableReferences(child);
    if (typeof child !== 'object' || child === null || !('$ref' in child)) continue;
    const types = 'nullable' in child ? [{ $ref: child.$ref }, { type: 'null' }] : [{ $ref: child.$ref }];
    Object.assign(node, { [key]: { anyOf: types } });
  }
}

function inside(node: Node, ...names: readonly string[]): Node {
  const found = nodeAt(node, names);
  if (found === null) throw new TypeError(`The description has no ${names.join(' ')}`);
  return found;
}

function nodeAt(node: Node, names: readonly string[]): Node | null {
  let at: unknown = node;
  for (const name of names) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return null;
    at = (at as Node)[name];
  }
  return typeof at === 'object' && at !== null ? (at as Node) : null;
}

function nodeOf(value: unknown): Node {
  if (typeof value !== 'object' || value === null) throw new TypeError('Not a description');
  return value as Node;
}
