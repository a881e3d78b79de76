import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';

const setProtection = helmet({ contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } } });

/** The headers that every answer has, as `helmet` sets them. They never differ, so it is asked for them once. */
export const PROTECTION: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(protectedAnswer().getHeaders()).map(([name, value]) => [name, String(value)]),
);

function protectedAnswer(): ServerResponse {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  setProtection(request, response, () => {});
  return response;
}
