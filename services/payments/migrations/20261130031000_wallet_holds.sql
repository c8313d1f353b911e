-- What payments has asked mint to hold in a wallet. The row is there before mint is asked, so that what a crash leaves
-- behind is found and let go. See docs/decisions/0073.
create table wallet_holds (
  -- The reservation at mint has it too.
  id uuid primary key,
  organization_id uuid not null,
  order_id uuid not null references orders on delete cascade,
  purpose text not null check (purpose in ('purchase', 'deposit_refund')),
  -- `taken`: it was used, and mint is told so by the event of what it was used for.
  state text not null default 'started' check (state in ('started', 'taken', 'released')),
  started_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  check ((state = 'started') = (ended_at is null))
);
create unique index wallet_holds_of_purchase on wallet_holds (order_id) where state = 'started' and purpose = 'purchase';
create index wallet_holds_started on wallet_holds (started_at) where state = 'started';
select protect_by_organization('wallet_holds');

-- While an order is being paid from a wallet it is neither ended nor given a page on which it could be paid again.
alter table orders add column wallet_hold_id uuid;

-- A payment from a wallet has no payment at Stripe.
alter table payments alter column stripe_payment_intent_id drop not null;
alter table payments add column wallet_hold_id uuid unique;
alter table payments add check (stripe_payment_intent_id is null or wallet_hold_id is null);
