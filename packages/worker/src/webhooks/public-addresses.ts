import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The address must not be asked: it is not public, or there is none. `message` is for the owner of the webhook. */
export class AddressRefused extends Error {}

export interface AddressRule {
  /** Networks that may be asked although they are not public, as CIDRs or addresses. */
  readonly allowedNetworks: readonly string[];
}

/** True for an address that anybody on the internet could ask as well: no machine behind our own firewall. */
export function isAllowed(address: string, { allowedNetworks }: AddressRule): boolean {
  // Unpacks an IPv4 address that is written as an IPv6 one.
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' || allowedNetworks.some((network) => isWithin(parsed, network));
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, network: string): boolean {
  const [base, bits] = network.includes('/')
    ? ipaddr.parseCIDR(network)
    : ([ipaddr.parse(network), isIP(network) === 4 ? 32 : 128] as const);
  return base.kind() === address.kind() && address.match(base, bits);
}

export type Resolve = (hostname: string) => Promise<readonly { address: string; family: number }[]>;

const resolveByDns: Resolve = (hostname) => lookup(hostname, { all: true });

/**
 * Looks the host of a URL up, and gives a `lookup` that knows only the address found: every address of the name was
 * looked at, and the one that is connected to is one of them, whatever the name is made to say a moment later.
 */
export async function pinAddress(
  url: URL,
  rule: AddressRule,
  resolve: Resolve = resolveByDns,
): Promise<LookupFunction> {
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const found =
    isIP(hostname) === 0 ? await resolve(hostname) : [{ address: hostname, family: isIP(hostname) }];
  const refused = found.find(({ address }) => !isAllowed(address, rule));
  if (refused !== undefined) {
    throw new AddressRefused(`${url.hostname} leads to ${refused.address}, which is not a public address`);
  }
  const [first] = found;
  if (first === undefined) throw new AddressRefused(`${url.hostname} leads to no address`);
  return (_hostname, { all }, answer) => {
    if (all === true) answer(null, [first]);
    else answer(null, first.address, first.family);
  };
}
