/** Functions whose statements are of no one school, so that `school-named.test.ts` lets them pass. They take `Unscoped`. */

const auth = 'services/auth/'

const functions: [reason: string, folder: string, names: string[]][] = [
  [
    'a sweep looks after the orders of every school, and then enters the school of each',
    'services/payments/stripe/stripe-events.store.ts',
    ['deleteOldEvents', 'selectOldOpenOrders', 'selectOldRefunds'],
  ],
  [
    'Stripe tells of a payment without its school, which is entered then',
    'services/payments/orders/payments.store.ts',
    ['selectOptionalOfIntent'],
  ],
  [
    'each night every school that sells is reconciled, in a transaction of its own',
    'services/payments/reconciliation/reconciliations.store.ts',
    ['selectSellingSchools'],
  ],
  [
    'a sweep looks after the subscriptions of every school, and then enters the school of each',
    'services/payments/subscriptions/subscriptions.store.ts',
    ['selectDue'],
  ],
  [
    'a sweep looks after the bills of every school, and then enters the school of each',
    'services/payments/subscriptions/bills.store.ts',
    ['selectBillsToTry'],
  ],
  [
    'a sweep looks after the charges of every school, and then enters the school of each',
    'services/payments/subscriptions/charges.store.ts',
    ['selectOldOpenCharges'],
  ],
  [
    'the sweep and the webhook serve all schools',
    'services/payments/charges/charge-refunds.store.ts',
    ['selectChargesToRefund'],
  ],
  [
    'each day the late invoices of every school are looked for, and then the school of each is entered',
    'services/payments/account-orders/overdue.store.ts',
    ['selectMayBeOverdue'],
  ],
  [
    'the processor tells of a payment, and not of a school',
    'services/payments/charges/paid-charges.store.ts',
    ['selectOptionalChargeOfIntent'],
  ],
  [
    'a sweep looks after the cards of every school, and then enters the school of each',
    'services/payments/cards/card-setups.store.ts',
    ['selectOldOpenSetups'],
  ],
  [
    'each night revenue of every school is recognised, in a transaction of its own',
    'services/mint/recognition/recognition.store.ts',
    ['selectSchoolsToRecognise'],
  ],
  [
    'a sweep lets go what was held in wallets of every school, and then enters the school of each',
    'services/payments/wallet/holds.store.ts',
    ['selectForgotten'],
  ],
  [
    'one who signs in has not entered a school yet, and a person has their schools by the same account',
    `${auth}accounts/accounts.store.ts`,
    [
      'selectOptionalSignIn',
      'selectOptionalSignInOf',
      'selectMemberships',
      'selectOptionalCredentials',
      'selectProfiles',
    ],
  ],
  [
    'a challenge is between the first proof and the session, before a school is entered',
    `${auth}factors/challenge.store.ts`,
    ['selectOptionalChallenge', 'countChallengeTry', 'deleteChallenge', 'deleteChallengesOf'],
  ],
  [
    'an address is a person’s in all of their schools; the row says in which one they asked',
    `${auth}accounts/email-changes.store.ts`,
    [
      'selectOptionalEmailChange',
      'createEmailChangeCode',
      'countEmailChangeTry',
      'claimEmailChange',
      'deleteEmailChangesOf',
    ],
  ],
  [
    'a password is a person’s in all of their schools; the token alone says whose',
    `${auth}accounts/password-resets.store.ts`,
    ['selectOptionalPasswordReset', 'spendPasswordReset', 'deletePasswordResetsOf'],
  ],
  [
    'the school is not known before the registration is found; one address has one account',
    `${auth}accounts/registrations.store.ts`,
    ['selectOptionalRegistration', 'countRegistrationTry', 'deleteRegistrationsOf'],
  ],
  [
    'one who holds an invitation’s link has not entered the school yet',
    `${auth}invitations/invitations.store.ts`,
    ['selectOptionalOffer', 'selectOptionalEnd'],
  ],
  [
    'the school is not known before the key is found',
    `${auth}keys/api-keys.store.ts`,
    ['selectOptionalProof'],
  ],
  [
    'the school is not known before the client is found',
    `${auth}keys/oauth-clients.store.ts`,
    ['selectOptionalClientProof'],
  ],
  [
    'a refresh token names a session alone; a person sees and ends theirs in every school, and takes one to another',
    `${auth}sessions/sessions.store.ts`,
    [
      'advanceSession',
      'selectOptionalJustAdvanced',
      'selectOptionalLiveSession',
      'moveSession',
      'revokeSessions',
    ],
  ],
  [
    'a person sees their sessions in every school',
    `${auth}sessions/own-sessions.store.ts`,
    ['selectSessions'],
  ],
  [
    'guessing is limited before a school is entered',
    `${auth}sessions/known-addresses.store.ts`,
    ['selectKnownAddresses'],
  ],
  [
    'the operator’s list of all schools',
    `${auth}organizations/organizations.store.ts`,
    ['selectOrganizations'],
  ],
  ['what somebody is in other schools', `${auth}people/people.store.ts`, ['selectStandsElsewhere']],
  [
    'an account is deleted in every school at once',
    `${auth}privacy/deletion.store.ts`,
    ['lockSchoolsOf', 'countSchools', 'selectOrphanedSchools', 'selectOptionalLeaver', 'deleteUser'],
  ],
  ['an account is deleted in every school at once', `${auth}audit/audit.store.ts`, ['deleteOriginsOf']],
  [
    'an export is of a person in all of their schools',
    `${auth}privacy/exports.store.ts`,
    [
      'selectSchoolsOf',
      'selectOptionalExport',
      'insertExport',
      'selectParts',
      'deleteExport',
      'selectOptionalRecipient',
    ],
  ],
  [
    'the sender of webhooks takes what is due, whichever school’s',
    'services/integrations/deliveries/claims.store.ts',
    ['claimDue'],
  ],
  ['the journals of all schools are sealed', 'services/mint/chain/seals.store.ts', ['selectSchools']],
  [
    'what timed out is released, whichever school’s',
    'services/mint/transfers/expiries.store.ts',
    ['selectDue'],
  ],
  // What is over is forgotten in all schools alike.
  ['forgets what is over', `${auth}accounts/email-changes.store.ts`, ['deleteExpiredEmailChanges']],
  ['forgets what is over', `${auth}accounts/password-resets.store.ts`, ['deleteOldPasswordResets']],
  ['forgets what is over', `${auth}accounts/registrations.store.ts`, ['deleteExpiredRegistrations']],
  ['forgets what is over', `${auth}audit/audit.store.ts`, ['deleteOldOrigins']],
  ['forgets what is over', `${auth}factors/challenge.store.ts`, ['deleteExpiredChallenges']],
  ['forgets what is over', `${auth}invitations/invitations.store.ts`, ['deleteOldInvitations']],
  ['forgets what is over', `${auth}sessions/sessions.store.ts`, ['deleteEndedSessions']],
  ['forgets what is over', 'services/integrations/deliveries/deliveries.store.ts', ['deleteOldDeliveries']],
  ['forgets what is over', 'services/integrations/usage/usage.store.ts', ['deleteOldUsage']],
  ['forgets what is over', 'services/assessment/quizzes/access-code.store.ts', ['deleteOldGuesses']],
  [
    'forgets what is over',
    'services/assessment/uploads/uploads.store.ts',
    ['deleteAbandoned', 'selectContentsToDelete', 'forgetContent'],
  ],
  ['ends what is over', 'services/assessment/submissions/submissions.store.ts', ['selectExpired']],
  [
    'asks anew for jobs that are gone',
    'services/assessment/marking/programs/programs.store.ts',
    ['selectLeftToRun'],
  ],
  ['asks for lost work anew', 'services/assessment/regrading/regrades.store.ts', ['selectLeftRegrades']],
  [
    'looks for grades that may have changed',
    'services/assessment/gradebook/told-grades.store.ts',
    ['askWhereQuizzesAreOver', 'askEverywhere', 'selectCoursesToTell'],
  ],
  ['catches up with what is left', 'services/assessment/similarity/similar.store.ts', ['selectUnprinted']],
  ['forgets what is over', 'services/assessment/marking/open-answers.store.ts', ['deleteOldLeases']],
  ['forgets what is over', 'services/assessment/integrity/integrity.store.ts', ['deleteOldEntries']],
  ['ends what is over', 'services/education/imports/imports.store.ts', ['selectAbandonedImports']],
  ['forgets what is over', 'kit/retention.ts', ['forgetOldWork']],
  // Outbox and inbox are the infrastructure of a service and hold events of every school in one order.
  ['events of every school', 'kit/inbox.ts', ['startInbox']],
  ['events of every school', 'kit/relay.ts', ['startRelay']],
  ['events of every school', 'kit/retention.ts', ['selectErased']],
  ['an operator’s counts are of every school', 'kit/operations.ts', ['getStatus']],
  [
    'a certificate is checked by anybody who has its address or its file',
    'services/education/certificates/certificates.store.ts',
    ['selectOptionalCertificate', 'selectIsOurIssuer'],
  ],
  [
    'a seat is looked up by anybody who has its code, before they have signed in',
    'services/payments/seats/seats.store.ts',
    ['selectOptionalTarget'],
  ],
  [
    'the cover of a published course is shown to visitors, whichever school’s',
    'services/education/files/files.store.ts',
    ['selectOptionalPublicCover'],
  ],
  [
    'lessons from before search knew their words, of every school',
    'services/education/lessons/lessons.store.ts',
    ['selectUnreadLessons'],
  ],
  // What tests look at, past the service.
  [
    'for tests',
    `${auth}accounts/testing.store.ts`,
    ['selectEvents', 'selectAuditActions', 'countLiveSessions'],
  ],
  ['for tests', `${auth}audit/testing.store.ts`, ['countWaiting']],
  ['for tests', `${auth}factors/testing.store.ts`, ['selectAudit']],
  ['for tests', 'services/assessment/regrading/testing.store.ts', ['selectScoreEvents']],
  ['for tests', 'services/assessment/submissions/testing.store.ts', ['selectResultEvents']],
  ['for tests', 'services/integrations/testing.store.ts', ['countWaitingEvents']],
]

/** By the place of the function, why its statements name no school. */
export const ofNoOneSchool = new Map<string, string>(
  functions.flatMap(([reason, path, names]) => names.map(name => [`${path}: ${name}`, reason] as const)),
)
