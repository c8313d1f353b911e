-- What schools are called, for the head of their documents.
create table schools (
  organization_id uuid primary key,
  school_name text not null,
  as_of timestamptz not null
);
select protect_by_organization('schools');

-- How a school taxes and who it is in law, as versions: what was agreed under one stays under it.
create table tax_settings (
  organization_id uuid not null,
  version int not null check (version > 0),
  settings jsonb not null,
  set_by uuid,
  set_at timestamptz not null default now(),
  primary key (organization_id, version)
);
select protect_by_organization('tax_settings');

alter table courses add column tax_category text not null default 'standard'
  check (tax_category in ('standard', 'zero_rated', 'exempt'));

-- As whom a person buys, where they have said so.
create table billing_details (
  organization_id uuid not null,
  user_id uuid not null,
  details jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (organization_id, user_id)
);
select protect_by_organization('billing_details');

-- What an order comes to, worked out when it is made: `pricing` has the buyer and every line with its tax. Orders from
-- before have none; nothing of them is tax.
alter table orders add column tax_version int not null default 0;
alter table orders add column pricing jsonb;

-- The last number of each series. Its row is held until the document is committed, so no number is lost or used twice.
create table document_series (
  organization_id uuid not null,
  prefix text not null,
  kind text not null check (kind in ('invoice', 'credit_note')),
  last_number int not null check (last_number > 0),
  primary key (organization_id, prefix, kind)
);
select protect_by_organization('document_series');

-- Invoices and credit notes as they went out. `document` is all that their PDF says.
create table invoices (
  organization_id uuid not null,
  id uuid primary key,
  kind text not null check (kind in ('invoice', 'credit_note')),
  number text not null,
  prefix text not null,
  sequence int not null check (sequence > 0),
  -- What it is for, and once for each key: `order`, its id; `refund`, its id; a subscription and the day of its period.
  about_type text not null,
  about_id uuid not null,
  about_key text not null,
  -- The invoice of which a credit note takes something back.
  invoice_id uuid references invoices,
  -- Null once the account is gone; the document stays, as the law asks.
  buyer_id uuid,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null check (total_minor = net_minor + tax_minor),
  -- What was to be paid when it was made.
  due_minor bigint not null,
  issued_on date not null,
  due_on date,
  sandbox boolean not null,
  document jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  unique (organization_id, number),
  unique (organization_id, prefix, kind, sequence),
  unique (organization_id, kind, about_type, about_id, about_key),
  check ((kind = 'credit_note') = (invoice_id is not null))
);
create index invoices_of_buyer on invoices (organization_id, buyer_id, id desc);
create index invoices_of_school on invoices (organization_id, id desc);
create index invoices_about on invoices (organization_id, about_type, about_id);
create index credit_notes_of_invoice on invoices (organization_id, invoice_id) where invoice_id is not null;

create table invoice_lines (
  organization_id uuid not null,
  invoice_id uuid not null references invoices,
  position int not null check (position >= 0),
  -- Of a credit note: the line of the invoice that it takes something back of.
  credited_position int,
  item text not null,
  description text not null,
  category text not null,
  rate_numerator int not null,
  rate_denominator int not null check (rate_denominator > 0),
  net_minor bigint not null,
  tax_minor bigint not null,
  primary key (invoice_id, position)
);
select protect_by_organization('invoice_lines');

-- That an invoice was paid after it was made, or with it.
create table invoice_settlements (
  organization_id uuid not null,
  invoice_id uuid primary key references invoices,
  method text not null check (method in ('card', 'transfer', 'wallet', 'credit', 'gift')),
  paid_on date not null,
  settled_at timestamptz not null default clock_timestamp()
);
select protect_by_organization('invoice_settlements');

-- A document that went out is never changed: a credit note takes back what was wrong. That its buyer is gone is no part of it.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The rows of % are never changed or deleted.', tg_table_name using errcode = 'restrict_violation';
end
$$;
create function refuse_change_but_buyer() returns trigger language plpgsql as $$
begin
  if new.buyer_id is null and to_jsonb(new) - 'buyer_id' = to_jsonb(old) - 'buyer_id' then
    return new;
  end if;
  raise exception 'The rows of % are never changed or deleted.', tg_table_name using errcode = 'restrict_violation';
end
$$;
create trigger immutable before update on invoices for each row execute function refuse_change_but_buyer();
create trigger kept before delete or truncate on invoices for each statement execute function refuse_change();
create trigger immutable before update or delete or truncate on invoice_lines
  for each statement execute function refuse_change();
create trigger immutable before update or delete or truncate on invoice_settlements
  for each statement execute function refuse_change();
create trigger immutable before update or delete or truncate on tax_settings
  for each statement execute function refuse_change();
select protect_by_organization('invoices');
