-- Seats of a course that are paid for, or given: by its teacher, on the account of an institution, as a gift.
create table seat_pools (
  id uuid primary key,
  organization_id uuid not null,
  kind text not null check (kind in ('free', 'account', 'gift')),
  course_id uuid not null,
  -- As it was called when they were given.
  course_title text not null,
  -- What the giver calls them.
  name text not null,
  seats int not null check (seats > 0),
  -- Those that people have, and those that are kept for invited people. Counted while the row is held.
  taken int not null default 0 check (taken between 0 and seats),
  -- As they were called then; both null once their account is gone.
  given_by uuid,
  giver_name text,
  institution_id uuid,
  order_id uuid references orders,
  -- Of the one code that several people may use: to find it, and to show it to the giver again.
  code_hash text unique,
  code_sealed text,
  -- From when on nobody takes a seat any more.
  ends_at timestamptz,
  closed_at timestamptz,
  created_at timestamptz not null default now(),
  check ((kind = 'account') = (institution_id is not null)),
  check ((kind = 'gift') = (order_id is not null)),
  check ((code_hash is null) = (code_sealed is null))
);
create index seat_pools_of_school on seat_pools (organization_id, id desc);
create index seat_pools_of_course on seat_pools (organization_id, course_id, id desc);
create index seat_pools_of_institution on seat_pools (organization_id, institution_id) where institution_id is not null;
create unique index seat_pools_of_order on seat_pools (organization_id, order_id, course_id) where order_id is not null;
select protect_by_organization('seat_pools');

create table seats (
  id uuid primary key,
  organization_id uuid not null,
  pool_id uuid not null references seat_pools,
  course_id uuid not null,
  status text not null check (status in ('invited', 'claimed', 'withdrawn')),
  -- Who was invited; null for one that was taken by the code of the pool, and once it is withdrawn.
  email text,
  -- Of the code that was mailed to them.
  code_hash text unique,
  -- Whose it is, as they were called when they took it; null before, and once their account is gone.
  user_id uuid,
  holder_name text,
  created_at timestamptz not null default now(),
  claimed_at timestamptz,
  withdrawn_at timestamptz,
  check (status <> 'invited' or user_id is null),
  check (status <> 'claimed' or claimed_at is not null),
  check ((status = 'withdrawn') = (withdrawn_at is not null))
);
create unique index seats_of_person on seats (organization_id, user_id, course_id) where status = 'claimed';
create unique index seats_of_email on seats (organization_id, pool_id, email) where status <> 'withdrawn';
create index seats_of_pool on seats (organization_id, pool_id, id);
select protect_by_organization('seats');
