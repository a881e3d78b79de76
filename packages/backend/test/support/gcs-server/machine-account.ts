import { createSign } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { GoogleError, notFound, readBody, sendJson } from './answer.ts';
import type { Exchange } from './world.ts';

export const ACCOUNT = 'test@instashare-test.iam.gserviceaccount.com';
const TOKEN = 'a-token-of-the-machine';
const UNAUTHORIZED = new GoogleError(401, 'authError', 'Request had invalid authentication credentials.');
export const SIGN_BLOB = 'iam.serviceAccounts.signBlob';

const METADATA: Readonly<Record<string, string>> = {
  '/computeMetadata/v1/instance': 'attributes/',
  '/computeMetadata/v1/instance/service-accounts/default/email': ACCOUNT,
  '/computeMetadata/v1/instance/service-accounts/default/token': JSON.stringify({
    access_token: TOKEN,
    expires_in: 3600,
    token_type: 'Bearer',
  }),
  '/computeMetadata/v1/universe/universe-domain': 'googleapis.com',
};

/** What a machine of Google's tells its programs: whose account is theirs, and a token of it. */
export function sendMetadata({ response, url }: Exchange): void {
  const value = METADATA[url.pathname];
  if (value === undefined) throw notFound(url.pathname);
  response.writeHead(200, { 'metadata-flavor': 'Google', 'content-type': 'application/text' }).end(value);
}

const blobSchema = z.object({ payload: z.base64() });

/** Refuses who is not known by a token of the machine's account. */
export function requireToken({ headers }: IncomingMessage): void {
  if (headers.authorization !== `Bearer ${TOKEN}`) throw UNAUTHORIZED;
}

/** Signs as an account whose key is Google's alone: https://cloud.google.com/iam/docs/reference/credentials/rest. */
export async function signBlob({ request, response, url, world }: Exchange): Promise<void> {
  if (url.pathname !== `/v1/projects/-/serviceAccounts/${ACCOUNT}:signBlob`) throw notFound(url.pathname);
  requireToken(request);
  const { payload } = blobSchema.parse(JSON.parse((await readBody(request)).toString()));
  if (world.keys === null || !world.rights.includes(SIGN_BLOB))
    throw new GoogleError(403, 'forbidden', `Permission '${SIGN_BLOB}' denied on resource.`);
  const signature = createSign('RSA-SHA256')
    .update(Buffer.from(payload, 'base64'))
    .sign(world.keys.privateKey);
  sendJson(response, 200, { keyId: 'a-key', signedBlob: signature.toString('base64') });
}
