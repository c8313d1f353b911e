-- What a bank holds of a payment, or has taken for good. Together with refunds it may be more than came: a bank may
-- dispute the whole of a payment of which a part went back.
alter table payments add column disputed_minor bigint not null default 0 check (disputed_minor >= 0);

-- A refund that was made in Stripe's own pages has nobody here who asked for it.
alter table refunds add column made_at_stripe boolean not null default false;

-- A bank asks for a payment back, or asks about it: an inquiry takes no money until it becomes a chargeback.
create table disputes (
  id uuid primary key,
  organization_id uuid not null,
  payment_id uuid not null references payments,
  stripe_dispute_id text not null unique,
  amount_minor bigint not null check (amount_minor > 0),
  fee_minor bigint check (fee_minor >= 0),
  -- In Stripe's words: `fraudulent`, `product_not_received`.
  reason text not null,
  status text not null check (status in ('needs_response', 'under_review', 'won', 'lost', 'closed')),
  inquiry boolean not null,
  -- Whether the money was taken. Told by events, each once.
  withdrawn boolean not null default false,
  evidence_due_at timestamptz,
  opened_at timestamptz not null,
  closed_at timestamptz,
  check ((status in ('won', 'lost', 'closed')) = (closed_at is not null))
);
create index disputes_of_payment on disputes (payment_id);
create index disputes_of_school on disputes (organization_id, id desc);
select protect_by_organization('disputes');
