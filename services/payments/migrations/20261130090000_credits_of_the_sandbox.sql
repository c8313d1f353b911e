-- Credit of the sandbox pays nothing of what is real. What is not known counts as the sandbox's.
alter table customer_credits add column sandbox boolean not null default true;
update customer_credits c set sandbox = s.sandbox
from subscription_bills b join subscriptions s on s.id = b.subscription_id
where b.id = c.bill_id;
