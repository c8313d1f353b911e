-- Who a person is at the processor, apart in the sandbox and outside it.
create table stripe_customers (
  organization_id uuid not null,
  user_id uuid not null,
  sandbox boolean not null,
  customer_id text not null unique,
  created_at timestamptz not null default now(),
  primary key (organization_id, user_id, sandbox)
);
select protect_by_organization('stripe_customers');

-- Cards that people left for later. What of them is not here, the processor alone knows.
create table saved_cards (
  id uuid primary key,
  organization_id uuid not null,
  user_id uuid not null,
  sandbox boolean not null,
  stripe_payment_method_id text not null unique,
  brand text not null,
  last4 text not null,
  exp_month int not null,
  exp_year int not null,
  is_default boolean not null default false,
  created_at timestamptz not null default now()
);
create unique index saved_cards_default on saved_cards (organization_id, user_id, sandbox) where is_default;
create index saved_cards_of_person on saved_cards (organization_id, user_id, id desc);
select protect_by_organization('saved_cards');

-- A page of the processor on which somebody leaves a card.
create table card_setups (
  id uuid primary key,
  organization_id uuid not null,
  user_id uuid not null,
  sandbox boolean not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  status text not null default 'open' check (status in ('open', 'done', 'expired')),
  -- The subscription that begins its trial with the card.
  subscription_id uuid,
  return_path text not null,
  stripe_session_id text unique,
  checkout_url text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  checked_at timestamptz not null default now()
);
create index card_setups_to_check on card_setups (checked_at) where status = 'open';
create index card_setups_of_person on card_setups (organization_id, user_id) where status = 'open';
select protect_by_organization('card_setups');

-- What Stripe tells may be about something else than an order.
alter table stripe_events alter column order_id drop not null;
