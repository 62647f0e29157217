import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openProject } from '../helpers/project.ts';
import { startPreview } from '../preview/previewing.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Asks as nothing but a program can: any path and any header as it is. */
function visit(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((done, fail) => {
    const sent = request(`${url}/`, { path, method, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    sent.on('error', fail);
    sent.end();
  });
}

describe('the preview', () => {
  test('shows a drawing as a picture only: a script in it has no page to run in', async () => {
    const { preview } = await startPreview({
      'content/a.md': '# A\n\n![x](evil.svg)\n',
      'content/evil.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>fetch("/en")</script></svg>',
    });
    const { headers } = await visit(preview.url, '/files/evil.svg');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain('sandbox');
    expect(headers['content-security-policy']).not.toMatch(/allow-scripts|script-src/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('serves nothing through a folder that was swapped for a link', async () => {
    const { preview, project } = await startPreview({
      'content/g/a.md': '# A\n\n![x](shot.png)\n',
      'content/g/shot.png': 'picture',
    });
    expect((await visit(preview.url, '/files/g/shot.png')).text).toBe('picture');
    await mkdir(join(project.folder, 'outside'));
    await writeFile(join(project.folder, 'outside/shot.png'), 'secret');
    await rename(join(project.folder, 'content/g'), join(project.folder, 'kept'));
    await symlink('../outside', join(project.folder, 'content/g'));
    expect((await visit(preview.url, '/files/g/shot.png')).text).not.toContain('secret');
  });

  test('names nobody else in any header, and cannot be put into a frame or read across sites', async () => {
    const { preview } = await startPreview({ 'content/a.md': '# A\n' });
    for (const path of ['/en', '/en/articles/a.md', '/nothing', '/en/search?q=%3Cscript%3E']) {
      const { headers } = await visit(preview.url, path, { origin: 'https://evil.test' });
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    }
  });

  test('cannot be reached from another machine', async () => {
    const { preview } = await startPreview({ 'content/a.md': '# A\n' });
    const { hostname, port } = new URL(preview.url);
    expect(hostname).toBe('127.0.0.1');
    // Every address in 127/8 is this machine; the server listens on one of them only.
    const reached = await new Promise<boolean>((done) => {
      const socket = connect({ host: '127.0.0.2', port: Number(port) }, () => done(true));
      socket.on('error', () => done(false));
      onTestFinished(() => void socket.destroy());
    });
    expect(reached).toBe(false);
  });

  test('survives whatever is sent to it', async () => {
    const { preview } = await startPreview({ 'content/a.md': '# A\n' });
    const { port } = new URL(preview.url);
    for (const text of [
      'GET http://evil.test/ HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n',
      'GET /\u0000 HTTP/1.1\r\nhost: x\r\n\r\n',
      `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
      'GET //evil.test/%2e%2e%2f HTTP/1.1\r\n\r\n',
      '\u0016\u0003\u0001',
      'CONNECT evil.test:443 HTTP/1.1\r\nhost: x\r\n\r\n',
      'GET / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n',
    ]) {
      await new Promise<void>((done) => {
        const socket = connect({ host: '127.0.0.1', port: Number(port) }, () => socket.write(text));
        socket.on('data', () => socket.destroy());
        socket.on('error', () => undefined);
        socket.on('close', () => done());
        socket.setTimeout(300, () => socket.destroy());
      });
    }
    expect((await visit(preview.url, '/en', { host: `127.0.0.1:${port}` })).status).toBe(200);
  });
});

describe('the simulator', () => {
  test('lets no page of the web use its operator’s door or its API', async () => {
    const project = await openProject();
    onTestFinished(() => project.close());
    const { url, token } = project.simulator;
    const { port } = new URL(url);
    for (const headers of [
      { origin: 'https://evil.test' },
      { host: `evil.test:${port}` },
      { host: `127.0.0.1.evil.test:${port}` },
    ]) {
      expect((await visit(url, '/_operator/articles', headers)).status).toBe(403);
      const answer = await visit(url, '/articles', { ...headers, 'intercom-version': '2.11' });
      expect(answer.status).toBe(401);
      expect(answer.text).not.toContain(token);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('tells its token to nobody who asks', async () => {
    const project = await openProject();
    onTestFinished(() => project.close());
    const { url, site, token } = project.simulator;
    for (const place of [`${url}/_operator/alive`, `${url}/`, site, `${url}/help/en`, `${url}/me`]) {
      const answer = await fetch(place);
      expect([
        place,
        (await answer.text()).includes(token),
        JSON.stringify([...answer.headers]).includes(token),
      ]).toEqual([place, false, false]);
    }
  });
});
