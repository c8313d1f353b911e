-- What of each course goes back by a refund. It is decided when the refund is set aside, so that its credit note and what
-- is told of it say the same, whatever else goes back meanwhile. Those from before have none.
create table refund_items (
  organization_id uuid not null,
  refund_id uuid not null references refunds,
  -- Of the order's item, which is also that of its line on the invoice.
  position int not null,
  amount_minor bigint not null check (amount_minor > 0),
  primary key (refund_id, position)
);
select protect_by_organization('refund_items');

-- Whether courses were chosen: these close. By an amount none does, unless it is the last of what was paid.
alter table refunds add column of_courses boolean not null default false;

-- Which courses of the order the buyer wants to give back; null for all.
alter table refund_requests add column course_ids uuid[] check (cardinality(course_ids) > 0);
-- Whose wish for single courses was granted may ask for others of the order.
drop index refund_requests_of_order;
create unique index refund_requests_of_order on refund_requests (order_id)
  where status in ('open', 'declined') or (status = 'approved' and course_ids is null);
