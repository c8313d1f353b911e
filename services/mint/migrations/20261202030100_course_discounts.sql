-- What a coupon took off of the price, which is not in what was paid; 0 for what was booked before it was told.
alter table course_sales add column discount bigint not null default 0 check (discount >= 0);
