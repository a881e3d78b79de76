import { generateOpenApiDocument, type OpenAPIObject } from 'trpc-openapi';
import { appRouter } from '../trpc/router.ts';
import { describeAccess } from './describe-access.ts';
import { eventPaths } from './event-paths.ts';
import { rawPaths } from './raw-paths.ts';
import { SECURITY_SCHEMES } from './security.ts';

/** The address of a server that was started without any configuration. */
export const DOCUMENTED_URL = 'http://127.0.0.1:8321';

/** The OpenAPI 3.1 document: the procedures from the router, the raw byte routes by hand. */
export function createOpenApiDocument(baseUrl: string): OpenAPIObject {
  const document = generateOpenApiDocument(appRouter, {
    title: 'Instashare',
    description:
      'A self-hosted file service. Upload by a session (`POST /uploads`, PUT the bytes, complete) or in one ' +
      'request (`POST /upload_files`); list, download and delete files. Log in for an access token first.',
    version: '0.1.0',
    baseUrl,
    securitySchemes: SECURITY_SCHEMES,
  });
  const paths = describeAccess(document.paths);
  return { ...document, paths: { ...paths, ...merged(paths) } };
}

/** Hand-written operations stand beside generated ones of the same path. */
function merged(generated: OpenAPIObject['paths']): NonNullable<OpenAPIObject['paths']> {
  return Object.fromEntries(
    Object.entries({ ...rawPaths, ...eventPaths }).map(([path, item]) => [
      path,
      { ...generated?.[path], ...item },
    ]),
  );
}
