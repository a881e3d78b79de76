import { describe, expect, test } from 'vitest';
import { AddressRefused, isAllowed, pinAddress } from './public-addresses.ts';

const PUBLIC_ONLY = { allowedNetworks: [] };

test.each(['1.1.1.1', '93.184.216.34', '2606:4700:4700::1111', '::ffff:1.1.1.1'])(
  '%s is public',
  (address) => {
    expect(isAllowed(address, PUBLIC_ONLY)).toBe(true);
  },
);

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.9.9.9',
  '169.254.169.254',
  '172.16.0.1',
  '192.168.1.1',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
  '::7f00:1',
  '::a00:1',
  '2002:a00:1::',
  'fc00::1',
  'fe80::1',
  'ff02::1',
])('%s is not', (address) => {
  expect(isAllowed(address, PUBLIC_ONLY)).toBe(false);
});

test('what the operator allows is, and nothing beside it', () => {
  const rule = { allowedNetworks: ['10.0.0.0/8', '127.0.0.1', 'fd00::/8'] };
  const judged = ['10.9.9.9', '127.0.0.1', '::ffff:10.0.0.1', 'fd12::1'].map((one) => isAllowed(one, rule));
  expect(judged).toEqual([true, true, true, true]);
  expect(['127.0.0.2', '192.168.0.1', '::1'].map((one) => isAllowed(one, rule))).toEqual([
    false,
    false,
    false,
  ]);
});

describe('the address of a URL', () => {
  const resolving = (...addresses: string[]) => {
    const asked: string[] = [];
    const resolve = async (hostname: string) => {
      asked.push(hostname);
      return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    };
    return { asked, resolve };
  };

  test('is looked up once, and what is connected to is what was looked at', async () => {
    const { asked, resolve } = resolving('1.1.1.1', '2606:4700:4700::1111');
    const lookup = await pinAddress(new URL('https://example.org/hook'), PUBLIC_ONLY, resolve);
    const answers: unknown[] = [];
    lookup('example.org', {}, (...answer) => answers.push(answer));
    lookup('example.org', { all: true }, (...answer) => answers.push(answer));
    expect(answers).toEqual([
      [null, '1.1.1.1', 4],
      [
        null,
        [
          { address: '1.1.1.1', family: 4 },
          { address: '2606:4700:4700::1111', family: 6 },
        ],
      ],
    ]);
    expect(asked).toEqual(['example.org']);
  });

  test.each([
    ['a name that leads inside', 'https://inside.example.org', ['10.0.0.1']],
    ['a name of which one address does', 'https://both.example.org', ['1.1.1.1', '127.0.0.1']],
    ['a name without an address', 'https://nowhere.example.org', []],
    ['an address', 'http://127.0.0.1:8321/', []],
    ['an address in brackets', 'http://[::1]/', []],
    ['an address in another spelling', 'http://2130706433/', []],
    ['an IPv4 address as an IPv6 one', 'http://[::ffff:169.254.169.254]/', []],
  ])('%s is refused', async (_what, url, addresses) => {
    const pinned = pinAddress(new URL(url), PUBLIC_ONLY, resolving(...addresses).resolve);
    await expect(pinned).rejects.toBeInstanceOf(AddressRefused);
  });
});
