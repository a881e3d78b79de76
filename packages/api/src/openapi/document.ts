import { generateOpenApiDocument, type OpenAPIObject } from 'trpc-openapi';
import { appRouter } from '../trpc/router.ts';
import { rawPaths } from './raw-paths.ts';

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
    securitySchemes: {
      Authorization: { type: 'http', scheme: 'bearer', description: 'The `accessToken` of a log-in.' },
    },
  });
  return { ...document, paths: { ...document.paths, ...merged(document.paths) } };
}

/** Hand-written operations stand beside generated ones of the same path. */
function merged(generated: OpenAPIObject['paths']): NonNullable<OpenAPIObject['paths']> {
  return Object.fromEntries(
    Object.entries(rawPaths).map(([path, item]) => [path, { ...generated?.[path], ...item }]),
  );
}
