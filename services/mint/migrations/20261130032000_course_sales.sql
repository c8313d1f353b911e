-- Which course a booking of a sale is about, and whose: what it came to stands in the journal.
create table course_sales (
  organization_id uuid not null,
  booking_id uuid not null,
  payment_id uuid not null,
  course_id uuid not null,
  -- Whose course it was when it was sold.
  instructor_id uuid,
  -- As it was called then.
  title text not null,
  currency text not null,
  gross bigint not null check (gross > 0),
  primary key (organization_id, booking_id)
);
create index course_sales_of_instructor on course_sales (organization_id, instructor_id);
create index course_sales_of_payment on course_sales (organization_id, payment_id);
select protect_by_organization('course_sales');
