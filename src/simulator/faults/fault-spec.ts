import { ShelfmarkError } from '../../model/error.ts';

export type FaultKind =
  | 'status'
  | 'html'
  | 'delay'
  | 'drop'
  | 'truncate'
  | 'nonjson'
  | 'empty'
  | 'redirect'
  | 'huge'
  | 'slow'
  | 'late'
  | 'edit';

/** One `--fault`, understood. A missing condition is always met. */
export interface Fault {
  readonly spec: string;
  readonly kind: FaultKind;
  readonly value: string;
  readonly chance: number | null;
  readonly nth: number | null;
  readonly every: number | null;
  readonly times: number;
  readonly methods: readonly string[] | null;
  /** Part of the path with its query. */
  readonly path: string | null;
  readonly applied: boolean;
}

/** What may follow each kind, its value when nothing does, and whether the call takes effect by default. */
const kinds: Readonly<Record<FaultKind, { value: RegExp; byDefault: string; applied: boolean }>> = {
  status: { value: /^[45]\d\d$/, byDefault: '500', applied: false },
  html: { value: /^[2-5]\d\d$/, byDefault: '502', applied: false },
  delay: { value: /^\d{1,7}$/, byDefault: '1000', applied: true },
  drop: { value: /^(?:before|after)$/, byDefault: 'before', applied: false },
  truncate: { value: /^$/, byDefault: '', applied: true },
  nonjson: { value: /^$/, byDefault: '', applied: true },
  empty: { value: /^$/, byDefault: '', applied: true },
  redirect: { value: /^\S+$/, byDefault: 'https://example.com/', applied: false },
  huge: { value: /^\d{1,10}$/, byDefault: '1000000000', applied: true },
  slow: { value: /^[1-9]\d{0,8}$/, byDefault: '100', applied: true },
  late: { value: /^\d{1,7}$/, byDefault: '5000', applied: true },
  edit: { value: /^$/, byDefault: '', applied: true },
};

const writes = ['POST', 'PUT', 'DELETE'];

/**
 * Reads `KIND[=VALUE][,CONDITION=VALUE]…`, such as `status=503,chance=20%,method=GET` or `drop=after,nth=3`.
 * Throws a ShelfmarkError of the kind `usage` for anything else.
 */
export function readFault(spec: string): Fault {
  const [first = '', ...conditions] = spec.split(',').map((one) => one.trim());
  const [name = '', value] = parts(first);
  const kind = name.toLowerCase();
  if (!isKind(kind)) throw wrong(spec, `"${name}" is no kind of fault`);
  const rules = kinds[kind];
  const given = value ?? rules.byDefault;
  if (!rules.value.test(given)) throw wrong(spec, `"${given}" does not fit ${kind}`);
  let fault: Fault = {
    spec,
    kind,
    value: given,
    chance: null,
    nth: null,
    every: null,
    times: Number.POSITIVE_INFINITY,
    methods: null,
    path: null,
    applied: kind === 'drop' ? given === 'after' : rules.applied,
  };
  for (const condition of conditions) fault = { ...fault, ...readCondition(spec, condition) };
  return fault;
}

function readCondition(spec: string, condition: string): Partial<Fault> {
  const [name = '', value = ''] = parts(condition);
  switch (name.toLowerCase()) {
    case 'chance':
      return { chance: share(spec, value) };
    case 'nth':
      return { nth: count(spec, value) };
    case 'every':
      return { every: count(spec, value) };
    case 'times':
      return { times: count(spec, value) };
    case 'method':
      return { methods: value.toLowerCase() === 'write' ? writes : value.toUpperCase().split('|') };
    case 'path':
      return { path: value };
    case 'applied':
      if (value === 'yes' || value === 'no') return { applied: value === 'yes' };
      throw wrong(spec, `applied is "yes" or "no", not "${value}"`);
    default:
      throw wrong(spec, `"${name}" is no condition`);
  }
}

function parts(text: string): string[] {
  const at = text.indexOf('=');
  return at === -1 ? [text] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

function share(spec: string, value: string): number {
  const number = value.endsWith('%') ? Number(value.slice(0, -1)) / 100 : Number(value);
  if (value !== '' && value !== '%' && number >= 0 && number <= 1) return number;
  throw wrong(spec, `"${value}" is no chance from 0 to 1 or 0% to 100%`);
}

function count(spec: string, value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw wrong(spec, `"${value}" is no number from 1 on`);
}

function isKind(name: string): name is FaultKind {
  return Object.hasOwn(kinds, name);
}

function wrong(spec: string, why: string): ShelfmarkError {
  return new ShelfmarkError('FAULT_UNKNOWN', {
    kind: 'usage',
    message: `The fault "${spec}" is not understood: ${why}. Nothing was started or changed.`,
    hint: `Write KIND[=VALUE][,CONDITION=VALUE]…, such as "status=503,chance=20%" or "drop=after,nth=3,method=write". Kinds: ${Object.keys(kinds).join(', ')}. Conditions: chance, nth, every, times, method, path, applied.`,
  });
}
