import type { EventName } from '@azora/contracts/events.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError, fieldFault, refusal } from '@azora/kit/errors.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { v7 as uuidv7 } from 'uuid'
import { faultsOfUrl } from './public-address.ts'
import { createWebhookSecret } from './signature.ts'
import {
  countWebhooks,
  deleteWebhook,
  insertWebhook,
  rotateSecret,
  updateWebhook,
  type WebhookRow,
} from './webhooks.store.ts'

/** What administrators do with the webhooks of their school. */

/** `local`: the installation is for this machine alone, so who sees a message can change its settings. */
type Tools = { db: Database; sealing: Sealing; toPrivate: boolean; local: boolean }

const mostWebhooks = 100
const previousSecretHours = 24

/** A sealed secret opens in its own row alone, before and after a rotation. */
export const sealContext = (webhookId: string) => `webhooks.secret.${webhookId}`
/** What an entry of the audit log is about. Its address may hold secrets, so it stays out. */
const subject = ({ id, description }: { id: string; description: string }) => ({
  kind: 'webhook',
  id,
  name: description,
})

function checkUrl(url: string, { toPrivate, local }: Pick<Tools, 'toPrivate' | 'local'>): void {
  const faults = faultsOfUrl(url, toPrivate)
  if (faults.length === 0) return
  const hint = local && faultsOfUrl(url, true).length === 0 ? (['url_local_hint'] as const) : []
  const fields = [...faults, ...hint].map(reason => fieldFault('url', reason, { code: 'address_refused' }))
  throw new AppError('invalid_input', { fields })
}

/** @returns the webhook, and its secret this once. @throws AppError `invalid_input`, `conflict`. */
export async function createWebhook(
  { db, sealing, toPrivate, local }: Tools,
  by: Caller,
  wanted: { url: string; description: string; events: EventName[] },
): Promise<WebhookRow & { secret: string }> {
  checkUrl(wanted.url, { toPrivate, local })
  const { organizationId } = by.actor
  const id = uuidv7()
  const secret = createWebhookSecret()
  const events = [...new Set(wanted.events)]
  const row = { ...wanted, id, organizationId, events, secret: sealing.seal(secret, sealContext(id)) }
  const made = await db.in(organizationId).transaction(async tx => {
    if ((await countWebhooks(tx)) >= mostWebhooks) throw refusal('webhooks_limit', { most: mostWebhooks })
    const details = { events }
    await recordAudit(tx, 'integrations', by, {
      action: 'webhook.created',
      subject: subject(row),
      details,
    })
    return insertWebhook(tx, row)
  })
  return { ...made, secret }
}

/** @throws AppError `not_found`, `invalid_input`. */
export function saveWebhook(
  { db, toPrivate, local }: Pick<Tools, 'db' | 'toPrivate' | 'local'>,
  by: Caller,
  change: {
    webhookId: string
    url?: string | undefined
    description?: string | undefined
    events?: EventName[] | undefined
    status?: 'active' | 'paused' | undefined
  },
): Promise<WebhookRow> {
  if (change.url !== undefined) checkUrl(change.url, { toPrivate, local })
  return db.in(by.actor.organizationId).transaction(async tx => {
    const events = change.events ? [...new Set(change.events)] : null
    const saved = await updateWebhook(tx, {
      id: change.webhookId,
      url: change.url ?? null,
      description: change.description ?? null,
      events,
      status: change.status ?? null,
    })
    if (!saved) throw new AppError('not_found')
    const changed = (['url', 'description', 'events', 'status'] as const).filter(
      name => change[name] !== undefined,
    )
    const details = { changed, events: saved.events, status: saved.status }
    await recordAudit(tx, 'integrations', by, {
      action: 'webhook.changed',
      subject: subject(saved),
      details,
    })
    return saved
  })
}

/** @throws AppError `not_found`. */
export async function removeWebhook(db: Database, by: Caller, webhookId: string): Promise<void> {
  await db.in(by.actor.organizationId).transaction(async tx => {
    const webhook = await deleteWebhook(tx, webhookId)
    if (!webhook) throw new AppError('not_found')
    await recordAudit(tx, 'integrations', by, { action: 'webhook.deleted', subject: subject(webhook) })
  })
}

/** @returns the webhook, and its new secret this once. @throws AppError `not_found`. */
export async function rotateWebhookSecret(
  { db, sealing }: Pick<Tools, 'db' | 'sealing'>,
  by: Caller,
  webhookId: string,
): Promise<WebhookRow & { secret: string }> {
  const secret = createWebhookSecret()
  const sealed = sealing.seal(secret, sealContext(webhookId))
  const changed = await db.in(by.actor.organizationId).transaction(async tx => {
    const saved = await rotateSecret(tx, {
      id: webhookId,
      secret: sealed,
      previousHours: previousSecretHours,
    })
    if (!saved) throw new AppError('not_found')
    await recordAudit(tx, 'integrations', by, {
      action: 'webhook.secret_rotated',
      subject: subject(saved),
    })
    return saved
  })
  return { ...changed, secret }
}
