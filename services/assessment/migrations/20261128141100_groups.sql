-- Copies of what education owns, fed by its events: the groups of a course and who is in them.
create table course_groups (
  id uuid primary key,
  organization_id uuid not null,
  course_id uuid not null
);
create index course_groups_of_course on course_groups (course_id);

create table group_members (
  organization_id uuid not null,
  course_id uuid not null,
  group_id uuid not null references course_groups on delete cascade,
  user_id uuid not null,
  primary key (group_id, user_id)
);
create index group_members_of_learner on group_members (course_id, user_id);

-- How new the copy of a course's groups is.
create table course_group_copies (
  organization_id uuid not null,
  course_id uuid primary key,
  revision int not null
);

-- What a teacher gave a group: for every quiz of a course, or for one in place of that. Zero and null change nothing.
create table group_accommodations (
  organization_id uuid not null,
  course_id uuid not null,
  group_id uuid not null references course_groups on delete cascade,
  quiz_id uuid references quizzes on delete cascade,
  extra_percent int not null check (extra_percent >= 0),
  extra_minutes int not null check (extra_minutes >= 0),
  extra_break_minutes int not null check (extra_break_minutes >= 0),
  extra_attempts int not null check (extra_attempts >= 0),
  opens_at timestamptz,
  due_at timestamptz,
  closes_at timestamptz,
  unique nulls not distinct (group_id, quiz_id)
);
create index group_accommodations_of_course on group_accommodations (course_id);
create index group_accommodations_of_quiz on group_accommodations (quiz_id);

select protect_by_organization('course_groups');
select protect_by_organization('group_members');
select protect_by_organization('course_group_copies');
select protect_by_organization('group_accommodations');
