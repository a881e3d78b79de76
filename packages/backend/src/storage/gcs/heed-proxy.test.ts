import { beforeEach, expect, test, vi } from 'vitest';
import { heedProxy } from './heed-proxy.ts';

const VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'https_proxy', 'http_proxy'];

beforeEach(() => {
  for (const name of VARIABLES) vi.stubEnv(name, undefined);
});

const TOLD =
  'HTTPS_PROXY or HTTP_PROXY is no address of a proxy: it should be like http://proxy.example:3128';

test.each(['10.0.0.1:3128', 'proxy.corp:3128', 'http://user:secret@[x:1', 'http://user:secret%zz@host:1'])(
  'a proxy that is no address (%s) is told of by the names of the variables, without what is in them',
  (value) => {
    for (const name of VARIABLES) {
      vi.stubEnv(name, value);
      expect(heedProxy).toThrow(expect.objectContaining({ reason: 'storage_failed', message: TOLD }));
      // Which a command would tell as well.
      expect(heedProxy).toThrow(expect.not.objectContaining({ cause: expect.anything() as unknown }));
      vi.stubEnv(name, undefined);
    }
  },
);
