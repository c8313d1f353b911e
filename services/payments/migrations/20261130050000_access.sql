-- Why somebody may learn in a course. A person may have several reasons for one course; it is open while one of them
-- lives. A grant that has ended stays, and another begins where the same reason comes back.
create table access_grants (
  id uuid primary key,
  organization_id uuid not null,
  user_id uuid not null,
  course_id uuid not null,
  source text not null check (source in ('order', 'subscription', 'seat', 'free_seat', 'gift')),
  -- The order, the subscription, the seat, the use of a coupon, the gift.
  source_id uuid not null,
  began_at timestamptz not null,
  ended_at timestamptz check (ended_at >= began_at)
);
create unique index access_grants_live on access_grants (organization_id, user_id, course_id, source, source_id)
  where ended_at is null;
create index access_grants_of_source on access_grants (organization_id, source, source_id) where ended_at is null;
select protect_by_organization('access_grants');

-- Counts what a person was told of their access. Its row is held while that changes, so of a grant and an end at once
-- the second sees the first; and who hears of both knows which came later.
create table access_revisions (
  organization_id uuid not null,
  user_id uuid not null,
  revision int not null,
  primary key (organization_id, user_id)
);
select protect_by_organization('access_revisions');

-- What was bought before there were grants.
insert into access_grants (id, organization_id, user_id, course_id, source, source_id, began_at)
  select gen_random_uuid(), o.organization_id, o.buyer_id, i.course_id, 'order', o.id, o.paid_at
  from orders o join order_items i on i.organization_id = o.organization_id and i.order_id = o.id
  where o.status = 'paid' and o.buyer_id is not null;

-- Whether the buyer stays enrolled although all that was paid went back.
alter table refunds add column keeps_access boolean not null default false;
