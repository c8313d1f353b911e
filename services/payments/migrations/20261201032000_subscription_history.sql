-- Who subscribes, under an id that means nothing elsewhere: it stays when their account goes, so that what is said of
-- customers who left and came again stays true.
alter table subscriptions add column subscriber_key uuid;
update subscriptions s set subscriber_key = coalesce((
  select f.id from subscriptions f where f.organization_id = s.organization_id and f.owner_id = s.owner_id
  order by f.id limit 1), s.id);
alter table subscriptions alter column subscriber_key set not null;

-- What each subscription came to, from which day on: it is added to and never changed.
create table subscription_history (
  organization_id uuid not null,
  subscription_id uuid not null references subscriptions,
  position int not null check (position > 0),
  on_day date not null,
  status text not null,
  plan_id uuid not null,
  plan_version int not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- What was agreed for an interval, and that without tax; the latter null while it does not pay.
  agreed_minor bigint not null check (agreed_minor >= 0),
  net_minor bigint check (net_minor >= 0),
  interval_unit text not null,
  interval_count int not null check (interval_count > 0),
  primary key (subscription_id, position)
);
create index subscription_history_of_school on subscription_history (organization_id, currency);
select protect_by_organization('subscription_history');

-- What is known of those from before: each period that was billed, without its tax, and how it stands now. The plan and the
-- interval are those of today.
with begun as (
  select s.* from subscriptions s where s.status not in ('incomplete', 'expired')
), billed as (
  select s.organization_id, s.id, b.opened_on as on_day, 'active' as status, sum((l->'net'->>'amountMinor')::bigint) as net
  from begun s
  join subscription_bills b on b.subscription_id = s.id and b.status <> 'void'
  cross join lateral jsonb_array_elements(b.pricing->'priced'->'lines') l
  where l->'because'->>'code' = 'period' and (not b.first or b.status = 'paid')
  group by s.organization_id, s.id, b.id, b.opened_on
), stands as (
  select s.organization_id, s.id, coalesce((s.state->>'endedOn')::date, current_date) as on_day, s.status, null::bigint as net
  from begun s where s.status in ('cancelled', 'paused')
  union all
  select s.organization_id, s.id, (s.state->>'startedOn')::date, 'trialing', null from begun s where s.status = 'trialing'
), known as (
  select * from billed union all select * from stands
), told as (
  select k.*, row_number() over (partition by k.id order by k.on_day, k.net nulls last) as position,
    lag(k.net) over (partition by k.id order by k.on_day, k.net nulls last) as before
  from known k
)
insert into subscription_history (organization_id, subscription_id, position, on_day, status, plan_id, plan_version, currency,
  agreed_minor, net_minor, interval_unit, interval_count)
select t.organization_id, t.id, t.position, t.on_day, t.status, s.plan_id, s.plan_version, s.currency,
  (s.state->'terms'->'price'->>'amountMinor')::bigint, greatest(t.net, 0), s.state->'terms'->'interval'->>'unit',
  (s.state->'terms'->'interval'->>'count')::int
from told t join begun s on s.id = t.id
where t.before is distinct from t.net or t.position = 1;
