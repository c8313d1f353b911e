-- What somebody pays again and again. `state` is that of billing/subscriptions; what is searched stands beside it.
create table subscriptions (
  id uuid primary key,
  organization_id uuid not null,
  -- Null once the account is gone; what was paid stays in the books.
  owner_id uuid,
  owner_name text not null,
  owner_email text not null,
  plan_id uuid not null references plans,
  plan_version int not null,
  status text not null
    check (status in ('incomplete', 'expired', 'trialing', 'active', 'past_due', 'paused', 'cancelled')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  sandbox boolean not null,
  state jsonb not null,
  -- Counts its changes, so that what was shown before another change is known as such.
  revision int not null default 1,
  -- How many days are free once a card is there; 0 for none.
  trial_days int not null,
  -- The day on which something happens by itself.
  next_due date,
  created_at timestamptz not null default now(),
  foreign key (plan_id, plan_version) references plan_versions (plan_id, version)
);
-- A person has one that lives.
create unique index subscriptions_live on subscriptions (organization_id, owner_id)
  where status not in ('expired', 'cancelled');
create index subscriptions_of_owner on subscriptions (organization_id, owner_id, id desc);
create index subscriptions_of_school on subscriptions (organization_id, id desc);
create index subscriptions_due on subscriptions (next_due, id) where next_due is not null;
select protect_by_organization('subscriptions');

-- What is to be paid of it, in order. What it comes to is worked out once, when it is made.
create table subscription_bills (
  id uuid primary key,
  organization_id uuid not null,
  subscription_id uuid not null references subscriptions,
  position int not null check (position > 0),
  first boolean not null,
  currency text not null,
  -- Less than zero where it gives more back than it charges.
  total_minor bigint not null,
  -- What is paid by card.
  due_minor bigint not null check (due_minor >= 0),
  pricing jsonb not null,
  status text not null default 'open' check (status in ('open', 'paid', 'void')),
  invoice_id uuid,
  opened_on date not null,
  -- [{ on, declineCode }]
  failures jsonb not null default '[]',
  -- When the card is tried, or the grace looked at, next.
  next_try_on date,
  paid_at timestamptz,
  unique (subscription_id, position),
  check ((status = 'paid') = (paid_at is not null))
);
create index subscription_bills_open on subscription_bills (subscription_id, position) where status = 'open';
create index subscription_bills_to_try on subscription_bills (next_try_on, id)
  where status = 'open' and next_try_on is not null;
select protect_by_organization('subscription_bills');

-- A try to be paid: on a page of the processor, or by a saved card. The row is there before the processor is asked, and
-- its id is the key under which it is asked. One is open at a time, so nothing is paid twice.
create table subscription_charges (
  id uuid primary key,
  organization_id uuid not null,
  bill_id uuid not null references subscription_bills,
  kind text not null check (kind in ('page', 'card')),
  status text not null default 'open' check (status in ('open', 'succeeded', 'failed', 'expired')),
  stripe_session_id text unique,
  checkout_url text,
  stripe_payment_method_id text,
  stripe_payment_intent_id text,
  fee_minor bigint check (fee_minor >= 0),
  decline_code text,
  -- When the processor was asked for it first: what came of that is looked for before it is asked again.
  asked_at timestamptz,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  checked_at timestamptz not null default now()
);
create unique index subscription_charges_open on subscription_charges (bill_id) where status = 'open';
create index subscription_charges_of_bill on subscription_charges (bill_id);
create index subscription_charges_to_check on subscription_charges (checked_at) where status = 'open';
select protect_by_organization('subscription_charges');

-- What somebody has paid for days that they do not use. It pays what is due next.
create table customer_credits (
  id uuid primary key,
  organization_id uuid not null,
  owner_id uuid,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  bill_id uuid not null unique references subscription_bills,
  created_at timestamptz not null default now()
);
create index customer_credits_of on customer_credits (organization_id, owner_id);
select protect_by_organization('customer_credits');

create table credit_uses (
  organization_id uuid not null,
  bill_id uuid not null references subscription_bills,
  credit_id uuid not null references customer_credits,
  amount_minor bigint not null check (amount_minor > 0),
  primary key (bill_id, credit_id)
);
create index credit_uses_of on credit_uses (credit_id);
select protect_by_organization('credit_uses');
