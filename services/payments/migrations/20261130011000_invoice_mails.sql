-- Which documents were mailed to their buyers: claimed while one is being sent, so that each goes out once.
create table invoice_mails (
  organization_id uuid not null,
  invoice_id uuid primary key references invoices,
  claimed_at timestamptz not null default now(),
  sent_at timestamptz
);
select protect_by_organization('invoice_mails');
