-- What is taken off prices. A coupon is never changed: it ends, and another begins.
create table coupons (
  organization_id uuid not null,
  id uuid primary key,
  code text not null check (code ~ '^[A-Z0-9-]{3,40}$'),
  -- One of the two: a share in hundredths of a per cent, or an amount in a currency.
  basis_points int check (basis_points between 1 and 10000),
  amount_minor bigint check (amount_minor > 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  -- Null for every course of the school.
  course_ids uuid[] check (cardinality(course_ids) > 0),
  valid_from date,
  -- The first day on which it cannot be used any more.
  valid_until date,
  most_uses int check (most_uses > 0),
  most_per_person int check (most_per_person > 0),
  created_by uuid,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  check ((basis_points is null) <> (amount_minor is null)),
  check ((amount_minor is null) = (currency is null)),
  check (valid_from < valid_until)
);
create unique index coupons_current on coupons (organization_id, code) where ended_at is null;
select protect_by_organization('coupons');

-- An order that is made with a coupon uses it up at once, and lets go of it when it expires.
create table coupon_uses (
  organization_id uuid not null,
  order_id uuid primary key references orders on delete cascade,
  coupon_id uuid not null references coupons,
  user_id uuid,
  used_at timestamptz not null default now(),
  released_at timestamptz
);
create index coupon_uses_of_coupon on coupon_uses (organization_id, coupon_id) where released_at is null;
create index coupon_uses_of_person on coupon_uses (organization_id, user_id);
select protect_by_organization('coupon_uses');

alter table orders add column coupon_code text;
-- What a coupon takes off may be all of it: such an order costs nothing, and nobody asks the processor about it.
alter table orders drop constraint orders_total_minor_check, add check (total_minor >= 0);
alter table order_items drop constraint order_items_amount_minor_check, add check (amount_minor >= 0);
