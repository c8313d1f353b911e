-- What a unit of one currency was worth in another on a day, as somebody published it. A rate that was written down wrongly
-- is written again; the audit log has both.
create table exchange_rates (
  organization_id uuid not null,
  from_currency text not null check (from_currency ~ '^[A-Z]{3}$'),
  to_currency text not null check (to_currency ~ '^[A-Z]{3}$' and to_currency <> from_currency),
  on_day date not null,
  -- Every digit that was published.
  rate text not null check (rate ~ '^[0-9]{1,12}(\.[0-9]{1,18})?$'),
  source text not null check (length(source) between 1 and 120),
  saved_at timestamptz not null default now(),
  primary key (organization_id, from_currency, to_currency, on_day)
);
select protect_by_organization('exchange_rates');

-- The currency in which the figures of all currencies are told together.
alter table settings add column reporting_currency text check (reporting_currency ~ '^[A-Z]{3}$');
