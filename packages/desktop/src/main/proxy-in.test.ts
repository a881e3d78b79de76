import { expect, test } from 'vitest';
import { proxyIn } from './proxy-in.ts';

test.each([
  ['DIRECT', null],
  ['PROXY proxy.example.org:3128', 'http://proxy.example.org:3128'],
  ['PROXY proxy.example.org:3128; DIRECT', 'http://proxy.example.org:3128'],
  ['HTTPS proxy.example.org:443;PROXY other:80', 'https://proxy.example.org:443'],
  ['SOCKS5 127.0.0.1:1080; PROXY proxy:80', 'http://proxy:80'],
  ['SOCKS 127.0.0.1:1080', null],
  ['DIRECT; PROXY proxy:80', null],
  ['', null],
])('%j means %j', (answer, proxy) => {
  expect(proxyIn(answer)).toBe(proxy);
});
