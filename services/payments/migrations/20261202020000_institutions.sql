-- Institutions that buy on account: a company, a foundation, another school.
create table institutions (
  id uuid primary key,
  organization_id uuid not null,
  name text not null,
  -- What invoices say of it.
  legal_name text not null,
  address text[] not null,
  country text not null check (country ~ '^[A-Z]{2}$'),
  tax_number text,
  billing_email text not null,
  -- In how many days an invoice is to be paid.
  terms_days int not null check (terms_days between 0 and 90),
  -- What may be open at most: [{ amountMinor, currency }]. In a currency that is not there, any amount.
  credit_limits jsonb not null default '[]' check (jsonb_typeof(credit_limits) = 'array'),
  status text not null default 'active' check (status in ('active', 'closed')),
  -- Counts what was changed, so that nobody changes what they have not seen.
  version int not null default 1 check (version > 0),
  created_at timestamptz not null default now()
);
create index institutions_of_school on institutions (organization_id, id desc);
select protect_by_organization('institutions');

-- Who of the school's people orders for an institution, invites to its seats and sees its invoices.
create table institution_managers (
  organization_id uuid not null,
  institution_id uuid not null references institutions,
  user_id uuid not null,
  -- As they were called when they were added.
  manager_name text not null,
  added_at timestamptz not null default now(),
  primary key (institution_id, user_id)
);
create index institution_managers_of_person on institution_managers (organization_id, user_id);
select protect_by_organization('institution_managers');

-- The institution whose document it is; its buyer is then no person.
alter table invoices add column institution_id uuid references institutions,
  add check (institution_id is null or buyer_id is null);

-- Seats that an institution has ordered, with their invoice and how that stands.
create table account_orders (
  id uuid primary key,
  organization_id uuid not null,
  institution_id uuid not null references institutions,
  invoice_id uuid not null unique references invoices,
  pool_id uuid not null references seat_pools,
  course_id uuid not null,
  -- As it was called when it was ordered.
  course_title text not null,
  seats int not null check (seats between 1 and 1000),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  total_minor bigint not null check (total_minor > 0),
  tax_minor bigint not null check (tax_minor between 0 and total_minor),
  paid_minor bigint not null default 0 check (paid_minor >= 0),
  credited_minor bigint not null default 0 check (credited_minor >= 0),
  due_on date not null,
  sandbox boolean not null,
  -- As they were called then; both null once their account is gone.
  ordered_by uuid,
  orderer_name text,
  created_at timestamptz not null default now(),
  cancelled_at timestamptz,
  -- How many reminders of it were sent.
  reminded int not null default 0 check (reminded >= 0),
  -- No more is paid and credited than was invoiced.
  check (paid_minor + credited_minor <= total_minor)
);
create index account_orders_of_institution on account_orders (organization_id, institution_id, id desc);
create index account_orders_open on account_orders (due_on) where paid_minor + credited_minor < total_minor;
select protect_by_organization('account_orders');

-- What came for invoices on account, all of one or a part of it.
create table invoice_payments (
  id uuid primary key,
  organization_id uuid not null,
  invoice_id uuid not null references invoices,
  amount_minor bigint not null check (amount_minor > 0),
  method text not null check (method in ('transfer', 'card')),
  paid_on date not null,
  -- What the bank's statement says.
  reference text not null,
  recorded_by uuid,
  created_at timestamptz not null default now(),
  -- Two officers with the same statement record it once.
  unique (organization_id, invoice_id, paid_on, reference, amount_minor)
);
select protect_by_organization('invoice_payments');
