import { may, type Need } from '@azora/contracts/permissions.ts'
import { v7 as uuidv7 } from 'uuid'
import {
  type Approval,
  expireApprovals,
  insertApproval,
  insertVote,
  lockOptionalApproval,
  settle,
  spend,
} from './approvals.store.ts'
import { recordAudit } from './audit.ts'
import type { Caller } from './caller.ts'
import type { Transaction } from './db.ts'
import { AppError, refusal } from './errors.ts'

/**
 * Four eyes: what one person asks for and others approve before it happens. The one who asks approves nothing, each
 * approver counts once, and one refusal ends it. An approval is good for one use, by the use case that it is for, in
 * the transaction that does the work; so nothing happens that was not approved, and nothing happens twice.
 *
 * All of it is in the service's own schema and commits with what it belongs to. Each step is in the audit log.
 */

/** What is decided, and by whom. A service states one for each thing that asks for approval. */
export type ApprovalRule = {
  /** `noun.verb`, as in the audit log: `payout.release`. */
  kind: string
  /** What approvers have to hold: a permission, or an office (`office:finance`); who asks needs what the operation asks for. */
  permission: Need
  /** How many people have to approve, beside the one who asks. */
  approvers: number
  /** After that nobody can approve any more, nor use what was approved. */
  hours: number
}

export type { Approval } from './approvals.store.ts'

/**
 * Ask for an approval.
 * @param about the one thing that it is for, as text; while a request about it waits, or is approved and not yet used,
 * there is no second one.
 * @param details what approvers see, and what the use case reads again when it is approved. Without secrets.
 * @throws AppError `conflict` while there is one; `forbidden` for a program.
 */
export async function requestApproval(
  tx: Transaction,
  by: Caller,
  rule: ApprovalRule,
  { about, details }: { about: string; details: Record<string, unknown> },
): Promise<Approval> {
  refuseProgram(by)
  const { kind, approvers, hours } = rule
  for (const former of await expireApprovals(tx, { kind, about }))
    await record(tx, 'system', former, 'expired')
  const id = uuidv7()
  const made = await insertApproval(tx, {
    id,
    kind,
    about,
    details,
    requestedBy: by.actor.userId,
    approvers,
    hours,
  })
  if (!made) throw refusal('approval_waiting')
  await record(tx, by, made, 'requested')
  return made
}

/**
 * Approve, or refuse, what another person asked for.
 * @returns the approval as it stands now. Of those who approve at once, exactly one finds it `justApproved`.
 * @throws AppError `not_found`; `forbidden` for who asked, for a program, and without the permission; `conflict` for
 * who voted before and once it is decided; `link_expired` when it is too late.
 */
export async function vote(
  tx: Transaction,
  by: Caller,
  rule: ApprovalRule,
  { approvalId, approves }: { approvalId: string; approves: boolean },
): Promise<Approval & { justApproved: boolean }> {
  refuseProgram(by)
  const approval = await hold(tx, rule, approvalId)
  const { userId } = by.actor
  if (approval.requestedBy === userId || !may(by.actor, rule.permission)) throw new AppError('forbidden')
  if (approval.state !== 'waiting' && approval.state !== 'expired') throw new AppError('conflict')
  if (approval.expired) throw new AppError('link_expired')
  const approvalsGiven = await insertVote(tx, approval, { personId: userId, approves })
  if (approvalsGiven === null) throw new AppError('conflict')
  const justApproved = approves && approvalsGiven >= approval.approversNeeded
  await record(tx, by, approval, approves ? 'approved' : 'refused')
  const settled =
    approves && !justApproved ? approval : await settle(tx, approvalId, approves ? 'approved' : 'refused')
  return { ...settled, justApproved }
}

/** Take one's own request back. @throws AppError `not_found`, `forbidden` for anyone else, `conflict` once it is decided. */
export async function withdrawRequest(
  tx: Transaction,
  by: Caller,
  rule: ApprovalRule,
  approvalId: string,
): Promise<Approval> {
  refuseProgram(by)
  const approval = await hold(tx, rule, approvalId)
  if (approval.requestedBy !== by.actor.userId) throw new AppError('forbidden')
  if (approval.state !== 'waiting') throw new AppError('conflict')
  await record(tx, by, approval, 'withdrawn')
  return settle(tx, approvalId, 'withdrawn')
}

/**
 * Use an approval, once: for the transaction that does what was approved.
 * @returns what was approved; the work goes by these details and by nothing that is sent again.
 * @throws AppError `not_found`; `conflict` for one that is not approved, or was used; `link_expired` when it is too late.
 */
export async function takeApproved(
  tx: Transaction,
  by: Caller,
  rule: ApprovalRule,
  { approvalId, about }: { approvalId: string; about: string },
): Promise<Approval> {
  const approval = await hold(tx, rule, approvalId)
  if (approval.about !== about) throw new AppError('not_found')
  const { state, usedAt } = approval
  if ((state !== 'approved' && state !== 'expired') || usedAt !== null) throw new AppError('conflict')
  if (approval.expired) throw new AppError('link_expired')
  await record(tx, by, approval, 'used')
  return spend(tx, approvalId)
}

/** The approval, locked: of several who decide at once each sees what the one before has done. */
async function hold(tx: Transaction, { kind }: ApprovalRule, approvalId: string) {
  const approval = await lockOptionalApproval(tx, approvalId)
  if (approval?.kind !== kind) throw new AppError('not_found')
  return approval
}

/** People decide. Neither a key nor an administrator who looks through someone else's eyes is a second pair. */
function refuseProgram({ actor }: Caller): void {
  if (actor.kind || actor.impersonatorId) throw new AppError('forbidden')
}

async function record(
  tx: Transaction,
  by: Caller | 'system',
  { id, kind, about }: Approval,
  step: 'requested' | 'approved' | 'refused' | 'withdrawn' | 'used' | 'expired',
): Promise<void> {
  await recordAudit(tx, tx.service, by, {
    action: `approval.${step}`,
    subject: { kind: 'approval', id },
    details: { kind, about },
  })
}
