-- What was paid for days of service that are still to come, and how much of it is earned already. Less than zero where
-- days that were paid are not used. The parts of a bill are told apart by their place in it.
create table recognition_schedules (
  organization_id uuid not null,
  bill_id uuid not null,
  part int not null,
  subscription_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount_minor bigint not null check (amount_minor <> 0),
  service_from date not null,
  service_until date not null check (service_until >= service_from),
  earned_minor bigint not null default 0,
  -- The first day of which nothing is earned yet.
  earned_until date not null,
  primary key (bill_id, part)
);
create index recognition_schedules_open on recognition_schedules (organization_id, currency, bill_id, part)
  where earned_until < service_until or earned_minor <> amount_minor;
select protect_by_organization('recognition_schedules');
