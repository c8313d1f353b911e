import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { services } from '../apps/azora/services.ts'
import { schemaOf } from '../kit/database-names.ts'
import { createTestDatabase } from '../kit/testing.ts'
import { read } from './repository.ts'

/**
 * Where people stand in the tables, column by column: whether an export shows it, and what becomes of it when the
 * account goes. A new column that looks as if it told of a person fails here until someone has thought of both. What
 * the stores do is shown by apps/azora/privacy.test.ts.
 */

type Treatment = {
  /** `shown`: the service's store for exports reads the table; otherwise why not. */
  exported: 'shown' | string
  /**
   * `cascade`: the database removes or empties it with the account's row; `deleted`, `nameless`: a store does;
   * otherwise why it stays.
   */
  erased: 'cascade' | 'deleted' | 'nameless' | string
}

const schemas = services.map(service => schemaOf(service.name))
const shown = (erased: Treatment['erased']): Treatment => ({ exported: 'shown', erased })
const bareId = 'a bare id stays, of whom nothing else is known'
const delivery = 'what the kit keeps for a while, of what stands elsewhere'

const known: Record<string, Treatment> = {
  'auth.users.email': shown('deleted'),
  'auth.users.name': shown('deleted'),
  'auth.memberships.user_id': shown('deleted'),
  'auth.past_memberships.user_id': { exported: 'it says which schools take part', erased: 'cascade' },
  'auth.offices_held.user_id': shown('cascade'),
  'auth.offices_held.given_by': {
    exported: 'the audit log shows which offices they gave',
    erased: 'cascade',
  },
  'auth.offices_held.ended_by': {
    exported: 'the audit log shows which offices they ended',
    erased: 'cascade',
  },
  'auth.sessions.user_id': shown('deleted'),
  'auth.sessions.ip': shown('deleted'),
  'auth.sessions.user_agent': shown('deleted'),
  'auth.sessions.impersonator_id': shown('cascade'),
  'auth.totp_factors.user_id': shown('cascade'),
  'auth.recovery_codes.user_id': shown('cascade'),
  'auth.passkeys.user_id': shown('cascade'),
  'auth.identities.user_id': shown('cascade'),
  'auth.federation_attempts.user_id': { exported: 'lives for minutes', erased: 'cascade' },
  'auth.api_keys.user_id': shown('cascade'),
  'auth.api_keys.name': shown('deleted with the row, by the key to its owner'),
  'auth.oauth_clients.secret_held_by': { exported: 'the client is the school’s', erased: 'cascade' },
  'auth.oauth_clients.created_by': { exported: 'the client is the school’s', erased: 'cascade' },
  'auth.registrations.email': {
    exported: 'lives for an hour or so, before there is an account',
    erased: 'deleted',
  },
  'auth.registrations.name': {
    exported: 'lives for an hour or so, before there is an account',
    erased: 'deleted',
  },
  'auth.password_resets.user_id': { exported: 'lives for days', erased: 'cascade' },
  'auth.email_changes.user_id': { exported: 'lives until the new address is proven', erased: 'cascade' },
  'auth.email_changes.email': {
    exported: 'lives until the new address is proven',
    erased: 'goes with its row, when the account does',
  },
  'auth.login_challenges.user_id': { exported: 'lives for minutes', erased: 'cascade' },
  'auth.webauthn_ceremonies.user_id': { exported: 'lives for minutes', erased: 'cascade' },
  'auth.invitations.email': shown('deleted'),
  'auth.invitations.name': shown('deleted'),
  'auth.invitations.invited_by': shown('cascade'),
  'payments.orders.buyer_id': shown('nameless'),
  'payments.orders.buyer_name': shown('nameless'),
  'payments.course_prices.set_by': shown('nameless'),
  'payments.refunds.requested_by': shown('nameless'),
  'payments.refund_requests.answered_by': shown('nameless'),
  'payments.differences.settled_by': shown('nameless'),
  'payments.access_grants.user_id': shown('deleted'),
  'payments.access_revisions.user_id': { exported: 'a counter of what the grants show', erased: 'deleted' },
  'payments.invoices.buyer_id': shown('nameless'),
  'payments.coupon_uses.user_id': shown('nameless'),
  'payments.coupons.created_by': shown('nameless'),
  'payments.seat_pools.given_by': shown('nameless'),
  'payments.seat_pools.giver_name': shown('nameless'),
  'payments.seat_pools.name': {
    exported: 'what seats are called',
    erased: 'what seats are called',
  },
  'payments.seats.user_id': shown('nameless'),
  'payments.seats.holder_name': shown('nameless'),
  'payments.seats.email': shown('nameless; of an invitation that waits, once it or its pool is closed'),
  'payments.billing_details.user_id': shown('deleted'),
  'payments.tax_settings.set_by': shown(bareId),
  'payments.stripe_customers.user_id': shown('deleted'),
  'payments.stripe_customers.customer_id': shown('deleted'),
  'payments.plan_versions.name': { exported: 'the name of a plan', erased: 'the name of a plan' },
  'payments.saved_cards.user_id': shown('deleted'),
  'payments.card_setups.user_id': { exported: 'the card that came of it is shown', erased: 'deleted' },
  'payments.subscriptions.owner_id': shown('nameless'),
  'payments.subscriptions.owner_name': shown('nameless'),
  'payments.subscriptions.owner_email': shown('nameless'),
  'payments.customer_credits.owner_id': shown('nameless'),
  'payments.institution_managers.user_id': shown('deleted'),
  'payments.institution_managers.manager_name': shown('deleted'),
  'payments.account_orders.ordered_by': shown('nameless'),
  'payments.account_orders.orderer_name': shown('nameless'),
  'payments.invoice_payments.recorded_by': shown('nameless'),
  'payments.courses.instructor_id': { exported: 'a copy of what education shows', erased: bareId },
  'payments.order_items.instructor_id': { exported: 'a copy of what education shows', erased: bareId },
  'mint.accounts.owner_id': shown('nameless'),
  'mint.accounts.blockchain_address': shown('nameless'),
  'mint.wallets.user_id': shown('a view of accounts, whose owner is erased'),
  'mint.wallets.blockchain_address': shown('a view of accounts, whose address is erased'),
  'mint.wallet_messages.sender_name': shown('nameless'),
  'mint.wallet_messages.recipient_id': shown('nameless'),
  'mint.wallet_messages.recipient_name': shown('nameless'),
  'mint.course_sales.instructor_id': shown('nameless'),
  'mint.account_sales.instructor_id': shown('nameless'),
  'mint.transfers.created_by': shown(bareId),
  'mint.bookings.created_by': shown(bareId),
  'mint.split_rules.created_by': shown(bareId),
  'auth.audit_entries.actor_id': shown(bareId),
  'auth.audit_entries.impersonator_id': shown(bareId),
  'auth.audit_entries.subject_id': shown(bareId),
  'auth.audit_origins.person_id': shown('deleted'),
  'auth.audit_origins.ip': shown('deleted'),
  'auth.audit_origins.user_agent': shown('deleted'),
  'auth.data_exports.user_id': { exported: 'the export itself', erased: 'cascade' },
  'auth.deletion_tokens.user_id': { exported: 'a hash of a key that works for days', erased: 'cascade' },
  'education.people.user_id': shown('nameless'),
  'education.people.name': shown('nameless'),
  'education.people.email': shown('nameless'),
  'education.courses.instructor_id': shown(bareId),
  // For search; a trigger keeps it as education.people has it.
  'education.courses.instructor_name': { exported: 'a copy of education.people.name', erased: 'nameless' },
  'education.files.created_by': shown(bareId),
  'education.enrollments.user_id': shown('deleted'),
  'education.access_told.user_id': { exported: 'a counter of what the enrolment shows', erased: 'deleted' },
  'education.certificates.user_id': shown('deleted'),
  'education.certificates.recipient_name': shown('deleted'),
  'education.certificates.instructor_name': shown('nameless'),
  'education.certificates.revoked_by': { exported: 'what somebody did, in the audit log', erased: bareId },
  'education.storage_use.user_id': shown('deleted'),
  'education.imports.created_by': shown('deleted'),
  'assessment.courses.instructor_id': { exported: 'a copy of what education shows', erased: bareId },
  'assessment.course_learners.user_id': shown('deleted'),
  'assessment.quizzes.created_by': shown(bareId),
  'assessment.submissions.user_id': shown('deleted'),
  'assessment.answers_to_mark.marked_by': shown(bareId),
  'assessment.given_marks.marked_by': shown(bareId),
  'assessment.mark_changes.changed_by': shown(bareId),
  'assessment.regrades.requested_by': { exported: 'what a teacher did, in the audit log', erased: bareId },
  'assessment.saved_comments.user_id': shown('deleted'),
  'assessment.open_answers.user_id': { exported: 'lives for minutes', erased: 'deleted' },
  'assessment.uploads.user_id': shown('deleted'),
  'assessment.uploads.name': shown('deleted'),
  'assessment.accommodations.user_id': shown('deleted'),
  'assessment.group_members.user_id': shown('deleted'),
  'assessment.access_code_guesses.user_id': { exported: 'lives for minutes', erased: 'deleted' },
  'assessment.gradebook_entries.user_id': shown('deleted'),
  'assessment.gradebook_history.user_id': {
    exported: 'earlier states of the grades that are shown',
    erased: 'deleted',
  },
  'assessment.gradebook_history.changed_by': {
    exported: 'what a teacher did, in the course',
    erased: bareId,
  },
  'assessment.standard_judgements.user_id': shown('deleted'),
  'assessment.standard_judgements.judged_by': {
    exported: 'what a teacher did, in the course',
    erased: bareId,
  },
  'assessment.grade_checks.user_id': { exported: 'lives for minutes', erased: 'deleted' },
  'assessment.told_grades.user_id': { exported: 'worked out from what is shown', erased: 'deleted' },
  'integrations.deliveries.person_id': shown('deleted'),
  'integrations.usage_hours.user_id': shown('deleted'),
  ...Object.fromEntries(
    schemas.map(schema => [`${schema}.idempotency_keys.user_id`, { exported: delivery, erased: 'deleted' }]),
  ),
  // Who asked for something and who approved it must be known for as long as what was done by it.
  ...Object.fromEntries(
    services.flatMap(({ name }) =>
      ['approvals.requested_by', 'approval_votes.requested_by', 'approval_votes.person_id'].map(column => [
        `${name}.${column}`,
        { exported: 'what somebody did, in the audit log', erased: bareId },
      ]),
    ),
  ),
}

// Columns that look so and tell of nobody.
const ofNobody = new Set([
  'mint.split_rules.name',
  'education.subjects.name',
  'education.course_groups.name',
  ...['organizations', 'secrets', 'passkeys', 'oauth_clients'].map(table => `auth.${table}.name`),
  ...['organizations', 'files'].map(table => `education.${table}.name`),
  ...schemas.flatMap(schema => ['inbox', 'outbox', 'migrations'].map(table => `${schema}.${table}.name`)),
  'education.certificates.school_name',
  'payments.schools.school_name',
  // Of companies; the address is where their accountants read.
  ...['name', 'legal_name', 'address', 'billing_email'].map(column => `payments.institutions.${column}`),
  'education.imports.file_name',
])

const tellsOfSomebody =
  /(^|_)(user|person|member|learner|author|owner|actor|subject|recipient|impersonator|instructor|creator|buyer|customer)_id$|_by$|(^|_)(name|email|phone|address|ip|user_agent)$/

let database: Awaited<ReturnType<typeof createTestDatabase>>
let admin: pg.Client
let columns: string[]

before(async () => {
  database = await createTestDatabase(services.map(({ name, migrations }) => ({ name, migrations })))
  admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  const { rows } = await admin.query<{ place: string; name: string }>(
    `select table_schema || '.' || table_name || '.' || column_name as place, column_name as name
     from information_schema.columns where table_schema = any($1) order by 1`,
    [schemas],
  )
  columns = rows.filter(row => tellsOfSomebody.test(row.name)).map(row => row.place)
})
after(async () => {
  await admin?.end()
  await database?.drop()
})

// Those that have more than the one store of their `privacy/`.
const storesOf: Record<string, string[]> = {
  auth: [
    'services/auth/privacy/personal-data.store.ts',
    'services/auth/privacy/deletion.store.ts',
    'services/auth/audit/audit.store.ts',
  ],
  integrations: [
    'services/integrations/privacy/privacy.store.ts',
    'services/integrations/usage/usage.store.ts',
  ],
}
function storeText(schema: string): string {
  const service = services.find(({ name }) => schemaOf(name) === schema)?.name ?? ''
  return (storesOf[service] ?? [`services/${service}/privacy/privacy.store.ts`]).map(read).join('\n')
}
const mentions = (schema: string, verbs: string, table: string) =>
  new RegExp(`\\b(?:${verbs})\\s+${table}\\b`).test(storeText(schema))

test('Of every column that tells of a person it is known what an export and an erasure do with it.', () => {
  const unknown = columns.filter(place => !(place in known) && !ofNobody.has(place))
  assert.deepEqual(
    unknown,
    [],
    'say in this file what an export and an erasure do with it, and have them do so',
  )
})

test('What is known of columns is known of columns that there are.', () => {
  assert.deepEqual(
    [...Object.keys(known), ...ofNobody].filter(place => !columns.includes(place)),
    [],
    'delete it here',
  )
})

test('What is said to be shown is read for exports.', () => {
  for (const [place, { exported }] of Object.entries(known)) {
    const [schema = '', table = ''] = place.split('.')
    if (exported === 'shown') assert.ok(mentions(schema, 'from|join', table), `${place} is in no export`)
    else assert.ok(exported.length > 10, `${place}: say why not`)
  }
})

test('What is said to be erased is erased by a store, or by the database with the account.', async () => {
  const { rows } = await admin.query<{ place: string; rule: string }>(
    `select format('%s.%s', r.relname, a.attname) as place, c.confdeltype as rule
     from pg_constraint c join pg_class r on r.oid = c.conrelid
     join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey) and a.attname <> 'organization_id'
     where c.contype = 'f' and c.confrelid in ('auth.users'::regclass, 'auth.memberships'::regclass)`,
  )
  const rules = new Map(rows.map(row => [`auth.${row.place}`, row.rule]))
  for (const [place, { erased }] of Object.entries(known)) {
    const [schema = '', table = ''] = place.split('.')
    if (table === 'idempotency_keys') continue // by kit/retention.ts, in every service alike
    if (erased === 'cascade')
      assert.match(rules.get(place) ?? 'none', /^[cn]$/, `${place} does not go with the account`)
    else if (erased === 'deleted')
      assert.ok(mentions(schema, 'delete from', table), `${place} is not deleted`)
    else if (erased === 'nameless') assert.ok(mentions(schema, 'update', table), `${place} keeps the name`)
    else assert.ok(erased.length > 10, `${place}: say why it stays`)
  }
  // Anything else that refers to an account would keep it from being deleted.
  const holding = [...rules].filter(
    ([place, rule]) => !/[cn]/.test(rule) && known[place]?.erased !== 'deleted',
  )
  assert.deepEqual(holding, [], 'let the foreign key cascade or set null')
})
