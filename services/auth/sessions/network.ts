import ipaddr from 'ipaddr.js'

/**
 * The network address as limits count it: an IPv6 host draws its address from a /64 of its own (RFC 4291, 2.5.4), so
 * those count as one.
 */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  return `${address.toByteArray().slice(0, 8).join('.')}/64`
}
