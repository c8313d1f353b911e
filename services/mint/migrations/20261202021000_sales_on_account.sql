-- What of an invoice on account is still to be paid, by whose it is once the money has come: a row for each course on it.
create table account_sales (
  organization_id uuid not null,
  invoice_id uuid not null,
  position int not null check (position >= 0),
  course_id uuid not null,
  -- Whose course it was when the invoice was made.
  instructor_id uuid,
  -- As it was called then.
  title text not null,
  currency text not null,
  tax_open bigint not null check (tax_open >= 0),
  platform_open bigint not null check (platform_open >= 0),
  school_open bigint not null check (school_open >= 0),
  instructor_open bigint not null check (instructor_open >= 0),
  primary key (organization_id, invoice_id, position)
);
create index account_sales_of_instructor on account_sales (organization_id, instructor_id);
select protect_by_organization('account_sales');
