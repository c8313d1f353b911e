import { events } from '@azora/contracts/events.ts'
import { webhookEvents } from '@azora/contracts/integrations.ts'
import { type Office, offices } from '@azora/contracts/offices.ts'
import type { OperationMeta } from '@azora/contracts/operation.ts'
import { may } from '@azora/contracts/permissions.ts'
import { scopeOf } from '@azora/contracts/scopes.ts'
import { holdsShownOnce } from '@azora/contracts/shown-once.ts'
import { answerOf, isStream } from '@azora/contracts/stream.ts'
import type { AnyContractProcedure } from '@orpc/contract'
import type { OpenAPI } from '@orpc/openapi'
import { z } from 'zod'
import type { Limits } from './limits.ts'
import { describeContent } from './openapi-fields.ts'
import { createSchemaConverter } from './openapi-schemas.ts'

/** What the contracts say beyond the words of OpenAPI, as its extensions (4.9) and its `webhooks` (4.8.1). */

/** The offices whose holders may call what is not open to every member. */
function officesThatOpen({ access }: OperationMeta): Office[] {
  if (access === 'public' || access === 'member' || access === 'internal') return []
  return offices.filter(office => may({ roles: [], offices: [office] }, access))
}

/** The `x-azora-*` fields of an operation: the rules that hold before its handler is asked. */
export function notesOf(service: string, name: string, procedure: AnyContractProcedure) {
  const { route, meta: unknownMeta, outputSchema } = procedure['~orpc']
  const { method = 'POST' } = route
  const meta = unknownMeta as unknown as OperationMeta
  const answer = answerOf(outputSchema)
  const opening = officesThatOpen(meta)
  const { access, rateClass, interactive, stepUp, raw, deprecation } = meta
  return {
    'x-azora-operation': `${service}.${name}`,
    'x-azora-access': access,
    // Beside the roles to which it is open.
    ...(opening.length > 0 ? { 'x-azora-offices': opening } : {}),
    'x-azora-rate-class': rateClass,
    // A key is refused what is interactive, whatever its scopes are.
    ...(access === 'public' || interactive
      ? {}
      : { 'x-azora-scope': scopeOf(service, method.toUpperCase()) }),
    ...(interactive ? { 'x-azora-interactive': true } : {}),
    ...(answer && holdsShownOnce(answer) ? { 'x-azora-shown-once': true } : {}),
    ...(stepUp ? { 'x-azora-step-up': true } : {}),
    ...(raw ? { 'x-azora-raw': raw } : {}),
    ...(isStream(outputSchema) ? { 'x-azora-stream': true } : {}),
    ...(deprecation ? { 'x-azora-deprecation': deprecation } : {}),
  }
}

/** Each event that a webhook may ask for, with the body that its receiver gets. */
export function describeWebhooks(): Record<string, OpenAPI.PathItemObject> {
  const converter = createSchemaConverter()
  return Object.fromEntries(
    webhookEvents.map(name => {
      const message = z.object({ type: z.literal(name), timestamp: z.iso.datetime(), data: events[name] })
      const [, schema] = converter.convert(message, { strategy: 'output' })
      const content = { 'application/json': { schema: schema as OpenAPI.SchemaObject } }
      describeContent(content, { service: 'integrations', operation: name, parent: null })
      const post = {
        requestBody: {
          required: true,
          content,
        },
        responses: { '2XX': { description: 'The message was taken; anything else is tried again.' } },
      }
      return [name, { post } as OpenAPI.PathItemObject]
    }),
  )
}

/** The budgets of the installation, in the document so that its readers need no second address. */
export const describeLimits = (limits: Limits | undefined) => (limits ? { 'x-azora-limits': limits } : {})
