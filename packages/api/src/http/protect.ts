import helmet from 'helmet';

/** Sets the headers that every answer has. Made once: Fastify's own plugin for it makes its headers anew for every request. */
export const protect = helmet({ contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } } });
