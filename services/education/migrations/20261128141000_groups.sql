-- Groups of a course. Who is in one is said by the enrolment, so that who leaves the course leaves its groups.
create table course_groups (
  id uuid primary key,
  organization_id uuid not null,
  course_id uuid not null references courses on delete cascade,
  name text not null
);
create unique index course_groups_of_course on course_groups (course_id, lower(name));

create table group_members (
  organization_id uuid not null,
  group_id uuid not null references course_groups on delete cascade,
  enrollment_id uuid not null references enrollments on delete cascade,
  primary key (group_id, enrollment_id)
);
create index group_members_of_enrollment on group_members (enrollment_id);

alter table courses
  -- Counts the changes of the groups.
  add column groups_revision int not null default 0,
  -- Whether learners see their groups.
  add column groups_shown boolean not null default false;

select protect_by_organization('course_groups');
select protect_by_organization('group_members');
