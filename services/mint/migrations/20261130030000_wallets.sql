-- Wallets: faces on accounts of the ledger. See docs/decisions/0073.

alter table accounts add column blockchain_address text;

-- A person's money, by the account that holds it. A view, so that a balance cannot be another than the ledger's.
create view wallets with (security_invoker = true) as
  select organization_id, id, case when owner_erased_at is null then owner_id end as user_id, credits_posted - debits_posted as balance,
    credits_posted - debits_posted - debits_pending as available, currency,
    kind = 'sandbox_wallet_liability' as sandbox, blockchain_address, opened_at as created_at
  from accounts
  where owner_type = 'person' and kind in ('wallet_liability', 'sandbox_wallet_liability');

-- Money that is held in a wallet for something that is decided elsewhere. The row is there before or after what it
-- waits for, and ends once: what was released before it came to be held is never held any more.
create table wallet_reservations (
  organization_id uuid not null,
  -- That of the pending transfer too.
  id uuid not null,
  state text not null check (state in ('held', 'posted', 'released')),
  -- Null where it was released first.
  wallet_id uuid,
  purpose text check (purpose in ('purchase', 'deposit_refund')),
  amount bigint check (amount > 0),
  created_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  primary key (organization_id, id),
  check ((state = 'held') = (ended_at is null)),
  check (state = 'released' or (wallet_id is not null and purpose is not null and amount is not null))
);
create index wallet_reservations_of_wallet on wallet_reservations (organization_id, wallet_id);

-- Where a transfer has come from, or gone to, outside the ledger.
create table transfer_origins (
  organization_id uuid not null,
  transfer_id uuid not null,
  stripe_id text,
  blockchain_tx_hash text,
  primary key (organization_id, transfer_id)
);

-- Who sent to whom, and what they wrote: apart from the journal, which is never changed, so that it can be forgotten.
create table wallet_messages (
  organization_id uuid not null,
  transfer_id uuid not null,
  -- Null once the account is gone.
  sender_id uuid,
  sender_name text not null,
  recipient_id uuid,
  recipient_name text not null,
  note text not null,
  primary key (organization_id, transfer_id)
);
create index wallet_messages_of_sender on wallet_messages (organization_id, sender_id);
create index wallet_messages_of_recipient on wallet_messages (organization_id, recipient_id);

-- Who may send money from wallet to wallet; without a row nobody.
create table wallet_settings (
  organization_id uuid primary key,
  senders text not null check (senders in ('nobody', 'staff', 'everyone')),
  updated_at timestamptz not null default now()
);
-- How much of a currency one person may send in 24 hours; without a row nothing.
create table wallet_limits (
  organization_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  per_day_minor bigint not null check (per_day_minor > 0),
  primary key (organization_id, currency)
);

-- What happened to wallets: once for each wallet that a transfer touches.
create view transactions with (security_invoker = true) as
  select t.organization_id, t.id, t.sequence, w.id as wallet_id,
    case t.kind
      when 'wallet_deposit' then 'deposit'
      when 'wallet_transfer' then 'transfer'
      when 'wallet_purchase' then 'purchase'
      when 'wallet_refund' then 'refund'
      when 'wallet_withdrawal' then 'withdrawal'
      else 'adjustment'
    end as type,
    case when t.debit_account_id = w.id then -coalesce(r.amount, t.amount) else coalesce(r.amount, t.amount) end as amount,
    t.currency,
    case when t.phase = 'posted' or r.phase = 'post' then 'completed' when r.phase is null then 'pending' else 'failed'
      end as status,
    o.stripe_id, o.blockchain_tx_hash, t.description, t.booked_at as created_at
  from wallets w
  join transfers t on t.organization_id = w.organization_id and (t.debit_account_id = w.id or t.credit_account_id = w.id)
    and t.phase in ('posted', 'pending')
  left join transfers r on r.organization_id = t.organization_id and r.pending_id = t.id
  left join transfer_origins o on o.organization_id = t.organization_id and o.transfer_id = t.id;

create trigger append_only before update or delete or truncate on transfer_origins
  for each statement execute function refuse_change();

select protect_by_organization('wallet_reservations');
select protect_by_organization('transfer_origins');
select protect_by_organization('wallet_messages');
select protect_by_organization('wallet_settings');
select protect_by_organization('wallet_limits');
