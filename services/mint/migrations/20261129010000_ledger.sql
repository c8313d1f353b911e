-- The ledger: accounts with running totals, and an append-only journal of transfers. See docs/decisions/0065.

create table accounts (
  organization_id uuid not null,
  id uuid primary key,
  kind text not null,
  side text not null check (side in ('debit', 'credit')),
  owner_type text not null check (owner_type in ('school', 'person', 'platform', 'processor')),
  -- A person's id, a processor's name; empty for the school and the platform.
  owner_id text not null check ((owner_id = '') = (owner_type in ('school', 'platform'))),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  may_overdraw boolean not null,
  limit_minor bigint check (limit_minor >= 0),
  -- Half of what a bigint holds, so that the sum of two totals is one as well.
  debits_posted bigint not null default 0 check (debits_posted between 0 and 4611686018427387903),
  credits_posted bigint not null default 0 check (credits_posted between 0 and 4611686018427387903),
  debits_pending bigint not null default 0 check (debits_pending between 0 and 4611686018427387903),
  credits_pending bigint not null default 0 check (credits_pending between 0 and 4611686018427387903),
  opened_at timestamptz not null default clock_timestamp(),
  owner_erased_at timestamptz,
  constraint accounts_one_of_owner unique (organization_id, kind, owner_type, owner_id, currency),
  constraint accounts_not_overdrawn check (
    may_overdraw
    or case side when 'credit' then credits_posted - debits_posted - debits_pending
      else debits_posted - credits_posted - credits_pending end >= 0),
  constraint accounts_within_limit check (
    limit_minor is null
    or case side when 'credit' then credits_posted + credits_pending - debits_posted
      else debits_posted + debits_pending - credits_posted end <= limit_minor)
) with (fillfactor = 60); -- Room for new versions of a row on its page, so that indexes need no change.
create index accounts_of_owner on accounts (organization_id, owner_id);

-- Transfers made together, or not at all.
create table bookings (
  organization_id uuid not null,
  id uuid not null,
  kind text not null,
  description text,
  reference_type text,
  reference_id text,
  split_rule_id uuid,
  split_version int,
  created_by uuid,
  booked_at timestamptz not null,
  primary key (organization_id, id)
);

-- No foreign keys to accounts: who writes holds their rows locked, they are never deleted, and looking each of them up
-- again would cost as much as the rest. `azora verify-ledger` looks.
create table transfers (
  organization_id uuid not null,
  -- Given under the locks of both accounts, so that of one account it is the order in which it changed.
  sequence bigint generated always as identity,
  id uuid not null,
  phase text not null check (phase in ('posted', 'pending', 'post', 'void', 'expire')),
  debit_account_id uuid not null,
  credit_account_id uuid not null check (credit_account_id <> debit_account_id),
  amount bigint not null check (amount > 0),
  -- What a pending transfer held and this one lets go.
  released bigint not null check (released >= 0),
  currency text not null,
  kind text not null,
  pending_id uuid,
  expires_at timestamptz,
  booking_id uuid,
  corrects_id uuid,
  reference_type text,
  reference_id text,
  description text,
  created_by uuid,
  booked_at timestamptz not null,
  primary key (organization_id, id),
  check ((phase in ('post', 'void', 'expire')) = (pending_id is not null)),
  check ((pending_id is null) = (released = 0)),
  check (expires_at is null or phase = 'pending')
);
-- A pending transfer resolves once.
create unique index transfers_one_resolution on transfers (organization_id, pending_id) where pending_id is not null;
create unique index transfers_in_order on transfers (organization_id, sequence);
create index transfers_of_debit on transfers (debit_account_id, sequence);
create index transfers_of_credit on transfers (credit_account_id, sequence);
create index transfers_of_booking on transfers (organization_id, booking_id) where booking_id is not null;
create index transfers_correcting on transfers (organization_id, corrects_id) where corrects_id is not null;
create index transfers_about on transfers (organization_id, reference_type, reference_id) where reference_type is not null;

-- Pending transfers that time out; a row goes when its transfer is resolved.
create table pending_expiries (
  organization_id uuid not null,
  transfer_id uuid not null,
  expires_at timestamptz not null,
  primary key (organization_id, transfer_id)
);
create index pending_expiries_due on pending_expiries (expires_at);

-- What is in the books stays as it is, whoever asks: a mistake is put right by another transfer.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The rows of % are never changed or deleted.', tg_table_name using errcode = 'restrict_violation';
end
$$;
create trigger append_only before update or delete or truncate on transfers
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on bookings
  for each statement execute function refuse_change();
create trigger kept before delete or truncate on accounts
  for each statement execute function refuse_change();
create trigger kept_as_opened before update of organization_id, id, kind, side, owner_type, currency, opened_at on accounts
  for each statement execute function refuse_change();

select protect_by_organization('accounts');
select protect_by_organization('bookings');
select protect_by_organization('transfers');
select protect_by_organization('pending_expiries');
