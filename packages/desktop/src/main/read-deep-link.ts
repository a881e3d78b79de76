/** What an `instashare://` link can ask for; anything else is not for us. */
export function readDeepLink(text: string): 'open' | null {
  if (!URL.canParse(text)) return null;
  const { protocol, host, pathname, search, hash } = new URL(text);
  const isPlain = (pathname === '' || pathname === '/') && search === '' && hash === '';
  return protocol === 'instashare:' && host === 'open' && isPlain ? 'open' : null;
}
