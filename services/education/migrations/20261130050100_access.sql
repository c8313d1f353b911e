-- Whether an enrolment came from what was paid, and so ends with it; and when it did. What its learner did stays.
alter table enrollments add column bought boolean not null default false;
alter table enrollments add column ended_at timestamptz;
-- Counts when it began and ended, so that who is told of both knows which came later.
alter table enrollments add column revision int not null default 1;

-- The last that payments told of somebody's access to a course, so that what was told before it changes nothing.
create table access_told (
  organization_id uuid not null,
  user_id uuid not null,
  course_id uuid not null,
  revision int not null,
  primary key (user_id, course_id)
);
select protect_by_organization('access_told');
