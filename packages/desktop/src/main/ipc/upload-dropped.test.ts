import { expect, test } from 'vitest';
import { AppFailure } from '../../shared/app-failure.ts';
import { MOST_DROPPED_PATHS } from '../../shared/engine-procedures.ts';
import { uploadDropped } from './upload-dropped.ts';

const GONE = { code: 'engine_stopped', message: 'It has stopped' };

test('what was dropped and can not be uploaded is answered with plain words', async () => {
  const refused = (message: string) => ({ ok: false, failure: { code: 'invalid_input', message } });
  const nothing = refused('Only files and folders of this computer can be uploaded');
  const never = () => Promise.reject(new Error('Nothing is uploaded'));
  // As a picture from a browser, which has no place on this computer.
  expect(await uploadDropped(never, [])).toEqual(nothing);
  expect(await uploadDropped(never, 'no list')).toEqual(nothing);
  expect(await uploadDropped(never, Array(MOST_DROPPED_PATHS + 1).fill('/one'))).toEqual(
    refused('That is too much at once: take the folder that it is in'),
  );
  expect(await uploadDropped(() => Promise.reject(new AppFailure(GONE)), ['/one'])).toEqual({
    ok: false,
    failure: GONE,
  });
});

test('what can be is uploaded', async () => {
  const uploaded: string[] = [];
  const upload = (paths: readonly string[]) => Promise.resolve(void uploaded.push(...paths));
  expect(await uploadDropped(upload, ['/one', '/two'])).toEqual({ ok: true, result: undefined });
  expect(uploaded).toEqual(['/one', '/two']);
});
