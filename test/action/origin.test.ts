import { expect, test } from 'vitest';
import { originOf } from '../../src/action/git/origin.ts';

test.each([
  ['https://github.com/acme/help', 'https://github.com/acme/help', true],
  ['https://x-access-token:secret@github.com/acme/help.git', 'https://github.com/acme/help.git', true],
  ['http://github.com/acme/help', 'https://github.com/acme/help', true],
  ['git@github.com:acme/help.git', 'https://github.com/acme/help.git', true],
  ['ssh://git@github.com/acme/help.git', 'https://github.com/acme/help.git', true],
  ['ssh://git@github.com:22/acme/help.git', 'https://github.com/acme/help.git', true],
  ['https://gitlab.example/acme/help', 'https://gitlab.example/acme/help', false],
  ['https://github.com.evil.example/acme/help', 'https://github.com.evil.example/acme/help', false],
  ['file:///srv/mirror/help.git', 'file:///srv/mirror/help.git', false],
  ['/srv/mirror/help.git', '/srv/mirror/help.git', false],
])('what came from %s is pushed to %s', (said, address, takesToken) => {
  expect(originOf(said, 'https://github.com', '/home/runner/work/help')).toMatchObject({
    address,
    takesToken,
  });
});

test.each([
  null,
  'ext::sh -c evil',
  'fd::17',
  'git://github.com/acme/help',
  'http://gitlab.example/acme/help',
  'ssh://git@evil.example/acme/help',
  'evil.example:acme/help',
  '../planted',
  'planted',
  '-c',
  'file:///home/runner/work/help/planted',
  '/home/runner/work/help',
])('what came from %s is pushed nowhere', (said) => {
  expect(originOf(said, 'https://github.com', '/home/runner/work/help')).toBeNull();
});

test('a GitHub of a company is known by its own address', () => {
  expect(originOf('git@git.acme.example:a/b', 'https://git.acme.example', '/w')).toEqual({
    address: 'https://git.acme.example/a/b',
    protocol: 'https',
    takesToken: true,
  });
});
