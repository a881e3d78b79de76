/** What the system calls a connection that there is not. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['EAI_AGAIN', 'addresses can’t be looked up right now'],
  ['ECONNREFUSED', 'nothing answers there'],
  ['ECONNRESET', 'the connection broke off'],
  ['EHOSTUNREACH', 'no way leads there from this network'],
  ['ENETUNREACH', 'this computer is not online'],
  ['ENOTFOUND', 'there is no such address'],
  ['ETIMEDOUT', 'nothing answers there in time'],
]);

/** A message that ends in a call of the system, as Node words it (`connect ECONNREFUSED 10.0.0.1:80`), for a person. */
export const inPlainWords = (message: string): string =>
  message.replaceAll(
    /\b(?:connect|getaddrinfo|read|write) (E[A-Z_]+)(?: [\w.:[\]-]+\w)?/g,
    (words, code: string) => WORDS.get(code) ?? words,
  );
