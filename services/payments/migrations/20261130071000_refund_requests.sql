-- For how many days after a payment its buyer may ask for it back; 0 for never.
alter table settings add column refund_request_days int not null default 14 check (refund_request_days between 0 and 366);

-- A buyer's wish to have their money back, which the finance office answers.
create table refund_requests (
  id uuid primary key,
  organization_id uuid not null,
  order_id uuid not null references orders,
  text text not null,
  status text not null default 'open' check (status in ('open', 'approved', 'declined', 'withdrawn')),
  answer text not null default '',
  answered_by uuid,
  refund_id uuid references refunds,
  created_at timestamptz not null default now(),
  answered_at timestamptz,
  check ((status in ('approved', 'declined')) = (answered_at is not null))
);
-- One of an order, unless it was taken back.
create unique index refund_requests_of_order on refund_requests (order_id) where status <> 'withdrawn';
create index refund_requests_open on refund_requests (organization_id, id) where status = 'open';
create index refund_requests_of_school on refund_requests (organization_id, id desc);
select protect_by_organization('refund_requests');
