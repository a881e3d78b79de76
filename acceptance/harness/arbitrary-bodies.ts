/** Bodies of every kind that the OpenAPI document knows: as it asks for them, nearly so, and broken. */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { z } from 'zod';
import { type Hints, JUNK, nearly, PATHS, scant, valid } from './arbitrary-values.ts';
import type { Operation } from './contract.ts';

export interface Body {
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
  /** What is sent, when it is JSON. */
  readonly json: unknown;
  readonly headers: Record<string, string>;
}

const NO_BODY: Body = { body: undefined, json: undefined, headers: {} };
const FORM = 'application/x-www-form-urlencoded';
const BUNDLE = 'application/vnd.instashare.bundle';

/** `bytes`: what the upload sessions expect. */
export function bodiesOf(
  { method, requestBody }: Operation,
  { hints, bytes }: { readonly hints: Hints; readonly bytes: Uint8Array<ArrayBuffer> },
): fc.Arbitrary<Body> {
  if (method === 'GET' || method === 'HEAD') return fc.constant(NO_BODY);
  const [type = 'application/json', media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const wrong = fc.oneof(broken(type), fc.constant(NO_BODY));
  const right =
    media === undefined ? null : (MAKERS[type]?.(rightly(media.schema, hints)) ?? bytesAs(type, bytes));
  const made = type === BUNDLE ? bundles() : right;
  return made === null ? wrong : fc.oneof({ weight: 5, arbitrary: made }, { weight: 1, arbitrary: wrong });
}

const rightly = (schema: unknown, hints: Hints): fc.Arbitrary<unknown> =>
  fc.oneof(valid(schema, hints), scant(schema, hints));

const MAKERS: Readonly<Record<string, (made: fc.Arbitrary<unknown>) => fc.Arbitrary<Body>>> = {
  'application/json': (made) =>
    fc.oneof(
      { weight: 5, arbitrary: made.map(asJson) },
      { weight: 5, arbitrary: nearly(made).map(asJson) },
      JUNK.map(asJson),
    ),
  [FORM]: (made) => fc.oneof(made, nearly(made)).map(asForm),
  'multipart/form-data': () => multiparts(),
};

const asJson = (json: unknown): Body => ({
  json,
  body: JSON.stringify(json),
  headers: { 'content-type': 'application/json' },
});

function asForm(made: unknown): Body {
  const fields = typeof made === 'object' && made !== null ? Object.entries(made) : [['password', made]];
  const texts = fields.map(
    ([name, value]) => [String(name), String(value).toWellFormed()] as [string, string],
  );
  return asType(FORM, new URLSearchParams(texts).toString());
}

const asType = (type: string, body: string | Uint8Array<ArrayBuffer>): Body => ({
  json: undefined,
  body,
  headers: { 'content-type': type },
});

const broken = (type: string): fc.Arbitrary<Body> =>
  fc
    .tuple(
      fc.constantFrom(type, 'application/json', 'text/plain', 'multipart/form-data; boundary=x', 'x'),
      fc.string({ unit: 'binary' }),
    )
    .map(([as, text]) => asType(as, text));

const someBytes = fc.uint8Array({ maxLength: 60 }).map((made) => new Uint8Array(made));

const bytesAs = (type: string, bytes: Uint8Array<ArrayBuffer>): fc.Arbitrary<Body> =>
  fc
    .oneof({ weight: 3, arbitrary: fc.constant(bytes) }, someBytes, fc.constant(bytes.subarray(0, -1)))
    .map((made) => asType(type, made));

interface Part {
  readonly name: string;
  readonly filename: string | null;
  readonly content: Uint8Array;
}

/** Files with names right and wrong, a folder or none, in any order; now and then cut off. */
function multiparts(): fc.Arbitrary<Body> {
  const names = fc.oneof(fc.constantFrom('a.txt', 'deep/b.txt', 'c d.txt'), PATHS);
  const files = fc.record({ name: fc.constant('file'), filename: names, content: someBytes });
  const fields = fc.record({
    name: fc.constantFrom('path', 'path', 'other'),
    filename: fc.constant(null),
    content: fc.oneof(fc.constant('docs'), PATHS).map((text) => Buffer.from(text)),
  });
  const parts = fc.array(fc.oneof({ weight: 3, arbitrary: files }, fields), { maxLength: 3 });
  const cut = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat({ max: 40 }));
  return fc.tuple(parts, cut).map(([made, missing]) => {
    const whole = Buffer.concat([...made.flatMap(encodePart), Buffer.from('--x--\r\n')]);
    const sent = new Uint8Array(whole.subarray(0, Math.max(whole.length - missing, 0)));
    return asType('multipart/form-data; boundary=x', sent);
  });
}

function encodePart({ name, filename, content }: Part): Buffer[] {
  const quoted = filename?.replaceAll('"', '%22').replaceAll(/[\r\n]/g, ' ');
  const file = quoted === undefined ? '' : `; filename="${quoted}"`;
  const head = `--x\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`;
  return [Buffer.from(head), Buffer.from(content), Buffer.from('\r\n')];
}

/** Bundles that hold what they name, such with a manifest that is nearly right, and such of another length. */
function bundles(): fc.Arbitrary<Body> {
  const paths = fc.oneof(fc.constantFrom('bundle/a.txt', 'bundle/b.txt', 'docs/0.txt'), PATHS);
  const entries = fc.array(fc.tuple(paths, someBytes, fc.boolean()), { minLength: 1, maxLength: 3 });
  const bends = fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    fc.constantFrom('shorter', 'longer', 'length'),
    JUNK,
  );
  return fc.tuple(entries, bends).map(([made, bend]) => {
    const manifest = {
      entries: made.map(([path, content, isRight]) => ({
        path,
        sizeBytes: content.length,
        sha256: isRight ? createHash('sha256').update(content).digest('hex') : '0'.repeat(64),
      })),
    };
    const isNamed = z.enum(['shorter', 'longer', 'length']).safeParse(bend).success;
    const head = Buffer.from(JSON.stringify(bend === null || isNamed ? manifest : { entries: bend }));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bend === 'length' ? head.length + 7 : head.length);
    const whole = Buffer.concat([length, head, ...made.map(([, content]) => content)]);
    const sent = bend === 'longer' ? Buffer.concat([whole, Buffer.from('more')]) : whole;
    return asType(BUNDLE, new Uint8Array(bend === 'shorter' ? sent.subarray(0, -1) : sent));
  });
}
