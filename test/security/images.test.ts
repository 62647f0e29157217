import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openImageSource } from '../../src/app/adapters/image-source.ts';
import { nameFault } from '../../src/local/names.ts';
import { openProject } from '../helpers/project.ts';
import { openWorkplace, secret, withIntercom } from './commanding.ts';
import { articleRow, startHostile, type Asked, type HostileIntercom } from './hostile-intercom.ts';

const never = new AbortController().signal;
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A help center that serves its images itself, as the simulator does. */
const serving = (
  answer: (asked: Asked) => {
    readonly type: string;
    readonly body: string | Uint8Array;
    readonly headers?: Record<string, string>;
    readonly status?: number;
  },
): Promise<HostileIntercom> =>
  startHostile({
    answer(asked, response) {
      const { type, body, headers = {}, status = 200 } = answer(asked);
      response.writeHead(status, { 'content-type': type, ...headers });
      response.end(body);
      return true;
    },
  });

describe('an image is fetched from Intercom’s own hosts and from nowhere else', () => {
  test.each([
    'http://downloads.intercomcdn.com/x.png', 'https://downloads.intercomcdn.com:8443/x.png', 'https://downloads.intercomcdn.com.evil.test/x.png',
    'https://evil.test/downloads.intercomcdn.com/x.png', 'https://downloads.intercomcdn.com@evil.test/x.png', 'https://127.0.0.1/x.png',
    'https://169.254.169.254/latest/meta-data/', 'http://169.254.169.254/latest/meta-data/', 'https://[::1]/x.png', 'https://localhost/x.png',
    'https://metadata.google.internal/x.png', 'https://0x7f000001/x.png', 'file:///etc/passwd', 'https://evilintercom-attachments-1.com/x.png',
  ])('%s is not asked for', async (url) => {
    const { url: api, asked } = await serving(() => ({ type: 'image/png', body: png }));
    expect(await openImageSource(api).fetch(url, never)).toMatchObject({ ok: false });
    expect(asked).toEqual([]);
  }); // prettier-ignore

  test('a path that names a host of its own stays a path', async () => {
    const elsewhere = await serving(() => ({ type: 'image/png', body: png }));
    const { url: api, asked } = await serving(() => ({ type: 'image/png', body: png }));
    const host = new URL(elsewhere.url).host;
    for (const path of [`//${host}/x.png`, `/\\${host}/x.png`, `/%2f/${host}/x.png`, `/..//${host}/x.png`])
      await openImageSource(api).fetch(`https://downloads.intercomcdn.com${path}`, never);
    expect(elsewhere.asked).toEqual([]);
    expect(asked.length).toBeGreaterThan(0);
  });

  test('a redirect is not followed, and nobody is shown the token', async () => {
    const elsewhere = await serving(() => ({ type: 'image/png', body: png }));
    const { url: api, asked } = await serving(() => ({
      type: 'text/html',
      body: '',
      status: 302,
      headers: { location: elsewhere.url },
    }));
    expect(
      await openImageSource(api).fetch('https://downloads.intercomcdn.com/i/o/x.png', never),
    ).toMatchObject({ ok: false });
    expect(elsewhere.asked).toEqual([]);
    expect(JSON.stringify(asked)).not.toMatch(/authorization|cookie/i);
  });

  test.each([
    ['as it is', {}, Buffer.concat([png, Buffer.alloc(21 * 1024 * 1024)])],
    [
      'behind a compression',
      { 'content-encoding': 'gzip' },
      gzipSync(Buffer.concat([png, Buffer.alloc(40 * 1024 * 1024)])),
    ],
  ] as const)('one that is larger than Intercom takes is left, %s', async (_name, headers, body) => {
    const { url: api } = await serving(() => ({ type: 'image/png', body, headers }));
    expect(
      await openImageSource(api).fetch('https://downloads.intercomcdn.com/i/o/x.png', never),
    ).toMatchObject({ ok: false });
  });
});

test('what is no image is not written, and what is one gets a plain name below the content folder', async () => {
  const names = [
    'honest.png', '..%2f..%2f..%2fevil.png', '%2e%2e/%2e%2e/up.png', 'CON.png', '.htaccess', 'run.sh', 'x.html', 'a%00b.png', '%ff%fe.png',
    `${'long'.repeat(200)}.png`, 'logo.svg', 'page.png', 'script.png', '%1b[31m.png', '-rf.png', 'collection.yaml', 'index.md',
  ]; // prettier-ignore
  const { env, asked } = await startHostile({
    articles: [
      articleRow(1, {
        title: 'Pictures',
        body: names
          .map(
            (name) =>
              `<div class="intercom-container"><img src="https://downloads.intercomcdn.com/i/o/1/${name}?expires=1"></div>`,
          )
          .join(''),
      }),
    ],
    answer({ path }, response) {
      if (!path.startsWith('/i/') && !path.includes('evil')) return false;
      response.writeHead(200, { 'content-type': 'image/png' });
      if (path.includes('.svg')) response.end('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
      else if (path.includes('page.png')) response.end('<html><script>alert(1)</script></html>');
      else if (path.includes('script.png')) response.end('#!/bin/sh\n');
      // Each is another one, so that each gets a file.
      else response.end(Buffer.concat([png, Buffer.from(path)]));
      return true;
    },
  });
  const place = await openWorkplace({ 'sync.config.yaml': withIntercom, 'content/.keep': '' });
  expect((await place.run(['pull'], env)).code).toBe(0);
  const files = (await place.names('content')).filter(
    (name) => !/^(?:\.keep|images|pictures\.md)$/.test(name),
  );
  expect(files.length).toBeGreaterThan(8);
  for (const file of files) {
    expect(file).toMatch(/^images\/[a-z0-9-]+\.png$/);
    expect(nameFault(file.slice('images/'.length))).toBeNull();
    expect((await readFile(join(place.folder, 'content', file))).subarray(0, 4)).toEqual(png.subarray(0, 4));
  }
  for (const none of ['logo', 'page', 'script']) expect(files).not.toContain(`images/${none}.png`);
  expect(await readdir(join(place.folder, '..'))).toEqual(['project']);
  for (const { path, headers } of asked.filter((one) => one.path.startsWith('/i/'))) {
    expect([path, headers.authorization, JSON.stringify(headers).includes(secret)]).toEqual([
      path,
      undefined,
      false,
    ]);
  }
});

test('an image outside the content folder is not sent, whatever the address is', async () => {
  const project = await openProject({
    config: 'assets:\n  baseUrl: https://cdn.example.com/{path}?v={hash}\n',
  });
  onTestFinished(() => project.close());
  const addresses = [
    '../secret.png',
    '../../etc/passwd',
    '/etc/passwd',
    'file:///etc/passwd',
    '%2e%2e/secret.png',
    '..%2fsecret.png',
    '.env',
    '../.env',
    'a/../../secret.png',
  ];
  await project.write({
    'secret.png': 'secret',
    'content/.env': 'secret',
    '.env': 'secret',
    'content/a/x.txt': 'x',
  });
  for (const address of addresses) {
    await project.write({ 'content/a.md': `# A\n\n![x](<${address}>)\n` });
    const { outcomes } = await project.push();
    const articles = outcomes?.filter(({ operation }) => operation.kind === 'article');
    expect([address, articles]).toEqual([address, []]);
  }
  expect(project.simulator.operator.calls().filter(({ method }) => method !== 'GET')).toEqual([]);
});
