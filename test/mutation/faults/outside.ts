import type { Fault } from '../fault.ts'

const claims = 'services/integrations/deliveries/claims.store.ts'
const deliveries = 'services/integrations/deliveries/deliveries.store.ts'
const webhooks = 'services/integrations/webhooks/webhooks.store.ts'

/** What meets the world: the gateway and integrations. */
export const outsideFaults: Fault[] = [
  {
    says: 'two processes send one delivery',
    file: claims,
    from: "where w.id = d.webhook_id and d.status = 'waiting' and (d.claimed_until is null or d.claimed_until < now())\n      and d.id in",
    to: 'where w.id = d.webhook_id\n      and d.id in',
  },
  {
    says: 'a process that lost its claim writes the result',
    file: claims,
    from: 'duration_ms = ${result.durationMs}\n    where organization_id = ${tx.organizationId} and id = ${key.id} and claim = ${key.claim}',
    to: 'duration_ms = ${result.durationMs}\n    where organization_id = ${tx.organizationId} and id = ${key.id}',
  },
  {
    says: 'a paused webhook is told',
    file: deliveries,
    from: "and status in ('active', 'failing') and ${event} = any(events)",
    to: 'and ${event} = any(events)',
  },
  {
    says: 'a webhook is told of what it did not ask for',
    file: deliveries,
    from: 'and ${event} = any(events)',
    to: 'and ${event} = ${event}',
  },
  {
    says: 'a webhook is told of an event twice',
    file: deliveries,
    from: 'on conflict (webhook_id, event_id) where replay_of is null do nothing`)',
    to: '`)',
  },
  {
    says: 'an old secret stays good after its day',
    file: claims,
    from: 'case when w.previous_secret_until > now() then w.previous_secret end as previous_secret`)',
    to: 'w.previous_secret`)',
  },
  {
    says: 'a school makes webhooks without end',
    file: 'services/integrations/webhooks/webhooks.ts',
    from: '>= mostWebhooks) throw',
    to: '>= mostWebhooks * 10) throw',
  },
  {
    says: 'two make the last webhook at once',
    file: webhooks,
    from: "  await tx.one(sql`select pg_advisory_xact_lock(hashtext('webhooks'), hashtext(${tx.organizationId}))`)\n",
    to: '',
  },
  {
    says: 'a webhook that fails for days is never stopped',
    file: webhooks,
    from: "when ${gone} or w.failing_since < clock_timestamp() - make_interval(hours => ${patienceHours}) then 'disabled'",
    to: "when ${gone} then 'disabled'",
  },
  {
    says: 'the body of a message is not signed',
    file: 'services/integrations/webhooks/signature.ts',
    from: '.update(`${id}.${timestamp}.${body}`)',
    to: '.update(`${id}.${timestamp}.`)',
  },
  {
    says: 'a webhook leads into the own network',
    file: 'services/integrations/webhooks/public-address.ts',
    from: "if (address.range() !== 'unicast') return false",
    to: '',
  },
  {
    says: 'one public address among several is enough',
    file: 'services/integrations/webhooks/public-address.ts',
    from: 'addresses.every(({ address }) => isPublicAddress(address))',
    to: 'addresses.some(({ address }) => isPublicAddress(address))',
  },
  {
    says: 'a name in the own network is no fault',
    file: 'services/integrations/webhooks/public-address.ts',
    from: '&& !/\\.(localhost|local|internal|home\\.arpa)$/i.test(host)',
    to: '',
  },
  {
    says: 'a failed delivery is tried for ever',
    file: 'services/integrations/deliveries/back-off.ts',
    from: 'if (pause === undefined) return null',
    to: 'if (pause === undefined) return longestSeconds',
  },
  {
    says: 'a batch of usage counts twice',
    file: 'services/integrations/usage/usage.store.ts',
    from: 'values (${batchId}) on conflict (id) do nothing returning id)',
    to: 'values (${batchId}) on conflict (id) do update set id = excluded.id returning id)',
  },
  {
    says: 'anybody reads the usage of the school',
    file: 'services/integrations/usage/usage.ts',
    from: "if (wanted.of === 'school' && !may(actor, 'integrations.manage')) throw new AppError('forbidden')",
    to: '',
  },
  {
    says: 'usage that could not be told is lost',
    file: 'services/gateway/usage.ts',
    from: '        failing = true\n        return\n',
    to: '        failing = true\n        waiting.shift()\n        return\n',
  },
  {
    says: 'usage is kept without bound',
    file: 'services/gateway/usage.ts',
    from: 'if (counts.size >= mostCounts) {',
    to: 'if (counts.size >= mostCounts * 1000) {',
  },
  {
    says: 'another site writes in the name of a visitor',
    file: 'services/gateway/origin.ts',
    from: 'if (isOurs(origin, host) || (!hasSession && allowed.has(origin))) return',
    to: 'if (isOurs(origin, host) || allowed.has(origin)) return',
  },
  {
    says: 'any origin is ours',
    file: 'services/gateway/origin.ts',
    from: 'return host !== undefined && (origin',
    to: 'return host !== undefined || (origin',
  },
  {
    says: 'a request without an origin is believed',
    file: 'services/gateway/origin.ts',
    from: "if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new AppError('csrf_rejected')",
    to: '',
  },
  {
    says: 'outsiders say that they are inside',
    file: 'services/gateway/request-headers.ts',
    from: 'const reserved = /^(?:x-azora-|',
    to: 'const reserved = /^(?:x-azora-nothing-|',
  },
  {
    says: 'outsiders choose their own address',
    file: 'services/gateway/request-headers.ts',
    from: '!behindProxy && forwarding.test(name)',
    to: 'behindProxy && forwarding.test(name)',
  },
  {
    says: 'a body with two ends is let through',
    file: 'services/gateway/request-headers.ts',
    from: "if (coding !== undefined && coding.toLowerCase() !== 'chunked') return true",
    to: '',
  },
  {
    says: 'a request with two hosts is let through',
    file: 'services/gateway/request-headers.ts',
    from: 'return hosts > 1',
    to: 'return hosts > 2',
  },
  {
    says: 'a refused API key is asked for again and again',
    file: 'services/gateway/api-keys.ts',
    from: '      const found = { refused: true as const, until: Date.now() + refusedMs }\n      remember(hash, found)\n',
    to: '      const found = { refused: true as const, until: Date.now() + refusedMs }\n',
  },
]
