-- In which currencies a school sells. Without a row: South African rand alone.
create table settings (
  organization_id uuid primary key,
  currencies text[] not null check (cardinality(currencies) > 0),
  updated_at timestamptz not null default now()
);
select protect_by_organization('settings');

-- What is known of the courses of education, from its events and from those who price them.
create table courses (
  id uuid primary key,
  organization_id uuid not null,
  instructor_id uuid not null,
  title text not null,
  as_of timestamptz not null,
  -- Counts the changes of its prices, so that nobody who is told of them takes an old one for a new one.
  price_revision int not null default 0
);
select protect_by_organization('courses');

-- A price is never changed: it ends, and another begins.
create table course_prices (
  id uuid primary key,
  organization_id uuid not null,
  course_id uuid not null references courses on delete cascade,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount_minor bigint not null check (amount_minor > 0),
  created_at timestamptz not null default now(),
  set_by uuid,
  ended_at timestamptz,
  unique (course_id, id)
);
create unique index course_prices_current on course_prices (course_id, currency) where ended_at is null;
select protect_by_organization('course_prices');

create table orders (
  id uuid primary key,
  organization_id uuid not null,
  -- Null once the buyer's account is gone; the order stays in the books.
  buyer_id uuid,
  -- As they were called when they bought.
  buyer_name text not null,
  -- What it is for, so that there is one open order of it: `course:<id>`.
  about text not null,
  status text not null default 'open' check (status in ('open', 'paid', 'expired', 'refunded')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  total_minor bigint not null check (total_minor > 0),
  sandbox boolean not null,
  stripe_session_id text unique,
  checkout_url text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- When the processor was last asked about it.
  checked_at timestamptz not null default now(),
  paid_at timestamptz,
  check ((status in ('paid', 'refunded')) = (paid_at is not null))
);
create unique index orders_open on orders (organization_id, buyer_id, about) where status = 'open';
create index orders_of_buyer on orders (organization_id, buyer_id, id desc);
create index orders_of_school on orders (organization_id, id desc);
create index orders_to_check on orders (checked_at) where status = 'open';
select protect_by_organization('orders');

create table order_items (
  organization_id uuid not null,
  order_id uuid not null references orders on delete cascade,
  position int not null,
  course_id uuid not null,
  -- As they were when it was bought: the course may be called otherwise, or be gone.
  title text not null,
  instructor_id uuid,
  price_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  primary key (order_id, position)
);
create index order_items_of_course on order_items (organization_id, course_id);
select protect_by_organization('order_items');

-- Money that has come. One for an order at most: an order has one checkout session, and a session one payment.
create table payments (
  id uuid primary key,
  organization_id uuid not null,
  order_id uuid not null unique references orders,
  stripe_payment_intent_id text not null unique,
  stripe_charge_id text,
  amount_minor bigint not null check (amount_minor > 0),
  fee_minor bigint check (fee_minor >= 0),
  processed_at timestamptz not null,
  -- Counted with each refund, so that no more goes back than has come.
  refunded_minor bigint not null default 0 check (refunded_minor between 0 and amount_minor)
);
select protect_by_organization('payments');

-- The row is there before the processor is asked, and its id is the key under which it is asked.
create table refunds (
  id uuid primary key,
  organization_id uuid not null,
  payment_id uuid not null references payments,
  amount_minor bigint not null check (amount_minor > 0),
  status text not null default 'pending' check (status in ('pending', 'succeeded', 'failed')),
  reason text not null,
  note text not null default '',
  requested_by uuid,
  stripe_refund_id text unique,
  created_at timestamptz not null default now(),
  processed_at timestamptz
);
create index refunds_of_payment on refunds (payment_id);
create index refunds_pending on refunds (created_at) where status = 'pending';
select protect_by_organization('refunds');

-- What Stripe has told, each once. What it says of an object is not kept: the object is asked for when its turn comes,
-- so the order in which events arrive means nothing.
create table stripe_events (
  id text primary key,
  type text not null,
  organization_id uuid not null,
  order_id uuid not null,
  received_at timestamptz not null default now()
);
create index stripe_events_received on stripe_events (received_at);
select protect_by_organization('stripe_events');
