import { afterEach, expect, test } from 'vitest';
import { article, onMain, openStage, withToken, type Stage } from './helpers/stage.ts';

let stage: Stage;
afterEach(async () => {
  await stage.close();
});

test('the comment says which translations a change leaves behind, and which articles it should have touched; required languages fail the job at its lines', async () => {
  stage = await openStage({
    'content/fees.md': article('Fees', 'Free.'),
    'content/trial.md': article('Trial', 'A month.').replace('state:', 'covers: [src/trial/**]\nstate:'),
    'src/trial/length.ts': '30',
    'content/fees.fr.md': article('Prix', 'Gratuit.'),
    'content/fees.de.md': article('Preise', 'Kostenlos.'),
  });
  const pushed = await stage.run(withToken(stage, onMain('push')));
  expect(pushed.code).toBe(0);
  await stage.change(
    { 'content/fees.md': article('Fees', 'Free for a month.'), 'src/trial/length.ts': '60' },
    'fees',
  );
  const ran = await stage.run(withToken(stage, await stage.proposed('fees', 7)));
  expect(ran.code).toBe(0);
  const [comment] = stage.github.comments;
  expect(comment?.body).toContain('**This change leaves 1 German and 1 French translations behind.**');
  expect(comment?.body).toContain('- `content/fees.fr.md`: 1 block (4 words)');
  expect(comment?.body).toContain('### Articles to look at');
  expect(comment?.body).toContain('- `content/trial.md` The article speaks of what this change touches');
  const strict = await stage.proposed('fees', 7);
  const failed = await stage.run(
    withToken(stage, { ...strict, inputs: { ...strict.inputs, 'require-locale': 'fr' } }),
  );
  expect(failed.code).toBe(1);
  expect(failed.log).toMatch(/::error title=TRANSLATION_BEHIND,file=content\/fees\.md,line=6::/);
});
