import { BlockList, isIP } from 'node:net';

/** Loopback, private, link-local, shared, multicast, and reserved ranges. */
const reserved = new BlockList();
for (const [address, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  reserved.addSubnet(address, prefix, 'ipv4');
}
/** The only range of public IPv6 addresses, and the parts of it that map to IPv4 addresses. */
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
const translated6 = new BlockList();
translated6.addSubnet('2002::', 16, 'ipv6');
translated6.addSubnet('2001::', 32, 'ipv6');

/** Whether an IP address is on the internet rather than on this computer or its network. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !reserved.check(address, 'ipv4');
    case 6:
      return global6.check(address, 'ipv6') && !translated6.check(address, 'ipv6');
    default:
      return false;
  }
}
