-- Whose course grade may have changed; without a person it is everyone's in the course. `asked` is another each time that
-- it is said, so that what is said while a grade is being worked out is not taken for done.
create table grade_checks (
  organization_id uuid not null,
  course_id uuid not null,
  user_id uuid,
  asked uuid not null default gen_random_uuid(),
  unique nulls not distinct (course_id, user_id)
);

-- The course grades that the other services know. `told_percent` and `told_letter` are what the learner may see of it.
create table told_grades (
  organization_id uuid not null,
  course_id uuid not null,
  user_id uuid not null,
  percent numeric,
  letter text,
  told_percent numeric,
  told_letter text,
  revision int not null,
  primary key (course_id, user_id)
);

-- Up to when it was noticed that a quiz is over: from then on an attempt may be missing.
alter table gradebooks add column over_seen_at timestamptz not null default now();

select protect_by_organization('grade_checks');
select protect_by_organization('told_grades');

-- Grades of before are told too.
insert into grade_checks (organization_id, course_id)
select organization_id, course_id from gradebooks where setup is not null;
