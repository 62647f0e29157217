import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { answerImage, answerPage } from '../../src/simulator/pages/pages.ts';
import { workspace } from './workspace.ts';
import type { Workspace } from './workspace.ts';

function visit(
  space: Workspace,
  path: string,
): { status: number; html: string; location: string | undefined } {
  const { status, body, headers } = answerPage(space.world, path);
  return { status, html: String(body), location: headers['location'] };
}

function filled() {
  const space = workspace();
  const { operator } = space;
  const top = operator.createCollection({
    name: 'Getting <started>',
    description: 'First & foremost',
    locales: { fr: { name: 'Débuter' } },
  }).id;
  const below = operator.createCollection({ name: 'Advanced', parentId: top }).id;
  const live = operator.createArticle({
    title: 'Install it',
    description: 'How to',
    body: '<p>Take <b>this</b></p>',
    state: 'published',
    parentId: below,
    locales: {
      fr: { title: 'Installer', body: '<p>Prenez</p>', state: 'published' },
      de: { title: 'Entwurf' },
    },
  }).id;
  const draft = operator.createArticle({ title: 'Secret draft', parentId: top }).id;
  return { space, operator, top, below, live, draft };
}

test('every address in an answer of the API opens a page', () => {
  const { space, top, live } = filled();
  for (const path of [`/articles/${live}`, `/help_center/collections/${top}`]) {
    const url = new URL(String(space.call('GET', path).json['url']));
    expect(visit(space, url.pathname).status).toBe(200);
  }
});

test('the root leads to the help center in its default locale', () => {
  const { space } = filled();
  expect(visit(space, '/').location).toBe('/help/en');
  expect(visit(space, '/help').location).toBe('/help/en');
  expect(visit(space, '/help/en').html).toContain('Getting &lt;started&gt;');
  expect(visit(space, '/help/en').html).toContain('1 article');
});

test('the id decides: a wrong or old slug leads to the right one', () => {
  const { space, live, top } = filled();
  expect(visit(space, `/help/en/articles/${live}`)).toMatchObject({
    status: 301,
    location: `/help/en/articles/${live}-install-it`,
  });
  expect(visit(space, `/help/en/articles/${live}-old-title`).status).toBe(301);
  expect(visit(space, `/help/en/collections/${top}-x`).location).toBe(
    `/help/en/collections/${top}-getting-started`,
  );
});

test('drafts, unknown pages and untranslated languages are not found', () => {
  const { space, draft, live } = filled();
  for (const path of [
    `/help/en/articles/${draft}-secret-draft`,
    '/help/en/articles/5',
    '/help/en/articles/x',
    `/help/de/articles/${live}`,
    '/help/es',
    '/help/en/nowhere',
    '/other/en',
  ]) {
    expect([path, visit(space, path).status]).toEqual([path, 404]);
  }
  const shown = ['/help/en', `/help/en/search?q=secret`].map((path) => visit(space, path).html).join('');
  expect(shown).not.toContain('Secret draft');
});

test('each language has pages of its own, and they name one another', () => {
  const { space, live } = filled();
  const french = visit(space, `/help/fr/articles/${live}-installer`).html;
  expect(french).toContain('<html lang="fr"');
  expect(french).toContain('<p class="tight">Prenez</p>');
  expect(french).toContain(`hreflang="en" href="/help/en/articles/${live}"`);
  expect(french).not.toContain('hreflang="de"');
  expect(visit(space, '/help/fr').html).toContain('Débuter');
});

test('what can be searched in is what is published', () => {
  const { space, live } = filled();
  expect(JSON.parse(visit(space, '/help/en/search.json').html)).toEqual([
    {
      address: `/help/en/articles/${live}-install-it`,
      title: 'Install it',
      description: 'How to',
      text: 'Take this',
      trail: ['Getting <started>', 'Advanced'],
    },
  ]);
});

test('a help center that is switched off shows nothing', () => {
  const { space, operator, live } = filled();
  operator.editHelpCenter(operator.helpCenters()[0]?.id ?? 0, { websiteOn: false });
  expect(visit(space, '/help/en').status).toBe(404);
  expect(space.call('GET', `/articles/${live}`).json['url']).toBeNull();
});

describe('an article page', () => {
  function pageOf(storedBody: string): string {
    const space = workspace();
    const { id } = space.operator.createArticle({ title: 'a', storedBody, state: 'published' });
    const { body } = answerPage(space.world, `/help/en/articles/${id}-a`);
    return /<article>[^]*<\/article>/.exec(String(body))?.[0] ?? '';
  }

  test.each([
    ['<script>alert(1)</script><style>x</style>', /<script|<style|alert/],
    ['<p onclick="x()" style="color:red">a</p>', /onclick|style=/],
    ['<a href="javascript:x()">a</a>', /javascript/],
    ['<img src="https://evil.test/a.png" onerror="x()">', /evil|onerror/],
    ['<iframe src="javascript:x()"></iframe>', /iframe|javascript/],
    ['<a href="//evil.test/">a</a>', /evil/],
    ['<h1 id="x&quot;onclick=&quot;y">a</h1>', /onclick/],
  ])('lets nothing through that runs or loads: %s', (stored, never) => {
    expect(pageOf(stored)).not.toMatch(never);
  });

  test('shows what the editor has, in elements that say what it is', () => {
    const html = pageOf(
      '<h1 id="h_1a2b3c4d5e">Head</h1><p class="no-margin"></p>' +
        '<div class="intercom-interblocks-callout" style="background-color: rgba(215, 239, 220, 0.5);"><p>c</p></div>' +
        '<div class="intercom-interblocks-table-container"><table role="presentation"><tbody><tr><td style="background-color: #e3e7fa80">d</td></tr></tbody></table></div>' +
        '<div class="intercom-h2b-video"><iframe src="https://www.loom.com/embed/x"></iframe></div>' +
        '<div class="intercom-container"><a href="https://x.test/" class="intercom-h2b-button">Go</a></div>' +
        '<div class="intercom-container"><img src="https://x.test/a.png" alt="A &quot;shot&quot;"></div>' +
        '<p><a href="#h_1a2b3c4d5e">up</a> <a href="http://simulator.test/help/en/articles/1">in</a> <a href="https://x.test/">out</a></p>',
    );
    expect(html).toContain(
      '<h2 id="h_1a2b3c4d5e">Head</h2><p class="tight"><br></p><div role="note" class="callout green"><svg class="sign"',
    );
    expect(html).toContain('<td class="blue">d</td>');
    expect(html).toContain('rel="noopener noreferrer">loom.com</a>');
    expect(html).toContain('class="button">Go</a>');
    expect(html).toContain('aria-label="A &quot;shot&quot;"');
    expect(html).toContain(
      '<a href="#h_1a2b3c4d5e">up</a> <a href="http://simulator.test/help/en/articles/1">in</a>',
    );
    expect(html).toContain('<a href="https://x.test/" target="_blank" rel="noopener noreferrer">out</a>');
  });

  test('shows a stored picture from this server', () => {
    const space = workspace();
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
    const input = {
      title: 'a',
      author_id: space.author,
      state: 'published',
      body: '<img src="https://x.test/a.png">',
    };
    const made = space.call('POST', '/articles', input, { images: new Map([['https://x.test/a.png', png]]) });
    const html = visit(space, new URL(String(made.json['url'])).pathname).html;
    const path = /<img src="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(answerImage(space.world, path)).toMatchObject({
      headers: { 'content-type': 'image/png' },
      body: png,
    });
    expect(answerImage(space.world, '/i/o/nothing')).toBeNull();
  });
});

test('pages may run their own script, load nothing from elsewhere, and not be framed', () => {
  const { headers, body } = answerPage(workspace().world, '/help/en');
  const digestOf = (tag: string): string => {
    const text = new RegExp(`<${tag}[^>]*>([^]*)</${tag}>`).exec(String(body))?.[1] ?? '';
    return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  };
  expect(headers['content-security-policy']).toBe(
    `default-src 'none'; style-src ${digestOf('style')}; script-src ${digestOf('script')}; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  );
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test('an article outside every collection is listed apart, since the public page does not list it', () => {
  const { space, operator } = filled();
  const { id } = operator.createArticle({ title: 'Alone', state: 'published' });
  const { html } = visit(space, '/help/en');
  expect(html).toMatch(new RegExp(`Outside every collection[^]*/help/en/articles/${id}-alone`));
  expect(visit(space, `/help/en/articles/${id}-alone`).status).toBe(200);
});
