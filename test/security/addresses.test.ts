import { expect, onTestFinished, test } from 'vitest';
import { openProject } from '../helpers/project.ts';

/** Addresses that are made to look like our own placeholders, or that no program can take apart. */
const addresses = [
  'https://shelfmark.invalid/article/@%', 'https://shelfmark.invalid/article/@%zz', 'https://shelfmark.invalid/article/@%ff%fe',
  'https://shelfmark.invalid/article/@..%2f..%2fetc%2fpasswd', 'https://shelfmark.invalid/collection/@', 'https://shelfmark.invalid/article/1/../../me',
  'https://shelfmark.invalid/article/99999999999999999999', 'https://shelfmark.invalid/asset/..%2f..%2f.env?x', 'https://shelfmark.invalid/asset/%',
  'https://shelfmark.invalid/image/%2e%2e/x', 'https://content.shelfmark.invalid/..%2f.env', 'https://content.shelfmark.invalid/%', '%', '%zz.md',
  '..%2f..%2f..%2fetc%2fpasswd', 'a.md#%', 'a.md#%zz', '%00', 'a.md%00', '?%', 'https://[', 'https://%', 'http://[::1', 'mailto:%',
]; // prettier-ignore

test('no address in a text or in the help center makes a run fail, or leads to another place', async () => {
  const project = await openProject();
  onTestFinished(() => project.close());
  const { operator } = project.simulator;
  await project.write(
    Object.fromEntries(
      addresses.map((address, index) => [
        `content/local-${index}.md`,
        `# Local ${index}\n\n[x](<${address}>) and <a href="${address}">y</a>\n`,
      ]),
    ),
  );
  // Links that lead nowhere are told; nothing is thrown, and what is right goes on.
  const { plan } = await project.push();
  for (const { place } of plan.problems) await project.write({ [place.file]: '# Mended\n\nText.\n' });
  expect((await project.push()).outcomes?.filter(({ status }) => status === 'failed')).toEqual([]);
  const sent = operator
    .calls()
    .map(({ body }) => body)
    .join();
  expect(sent).not.toMatch(/etc\/passwd"|secret/);

  const [first] = operator.articles();
  const links = addresses.map(
    (address) => `<p class="no-margin"><a href="${address}">x</a> <img src="${address}"></p>`,
  );
  operator.editArticle(first?.id ?? 0, { storedBody: links.join('') });
  expect((await project.pull()).outcomes?.filter(({ status }) => status === 'failed') ?? []).toEqual([]);
  await project.plan('sync');
});
