/** Finds an address without angle brackets, as GitHub links it. */
export function webAddressAt(content: string, at: number): { end: number; protocol: string } | null {
  const before = content[at - 1] ?? ' ';
  webStart.lastIndex = at;
  const found = webStart.exec(content)?.[0];
  if (found === undefined) return null;
  const www = found.toLowerCase() === 'www.';
  if (www ? !/[\s*_~([\]]/u.test(before) : /[a-z]/iu.test(before)) return null;
  // The host is checked first, and no further than a host may reach, so that all of a text is not read for nothing.
  webHost.lastIndex = www ? at : at + found.length;
  const name = webHost.exec(content)?.[0] ?? '';
  if (!/^[\p{L}\p{N}]/u.test(name) || name.length >= 260) return null;
  webRest.lastIndex = at;
  // A closing bracket before an opening one ends it, as if it were in a link.
  const kept = withoutTail(webRest.exec(content)?.[0] ?? '');
  const shown = name.slice(0, Math.max(0, kept.length - (www ? 0 : found.length)));
  if (shown === '' || shown.lastIndexOf('_') > shown.lastIndexOf('.', shown.lastIndexOf('.') - 1))
    return null;
  if (www && shown.length <= 4) return null;
  return { end: at + kept.length, protocol: www ? 'http://' : '' };
}

const webStart = /(?:https?:\/\/|www\.)/iuy;

const webHost = /[^\s<\u0000-\u0020!-,/:;=?@[\]^`{|}]{0,260}/uy;

const webRest = /(?:[^\s<\u0000-\u0020\]]|\](?![([]))*/uy;

/** Finds the mail address around an `@`. */
export function mailAt(content: string, at: number): { start: number; end: number } | null {
  let start = at;
  while (start > 0 && /[\w.+-]/.test(content[start - 1] ?? ' ')) start -= 1;
  if (start === at || content[start - 1] === '/') return null;
  const domain = /[a-z0-9_-]+(?:\.[a-z0-9_-]+)*/iuy;
  domain.lastIndex = at + 1;
  const host = withoutDashes(domain.exec(content)?.[0] ?? '');
  if (!host.includes('.') || host.endsWith('.')) return null;
  const last = host.slice(host.lastIndexOf('.') + 1);
  if (!/[a-z]$/iu.test(last)) return null;
  const end = at + 1 + host.length;
  return /[-_]/u.test(content[end] ?? ' ') ? null : { start, end };
}

function withoutDashes(host: string): string {
  let end = host.length;
  while (host[end - 1] === '-' || host[end - 1] === '_') end -= 1;
  return host.slice(0, end);
}

/** Drops what ends a sentence rather than an address. */
function withoutTail(address: string): string {
  let end = address.length;
  if (/[a-z0-9/]/i.test(address[end - 1] ?? ' ')) return address;
  let [opening, closing] = [0, 0];
  for (const sign of address) {
    if (sign === '(') opening += 1;
    if (sign === ')') closing += 1;
  }
  for (;;) {
    const last = address[end - 1] ?? '';
    if (last !== '' && '?!.,:*_~\'"]'.includes(last)) {
      end -= 1;
    } else if (last === ')' && closing > opening) {
      closing -= 1;
      end -= 1;
    } else if (last === ';') {
      // A reference such as `&amp;` goes as a whole.
      const tail = address.slice(Math.max(0, end - 40), end);
      const reference = tail.slice(tail.lastIndexOf('&'));
      end -= /^&[a-z0-9]+;$/iu.test(reference) ? reference.length : 1;
    } else {
      return address.slice(0, end);
    }
  }
}
